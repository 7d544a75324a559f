//! An answer that was being written when the page was closed, recovered from the journal.

use super::{CHAT, DONE, at, cause, said, server};
use tokenfall::engine::chat::{Cause, TurnState};
use tokenfall::engine::session::{Plan, Session, recover};
use tokenfall::engine::tape::{End, Mark, Tape};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::{Dialect, Protocol};

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
        let (turn, numbers, _) = recover(&journaled(session.tape()), Protocol::CHAT_COMPLETIONS, server());
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
    let (turn, ..) = recover(&journaled(session.tape()), Protocol::CHAT_COMPLETIONS, server());
    assert_eq!(turn, *session.turn());
    assert_eq!(turn.state, TurnState::Complete);
    let mut lost = fed(70);
    lost.end(End::Lost, false, at(9_000));
    let (turn, ..) = recover(&journaled(lost.tape()), Protocol::CHAT_COMPLETIONS, server());
    assert_eq!(turn, *lost.turn());
    assert_eq!(*cause(&turn), Cause::Lost);
}

#[test]
fn one_whose_own_end_marker_came_is_complete_without_the_end_of_its_connection() {
    let session = fed(body().len());
    let (turn, ..) = recover(&journaled(session.tape()), Protocol::CHAT_COMPLETIONS, server());
    assert_eq!((turn.state, turn.text()), (TurnState::Complete, "Über die 👩‍👩‍👧 Brücke.".to_owned()));
}

#[test]
fn one_of_which_nothing_came_is_cut_and_empty() {
    let tape = Tape::new(Dialect::ChatCompletions, true, "m");
    let (turn, ..) = recover(&tape, Protocol::CHAT_COMPLETIONS, server());
    assert_eq!((turn.state, turn.text()), (TurnState::Interrupted, String::new()));
    assert_eq!(*cause(&turn), Cause::PageClosed);
}
