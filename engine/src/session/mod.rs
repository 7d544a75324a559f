//! [`Session`] runs one request's life, as a machine without IO.
//!
//! Whoever drives it (the page's pump, a replay, a test) calls [`Session::head`] when the response begins,
//! [`Session::feed`] for each chunk and [`Session::end`] when the body ends, each with the time. The session records the
//! tape, decodes, maps, accumulates and measures; [`Session::turn`] and [`Session::numbers`] can be read at any moment. It
//! never sends: it says what was received, and with [`Session::postpone`] whether the question may go out again by itself.

mod accumulator;
mod body;
mod error_body;
mod follower;
mod gates;
mod guarded;
mod hidden_chars;
mod line;
mod plan;
mod receiver;
mod reconnect;
mod recording;
mod recover;
mod redact;
mod retry;
mod socket;
mod verdicts;

pub use body::Next;
pub use follower::Follower;
pub use line::{SILENCE_LIMIT, Stall, UNREAD_LIMIT};
pub use plan::Plan;
pub use receiver::Receiver;
pub(crate) use recording::{bounded_head, request_record};
pub use recover::recover;
pub use redact::Redactor;

use super::chat::{Cause, Guard, Server, Turn, TurnState};
use super::frame::Frame;
use super::messages::{failure as words, guard};
use super::meter::{Meter, Numbers};
use super::tape::{End, Head, Note, Tape};
use super::timestamp::Timestamp;
use super::wire::{Deltas, Mapper, Protocol};
use accumulator::Accumulator;
use body::{BODY_LIMIT, Body, Label};
use gates::Gates;
use redact::{Blocks, redacted};
use std::borrow::Cow;
use std::rc::Rc;

/// Number of unreadable events in a row that mean that this is not the protocol it should be.
const UNREADABLE_IN_A_ROW: u32 = 3;

/// One request's life.
#[derive(Debug)]
pub struct Session {
    started: Timestamp,
    protocol: Protocol,
    tape: Tape,
    /// Time from which the tape counts: the start of the first try.
    recorded_from: Timestamp,
    body: Body,
    accumulator: Accumulator,
    /// Takes the key out of what comes; `None` without a key.
    redactor: Option<Redactor>,
    /// Time at which the response began.
    head_at: Timestamp,
    /// Time of the last look, and whether the page was hidden then.
    looked: (Timestamp, bool),
    /// Number of times that the question went out again by itself.
    retries: u32,
    /// Time at which it goes out next, and the state that the turn has if it does not.
    postponed: Option<(Timestamp, TurnState)>,
    /// The last event ID behind which the newest connection goes on; `None` for the first connection.
    resumed_from: Option<String>,
    /// Number of events that came over earlier connections.
    received_before: u64,
}

impl Session {
    /// Creates a request that goes out at `started`.
    #[must_use]
    pub fn new(plan: Plan, started: Timestamp) -> Session {
        let protocol = Protocol::of(plan.dialect);
        Session::with_protocol(plan, protocol, started)
    }

    /// Creates the same in a protocol that the caller holds.
    #[must_use]
    pub fn with_protocol(plan: Plan, protocol: Protocol, started: Timestamp) -> Session {
        let redactor = plan.key.as_ref().and_then(Redactor::new);
        let title = redacted(&plan.title, redactor.as_ref());
        let mut tape = Tape::new(plan.dialect, plan.stream, &title);
        tape.events.clone_from(&plan.events);
        let accumulator = Accumulator {
            mapper: Mapper::with_protocol(protocol.clone()),
            plan,
            head: Head::default(),
            deltas: Deltas::new(),
            turn: Turn::answer(),
            meter: Meter::new(started),
            error: None,
            unreadable_in_a_row: 0,
            unreadable: String::new(),
            reason: String::new(),
            heard: false,
            received: 0,
            events: 0,
            text: 0,
            redactor: redactor.clone(),
            blocks: Blocks::default(),
            gates: None,
        };
        Session {
            started,
            protocol,
            tape,
            recorded_from: started,
            body: Body::undecided(Label::Other),
            accumulator,
            redactor,
            head_at: started,
            looked: (started, false),
            retries: 0,
            postponed: None,
            resumed_from: None,
            received_before: 0,
        }
    }

    /// Returns the session with a guard: nothing reaches the turn that it does not allow. To be called before anything comes.
    #[must_use]
    pub fn guarded_by(mut self, guard: Option<Rc<dyn Guard>>) -> Session {
        self.accumulator.gates = guard.map(Gates::new);
        self
    }

    /// Begins the response: its status and headers are here.
    pub fn head(&mut self, mut head: Head, at: Timestamp) {
        if self.accumulator.is_over() {
            return;
        }
        self.redact_head(&mut head);
        self.head_at = at;
        self.tape.record_head(self.on_tape(at), head.clone());
        // Nothing but the tape wants them.
        head.headers.clear();
        self.body = self.resumed_body(&head).unwrap_or_else(|| Body::for_head(&head));
        self.accumulator.head = head;
        if !self.accumulator.turn.has_content() {
            self.accumulator.turn.state = TurnState::Waiting;
        }
        if self.accumulator.head.is_redirect() {
            let _ = self.accumulator.fail(Cause::Redirected, at);
        }
    }

    /// Takes a chunk of the body.
    pub fn feed(&mut self, bytes: &[u8], at: Timestamp) -> Next {
        if self.accumulator.is_over() {
            return Next::Enough;
        }
        let usable = match &mut self.redactor {
            Some(redactor) => redactor.push(bytes),
            None => Cow::Borrowed(bytes),
        };
        // All of it may be held back.
        if usable.is_empty() && !bytes.is_empty() { Next::More } else { self.take(&usable, at) }
    }

    /// Takes bytes in which there is no key.
    fn take(&mut self, bytes: &[u8], at: Timestamp) -> Next {
        self.tape.record(self.on_tape(at), bytes);
        self.accumulator.meter.chunk(bytes.len(), at);
        self.body.push(bytes, &self.accumulator.plan);
        if let Body::Error(error) = &self.body
            && error.is_over()
        {
            return self.accumulator.fail_with_body(error.bytes(), at);
        }
        // Whatever makes the turn final ends the loop, so that nothing depends on how many events share a chunk.
        while !self.accumulator.turn.ended && self.accumulator.error.is_none() && !self.accumulator.is_over()
        {
            if let Some(what) = self.accumulator.excess() {
                return self.accumulator.fail(Cause::TooLarge { what }, at);
            }
            match self.body.next_frame() {
                Ok(Some(frame)) => self.accumulator.frame(&frame, at),
                Ok(None) => break,
                Err(too_large) => {
                    let what = words::event_too_large(too_large.limit >> 20);
                    return self.accumulator.fail(Cause::TooLarge { what }, at);
                }
            }
            if self.accumulator.unreadable_in_a_row >= UNREADABLE_IN_A_ROW {
                return self.accumulator.fail_unreadable(at);
            }
        }
        if self.accumulator.is_over() {
            return Next::Enough;
        }
        if let Some(next) = self.end_if_too_large(at) {
            return next;
        }
        if self.accumulator.turn.ended || self.accumulator.error.is_some() {
            if let Body::Sse(decoder) = &self.body
                && self.accumulator.error.is_none()
            {
                self.accumulator.stray(decoder.stray(), at);
            }
            if self.accumulator.error.is_some() {
                self.accumulator.finish(at);
            }
            self.accumulator.rest(at);
            // Behind its own end marker a server may still close the body in peace; behind an error nobody waits for it.
            return if self.accumulator.turn.ended { Next::More } else { Next::Enough };
        }
        Next::More
    }

    /// Ends the body, one way or another; also when there never was one. `offline` is what the browser says of the
    /// network. Does nothing if the turn is final already, except to complete the tape.
    pub fn end(&mut self, how: End, offline: bool, at: Timestamp) {
        self.take_held(at);
        self.tape.record_end(self.on_tape(at), how);
        if let Some((_, state)) = self.postponed.take() {
            self.accumulator.turn.state = state;
            if how == End::Cancelled {
                self.tape.note(self.on_tape(at), Note::Cancelled);
            }
        }
        if self.accumulator.is_over() {
            self.body = Body::undecided(Label::Other);
            return;
        }
        let sent = self.accumulator.turn.state != TurnState::Sending;
        match how {
            End::Cancelled => {
                self.accumulator.finish(at);
                self.accumulator.finish_gates(at);
                self.accumulator.give_up_verdicts(guard::STOPPED_BEFORE_VERDICT);
                self.accumulator.come_to(TurnState::Stopped);
                self.accumulator.meter.end(at);
                self.accumulator.show_hidden();
            }
            End::Lost if !sent => {
                let cause = if offline { Cause::Offline } else { Cause::Unreachable };
                let _ = self.accumulator.fail(cause, at);
            }
            End::Closed | End::Lost => self.end_body(how, at),
        }
        // What was read of the body is in the turn and on the tape.
        self.body = Body::undecided(Label::Other);
    }

    /// Keeps why the transport failed, in the browser's words, for the details of the failure. To be called before the end
    /// that it explains.
    pub fn keep_reason(&mut self, reason: String) {
        // An exception and a server's word at a socket's end may repeat the key.
        self.accumulator.reason = redacted(&reason, self.redactor.as_ref());
    }

    /// Returns the time at which the request went out.
    pub fn started(&self) -> Timestamp {
        self.started
    }

    /// Returns the answer so far.
    pub fn turn(&self) -> &Turn {
        &self.accumulator.turn
    }

    /// Hands the answer over.
    pub fn into_turn(self) -> Turn {
        self.accumulator.turn
    }

    /// Returns the figures at the moment `now`.
    pub fn numbers(&self, now: Timestamp) -> Numbers {
        self.accumulator.meter.numbers(self.accumulator.turn.usage.as_ref(), now)
    }

    /// Returns the meter itself, for its pace and silence.
    pub fn meter(&self) -> &Meter {
        &self.accumulator.meter
    }

    /// Returns the recording.
    pub fn tape(&self) -> &Tape {
        &self.tape
    }

    /// Returns the server that is asked.
    pub fn server(&self) -> &Server {
        &self.accumulator.plan.server
    }

    /// Takes the bytes that the redactor held back, which can become no key any more.
    fn take_held(&mut self, at: Timestamp) {
        let held = self.redactor.as_mut().map(Redactor::finish).unwrap_or_default();
        if !held.is_empty() && !self.accumulator.is_over() {
            let _ = self.take(&held, at);
        }
    }

    /// Ends an answer of which more bytes came than are taken.
    fn end_if_too_large(&mut self, at: Timestamp) -> Option<Next> {
        (self.accumulator.meter.bytes() > BODY_LIMIT as u64).then(|| {
            let what = words::body_too_large(BODY_LIMIT >> 20);
            self.accumulator.fail(Cause::TooLarge { what }, at)
        })
    }

    fn on_tape(&self, at: Timestamp) -> Timestamp {
        Timestamp::ORIGIN.after(at.duration_since(self.recorded_from))
    }

    fn end_body(&mut self, how: End, at: Timestamp) {
        self.body.decide(&self.accumulator.plan);
        match &mut self.body {
            Body::Undecided { .. } => {
                let _ = self.accumulator.fail(if how == End::Lost { Cause::Lost } else { Cause::Empty }, at);
                return;
            }
            Body::Sse(decoder) => {
                // An event that was never terminated counts if it is whole: its JSON parses, or it is the sentinel.
                if let Some(event) = decoder.finish() {
                    self.accumulator.frame(&Frame::Event(event), at);
                }
                if self.accumulator.error.is_none() {
                    self.accumulator.stray(decoder.stray(), at);
                }
            }
            Body::Ndjson(decoder) => {
                if let Some(line) = decoder.finish() {
                    self.accumulator.frame(&Frame::Event(line), at);
                }
            }
            Body::Text(decoder) => {
                while let Some(frame) = decoder.next_frame() {
                    self.accumulator.frame(&frame, at);
                }
                // A character without its end is no text, and the body is not whole whatever the transport says.
                if decoder.has_part() {
                    self.accumulator.finish(at);
                    self.accumulator.conclude(how, at);
                    return;
                }
            }
            Body::Messages => {}
            Body::Whole(whole) => {
                if self.accumulator.whole(&whole.bytes, how, at).is_break() {
                    return;
                }
            }
            Body::Error(error) => {
                let _ = self.accumulator.fail_with_body(error.bytes(), at);
                return;
            }
        }
        self.accumulator.finish_body(how, at);
        self.accumulator.conclude(how, at);
    }
}
