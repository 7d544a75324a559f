//! Sessions over connections that have messages: each message is an event by itself, whatever lines are in it.

use super::body::Body;
use super::redact::redacted;
use super::{Next, Session};
use crate::chat::{Cause, TurnState};
use crate::frame::{Event, Frame};
use crate::tape::{Direction, Form, Kind};
use crate::timestamp::Timestamp;
use crate::wire::Dialect;

impl Session {
    /// Begins: the connection stands.
    pub fn opened(&mut self, at: Timestamp) {
        if !self.accumulator.is_over() {
            self.head_at = at;
            self.accumulator.turn.state = TurnState::Waiting;
            self.body = Body::Messages;
        }
    }

    /// Takes a text that goes out.
    pub fn sent(&mut self, text: &str, at: Timestamp) {
        let text = redacted(text, self.redactor.as_ref());
        self.tape.record_piece(self.on_tape(at), Kind::Message(Direction::Out, Form::Text), text.as_bytes());
        if !self.accumulator.is_over() {
            self.accumulator.sent(&text, at);
        }
    }

    /// Takes a text. Where the answer is plain text it is a line of that.
    pub fn message(&mut self, text: &str, at: Timestamp) -> Next {
        if self.accumulator.is_over() {
            return Next::Enough;
        }
        let text = redacted(text, self.redactor.as_ref());
        self.tape.record_piece(self.on_tape(at), Kind::Message(Direction::In, Form::Text), text.as_bytes());
        self.accumulator.meter.chunk(text.len(), at);
        let line = if self.accumulator.plan.dialect == Dialect::PlainText { text + "\n" } else { text };
        let event = Event { name: "message", data: line.as_bytes(), last_event_id: "", terminated: true };
        self.accumulator.frame(&Frame::Event(event), at);
        self.after_message(at)
    }

    /// Takes bytes that are no text: they are recorded and counted, and no protocol here reads them.
    pub fn binary_message(&mut self, bytes: &[u8], at: Timestamp) -> Next {
        if self.accumulator.is_over() {
            return Next::Enough;
        }
        let bytes = match &mut self.redactor {
            Some(redactor) => [redactor.push(bytes).into_owned(), redactor.finish()].concat(),
            None => bytes.to_vec(),
        };
        self.tape.record_piece(self.on_tape(at), Kind::Message(Direction::In, Form::Binary), &bytes);
        self.accumulator.meter.chunk(bytes.len(), at);
        self.after_message(at)
    }

    /// Takes a piece of a recording.
    pub(super) fn take_recorded(&mut self, kind: Kind, bytes: &[u8], at: Timestamp) {
        let Kind::Message(direction, form) = kind else {
            let _ = self.feed(bytes, at);
            return;
        };
        if self.accumulator.turn.state == TurnState::Sending {
            self.opened(at);
        }
        let text = String::from_utf8_lossy(bytes);
        let _ = match (direction, form) {
            (Direction::Out, Form::Text | Form::Binary) => {
                self.sent(&text, at);
                Next::More
            }
            (Direction::In, Form::Text) => self.message(&text, at),
            (Direction::In, Form::Binary) => self.binary_message(bytes, at),
        };
    }

    /// Ends the answer if the last message did, or went over a limit.
    fn after_message(&mut self, at: Timestamp) -> Next {
        if self.accumulator.is_over() {
            return Next::Enough;
        }
        if let Some(what) = self.accumulator.excess() {
            return self.accumulator.fail(Cause::TooLarge { what }, at);
        }
        if let Some(next) = self.end_if_too_large(at) {
            return next;
        }
        if self.accumulator.unreadable_in_a_row >= super::UNREADABLE_IN_A_ROW {
            return self.accumulator.fail_unreadable(at);
        }
        if self.accumulator.error.is_some() {
            self.accumulator.finish(at);
        }
        if self.accumulator.turn.ended || self.accumulator.error.is_some() {
            self.accumulator.rest(at);
            return Next::Enough;
        }
        Next::More
    }
}
