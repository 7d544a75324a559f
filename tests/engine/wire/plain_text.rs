//! Tests of bodies that are text and nothing else.

use super::played::{play, play_whole};
use crate::support::{play as play_pieces, play_as};
use serde_json::json;
use tokenfall::engine::chat::{Cause, TurnState};
use tokenfall::engine::tape::End;
use tokenfall::engine::wire::{BaseUrl, Dialect, Endpoint, Message, Prompt, Role};

#[test]
fn text_is_taken_as_it_stands_whatever_it_looks_like() {
    for text in [
        "Hello",
        "{\"error\":\"no\"}",
        "data: {\"choices\":[]}\n\n",
        "[DONE]",
        "\n\n  indented\r\n",
        "<b>bold</b>",
        "<htm",
        "<!doctyp",
        "<!-- comment -->",
        "42",
        "ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab",
    ] {
        let turn = play(Dialect::PlainText, text);
        assert_eq!((turn.text().as_str(), turn.state), (text, TurnState::Complete), "{text:?}");
        assert_eq!(play_whole(Dialect::PlainText, text).text(), text);
    }
}

#[test]
fn a_piece_that_repeats_all_before_it_is_text_again() {
    let pieces: [&[u8]; 4] = [b"Row, row, row your boat. ", b"Row, row, row your boat. Row", b", row", b"."];
    let turn = play_pieces(Dialect::PlainText, &pieces, End::Closed);
    assert_eq!(turn.text(), "Row, row, row your boat. Row, row, row your boat. Row, row.");
}

#[test]
fn the_end_is_what_the_transport_says_and_no_more() {
    let lost = play_pieces(Dialect::PlainText, &[b"Half"], End::Lost);
    assert_eq!((lost.text().as_str(), lost.state), ("Half", TurnState::Interrupted));
    assert!(matches!(lost.failure.unwrap().cause, Cause::Lost));
    let stopped = play_pieces(Dialect::PlainText, &[b"Half"], End::Cancelled);
    assert_eq!((stopped.text().as_str(), stopped.state), ("Half", TurnState::Stopped));
    let cut = play(Dialect::PlainText, &"wö".as_bytes()[..2]);
    assert_eq!((cut.text().as_str(), cut.state), ("w", TurnState::Interrupted));
    assert!(matches!(cut.failure.unwrap().cause, Cause::CutOff));
}

#[test]
fn nothing_is_no_answer_and_a_web_page_is_told() {
    for empty in ["", " \n", "\u{feff}"] {
        let turn = play(Dialect::PlainText, empty);
        assert_eq!(turn.state, TurnState::Failed, "{empty:?}");
        assert!(matches!(turn.failure.unwrap().cause, Cause::Empty), "{empty:?}");
    }
    for page in ["<!DOCTYPE html><title>Sign in</title>", "\u{feff} \n<HTML lang=en><head>"] {
        let turn = play(Dialect::PlainText, page);
        assert!(matches!(turn.failure.unwrap().cause, Cause::WebPage { .. }), "{page:?}");
    }
}

#[test]
fn the_content_type_does_not_matter() {
    for content_type in
        ["", "text/html; charset=utf-8", "application/json", "text/event-stream", "text/plain"]
    {
        let turn = play_as(Dialect::PlainText, content_type, &[b"{\"a\":", b"1}\n"], End::Closed);
        assert_eq!(turn.text(), "{\"a\":1}\n", "{content_type}");
    }
}

#[test]
fn a_request_goes_to_the_address_itself() {
    let prompt = Prompt {
        messages: vec![Message { role: Role::User, text: "a".to_owned() }],
        system: "s".to_owned(),
        stream: true,
        max_tokens: Some(9),
        ..Prompt::default()
    };
    let base = BaseUrl::parse("https://a.example/stream?api-version=2", false).unwrap();
    let request = Endpoint { dialect: Dialect::PlainText, base, key: None }.request(&prompt);
    assert_eq!(request.url, "https://a.example/stream?api-version=2");
    assert_eq!(request.headers[0], ("accept".into(), "text/plain".to_owned()));
    let body: serde_json::Value = serde_json::from_str(&request.body.unwrap()).unwrap();
    let messages = json!([{ "role": "system", "content": "s" }, { "role": "user", "content": "a" }]);
    assert_eq!(body, json!({ "messages": messages, "stream": true, "max_tokens": 9 }));
}
