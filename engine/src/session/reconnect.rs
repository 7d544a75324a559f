//! Sessions over several connections, one behind the other: a stream of events that [`EventSource`] connects again.
//!
//! What came stays, and the mapper goes on where it was; only the event that the end of a connection cut is gone, as the
//! standard wants it. Behind [`Session::disconnected`] comes [`Session::reconnect`], or [`Session::end`].

use super::Session;
use super::body::{Body, Label};
use crate::event_source::EventSource;
use crate::frame::SseDecoder;
use crate::tape::{End, Head, Record, Try};
use crate::timestamp::Timestamp;

impl Session {
    /// Tells of what the last chunk said of the stream itself: the last event ID, the time to wait, and whether there were
    /// events at all. To be called behind each [`Session::feed`].
    pub fn inform(&self, source: &mut EventSource) {
        if let Body::Sse(decoder) = &self.body {
            let events = self.accumulator.received.saturating_sub(self.received_before);
            source.received(decoder, events as usize);
        }
    }

    /// Takes the end of a connection behind which the stream goes on.
    pub fn disconnected(&mut self, how: End, at: Timestamp) {
        self.take_held(at);
        self.tape.record_end(self.on_tape(at), how);
        self.body = Body::undecided(Label::Other);
    }

    /// Connects again, as the step of an [`EventSource`] says.
    pub fn reconnect(&mut self, again: Try, source: &EventSource, at: Timestamp) {
        self.tape.add(self.on_tape(at), Record::Try(again));
        self.resumed_from = Some(source.last_event_id().to_owned());
        self.received_before = self.accumulator.received;
    }

    /// Returns the body of a response that goes on behind another.
    pub(super) fn resumed_body(&self, head: &Head) -> Option<Body> {
        let id = self.resumed_from.as_ref().filter(|_| head.status == 200)?;
        Some(Body::Sse(SseDecoder::resuming(id)))
    }
}
