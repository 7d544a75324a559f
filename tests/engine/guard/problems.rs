//! Wrong rules are refused at their field, in words, at a place.

use super::rule;
use tokenfall::engine::guard::{Hold, Judge, RuleField, RuleKind, RuleProblem, Rules, Ruleset};

fn refused(rules: Rules) -> RuleProblem {
    let Err(problem) = Ruleset::compile(&rules, None) else { panic!("nothing is wrong with {rules:?}") };
    assert!(problem.words.ends_with('.'), "{:?} is no sentence", problem.words);
    problem
}

fn refused_text(kind: RuleKind, text: &str) -> RuleProblem {
    refused(Rules { rules: vec![rule(RuleKind::Email, ""), rule(kind, text)], ..Rules::default() })
}

#[test]
fn twenty_wrong_patterns_are_refused_each_with_what_to_do_and_where() {
    for (pattern, at, words) in [
        ("", None, "Write a pattern"),
        ("a*", None, "no text at all"),
        ("(a|b?)", None, "no text at all"),
        ("^", None, "no text at all"),
        (r"ä\bfoo", Some(1), "(?-u:"),
        (r"foo\B", Some(3), "(?-u:"),
        ("a(?=b)", Some(1), "Look-around"),
        ("é(?<!b)c", Some(1), "Look-around"),
        (r"(a)\1", Some(3), "Back-references"),
        ("a(b", Some(1), "unclosed group"),
        ("a)b", Some(1), "unopened group"),
        ("[a-", Some(0), "unclosed character class"),
        ("[z-a]", Some(1), "invalid character class range"),
        ("*a", Some(0), "repetition operator missing"),
        ("a{3,1}", Some(1), "invalid repetition count"),
        (r"\", Some(0), "incomplete escape"),
        (r"\q", Some(0), "unrecognized escape"),
        (r"\p{Nonsense}x", Some(0), "class of characters"),
        (r"(?-u:\xff)", Some(5), "what is no text"),
        (r"(?:\w{200}){200}", None, "too large"),
        (r"(a|b)*a(a|b){20}c", None, "too large"),
        ("(?z)a", Some(2), "unrecognized flag"),
    ] {
        let problem = refused_text(RuleKind::Pattern, pattern);
        assert_eq!((problem.field, problem.at), (RuleField::Rule(1), at), "{pattern:?}: {}", problem.words);
        assert!(problem.words.contains(words), "{pattern:?}: {}", problem.words);
    }
    let problem = refused_text(RuleKind::Pattern, &"a".repeat(4_001));
    assert_eq!(problem.at, Some(4_000));
}

#[test]
fn an_empty_or_endless_list_of_words_is_refused() {
    for text in ["", " \n\t\n"] {
        assert!(refused_text(RuleKind::Words, text).words.contains("a line"));
    }
    let problem = refused_text(RuleKind::Words, &format!("fine\n  {}", "x".repeat(201)));
    assert_eq!(problem.at, Some(7));
}

#[test]
fn hosts_and_lengths_that_are_none_are_refused_at_their_line() {
    for (text, at) in [
        ("good.com\nhttps://x.y", 9),
        ("a b", 0),
        ("x.y/z", 0),
        ("good.com\n\n  -x.com", 12),
        ("x..y", 0),
        ("x:80", 0),
    ] {
        assert_eq!(refused_text(RuleKind::Links, text).at, Some(at), "{text:?}");
    }
    for text in ["", "0", "-1", "1.5", "many", "99999999999999999999999999", "+5"] {
        assert_eq!(refused_text(RuleKind::Length, text).field, RuleField::Rule(1), "{text:?}");
    }
}

#[test]
fn a_judge_without_server_prompt_or_time_is_refused_and_a_rule_that_is_off_is_not_read() {
    let judge = Judge { profile: "p".to_owned(), prompt: "No names.".to_owned(), ..Judge::default() };
    let with = |judge: Judge| Rules { judge: Some(judge), ..Rules::default() };
    assert!(Ruleset::compile(&with(judge.clone()), None).is_ok());
    let field = |judge| refused(with(judge)).field;
    assert_eq!(field(Judge { profile: String::new(), ..judge.clone() }), RuleField::JudgeProfile);
    assert_eq!(field(Judge { prompt: " ".to_owned(), ..judge.clone() }), RuleField::JudgePrompt);
    assert_eq!(field(Judge { seconds: 0, ..judge.clone() }), RuleField::JudgeSeconds);
    assert_eq!(field(Judge { seconds: 601, sees: Hold::Whole, ..judge }), RuleField::JudgeSeconds);
    let mut off = rule(RuleKind::Pattern, "(");
    off.is_off = true;
    assert!(Ruleset::compile(&Rules { rules: vec![off], ..Rules::default() }, None).is_ok());
}

#[test]
fn more_rules_than_are_followed_are_refused() {
    let rules = vec![rule(RuleKind::Length, "1"); 201];
    assert_eq!(refused(Rules { rules, ..Rules::default() }).field, RuleField::Rule(200));
}

#[test]
fn a_thousand_phrases_are_one_rule_and_twenty_thousand_are_too_many() {
    let compile = |count: usize| {
        let words: Vec<_> = (0..count).map(|number| format!("some{number}x phrase{number}")).collect();
        let rules = vec![rule(RuleKind::Words, &words.join("\n"))];
        Ruleset::compile(&Rules { rules, ..Rules::default() }, None)
    };
    assert!(compile(1_000).is_ok());
    assert!(compile(20_000).expect_err("too many").words.contains("several rules"));
}
