//! A place to try rules: what would be shown, held and withheld.

use super::{acting, ready, rule};
use std::time::Duration;
use tokenfall::engine::chat::Action;
use tokenfall::engine::guard::{Hold, RuleKind, Trial, paced};
use tokenfall::engine::timestamp::Timestamp;

#[test]
fn a_text_at_a_pace_tells_for_each_word_what_was_held_and_for_how_long() {
    let ruleset = ready(vec![rule(RuleKind::Words, "one two three\nnine")], Hold::Match);
    let trial = Trial::run(&ruleset, &paced("a one two b nine", 10));
    assert_eq!(trial.shown, "a one two b ⟦words withheld⟧");
    assert_eq!(trial.withheld.len(), 1);
    assert_eq!((trial.withheld[0].1.as_str(), trial.withheld[0].0.place.clone()), ("nine", 12..16));
    let delays: Vec<_> = trial.pieces.iter().map(|piece| piece.delay.as_millis()).collect();
    assert_eq!(delays, [0, 200, 100, 0, 0]);
    let held: Vec<_> = trial.pieces.iter().map(|piece| piece.held).collect();
    assert_eq!(held, [0, 4, 8, 0, 0]);
    assert_eq!(trial.longest_hold, Duration::from_millis(200));
}

#[test]
fn a_rule_that_stops_ends_the_trial_and_no_pieces_come_to_nothing() {
    let ruleset = ready(vec![acting(RuleKind::Words, "stop", Action::Stop)], Hold::Match);
    let trial = Trial::run(&ruleset, &paced("a stop b c", 10));
    assert_eq!((trial.shown.as_str(), trial.pieces.len()), ("a ", 2));
    assert_eq!(trial.stopped_by.as_deref(), Some("Words"));
    assert_eq!(Trial::run(&ruleset, &[]), Trial::default());
    assert_eq!(paced("a b", 0)[1], (Timestamp::from_micros(1_000_000), "b"));
}
