//! Tests of the tree: what is open and what closed, what is passed over, what is no JSON.

use super::{dripped, outcome, schema};
use serde_json::json;
use tokenfall::engine::structured::{Change, ClosedValue, Judgement, Node, OpenValue, Outcome, Tree};

/// What is wrong with a text that is no JSON, with its line and column.
fn refused(text: &str) -> (usize, usize, String) {
    let outcome = outcome(None, text);
    let Outcome::NotJson { place, words } = outcome else { panic!("{text:?} is {outcome:?}") };
    (place.line, place.column, words)
}

fn value(text: &str) -> serde_json::Value {
    let mut tree = dripped(None, text);
    assert_eq!(tree.finish(), Outcome::Valid, "{text:?}");
    tree.value(tree.root().unwrap()).unwrap()
}

#[test]
fn a_string_is_open_until_its_quote_and_its_text_so_far_has_no_half_escape() {
    let mut tree = Tree::new(None);
    tree.push("{\"na");
    let root = tree.root().unwrap();
    assert_eq!(tree.node(root), Node::Open(OpenValue::Object { members: &[], name: Some("na") }));
    tree.push("me\": \"Al\\ud83d");
    let name = tree.find("/name").unwrap();
    assert_eq!(tree.node(name), Node::Open(OpenValue::Text("Al")));
    tree.push("\\ude00");
    assert_eq!(tree.node(name), Node::Open(OpenValue::Text("Al😀")));
    tree.push("\"");
    assert_eq!(tree.node(name), Node::Closed(ClosedValue::Text("Al😀")));
    assert!(matches!(tree.node(root), Node::Open(_)));
    tree.push("}");
    assert!(matches!(tree.node(root), Node::Closed(_)));
    assert_eq!(tree.pointer(name), "/name");
}

#[test]
fn a_number_is_open_until_something_else_follows_and_the_end_of_the_text_closes_only_a_whole_one() {
    let mut tree = Tree::new(None);
    tree.push("[1, 23");
    let number = tree.find("/1").unwrap();
    assert_eq!(tree.node(number), Node::Open(OpenValue::Scalar("23")));
    assert_eq!(tree.finish(), Outcome::Incomplete);
    assert_eq!(tree.node(number), Node::Open(OpenValue::Scalar("23")), "it may have gone on");
    assert_eq!(value("42"), json!(42));
    assert_ne!(outcome(None, "-"), Outcome::Valid);
}

#[test]
fn min_length_is_not_held_against_a_string_that_is_still_coming() {
    let schema = schema(r#"{"properties": {"name": {"minLength": 3}}}"#);
    let mut tree = Tree::new(Some(schema));
    tree.push(r#"{"name": "Al"#);
    assert!(tree.faults().is_empty());
    let name = tree.find("/name").unwrap();
    assert_eq!(tree.judgement(name), Judgement::NotJudged);
    tree.push("\"");
    assert_eq!(tree.faults()[0].path, "/name");
    assert!(matches!(tree.judgement(name), Judgement::Failed([_])));
}

#[test]
fn words_and_fences_around_json_are_told_and_the_json_inside_is_taken() {
    for (text, before, after, fence) in [
        (
            "Here you are:\n```json\n{\"a\": 1}\n```\nAnything else?",
            "Here you are:",
            "Anything else?",
            Some("json"),
        ),
        ("```\n{\"a\": 1}\n```", "", "", Some("")),
        ("~~~json\n{\"a\": 1}\n~~~", "", "", Some("json")),
        ("Sure! {\"a\": 1} Done.", "Sure!", "Done.", None),
        ("  {\"a\": 1}\n", "", "", None),
    ] {
        let mut tree = dripped(None, text);
        assert_eq!(tree.finish(), Outcome::Valid, "{text:?}");
        let around = tree.surroundings();
        assert_eq!((around.before.as_str(), around.after.as_str()), (before, after), "{text:?}");
        assert_eq!(around.fence.as_deref(), fence, "{text:?}");
        assert_eq!(tree.raw(), "{\"a\": 1}");
    }
}

#[test]
fn a_bracket_among_words_that_is_no_json_is_passed_over() {
    for text in [
        "[see below] {\"a\": 1}",
        "As {x} and [y] say, {\"a\": 1}",
        "[1, see page 4]: {\"a\": 1}",
        "12 apples: {\"a\": 1}",
        "true story: {\"a\": 1}",
        "\"Sure\", he said: {\"a\": 1}",
        "{ {\"a\": 1}",
        "[{x}, {\"a\": 1}",
    ] {
        assert_eq!(value(text), json!({"a": 1}), "{text:?}");
    }
}

#[test]
fn what_is_inside_of_broken_json_is_not_taken_for_the_answer_but_a_line_of_its_own_is() {
    let (line, column, _) = refused("{\"a\": 1, 'b': {\"c\": 2}}");
    assert_eq!((line, column), (1, 10));
    assert_eq!(value("{\"a\": 1,}\n\nCorrected:\n{\"a\": 2}"), json!({"a": 2}));
}

#[test]
fn the_first_of_several_values_is_taken_and_the_others_are_told() {
    let mut tree = dripped(None, "{\"a\": 1}\n{\"a\": 2}");
    assert_eq!(tree.finish(), Outcome::Valid);
    assert!(tree.surroundings().has_more_json);
    assert_eq!(tree.raw(), "{\"a\": 1}");
}

#[test]
fn what_json_does_not_have_is_refused_with_its_place() {
    for (text, line, column, part) in [
        ("{\"a\": NaN}", 1, 7, "no such word"),
        ("{\"a\": None}", 1, 7, "no such word"),
        ("{\"a\": nul}", 1, 10, "no such word"),
        ("[\"a\",\n]", 2, 1, "comma"),
        ("{\"a\": 1,\n}", 2, 1, "comma"),
        ("{\"a\": 01}", 1, 9, "number"),
        ("{\"a\": +1}", 1, 7, "number"),
        ("{\"a\": 'b'}", 1, 7, "double quotes"),
        ("{\"a\": \"\\x\"}", 1, 9, "escape"),
        ("{\"a\": \"b\nc\"}", 1, 9, "line break"),
        ("{\"a\": 1 \"b\": 2}", 1, 9, "comma"),
        ("{\"a\": 1]", 1, 8, "comma"),
    ] {
        let (at_line, at_column, words) = refused(text);
        assert_eq!((at_line, at_column), (line, column), "{text:?}: {words}");
        assert!(words.to_lowercase().contains(part), "{text:?}: {words}");
    }
    let deep = "[".repeat(129);
    assert!(refused(&deep).2.contains("128"));
    assert_eq!(outcome(None, &"[".repeat(128)), Outcome::Incomplete);
    assert_eq!(outcome(None, &format!("{}{}", "[".repeat(128), "]".repeat(128))), Outcome::Valid);
}

#[test]
fn a_text_that_is_cut_is_incomplete_at_every_place_and_blanks_are_empty() {
    let text = r#"{"a": ["b", 1.5e3, true, null], "c": {"d": "e\n"}}"#;
    for cut in 1..text.len() {
        assert_eq!(outcome(None, &text[..cut]), Outcome::Incomplete, "{cut}");
    }
    assert_eq!(outcome(None, text), Outcome::Valid);
    assert_eq!(outcome(None, " \n"), Outcome::Empty);
    assert!(matches!(outcome(None, "I cannot do that."), Outcome::NotJson { .. }));
}

#[test]
fn a_name_that_stands_twice_is_a_fault_and_the_last_one_counts() {
    let mut tree = dripped(None, r#"{"a": {"b": 1, "b": 2}}"#);
    let Outcome::Invalid(faults) = tree.finish() else { panic!("a name stands twice") };
    assert_eq!(faults[0].path, "/a");
    assert_eq!(tree.value(tree.root().unwrap()).unwrap(), json!({"a": {"b": 2}}));
}

#[test]
fn lone_surrogates_become_replacement_characters_as_json_parse_would_let_them_through() {
    assert_eq!(
        value(r#"["\ud800", "\udc00x", "\ud800\ud83d\ude00"]"#),
        json!(["\u{fffd}", "\u{fffd}x", "\u{fffd}😀"])
    );
}

#[test]
fn numbers_are_kept_as_they_stand_and_judged_exactly() {
    let huge = "123456789012345678901234567890";
    assert_eq!(
        value(&format!("[{huge}, 1.0, 1e400]")).to_string(),
        format!("[{huge},1.0,1e400]").replace("1e400", "1e+400")
    );
    let schema = schema(r#"{"items": {"type": "integer", "maximum": 9007199254740992}}"#);
    assert_eq!(outcome(Some(&schema), "[1.0, 9007199254740992]"), Outcome::Valid);
    for text in ["[1.5]", "[9007199254740993]", "[1e400]"] {
        assert!(matches!(outcome(Some(&schema), text), Outcome::Invalid(_)), "{text}");
    }
    let tenths = super::schema(r#"{"items": {"multipleOf": 0.1}}"#);
    assert_eq!(outcome(Some(&tenths), "[0.3, 1.1]"), Outcome::Valid);
}

#[test]
fn changes_come_in_order_within_a_budget_and_one_for_each_run_of_growth() {
    let mut tree = Tree::new(None);
    tree.push("{\"a\": \"x");
    tree.push("y");
    tree.push("z");
    let root = tree.root().unwrap();
    let text = tree.find("/a").unwrap();
    assert_eq!(tree.take_changes(1), [Change::Opened(root)]);
    assert_eq!(tree.take_changes(9), [Change::Grew(root), Change::Opened(text), Change::Grew(text)]);
    tree.push("!\"}");
    assert_eq!(tree.take_changes(9), [Change::Grew(text), Change::Closed(text), Change::Closed(root)]);
    assert_eq!(tree.take_changes(9), []);
}

#[test]
fn what_was_taken_for_json_and_was_none_is_taken_back() {
    let mut tree = Tree::new(None);
    tree.push("[1 ");
    assert!(tree.root().is_some());
    tree.push("apple");
    assert_eq!(tree.root(), None);
    assert_eq!(tree.take_changes(9), [Change::Restarted]);
}
