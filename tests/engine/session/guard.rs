//! What stands beside an answer's text: never the key, and nothing that cannot be seen.

use super::at;
use tokenfall::engine::session::{Plan, Session};
use tokenfall::engine::tape::{End, Head};
use tokenfall::engine::wire::{BaseUrl, BlockKind, Dialect, Key};

const KEY: &str = "sk-canary-123456789";

fn session(dialect: Dialect) -> Session {
    let base = BaseUrl::parse("https://api.example.org/v1", true).unwrap();
    Session::new(Plan::new(dialect, true, "m", &base, Key::new(KEY).unwrap()), at(0))
}

fn head(status: u16) -> Head {
    Head { status, ..Head::default() }
}

#[test]
fn a_key_that_is_repeated_in_a_refusal_is_hidden_at_once_and_while_the_question_waits_for_another_try() {
    for (status, goes_out_again) in [(401, false), (429, true)] {
        let mut session = session(Dialect::ChatCompletions);
        session.head(head(status), at(1));
        let body = format!("{{\"error\":{{\"message\":\"No: {KEY}.\",\"code\":\"{KEY}\"}}}}");
        let _ = session.feed(body.as_bytes(), at(2));
        session.end(End::Closed, false, at(3));
        assert_eq!(session.postpone(at(3)), goes_out_again);
        let failure = session.turn().failure.as_ref().unwrap();
        assert!(failure.sentence().contains("No: [your key]."), "{}", failure.sentence());
        assert!(!format!("{failure:?}").contains(KEY));
        session.end(End::Cancelled, false, at(4));
        assert!(!format!("{:?}", session.turn()).contains(KEY));
    }
}

#[test]
fn a_key_in_events_that_nobody_knows_and_in_a_web_page_is_hidden_too() {
    let mut session = session(Dialect::Anthropic);
    session.head(head(200), at(1));
    let event = format!("event: novel\ndata: {{\"type\":\"novel\",\"key\":\"{KEY}\"}}\n\n");
    let _ = session.feed(event.as_bytes(), at(2));
    session.end(End::Cancelled, false, at(3));
    let turn = session.turn();
    assert!(turn.unknown[0].raw.contains("[your key]"), "{turn:?}");
    assert!(!format!("{turn:?}").contains(KEY));

    let mut session = self::session(Dialect::Anthropic);
    session.head(head(403), at(1));
    let _ = session.feed(format!("<html><title>{KEY}</title></html>").as_bytes(), at(2));
    session.end(End::Closed, false, at(3));
    assert!(!format!("{:?}", session.turn()).contains(KEY));
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
fn the_answers_own_text_is_left_as_it_came() {
    let mut session = session(Dialect::ChatCompletions);
    session.head(head(200), at(1));
    let event = format!("data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{KEY}\"}}}}]}}\n\n");
    let _ = session.feed(event.as_bytes(), at(2));
    session.end(End::Cancelled, false, at(3));
    assert_eq!(session.turn().blocks_of(BlockKind::Text).next().unwrap().text, KEY);
}
