//! What a server sends is shown and recorded without the key that was sent to it, and without characters that nobody sees.

mod laws;

use super::{DONE, at, said, server};
use std::borrow::Cow;
use tokenfall::engine::chat::Cause;
use tokenfall::engine::session::{Next, Plan, Redactor, Session};
use tokenfall::engine::tape::{End, Head};
use tokenfall::engine::wire::{BlockKind, Dialect, Key};

const KEY: &str = "sk-canary/123456789";
const MASK: &str = "your-key...........";

fn redactor(key: &str) -> Redactor {
    Redactor::new(&Key::new(key).unwrap().unwrap()).unwrap()
}

fn session(dialect: Dialect) -> Session {
    Session::new(Plan::new(dialect, true, "m", server(), Key::new(KEY).unwrap()), at(0))
}

fn head(status: u16) -> Head {
    Head { status, ..Head::default() }
}

/// Whether the key is anywhere in what the session shows and keeps.
fn leaks(session: &Session) -> bool {
    let turn = session.turn();
    let failure = turn.failure.as_ref();
    let shown = failure.map(|failure| failure.sentence() + &failure.details()).unwrap_or_default();
    [format!("{turn:?}"), shown, session.tape().to_jsonl()].iter().any(|text| text.contains("canary"))
}

#[test]
fn a_key_that_is_repeated_in_a_refusal_is_hidden_at_once_and_while_the_question_waits_for_another_try() {
    for (status, goes_out_again) in [(401, false), (429, true)] {
        let mut session = session(Dialect::ChatCompletions);
        session.head(head(status), at(1));
        let body = format!("{{\"error\":{{\"message\":\"No: {KEY}\",\"code\":\"{KEY}\"}}}}");
        let _ = session.feed(body.as_bytes(), at(2));
        session.end(End::Closed, false, at(3));
        assert_eq!(session.postpone(at(3)), goes_out_again);
        let failure = session.turn().failure.as_ref().unwrap();
        assert!(failure.sentence().contains(&format!("No: {MASK}")), "{}", failure.sentence());
        assert!(!leaks(&session));
        session.end(End::Cancelled, false, at(4));
        assert!(!leaks(&session));
    }
}

#[test]
fn the_key_is_hidden_wherever_a_server_repeats_it() {
    let chat = |delta: &str| format!("data: {{\"choices\":[{{\"index\":0,\"delta\":{delta}}}]}}\n\n");
    let events = [
        format!("data: {{\"novel\":\"{KEY}\"}}\n\n"),
        format!("data: {{\"id\":\"{KEY}\",\"model\":\"{KEY}\",\"choices\":[]}}\n\n"),
        said(KEY),
        chat(&format!("{{\"reasoning\":\"{KEY}\",\"refusal\":\"{KEY}\"}}")),
        chat(&format!(
            "{{\"tool_calls\":[{{\"index\":0,\"id\":\"{KEY}\",\"function\":{{\"name\":\"{KEY}\",\"arguments\":\"{{\\\"{KEY}\\\":1}}\"}}}}]}}"
        )),
        chat(&format!(
            "{{\"content\":\"a\",\"annotations\":[{{\"type\":\"url_citation\",\"url_citation\":{{\"url\":\"https://x/{KEY}\",\"title\":\"{KEY}\"}}}}]}}"
        )),
        format!("data: {{\"choices\":[{{\"delta\":{{}},\"finish_reason\":\"{KEY}\"}}]}}\n\n"),
        format!(": {KEY}\n\nevent: {KEY}\ndata: {KEY}\n\nid: {KEY}\n\n{KEY}\n\n"),
        format!("data: {{\"error\":{{\"message\":\"{KEY}\"}}}}\n\n"),
    ];
    for event in &events {
        let body = event.to_owned() + DONE;
        for step in [1, 7, body.len()] {
            let mut session = session(Dialect::ChatCompletions);
            let content_type = format!("text/event-stream; key={KEY}");
            session.head(Head { status: 200, content_type, ..Head::default() }, at(1));
            for chunk in body.as_bytes().chunks(step) {
                let _ = session.feed(chunk, at(2));
            }
            session.end(End::Closed, false, at(3));
            assert!(!leaks(&session), "{event} by {step}");
            assert!(session.tape().to_jsonl().contains("your-key"), "{event}");
        }
    }
}

#[test]
fn the_key_is_found_in_each_encoding_and_in_one_within_another() {
    let redactor = redactor(KEY);
    for written in [
        r"sk-canary/123456789",
        r"sk-canary\/123456789",
        r"\u0073k-canary\u002F123456789",
        r"\\u0073k-canary\\/123456789",
        r"\\\\\\\u0073k-canary/12345678\\\\\\\u0039",
        r"\x73k-canary/123456789",
        "%73k%2Dcanary%2f123456789",
        "%2573k-canary%252525252f123456789",
        "&#115;k-canary&#x2f;123456789",
        "&#115k-canary&sol;12345678&#57",
        "&amp;#115;k-canary&amp;sol;123456789",
        r"\u0026#115;k-canary\u0026sol;123456789",
        r"%5Cu0073k-canary%5c/123456789",
        r"\u002573k-canary/123456789",
        "%26%23115%3Bk-canary/123456789",
        "&#x00000073;k-canary/123456789",
    ] {
        let text = format!("before {written} behind");
        let shown = redactor.text(&text);
        assert_eq!(shown.len(), text.len(), "recordings keep their offsets: {shown}");
        let mask = shown.strip_prefix("before ").unwrap().strip_suffix(" behind").unwrap();
        assert_eq!(mask.trim_end_matches('.'), "your-key", "{written}");
    }
    for other in [
        "sk-canary/12345678",
        "sk-canary/12345678&#570;",
        "sk-canary/12345678&#x",
        "sk-canary/12345678%3",
        r"sk-canary/12345678\u003",
        "SK-CANARY/123456789",
        "sk-canary /123456789",
        "sk-sk-canary/12345678",
    ] {
        assert_eq!(redactor.text(other), Cow::Borrowed(other));
    }
}

#[test]
fn a_key_of_characters_that_encodings_are_made_of_is_found() {
    for key in
        [r"\\\\\\\\", "%25%25%2", "&amp;&#1", "/\"'\\u00\\", "aaaaaaaa", "abababab", "u0061aaa", "12345678"]
    {
        let redactor = redactor(key);
        for (before, behind) in [("", ""), ("<", ">"), (" ", "a")] {
            let text = format!("{before}{key}{behind}");
            let shown = redactor.text(&text);
            assert!(!shown.contains(key), "{key}: {shown}");
            assert_eq!(shown.len(), text.len());
        }
    }
}

#[test]
fn a_key_behind_a_line_end_leaves_the_json_readable() {
    let mut session = session(Dialect::ChatCompletions);
    session.head(head(200), at(1));
    let _ = session.feed((said(&format!("a\\n{KEY}")) + &said(&format!("\\\\{KEY}"))).as_bytes(), at(2));
    assert_eq!(session.turn().text(), format!("a\n{MASK}\\{MASK}"));
    // The line end's own letter begins this key.
    let key = redactor("nsk-123456");
    assert_eq!(key.text(r#"{"a":"\nsk-123456"}"#), r#"{"a":"\/our-key.."}"#);
    assert_eq!(key.text(r#"{"a":"\\nsk-123456"}"#), r#"{"a":"\\your-key.."}"#);
}

#[test]
fn a_key_in_pieces_of_text_is_covered_as_soon_as_it_is_whole() {
    let mut session = session(Dialect::ChatCompletions);
    session.head(head(200), at(1));
    let pieces = [
        "It is ",
        "sk",
        "-cana",
        "ry",
        "\\\\",
        "/12345678",
        "9",
        "9 and ",
        "sk-",
        "no",
        " s",
        "k-canary/123456789sk-canary/12345678",
        "9",
    ];
    let shown: Vec<String> = pieces
        .iter()
        .map(|piece| {
            let _ = session.feed(said(piece).as_bytes(), at(2));
            session.turn().text()
        })
        .collect();
    assert_eq!(shown[1], "It is sk", "what only begins as the key does is not held back");
    assert_eq!(shown[5], "It is sk-canary\\/12345678");
    assert_eq!(shown[6], format!("It is {MASK}."));
    assert_eq!(shown[10], format!("It is {MASK}.9 and sk-no s"));
    assert_eq!(shown[12], format!("It is {MASK}.9 and sk-no {MASK}{MASK}"));
    assert_eq!(session.turn().blocks[0].revision, 3, "whoever drew it draws it again");
}

#[test]
fn a_key_that_comes_letter_by_letter_is_covered() {
    let mut session = session(Dialect::ChatCompletions);
    session.head(head(200), at(1));
    for letter in std::iter::once("It is ").chain(KEY.split("").filter(|letter| !letter.is_empty())) {
        let _ = session.feed(said(letter).as_bytes(), at(2));
    }
    assert_eq!(session.turn().text(), format!("It is {MASK}"));
}

#[test]
fn a_closing_statement_and_arguments_are_without_the_key_too() {
    let mut session = session(Dialect::Responses);
    session.head(head(200), at(1));
    for event in [
        r#"{"type":"response.output_item.added","output_index":0,"item":{"type":"message","content":[]}}"#,
        r#"{"type":"response.content_part.added","output_index":0,"content_index":0,"part":{"type":"output_text","text":""}}"#,
        r#"{"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"sk-canary"}"#,
        r#"{"type":"response.output_text.done","output_index":0,"content_index":0,"text":"sk-canary\\/123456789"}"#,
    ] {
        let _ = session.feed(format!("data: {event}\n\n").as_bytes(), at(2));
    }
    assert_eq!(session.turn().text(), format!("{MASK}.."));
}

#[test]
fn what_could_begin_the_key_waits_for_the_next_chunk_and_is_lost_at_no_end() {
    let mut redactor = redactor(KEY);
    assert_eq!(redactor.push(b"plain\n\n"), Cow::Borrowed(b"plain\n\n"));
    assert_eq!(redactor.push(b"a sk-can"), Cow::Borrowed(b"a "));
    assert_eq!(redactor.push(b"ape"), Cow::<[u8]>::Owned(b"sk-canape".to_vec()));
    assert_eq!(redactor.push(b"\\"), Cow::Borrowed(b""));
    assert_eq!(redactor.finish(), b"\\");
    assert_eq!(redactor.finish(), b"");
    assert_eq!(redactor.push(b"sk-canary/12345678&#57"), Cow::Borrowed(b""));
    assert_eq!(redactor.finish(), b"your-key..............", "no digit follows");

    // A body that ends where the key could begin is whole all the same.
    let mut session = session(Dialect::ChatCompletions);
    session.head(head(401), at(1));
    assert_eq!(session.feed(b"No keys", at(2)), Next::More);
    assert!(session.settle(at(2_002)));
    let Some(Cause::Provider(error)) = session.turn().failure.as_ref().map(|failure| &failure.cause) else {
        panic!("{:?}", session.turn())
    };
    assert_eq!(error.message, "No keys");
}

#[test]
fn a_key_is_hidden_before_an_excerpt_is_cut() {
    for length in 270..=300 {
        let mut session = session(Dialect::ChatCompletions);
        session.head(head(200), at(1));
        let page = format!("<html>{}{KEY}", "x".repeat(length - 6));
        let _ = session.feed(page.as_bytes(), at(2));
        session.end(End::Closed, false, at(3));
        let details = session.turn().failure.as_ref().unwrap().details();
        assert!(!details.contains("sk-") && details.contains('y') == (length < 300), "{details}");
    }
}

#[test]
fn a_word_is_no_secret() {
    for short in ["is", "1234567"] {
        assert!(Redactor::new(&Key::new(short).unwrap().unwrap()).is_none(), "{short}");
    }
    assert_eq!(redactor("12345678").text("12345678"), "your-key");
    assert!(!format!("{:?}", redactor(KEY)).contains("canary"));
}

#[test]
fn what_a_server_says_of_an_error_hides_no_characters_and_turns_no_direction() {
    let mut session = session(Dialect::ChatCompletions);
    session.head(head(400), at(1));
    let words = "bad \u{202e}txet \u{1b}[31m \u{e0041}\u{e0042}";
    let body = format!("{{\"error\":{{\"message\":\"{}\"}}}}", words.replace('\u{1b}', "\\u001b"));
    let _ = session.feed(body.as_bytes(), at(2));
    session.end(End::Closed, false, at(3));
    let failure = session.turn().failure.as_ref().unwrap();
    for text in [failure.sentence(), failure.details()] {
        assert!(!text.contains(['\u{202e}', '\u{1b}', '\u{e0041}']), "{text:?}");
    }
    assert!(
        failure.sentence().contains('␛') && failure.sentence().contains("2 hidden"),
        "{}",
        failure.sentence()
    );
}

#[test]
fn the_answers_own_text_keeps_what_is_hidden_in_it() {
    let mut session = session(Dialect::ChatCompletions);
    session.head(head(200), at(1));
    let _ = session.feed(said("a\u{200b}b").as_bytes(), at(2));
    session.end(End::Cancelled, false, at(3));
    assert_eq!(session.turn().blocks_of(BlockKind::Text).next().unwrap().text, "a\u{200b}b");
}
