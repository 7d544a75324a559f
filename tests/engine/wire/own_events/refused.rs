//! Rules that are refused: field, place, reason.

use super::{fields, rules};
use tokenfall::engine::wire::OwnEventField::{self, End, Error, Reasoning, Text};
use tokenfall::engine::wire::PointerFault::{BehindTheEnd, Fragment, NoSlash, Tilde, TooLong};
use tokenfall::engine::wire::{JsonPointer, OwnEventFields, OwnEvents, OwnEventsFault};

fn refusal(texts: [&str; 4]) -> (OwnEventField, usize, OwnEventsFault) {
    let problem = OwnEvents::parse(&fields(texts)).expect_err(&format!("{texts:?}"));
    (problem.field, problem.at, problem.fault)
}

#[test]
fn each_wrong_field_is_refused_with_its_place_and_the_pointer_that_may_be_meant() {
    let meant = |pointer: &str| NoSlash(Some(pointer.to_owned()));
    for (texts, field, at, fault) in [
        (["text", "", "", ""], Text, 0, meant("/text")),
        (["$.a.b", "", "", ""], Text, 0, meant("/a/b")),
        (["choices[0].delta.content", "", "", ""], Text, 0, meant("/choices/0/delta/content")),
        (["$['a']['b c']", "", "", ""], Text, 0, NoSlash(None)),
        (["$['a'][\"b\"]", "", "", ""], Text, 0, meant("/a/b")),
        (["a/b", "", "", ""], Text, 0, meant("/a/b")),
        (["  .choices[0]", "", "", ""], Text, 2, meant("/choices/0")),
        (["?", "", "", ""], Text, 0, NoSlash(None)),
        (["#/a", "", "", ""], Text, 0, Fragment),
        (["/a~", "", "", ""], Text, 2, Tilde),
        (["/a/b~2c", "", "", ""], Text, 4, Tilde),
        (["/ä~/b", "", "", ""], Text, 3, Tilde),
        ([" /a/-", "", "", ""], Text, 4, BehindTheEnd),
        (["/a", "b", "", ""], Reasoning, 0, meant("/b")),
        (["/a", "/b", "error", ""], Error, 0, meant("/error")),
        (["/a", "", "", "/~x"], End, 1, Tilde),
        (["/a", "", "", " /~x=1"], End, 2, Tilde),
        (["/a", "", "", "/a/-=1"], End, 3, BehindTheEnd),
    ] {
        assert_eq!(refusal(texts), (field, at, OwnEventsFault::Pointer(fault)), "{texts:?}");
    }
}

#[test]
fn rules_that_say_too_little_or_twice_the_same_are_refused() {
    for (texts, field, at, fault) in [
        (["", "", "", ""], Text, 0, OwnEventsFault::NothingToRead),
        ([" ", "", "/error", "[DONE]"], Text, 0, OwnEventsFault::NothingToRead),
        (["/a", "/a", "", ""], Reasoning, 0, OwnEventsFault::SameAsText),
        (["/a~1b", " /a~1b", "", ""], Reasoning, 0, OwnEventsFault::SameAsText),
        (["/a", "data", "", ""], Reasoning, 0, OwnEventsFault::OnlyPointers),
        (["/a", "", " data", ""], Error, 1, OwnEventsFault::OnlyPointers),
        (["/a", "", "", "/type="], End, 5, OwnEventsFault::ValueMissing),
        (["/a", "", "", " /type= "], End, 6, OwnEventsFault::ValueMissing),
        (["/a", "", "", "event:"], End, 6, OwnEventsFault::NameMissing),
        (["/a", "", "", "event:  "], End, 6, OwnEventsFault::NameMissing),
    ] {
        assert_eq!(refusal(texts), (field, at, fault), "{texts:?}");
    }
}

#[test]
fn a_pointer_of_more_steps_than_json_may_nest_is_refused() {
    assert!(JsonPointer::parse(&"/a".repeat(128)).is_ok());
    let problem = JsonPointer::parse(&"/a".repeat(129)).unwrap_err();
    assert_eq!((problem.at, problem.fault), (257, TooLong));
}

#[test]
fn each_refusal_has_a_sentence_and_the_meant_pointer_is_one() {
    for texts in [["$.a[0]", "", "", ""], ["", "", "", ""], ["/a", "", "", "event:"], ["/a~", "", "", ""]] {
        let (.., fault) = refusal(texts);
        let sentence = fault.to_string();
        assert!(sentence.ends_with('.') && sentence.contains(' '), "{sentence}");
        if let OwnEventsFault::Pointer(NoSlash(Some(meant))) = fault {
            assert!(sentence.contains(&meant) && JsonPointer::parse(&meant).is_ok(), "{sentence}");
        }
    }
}

#[test]
fn what_is_typed_is_stored_as_it_is_and_gaps_are_empty() {
    let typed = fields([" /a ", "/b", "", "[DONE]"]);
    let stored = serde_json::to_string(&typed).unwrap();
    assert_eq!(serde_json::from_str::<OwnEventFields>(&stored).unwrap(), typed);
    assert_eq!(serde_json::from_str::<OwnEventFields>("{\"later\":1}").unwrap(), OwnEventFields::default());
    assert_eq!(rules([" /a ", "", "", ""]), rules(["/a", "", "", ""]));
}
