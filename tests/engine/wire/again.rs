//! Text and arguments that a server says again, and text that merely repeats itself.

use super::played::{events, play};
use crate::support::{calls, turn_of};
use tokenfall::engine::chat::{Server, Turn};
use tokenfall::engine::session::{Plan, Session};
use tokenfall::engine::tape::Head;
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::Dialect;

fn said(texts: &[&str]) -> Turn {
    let json = |text: &str| serde_json::Value::from(text).to_string();
    let mut all: Vec<String> = texts
        .iter()
        .map(|text| format!(r#"{{"choices":[{{"index":0,"delta":{{"content":{}}}}}]}}"#, json(text)))
        .collect();
    all.push(r#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#.to_owned());
    play(Dialect::ChatCompletions, events(&all.iter().map(String::as_str).collect::<Vec<_>>()))
}

#[test]
fn text_that_each_event_states_from_the_beginning_is_said_once() {
    for texts in [
        &["The sky is blue today", "The sky is blue today, and", "The sky is blue today, and the sea too."][..],
        &["The", "The sky is blue", "The sky is blue today, and", "The sky is blue today, and the sea too."],
        &["The sky is blue today", "The sky is blue today, and the sea too."],
        &[
            "The sky is blue today",
            "The sky is blue today, and the",
            "The sky is blue today, and the",
            "The sky is blue today, and the sea too.",
        ],
    ] {
        assert_eq!(said(texts).text(), "The sky is blue today, and the sea too.", "{texts:?}");
    }
    let body = events(&[
        r#"{"candidates":[{"content":{"parts":[{"text":"A whole sentence, "}]}}]}"#,
        r#"{"candidates":[{"content":{"parts":[{"text":"A whole sentence, another, "}]}}]}"#,
        r#"{"candidates":[{"content":{"parts":[{"text":"A whole sentence, another, a third."}]},"finishReason":"STOP"}]}"#,
    ]);
    assert_eq!(play(Dialect::Gemini, body).text(), "A whole sentence, another, a third.");
}

#[test]
fn text_that_is_stated_from_the_beginning_is_shown_from_the_third_event_on() {
    let mut session = Session::new(
        Plan::new(Dialect::ChatCompletions, true, "m", Server::default(), None),
        Timestamp::ORIGIN,
    );
    session.head(Head { status: 200, ..Head::default() }, Timestamp::ORIGIN);
    let mut shown = Vec::new();
    for text in [
        "The sky is blue today",
        "The sky is blue today, and",
        "The sky is blue today, and so",
        "The sky is blue today, and so on",
    ] {
        let event =
            format!("data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{text}\"}}}}]}}\n\n");
        let _ = session.feed(event.as_bytes(), Timestamp::ORIGIN);
        shown.push(session.turn().text());
    }
    assert_eq!(shown[0], "The sky is blue today");
    assert_eq!(shown[2..], ["The sky is blue today, and so", "The sky is blue today, and so on"]);
}

#[test]
fn text_that_merely_repeats_itself_is_said_as_often_as_it_came() {
    for texts in [
        &["Row, row, row your boat\n", "Row, row, row your boat\n", "Row, row, row your boat\n"][..],
        &["Row, row, row your boat\n", "Row, row, row your boat\nGently ", "down the stream"],
        &["ha ha ha ha ha ha ", "ha ha ha ha ha ha ha ha ", "ha ha ha ha ha ha ha ha ha ha "],
        &["a", "ab", "abc", "abcd"],
        &["1", "10", "100"],
        &["\n", "\n\n", "x"],
    ] {
        assert_eq!(said(texts).text(), texts.concat(), "{texts:?}");
    }
}

#[test]
fn text_that_is_cut_while_a_repetition_is_in_doubt_loses_nothing_new() {
    let body = events(&[
        r#"{"choices":[{"index":0,"delta":{"content":"The sky is blue today"}}]}"#,
        r#"{"choices":[{"index":0,"delta":{"content":"The sky is blue today, and"}}]}"#,
    ]);
    assert_eq!(turn_of(Dialect::ChatCompletions, body).text(), "The sky is blue today, and");
}

fn called(fragments: &[&str]) -> Vec<(String, String)> {
    let mut all: Vec<String> = fragments
        .iter()
        .map(|call| format!(r#"{{"choices":[{{"index":0,"delta":{{"tool_calls":[{call}]}}}}]}}"#))
        .collect();
    all.push(r#"{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"#.to_owned());
    let turn = play(Dialect::ChatCompletions, events(&all.iter().map(String::as_str).collect::<Vec<_>>()));
    calls(&turn).into_iter().map(|(_, name, arguments, _)| (name, arguments)).collect()
}

fn call(name: &str, arguments: &str) -> (String, String) {
    (name.to_owned(), arguments.to_owned())
}

#[test]
fn arguments_said_again_are_taken_once() {
    let named = |arguments: &str| {
        format!(
            r#"{{"index":0,"id":"c","function":{{"name":"f","arguments":{}}}}}"#,
            serde_json::Value::from(arguments)
        )
    };
    for fragments in [
        &[r#"{"q":"#, r#"{"q":"oslo","#, r#"{"q":"oslo","n":3}"#][..],
        &[r#"{"q":"oslo","#, r#"{"q":"oslo","n":3}"#],
        &[r#"{"q":"oslo","#, r#""n":3}"#, r#"{"q":"oslo","n":3}"#],
        &[r#"{"q":"oslo","n":3}"#, r#"{"q":"oslo","n":3}"#, r#"{"q":"oslo","n":3}"#],
        &[r#"{"q":"oslo","#, r#""n":3}"#, r#"{"q":"oslo","#, r#""n":3}"#],
        &["{}", r#"{"q":"oslo","n":3}"#],
    ] {
        let all: Vec<String> = fragments.iter().map(|fragment| named(fragment)).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        assert_eq!(called(&all), [call("f", r#"{"q":"oslo","n":3}"#)], "{fragments:?}");
    }
    // Longer than the root of the bound on what is compared.
    let long = "x".repeat(3_000);
    let pieces = [named(&format!("{{\"a\":\"{long}")), named(&format!("{long}\"}}"))];
    let all = named(&format!("{{\"a\":\"{long}{long}\"}}"));
    let expected = format!("{{\"a\":\"{long}{long}\"}}");
    assert_eq!(called(&[&pieces[0], &pieces[1], &all]), [call("f", &expected)], "long ones");
    let spaced = [named(r#"{"q": "a  b"}"#), named(r#"{"q":"a  b"}"#)];
    assert_eq!(called(&[&spaced[0], &spaced[1]]), [call("f", r#"{"q": "a  b"}"#)], "in another form");
    let nested = [named(r#"{"a":"#), named(r#"{"a":1}}"#)];
    assert_eq!(called(&[&nested[0], &nested[1]]), [call("f", r#"{"a":{"a":1}}"#)], "one object in another");
}

#[test]
fn arguments_up_to_a_mebibyte_are_compared_and_longer_ones_appended_as_they_come() {
    let bound = 1 << 20;
    for (length, times) in [(bound, 1), (bound + 1, 2)] {
        let whole = format!("{{\"a\":\"{}\"}}", "x".repeat(length - 8));
        let (begin, end) = whole.split_at(length - 2);
        let all = [begin, end, &whole].map(|arguments| {
            format!(
                r#"{{"index":0,"id":"c","function":{{"name":"f","arguments":{}}}}}"#,
                serde_json::Value::from(arguments)
            )
        });
        let called = called(&all.each_ref().map(String::as_str));
        assert!(called == [call("f", &whole.repeat(times))], "{length} bytes, {} came", called[0].1.len());
    }
}

#[test]
fn an_input_that_is_no_json_is_appended_as_it_comes() {
    let custom = |input: &str| {
        format!(
            r#"{{"index":0,"id":"c","type":"custom","custom":{{"name":"run","input":{}}}}}"#,
            serde_json::Value::from(input)
        )
    };
    for input in [&["{ a(); }", "\n{ b(); }", "\n{ b(); }"][..], &["x = 1\n", "x = 1\nx = 2\n"]] {
        let all: Vec<String> = input.iter().map(|piece| custom(piece)).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        assert_eq!(called(&all), [call("run", &input.concat())], "{input:?}");
    }
}

#[test]
fn one_call_is_one_call_whatever_keys_its_fragments_have() {
    let parts = [call("f", r#"{"a":1}"#)];
    for fragments in [
        [
            r#"{"index":0,"id":"x","function":{"name":"f","arguments":""}}"#,
            r#"{"index":1,"id":"x","function":{"arguments":"{\"a\":1}"}}"#,
        ],
        [
            r#"{"index":0,"id":"x","function":{"name":"f","arguments":"{\"a\":"}}"#,
            r#"{"index":0,"id":"y","function":{"name":null,"arguments":"1}"}}"#,
        ],
        [
            r#"{"index":0,"id":"x","function":{"name":"f","arguments":"{\"a\":"}}"#,
            r#"{"index":0,"id":"y","function":{"name":"f","arguments":"1}"}}"#,
        ],
        [
            r#"{"id":"x","function":{"name":"f","arguments":"{\"a\":"}}"#,
            r#"{"id":"y","function":{"arguments":"1}"}}"#,
        ],
        [
            r#"{"index":0,"id":"x","function":{"name":"f","arguments":"{\"a\":"}}"#,
            r#"{"index":1,"id":"x","function":{"name":"f","arguments":"1}"}}"#,
        ],
    ] {
        assert_eq!(called(&fragments), parts, "{fragments:?}");
    }
    // The same id for two calls of two names, and two whole calls of one name at one index.
    for fragments in [
        [
            r#"{"index":0,"id":"x","function":{"name":"f","arguments":"{\"a\":1}"}}"#,
            r#"{"index":1,"id":"x","function":{"name":"g","arguments":"{}"}}"#,
        ],
        [
            r#"{"index":0,"id":"x","function":{"name":"f","arguments":"{\"a\":1}"}}"#,
            r#"{"index":0,"id":"y","function":{"name":"f","arguments":"{}"}}"#,
        ],
    ] {
        assert_eq!(called(&fragments).len(), 2, "{fragments:?}");
    }
}
