//! An answer that was being written when the page was closed, recovered from the journal.

use super::{CHAT, DONE, at, cause, said, server};
use tokenfall::engine::chat::{Cause, TurnState};
use tokenfall::engine::session::{Plan, Session, recover};
use tokenfall::engine::tape::{End, Mark, Tape};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::{Dialect, OwnEventFields, OwnEvents, Protocol};

fn body() -> String {
    format!("{}{}{}{DONE}", said("Über "), said("die 👩‍👩‍👧 "), said("Brücke."))
}

/// The session behind so many bytes of the body, fed byte by byte.
fn fed(bytes: usize) -> Session {
    let plan = Plan::new(Dialect::ChatCompletions, true, "m", server(), None);
    let mut session = Session::new(plan, at(7_000));
    session.head(CHAT.head(), at(7_100));
    for (time, byte) in (7_101..).zip(&body().as_bytes()[..bytes]) {
        let _ = session.feed(&[*byte], at(time));
    }
    session
}

/// The tape as the journal brings it back.
fn journaled(tape: &Tape) -> Tape {
    let (batch, _) = tape.batch_since(Mark::default()).unwrap();
    Tape::from_batches([&batch]).unwrap()
}

#[test]
fn cut_at_any_byte_it_is_what_was_shown_and_marked_as_cut_never_as_complete() {
    let done = body().len() - DONE.len();
    for bytes in 0..done {
        let session = fed(bytes);
        let (turn, numbers, _) =
            recover(&journaled(session.tape()), Protocol::CHAT_COMPLETIONS, server(), None);
        assert_eq!(turn.state, TurnState::Interrupted, "{bytes}");
        assert_eq!(*cause(&turn), Cause::PageClosed, "{bytes}");
        assert!(turn.text().starts_with(&session.turn().text()), "{bytes}");
        assert_eq!(turn.failure.as_ref().unwrap().has_text, turn.has_content(), "{bytes}");
        let last =
            Timestamp::from_micros(session.tape().chunks().last().map_or(100_000, |(at, _)| at.micros()));
        assert_eq!(numbers.elapsed, last.duration_since(Timestamp::ORIGIN), "{bytes}");
    }
}

#[test]
fn one_whose_end_is_on_the_tape_is_complete_and_one_that_failed_failed() {
    let mut session = fed(body().len());
    session.end(End::Closed, false, at(9_000));
    let (turn, ..) = recover(&journaled(session.tape()), Protocol::CHAT_COMPLETIONS, server(), None);
    assert_eq!(turn, *session.turn());
    assert_eq!(turn.state, TurnState::Complete);
    let mut lost = fed(70);
    lost.end(End::Lost, false, at(9_000));
    let (turn, ..) = recover(&journaled(lost.tape()), Protocol::CHAT_COMPLETIONS, server(), None);
    assert_eq!(turn, *lost.turn());
    assert_eq!(*cause(&turn), Cause::Lost);
}

#[test]
fn one_whose_own_end_marker_came_is_complete_without_the_end_of_its_connection() {
    let session = fed(body().len());
    let (turn, ..) = recover(&journaled(session.tape()), Protocol::CHAT_COMPLETIONS, server(), None);
    assert_eq!((turn.state, turn.text()), (TurnState::Complete, "Über die 👩‍👩‍👧 Brücke.".to_owned()));
}

#[test]
fn one_of_which_nothing_came_is_cut_and_empty() {
    let tape = Tape::new(Dialect::ChatCompletions, true, "m");
    let (turn, ..) = recover(&tape, Protocol::CHAT_COMPLETIONS, server(), None);
    assert_eq!((turn.state, turn.text()), (TurnState::Interrupted, String::new()));
    assert_eq!(*cause(&turn), Cause::PageClosed);
}

/// The messages of a Realtime answer.
const MESSAGES: [&str; 4] = [
    r#"{"type":"response.created","response":{"id":"r1"}}"#,
    r#"{"type":"response.output_text.delta","response_id":"r1","item_id":"i","content_index":0,"delta":"Über"}"#,
    r#"{"type":"response.output_text.delta","response_id":"r1","item_id":"i","content_index":0,"delta":" all"}"#,
    r#"{"type":"response.done","response":{"id":"r1","status":"completed"}}"#,
];

#[test]
fn an_answer_over_a_socket_is_recovered_from_its_messages_up_to_any_of_them() {
    for (count, text, state) in [
        (1, "", TurnState::Interrupted),
        (2, "Über", TurnState::Interrupted),
        (3, "Über all", TurnState::Interrupted),
        (4, "Über all", TurnState::Complete),
    ] {
        let plan = Plan::new(Dialect::Realtime, true, "m", server(), None);
        let mut session = Session::new(plan, at(7_000));
        session.opened(at(7_050));
        session.sent(r#"{"type":"response.create"}"#, at(7_060));
        for message in &MESSAGES[..count] {
            let _ = session.message(message, at(7_100));
        }
        let tape = journaled(session.tape());
        let (turn, ..) = recover(&tape, tape.protocol(), server(), None);
        assert_eq!((turn.text().as_str(), turn.state), (text, state), "{count} messages");
    }
}

#[test]
fn own_events_are_recovered_by_the_rules_that_the_tape_holds_and_without_rules_nothing_is_made_up() {
    let events =
        OwnEventFields { text: "/word".to_owned(), end: "/over".to_owned(), ..OwnEventFields::default() };
    let plan = Plan::new(Dialect::OwnEvents, true, "", server(), None);
    let plan = Plan { events: Some(events.clone()), ..plan };
    let protocol = Protocol::own_events(OwnEvents::parse(&events).unwrap(), false);
    let mut session = Session::with_protocol(plan, protocol, at(7_000));
    session.head(CHAT.head(), at(7_100));
    let _ = session.feed(b"data: {\"word\":\"One\"}\n\ndata: {\"word\":\" two\"}\n\n", at(7_200));
    assert_eq!(session.turn().text(), "One two");
    let tape = journaled(session.tape());
    assert_eq!(Tape::from_jsonl(&tape.to_jsonl()).unwrap().events, Some(events));
    let (turn, ..) = recover(&tape, tape.protocol(), server(), None);
    assert_eq!((turn.text().as_str(), turn.state), ("One two", TurnState::Interrupted));
    let mut bare = tape;
    bare.events = None;
    let (turn, ..) = recover(&bare, bare.protocol(), server(), None);
    assert_eq!((turn.text().as_str(), turn.state), ("", TurnState::Interrupted));
}
