//! Error bodies: told as soon as they have said everything, whatever the connection does.

use super::{CHAT, Response, message, session};
use crate::cuts::cuttings;
use tokenfall::engine::chat::{Turn, TurnState};
use tokenfall::engine::session::Next;
use tokenfall::engine::tape::End;
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::Dialect;

const JSON: Response = Response { status: 401, content_type: "application/json", ..CHAT };

impl Response {
    /// The turn of a body whose connection stays open, and what the last chunk was answered with.
    fn held(&self, chunks: &[&[u8]]) -> (Turn, Next) {
        let mut session = session(self.dialect, self.stream);
        session.head(self.head(), Timestamp::ORIGIN);
        let mut next = Next::More;
        for chunk in chunks {
            next = session.feed(chunk, Timestamp::ORIGIN);
        }
        (session.into_turn(), next)
    }
}

#[test]
fn a_refusal_whose_connection_is_held_open_is_told_with_its_last_bracket() {
    for (start, end) in [("", ""), ("\u{feff}", "\n"), (" \r\n\t", "  \n"), ("", "{\"and\":\"more\"}")] {
        for error in [
            r#"{"error":{"message":"No } such \" key\\","type":"x","list":[[],{}]}}"#,
            r#"[{"error":{"message":"No } such \" key\\"}}]"#,
        ] {
            let body = format!("{start}{error}{end}");
            let told = JSON.turn(&body);
            assert_eq!((told.state, message(&told)), (TurnState::Failed, "No } such \" key\\"), "{body}");
            for (cut, chunks) in cuttings(body.as_bytes()) {
                assert_eq!(JSON.held(&chunks), (told.clone(), Next::Enough), "{body}, {cut}");
            }
        }
    }
}

#[test]
fn a_refusal_that_is_not_whole_is_waited_for() {
    for body in [
        r#"{"error":{"message":"a}"}"#,
        r#"{"error":"a\"}"#,
        "{not json}",
        "{]",
        "Too many {requests}",
        "",
        "\n",
        "<html>",
    ] {
        let (turn, next) = JSON.held(&[body.as_bytes()]);
        assert_eq!((turn.state, next), (TurnState::Waiting, Next::More), "{body}");
        assert_eq!(JSON.turn(body).state, TurnState::Failed, "{body}");
    }
    let told = JSON.turn("{not json} at all");
    assert_eq!(message(&told), "{not json} at all", "what only looks like JSON is told to its end");
}

#[test]
fn an_endless_refusal_is_told_with_its_status_at_64_kib() {
    let text = vec![b'x'; 1 << 10];
    let page = [b"<html><title>Portal</title>".as_slice(), &[b' '; 997]].concat();
    for (status, chunk) in [(500, &text), (502, &page), (200, &page)] {
        let response = Response { status, content_type: "", ..CHAT };
        let mut session = session(Dialect::ChatCompletions, true);
        session.head(response.head(), Timestamp::ORIGIN);
        let taken = (0..100).take_while(|_| session.feed(chunk, Timestamp::ORIGIN) == Next::More).count();
        assert_eq!((taken, session.turn().state), (63, TurnState::Failed));
        let sentence = session.turn().failure.as_ref().unwrap().sentence();
        assert!(sentence.contains(&status.to_string()), "{sentence}");
    }
}

#[test]
fn brackets_without_end_are_looked_at_once() {
    // A parse for each of them would go through two thousand million bytes.
    for bracket in ["}", "{}", "[", "{", "{\"\":"] {
        let body = bracket.repeat(70 << 10);
        let (turn, next) = JSON.held(&body.as_bytes().chunks(1).collect::<Vec<_>>());
        assert_eq!((turn.state, next), (TurnState::Failed, Next::Enough), "{bracket}");
    }
}

#[test]
fn a_redirect_is_told_as_one_and_never_asked_again() {
    // A browser hides everything of it; a recording made elsewhere may have its status and its body.
    for (status, body) in [(0, ""), (301, "<html>Moved"), (302, ""), (303, ""), (307, ""), (308, "{}")] {
        let mut session = session(Dialect::ChatCompletions, true);
        session.head(Response { status, ..CHAT }.head(), Timestamp::ORIGIN);
        assert_eq!(session.turn().state, TurnState::Failed, "{status}");
        assert_eq!(session.feed(body.as_bytes(), Timestamp::ORIGIN), Next::Enough);
        session.end(End::Closed, false, Timestamp::ORIGIN);
        assert!(!session.postpone(Timestamp::ORIGIN), "{status}");
        let failure = session.turn().failure.as_ref().unwrap();
        assert_eq!(
            failure.sentence(),
            "server:1 wanted to send the request elsewhere. It was not followed, to protect your key."
        );
        assert_eq!(failure.field(), Some(tokenfall::engine::settings::Field::BaseUrl));
        assert_eq!(session.tape().end().map(|(_, end)| end), Some(End::Closed));
    }
}

#[test]
fn a_refusal_that_was_not_read_to_its_end_may_be_asked_again() {
    let mut session = session(Dialect::ChatCompletions, true);
    session.head(Response { status: 503, ..JSON }.head(), Timestamp::ORIGIN);
    assert_eq!(session.feed(br#"{"error":"Loading"}"#, Timestamp::ORIGIN), Next::Enough);
    session.end(End::Lost, false, Timestamp::ORIGIN);
    assert_eq!(session.turn().state, TurnState::Failed, "the loss is our own doing");
    assert!(session.postpone(Timestamp::ORIGIN));
}
