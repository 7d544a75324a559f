//! Automata of rules: each is made once, and nothing that is wrong with one is lost by that.

use super::rule;
use tokenfall::engine::guard::{AnswerForm, Automata, Rule, RuleField, RuleKind, Rules, Ruleset};

fn set(rules: Vec<Rule>) -> Rules {
    Rules { rules, ..Rules::default() }
}

/// Makes all rules ready, one step after the other; how many there were.
fn make_all(automata: &Automata, rules: &Rules) -> usize {
    let mut steps = 0;
    while let Some(rule) = automata.next_missing(rules) {
        automata.make(rule);
        steps += 1;
    }
    steps
}

#[test]
fn each_rule_that_is_followed_is_made_once_whatever_its_set_and_its_action() {
    let automata = Automata::default();
    let mut rules = set(vec![
        rule(RuleKind::Words, "foo"),
        rule(RuleKind::Pattern, "foo"),
        rule(RuleKind::Words, "foo"),
        rule(RuleKind::Email, ""),
        Rule { is_off: true, ..rule(RuleKind::Words, "never") },
    ]);
    assert_eq!(make_all(&automata, &rules), 3, "of two alike one is made, of one that is off none");
    assert_eq!(make_all(&automata, &rules), 0);
    rules.rules[4].is_off = false;
    rules.rules[0].text = "bar".to_owned();
    assert_eq!(make_all(&automata.clone(), &rules), 2, "a clone knows them too");
    assert!(automata.next_missing(&rules).is_none());
    assert!(Ruleset::compile_with(&automata, &rules, AnswerForm::default()).is_ok());
}

#[test]
fn what_is_wrong_with_a_rule_is_told_as_often_as_it_is_to_be_followed() {
    let automata = Automata::default();
    let rules =
        set(vec![rule(RuleKind::Words, "foo"), rule(RuleKind::Pattern, "a(b"), rule(RuleKind::Length, "x")]);
    assert_eq!(make_all(&automata, &rules), 3, "a wrong one is not tried for ever");
    for _ in 0..2 {
        let problem = Ruleset::compile_with(&automata, &rules, AnswerForm::default()).unwrap_err();
        assert_eq!((problem.field, problem.at), (RuleField::Rule(1), Some(1)));
        assert_eq!(problem, Ruleset::compile(&rules, None).unwrap_err());
    }
}

#[test]
fn rules_without_end_leave_room_for_those_that_are_followed_now() {
    let automata = Automata::default();
    let numbered =
        |from: usize| set((from..from + 200).map(|at| rule(RuleKind::Words, &format!("w{at}"))).collect());
    for round in 0..4 {
        let rules = numbered(round * 200);
        make_all(&automata, &rules);
        assert!(automata.next_missing(&rules).is_none(), "round {round}");
    }
    assert!(automata.next_missing(&numbered(0)).is_some(), "those of long ago were let go");
}
