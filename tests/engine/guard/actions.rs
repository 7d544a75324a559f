//! What follows a match: a mark, an end, a wait; and how much is held back.

use super::{acting, chars, play, ready, rule};
use std::rc::Rc;
use std::time::Duration;
use tokenfall::engine::chat::{Action, Guard, Step};
use tokenfall::engine::guard::{Hold, RuleKind, Rules, Ruleset};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::BlockKind;

#[test]
fn stop_shows_what_is_before_the_match_and_nothing_of_it_or_behind_it() {
    for hold in Hold::ALL {
        let ruleset =
            ready(vec![rule(RuleKind::Words, "bar"), acting(RuleKind::Words, "foo", Action::Stop)], hold);
        let mut gate = ruleset.gate(BlockKind::Text);
        let mut out = String::new();
        assert_eq!(gate.push("a bar. b fo", Timestamp::ORIGIN, &mut out), Step::GoOn);
        assert_eq!(gate.push("o and bar", Timestamp::ORIGIN, &mut out), Step::Stop, "{hold:?}");
        assert_eq!(gate.push(" more", Timestamp::ORIGIN, &mut out), Step::Stop);
        gate.finish(Timestamp::ORIGIN, &mut out);
        assert_eq!(out, "a ⟦words withheld⟧. b ");
        assert_eq!(gate.report().stopped_by.as_deref(), Some("Words (2)"));
        let last = gate.report().withheld.last().unwrap();
        assert_eq!((last.place.clone(), last.action), (9..25, Action::Stop));
        assert_eq!(gate.report().text, "a bar. b foo and bar more");
    }
}

#[test]
fn withhold_lets_the_answer_go_on_and_shows_nothing_from_the_match_on() {
    let ruleset = ready(vec![acting(RuleKind::Email, "", Action::Withhold)], Hold::Match);
    for pieces in [vec!["to a@b.cd or not. x@y.zz"], chars("to a@b.cd or not. x@y.zz")] {
        let (shown, report) = play(&ruleset, BlockKind::Text, &pieces);
        assert_eq!(shown, "to ");
        assert_eq!(report.withheld.len(), 1);
        assert_eq!((report.withheld[0].place.clone(), report.stopped_by), (3..24, None));
    }
}

#[test]
fn a_sentence_a_block_and_the_whole_are_shown_when_they_are_whole() {
    let after = |hold, text: &str| {
        let mut gate = ready(vec![rule(RuleKind::Words, "foo")], hold).gate(BlockKind::Text);
        let mut out = String::new();
        for piece in chars(text) {
            gate.push(piece, Timestamp::ORIGIN, &mut out);
        }
        out
    };
    assert_eq!(after(Hold::Match, "One. Two fo"), "One. Two ");
    assert_eq!(after(Hold::Sentence, "One. Two"), "One. ");
    assert_eq!(after(Hold::Sentence, "One (a.) Two 1.5"), "One (a.) ");
    assert_eq!(after(Hold::Sentence, "一。二"), "一。");
    assert_eq!(after(Hold::Sentence, "One. fo"), "One. ");
    assert_eq!(after(Hold::Block, "One.\nTwo.\n\nThree.\n"), "One.\nTwo.\n\n");
    assert_eq!(after(Hold::Block, "```\na\n\nb\n"), "");
    assert_eq!(after(Hold::Block, "```\na\n\nb\n```\nc"), "```\na\n\nb\n```\n");
    assert_eq!(after(Hold::Whole, "One.\n\nTwo."), "");
}

#[test]
fn the_longest_hold_counts_what_was_shown_later_than_it_came_and_no_mark() {
    let ms = |ms: u64| Timestamp::from_micros(ms * 1_000);
    let mut gate = ready(vec![rule(RuleKind::Words, "foobar")], Hold::Match).gate(BlockKind::Text);
    let mut out = String::new();
    gate.push("a", ms(0), &mut out);
    gate.push("b", ms(500), &mut out);
    assert_eq!(gate.report().longest_hold, Duration::ZERO);
    gate.push(" foo", ms(600), &mut out);
    gate.push("b", ms(700), &mut out);
    gate.push("x", ms(850), &mut out);
    assert_eq!((out.as_str(), gate.report().longest_hold), ("ab foobx", Duration::from_millis(250)));
    gate.push("foo", ms(1_000), &mut out);
    gate.push("bar", ms(9_000), &mut out);
    gate.finish(ms(9_000), &mut out);
    assert_eq!(gate.report().longest_hold, Duration::from_millis(250));
}

#[test]
fn a_check_of_the_whole_withholds_all_under_its_name_if_it_says_no() {
    let check = |is_right: bool| {
        let check = move |text: &str| if is_right && text == "ab" { Ok(()) } else { Err("no".to_owned()) };
        Ruleset::compile(&Rules::default(), Some(("Schema".to_owned(), Rc::new(check)))).unwrap()
    };
    assert_eq!(play(&check(true), BlockKind::Text, &["a", "b"]).0, "ab");
    let (shown, report) = play(&check(false), BlockKind::Text, &["a", "b"]);
    assert_eq!((shown.as_str(), report.withheld[0].rule.as_str()), ("", "Schema"));
    assert_eq!((report.withheld[0].place.clone(), report.withheld[0].action), (0..2, Action::Withhold));
    assert_eq!(play(&check(false), BlockKind::Reasoning, &["a", "b"]).0, "ab");
}

#[test]
fn an_end_without_text_shows_nothing_and_a_second_end_changes_nothing() {
    let ruleset = ready(vec![rule(RuleKind::Words, "foo"), rule(RuleKind::Json, "")], Hold::Match);
    let mut gate = ruleset.gate(BlockKind::Text);
    let mut out = String::new();
    gate.finish(Timestamp::ORIGIN, &mut out);
    gate.finish(Timestamp::ORIGIN, &mut out);
    assert_eq!((out.as_str(), gate.report().withheld.len()), ("", 0));
}
