//! [`Watch`] as a [`Receiver`]: what each kind of connection brings, put where it is kept.

use super::reading::Reading;
use super::{Ending, Watch};
use crate::event_source::{EventSource, written};
use crate::messages::watch as words;
use crate::session::{Next, Receiver};
use crate::tape::{Direction, End, Form, Head, Note, Record, Try};
use crate::timestamp::Timestamp;
use crate::wire::HttpRequest;

impl Receiver for Watch {
    fn requested(&mut self, request: &HttpRequest, at: Timestamp) {
        let since = self.since(at);
        self.connections.current(since);
        let record = self.redactors.request(request);
        self.tape.add(self.on_tape(at), Record::Request(Box::new(record)));
    }

    fn head(&mut self, mut head: Head, at: Timestamp) {
        if self.is_over() {
            return;
        }
        self.redactors.head(&mut head);
        self.tape.record_head(self.on_tape(at), head.clone());
        if let Some(text) = &mut self.text {
            text.head(head.clone(), at);
        }
        self.reading = Reading::begin(&head, self.resumed_from.as_deref());
        let since = self.since(at);
        let connection = self.connections.current(since);
        connection.opened = Some(since);
        let sentence = words::response(connection.number, head.status, &head.content_type);
        connection.head = Some(head);
        self.note(at, &sentence);
    }

    fn feed(&mut self, bytes: &[u8], at: Timestamp) -> Next {
        if self.is_over() {
            return Next::Enough;
        }
        let usable = self.redactors.push(bytes);
        if !usable.is_empty() || bytes.is_empty() {
            self.take(&usable, at);
        }
        Next::More
    }

    fn event(&mut self, name: &str, data: &str, last_event_id: &str, at: Timestamp) -> Next {
        self.is_read_by_browser = true;
        if !matches!(self.reading, Reading::Events { .. }) {
            self.reading = Reading::events(self.resumed_from.as_deref(), true);
        }
        self.feed(written(name, data, last_event_id).as_bytes(), at)
    }

    fn inform(&self, source: &mut EventSource) {
        if let Reading::Events { decoder, .. } = &self.reading {
            source.received(decoder, self.event_count.saturating_sub(self.events_before) as usize);
        }
    }

    fn disconnected(&mut self, how: End, at: Timestamp) {
        if self.is_over() {
            return;
        }
        self.finish_body(at);
        self.tape.record_end(self.on_tape(at), how);
        if let Some(text) = &mut self.text {
            text.disconnected(how, at);
        }
        let since = self.since(at);
        self.connections.end(how, since);
        self.arrivals.part();
        self.reading = Reading::Nothing;
        let sentence = match how {
            End::Closed => words::CONNECTION_ENDED,
            End::Lost => words::CONNECTION_BROKE,
            End::Cancelled => words::STOPPED,
        };
        self.note(at, sentence);
    }

    fn reconnect(&mut self, again: Try, source: &EventSource, at: Timestamp) {
        if self.is_over() {
            return;
        }
        self.tape.add(self.on_tape(at), Record::Try(again.clone()));
        if let Some(text) = &mut self.text {
            text.reconnect(again, source, at);
        }
        self.resumed_from = Some(source.last_event_id().to_owned());
        self.events_before = self.event_count;
        let since = self.since(at);
        self.connections.end(End::Lost, since);
        let number = self.connections.current(since).number;
        self.note(at, &words::reconnecting(number, source.last_event_id()));
    }

    fn opened(&mut self, subprotocol: &str, at: Timestamp) {
        if self.is_over() {
            return;
        }
        if let Some(text) = &mut self.text {
            text.opened(at);
        }
        self.reading = Reading::Messages;
        let chosen = self.redactors.text(subprotocol);
        let since = self.since(at);
        let connection = self.connections.current(since);
        connection.opened = Some(since);
        let sentence = words::socket_open(&chosen);
        connection.subprotocol = chosen;
        self.note(at, &sentence);
    }

    fn sent(&mut self, text: &str, at: Timestamp) {
        let text = self.redactors.text(text);
        self.piece(Direction::Out, Form::Text, text.as_bytes(), at);
    }

    fn message(&mut self, text: &str, at: Timestamp) -> Next {
        if self.is_over() {
            return Next::Enough;
        }
        let text = self.redactors.text(text);
        if let Some(session) = self.text.as_mut().filter(|session| !Receiver::is_over(*session)) {
            let _ = session.message(&text, at);
        }
        self.piece(Direction::In, Form::Text, text.as_bytes(), at);
        Next::More
    }

    fn binary_message(&mut self, bytes: &[u8], at: Timestamp) -> Next {
        if self.is_over() {
            return Next::Enough;
        }
        // Of a message nothing is held back for the next.
        let bytes = [self.redactors.push(bytes), self.redactors.finish()].concat();
        if let Some(session) = self.text.as_mut().filter(|session| !Receiver::is_over(*session)) {
            let _ = session.binary_message(&bytes, at);
        }
        self.piece(Direction::In, Form::Binary, &bytes, at);
        Next::More
    }

    fn note(&mut self, note: Note, at: Timestamp) {
        self.tape.note(self.on_tape(at), note);
    }

    fn keep_reason(&mut self, reason: String) {
        self.reason = self.redactors.text(&reason);
    }

    fn end(&mut self, how: End, offline: bool, at: Timestamp) {
        if self.is_over() {
            return;
        }
        self.finish_body(at);
        self.tape.record_end(self.on_tape(at), how);
        if let Some(text) = &mut self.text {
            text.end(how, offline, at);
        }
        let since = self.since(at);
        self.connections.end(how, since);
        self.end = Some(Ending { how, is_offline: offline, at: since });
        let sentence = self.outcome().map(|outcome| outcome.sentence(self)).unwrap_or_default();
        self.note(at, &sentence);
    }

    fn is_over(&self) -> bool {
        self.end.is_some()
    }
}
