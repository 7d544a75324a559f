//! Connections beside the one answer, as far as a browser has them without a server: events by fetch and by `EventSource`,
//! sockets that never stand. The end-to-end tests have the rest.

mod events;
mod fake_socket;
mod prompt_api;
mod sockets;

use crate::support::{served, until};
use std::cell::RefCell;
use std::rc::Rc;
use tokenfall::browser::live::Live;
use tokenfall::engine::event_source::{EventSource, ReadyState};
use tokenfall::engine::frame::{Frame, SseDecoder};
use tokenfall::engine::session::{Next, Receiver};
use tokenfall::engine::tape::{End, Head, Note, Try};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::HttpRequest;

/// Writes down what comes, a line for each call.
#[derive(Debug, Default)]
pub(super) struct Log {
    lines: Vec<String>,
    decoder: SseDecoder,
    events: usize,
    /// The number of pieces or messages behind which nothing more is wanted.
    pub(super) enough: Option<usize>,
    count: usize,
    is_over: bool,
}

impl Log {
    fn line(&mut self, line: String) -> Next {
        self.lines.push(line);
        self.count += 1;
        let has_enough = self.enough.is_some_and(|enough| enough <= self.count);
        if has_enough { Next::Enough } else { Next::More }
    }
}

impl Receiver for Log {
    fn requested(&mut self, request: &HttpRequest, _at: Timestamp) {
        let names: Vec<_> = request.headers.iter().map(|(name, _)| name.as_ref()).collect();
        self.lines.push(format!("requested {} {}", request.method, names.join(" ")));
    }

    fn head(&mut self, head: Head, _at: Timestamp) {
        self.decoder = SseDecoder::resuming(self.decoder.last_event_id());
        self.events = 0;
        self.lines.push(format!("head {} {}", head.status, head.content_type));
    }

    fn feed(&mut self, bytes: &[u8], _at: Timestamp) -> Next {
        self.decoder.push(bytes);
        while let Ok(Some(frame)) = self.decoder.next_frame() {
            self.events += usize::from(matches!(frame, Frame::Event(_)));
        }
        self.line(format!("piece {}", String::from_utf8_lossy(bytes).escape_debug()))
    }

    fn inform(&self, source: &mut EventSource) {
        source.received(&self.decoder, self.events);
    }

    fn disconnected(&mut self, how: End, _at: Timestamp) {
        self.lines.push(format!("disconnected {how:?}"));
    }

    fn reconnect(&mut self, again: Try, source: &EventSource, _at: Timestamp) {
        self.lines.push(format!("reconnect {} behind {:?}", again.why, source.last_event_id()));
    }

    fn opened(&mut self, subprotocol: &str, _at: Timestamp) {
        self.lines.push(format!("opened {subprotocol}"));
    }

    fn sent(&mut self, text: &str, _at: Timestamp) {
        self.lines.push(format!("sent {text}"));
    }

    fn message(&mut self, text: &str, _at: Timestamp) -> Next {
        self.line(format!("text {text}"))
    }

    fn binary_message(&mut self, bytes: &[u8], _at: Timestamp) -> Next {
        self.line(format!("binary {bytes:?}"))
    }

    fn note(&mut self, note: Note, _at: Timestamp) {
        self.lines.push(format!("note {note:?}"));
    }

    fn keep_reason(&mut self, reason: String) {
        self.lines.push(format!("reason {reason}"));
    }

    fn end(&mut self, how: End, _offline: bool, _at: Timestamp) {
        self.is_over = true;
        self.lines.push(format!("end {how:?}"));
    }

    fn is_over(&self) -> bool {
        self.is_over
    }
}

pub(super) type Shared = Rc<RefCell<Log>>;

pub(super) fn lines(log: &Shared) -> Vec<String> {
    log.borrow().lines.clone()
}

pub(super) fn nothing() -> Rc<dyn Fn()> {
    Rc::new(|| ())
}

pub(super) fn get(url: String) -> HttpRequest {
    HttpRequest { method: "GET".into(), url, headers: Vec::new(), body: None }
}

pub(super) fn stream(body: &str) -> HttpRequest {
    get(served(body, "text/event-stream"))
}

pub(super) async fn over(live: &Live) {
    until("it is over", || live.status().ready_state == ReadyState::Closed).await;
}
