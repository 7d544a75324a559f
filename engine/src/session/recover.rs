//! Recovers an answer from the recording that was kept while it was being written.

use super::{Plan, Session};
use crate::chat::{Cause, Failure, Guard, Server, Turn, TurnState};
use crate::messages::guard as words;
use crate::meter::{Numbers, Pace};
use crate::tape::{End, Tape};
use crate::timestamp::Timestamp;
use crate::wire::Protocol;
use std::rc::Rc;

/// Returns the answer as far as the tape holds it, its figures and its pace. Where neither the tape nor the protocol came to an
/// end, the page was closed meanwhile: then it is interrupted, whatever is there. `guard` is the one that the answer had.
#[must_use]
pub fn recover(
    tape: &Tape,
    protocol: Protocol,
    server: Server,
    guard: Option<Rc<dyn Guard>>,
) -> (Turn, Numbers, Pace) {
    let plan = Plan { server: server.clone(), ..Plan::for_tape(tape) };
    let mut session = Session::with_protocol(plan, protocol, Timestamp::ORIGIN).guarded_by(guard);
    let mut last = Timestamp::ORIGIN;
    if let Some((at, head)) = tape.head() {
        session.head(head.clone(), at);
        last = at;
    }
    for (at, kind, bytes) in tape.pieces() {
        session.take_recorded(kind, &bytes, at);
        last = at;
    }
    let end = tape.end();
    if let Some((at, end)) = end {
        session.end(end, false, at);
        last = at;
    }
    let is_closed = end.is_none() && !session.turn().state.is_final();
    if is_closed {
        session.end(End::Lost, false, last);
    }
    session.give_up_verdicts(words::CLOSED_BEFORE_VERDICT);
    let (numbers, pace) = (session.numbers(last), session.meter().pace().clone());
    let mut turn = session.into_turn();
    if is_closed {
        turn.state = TurnState::Interrupted;
        let (has_text, reason) = (turn.has_content(), String::new());
        let cause = Cause::PageClosed;
        turn.failure = Some(Failure { cause, server, has_text, retry_after: None, reason });
    }
    (turn, numbers, pace)
}
