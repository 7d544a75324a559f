//! Tests of the JSON reader, with serde_json as the oracle for what is JSON and what it says.
//!
//! The reader differs from serde_json on purpose in four ways, each tested here: it accepts lone surrogates (as
//! `JSON.parse` does), control characters inside strings, numbers of any size, and it counts one level of nesting more.

mod indent;
mod oracle;
mod template;

use tokenfall::engine::json::{Carry, Document};

fn accepts(text: &str) -> bool {
    Document::default().parse(text).is_ok()
}

fn text_of(json: &str) -> String {
    Document::default().parse(json).unwrap().as_text().unwrap().decode().into_owned()
}

#[test]
fn malformed_text_is_refused_at_the_byte_where_it_goes_wrong() {
    for (text, at) in [
        ("", 0),
        ("  ", 2),
        ("{", 1),
        ("[1,]", 3),
        ("[,1]", 1),
        ("[1 2]", 3),
        ("{\"a\"}", 4),
        ("{\"a\":}", 5),
        ("{\"a\":1,}", 7),
        ("{a:1}", 1),
        ("[1}", 2),
        ("{\"a\":1]", 6),
        ("1 2", 2),
        ("tru", 0),
        ("nulll", 4),
        ("01", 1),
        ("-", 1),
        ("1.", 2),
        ("1e", 2),
        (".5", 0),
        ("+1", 0),
        ("NaN", 0),
        ("'a'", 0),
        ("\"\\x\"", 1),
        ("\"\\u12\"", 1),
        ("\"\\u12g4\"", 1),
        ("]", 0),
        ("[1]]", 3),
        ("// c\n1", 0),
    ] {
        assert_eq!(Document::default().parse(text).map_err(|bad| bad.at).unwrap_err(), at, "{text:?}");
    }
}

#[test]
fn an_unfinished_string_is_refused() {
    assert!(!accepts("\"a"));
    assert!(!accepts("\"a\\"));
    assert!(!accepts("\"a\\u1"));
    assert!(!accepts(&format!("\"{}", "a".repeat(100))));
}

#[test]
fn nesting_is_bounded_at_128_levels_and_deep_text_costs_no_stack() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(accepts(&nested(128)));
    assert!(!accepts(&nested(129)));
    assert!(!accepts(&"[".repeat(1_000_000)));
    assert!(!accepts(&"{\"a\":".repeat(1_000_000)));
}

#[test]
fn escapes_of_every_kind_are_decoded() {
    assert_eq!(text_of(r#""\"\\\/\b\f\n\r\t\u00e9\u20AC\ud83d\udc66""#), "\"\\/\u{8}\u{c}\n\r\té€👦");
}

#[test]
fn escapes_beyond_the_short_search_are_found() {
    for length in 20..30 {
        let plain = "a".repeat(length);
        assert_eq!(text_of(&format!("\"{plain}\\n{plain}\"")), format!("{plain}\n{plain}"));
        assert_eq!(text_of(&format!("\"{plain}\"")), plain);
    }
}

#[test]
fn a_lone_surrogate_is_accepted_and_becomes_a_replacement_character() {
    assert!(
        serde_json::from_str::<String>(r#""a\ud83d""#).is_err(),
        "which is why serde_json cannot be used"
    );
    assert_eq!(text_of(r#""a\ud83d""#), "a\u{fffd}");
    assert_eq!(text_of(r#""\udc66b""#), "\u{fffd}b");
    assert_eq!(text_of(r#""\ud83d\ud83d\udc66""#), "\u{fffd}👦");
    assert_eq!(text_of(r#""\ud83dx\udc66""#), "\u{fffd}x\u{fffd}");
    assert_eq!(text_of(r#""\ud83d\n""#), "\u{fffd}\n");
}

#[test]
fn a_surrogate_pair_cut_between_texts_is_joined() {
    for (fragments, expected) in [
        (&[r#""a\ud83d""#, r#""\udc66b""#][..], "a👦b"),
        (&[r#""a\ud83d""#, r#""""#, r#""\udc66b""#], "a👦b"),
        (&[r#""a\ud83d""#, r#""b""#], "a\u{fffd}b"),
        (&[r#""a\ud83d""#, r#""\n""#], "a\u{fffd}\n"),
        (&[r#""a\ud83d""#, r#""\ud83d""#, r#""\udc66""#], "a\u{fffd}👦"),
        (&[r#""\ud83d""#], "\u{fffd}"),
    ] {
        let (mut out, mut carry) = (String::new(), Carry::default());
        for fragment in fragments {
            let mut document = Document::default();
            document.parse(fragment).unwrap().as_text().unwrap().push_to(&mut out, &mut carry);
        }
        carry.finish(&mut out);
        assert_eq!(out, expected, "{fragments:?}");
    }
}

#[test]
fn control_characters_inside_strings_are_let_through() {
    assert_eq!(text_of("\"a\tb\u{1}\nc\""), "a\tb\u{1}\nc");
}

#[test]
fn numbers_are_read_as_counters_only_where_they_are_whole() {
    for (json, expected) in [
        ("0", Some(0)),
        ("12.0", Some(12)),
        ("1e3", Some(1_000)),
        ("18446744073709551615", Some(u64::MAX)),
        ("18446744073709551616", None),
        ("-0", Some(0)),
        ("-1", None),
        ("1.5", None),
        ("1e999", None),
        ("\"1\"", None),
        ("null", None),
    ] {
        let mut document = Document::default();
        assert_eq!(document.parse(json).unwrap().as_u64(), expected, "{json}");
    }
}

#[test]
fn truth_is_what_javascript_takes_for_it() {
    for (json, expected) in [
        ("null", false),
        ("false", false),
        ("0", false),
        ("0.0", false),
        ("-0", false),
        ("\"\"", false),
        ("true", true),
        ("1", true),
        ("\"0\"", true),
        ("{}", true),
        ("[]", true),
    ] {
        assert_eq!(Document::default().parse(json).unwrap().is_truthy(), expected, "{json}");
    }
}

#[test]
fn the_first_of_two_members_of_one_name_counts() {
    let mut document = Document::default();
    let value = document.parse(r#"{"a":{"a":3},"b":[{"a":4}],"a":2}"#).unwrap();
    assert_eq!(value.get("a").unwrap().raw(), r#"{"a":3}"#, "and a nested one is not taken for it");
    assert_eq!(value.members().map(|(name, _)| name).collect::<Vec<_>>(), ["a", "b", "a"]);
}

#[test]
fn a_document_used_again_remembers_nothing() {
    let mut document = Document::default();
    assert!(document.parse("[1,2,3").is_err());
    assert_eq!(document.parse("[1]").unwrap().items().count(), 1);
    assert_eq!(document.parse("{}").unwrap().items().count(), 0);
}

#[test]
fn asking_a_value_for_what_it_is_not_gives_nothing() {
    let mut document = Document::default();
    let value = document.parse("[1]").unwrap();
    assert!(value.get("a").is_none() && value.as_text().is_none() && !value.is_number());
    assert_eq!((value.string("a"), value.members().count()), (String::new(), 0));
}
