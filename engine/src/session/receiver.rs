//! [`Receiver`] takes what a connection brings, whatever kind of connection it is.
//!
//! A [`Session`] makes an answer of it; what watches a stream keeps it as it came. So each kind of connection is
//! written once for both.

use super::{Next, Session};
use crate::event_source::{EventSource, written};
use crate::tape::{End, Head, Note, Try};
use crate::timestamp::Timestamp;
use crate::wire::{CloseCode, HttpRequest};
use std::fmt;

/// Takes what a connection brings.
pub trait Receiver: fmt::Debug {
    /// Takes the request that goes out.
    fn requested(&mut self, request: &HttpRequest, at: Timestamp);

    /// Takes the beginning of a response.
    fn head(&mut self, head: Head, at: Timestamp);

    /// Takes a piece of the response's body.
    fn feed(&mut self, bytes: &[u8], at: Timestamp) -> Next;

    /// Takes an event that the browser's own `EventSource` has read. The bytes that it came in are not known: as
    /// good ones are taken in their place.
    fn event(&mut self, name: &str, data: &str, last_event_id: &str, at: Timestamp) -> Next {
        self.feed(written(name, data, last_event_id).as_bytes(), at)
    }

    /// Tells `source` what the last piece said of the stream itself. To be called behind each [`Receiver::feed`] of a stream
    /// that connects again.
    fn inform(&self, source: &mut EventSource);

    /// Takes the end of a connection behind which the stream may go on.
    fn disconnected(&mut self, how: End, at: Timestamp);

    /// Connects again, as a step of `source` says.
    fn reconnect(&mut self, again: Try, source: &EventSource, at: Timestamp);

    /// Takes the news that a socket stands, with the sub-protocol that the server chose; empty where it chose none.
    fn opened(&mut self, subprotocol: &str, at: Timestamp);

    /// Takes a text that goes out over a socket.
    fn sent(&mut self, text: &str, at: Timestamp);

    /// Takes a text that came over a socket.
    fn message(&mut self, text: &str, at: Timestamp) -> Next;

    /// Takes bytes that came over a socket as such.
    fn binary_message(&mut self, bytes: &[u8], at: Timestamp) -> Next;

    /// Takes the end of a socket, with the server's code and reason.
    fn closed(&mut self, code: CloseCode, reason: &str, offline: bool, at: Timestamp) {
        self.keep_reason(code.sentence(reason));
        self.end(if code.is_normal() { End::Closed } else { End::Lost }, offline, at);
    }

    /// Takes a circumstance that explains what comes, or does not.
    fn note(&mut self, note: Note, at: Timestamp);

    /// Takes the reason for which the end comes that follows, in words.
    fn keep_reason(&mut self, reason: String);

    /// Takes the end for good. `offline` is what the browser says of the network.
    fn end(&mut self, how: End, offline: bool, at: Timestamp);

    /// Returns whether nothing that comes is wanted any more.
    fn is_over(&self) -> bool;
}

impl Receiver for Session {
    fn requested(&mut self, request: &HttpRequest, at: Timestamp) {
        self.record_request(request, at);
    }

    fn head(&mut self, head: Head, at: Timestamp) {
        Session::head(self, head, at);
    }

    fn feed(&mut self, bytes: &[u8], at: Timestamp) -> Next {
        Session::feed(self, bytes, at)
    }

    fn inform(&self, source: &mut EventSource) {
        Session::inform(self, source);
    }

    fn disconnected(&mut self, how: End, at: Timestamp) {
        Session::disconnected(self, how, at);
    }

    fn reconnect(&mut self, again: Try, source: &EventSource, at: Timestamp) {
        Session::reconnect(self, again, source, at);
    }

    fn opened(&mut self, _subprotocol: &str, at: Timestamp) {
        Session::opened(self, at);
    }

    fn sent(&mut self, text: &str, at: Timestamp) {
        Session::sent(self, text, at);
    }

    fn message(&mut self, text: &str, at: Timestamp) -> Next {
        Session::message(self, text, at)
    }

    fn binary_message(&mut self, bytes: &[u8], at: Timestamp) -> Next {
        Session::binary_message(self, bytes, at)
    }

    fn note(&mut self, note: Note, at: Timestamp) {
        self.tape.note(self.on_tape(at), note);
    }

    fn keep_reason(&mut self, reason: String) {
        Session::keep_reason(self, reason);
    }

    fn end(&mut self, how: End, offline: bool, at: Timestamp) {
        Session::end(self, how, offline, at);
    }

    fn is_over(&self) -> bool {
        self.accumulator.is_over()
    }
}
