//! Reads a stream of events by the browser's own `EventSource`.
//!
//! It tells script less than our own reader sees: no headers, no status, no bytes, and no reason for an end. What is not known is
//! not made up: the head that the sink gets is what the standard demands of each stream that opens.

use super::connection::{Kind, Live, Status};
use super::feed::{Feed, Sink};
use crate::browser::clock;
use crate::browser::transport::TransportError;
use crate::engine::event_source::{EventSource as Machine, ReadyState, Step};
use crate::engine::messages::event_source as words;
use crate::engine::session::Next;
use crate::engine::tape::{End, Head};
use crate::engine::wire::HttpRequest;
use std::cell::{OnceCell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventSource, MessageEvent};

/// Names of events for which there is a listener of our own.
const OWN: [&str; 3] = ["message", "open", "error"];

/// Reads a stream of events by the browser's own `EventSource`; `names` are the named events listened for beside `message`.
///
/// # Errors
/// An address that the browser refuses.
pub fn listen(url: &str, names: &[String], sink: Sink, wake: Rc<dyn Fn()>) -> Result<Live, TransportError> {
    let source = EventSource::new(url).map_err(|exception| TransportError::unanswered(&exception))?;
    let mut machine = Machine::default();
    machine.start();
    let listener = Rc::new(Listener {
        source,
        feed: Feed::new(sink, wake),
        machine: RefCell::new(machine),
        handlers: OnceCell::new(),
    });
    let _ = listener.handlers.set(Handlers::new(&listener, names));
    let headers = vec![("accept".into(), "text/event-stream".to_owned())];
    let request = HttpRequest { method: "GET".into(), url: url.to_owned(), headers, body: None };
    listener.feed.tell(|sink, at| sink.requested(&request, at));
    Ok(Live::new(listener))
}

struct Listener {
    source: EventSource,
    feed: Feed,
    /// Follows what the browser does, for the records of it.
    machine: RefCell<Machine>,
    handlers: OnceCell<Handlers>,
}

/// What the browser calls. They hold the listener weakly.
struct Handlers {
    event: Closure<dyn FnMut(MessageEvent)>,
    open: Closure<dyn FnMut(Event)>,
    error: Closure<dyn FnMut(Event)>,
    names: Vec<String>,
}

impl Handlers {
    fn new(listener: &Rc<Listener>, names: &[String]) -> Handlers {
        let mut known: Vec<String> = Vec::new();
        for name in names {
            if !OWN.contains(&name.as_str()) && !name.is_empty() && !known.contains(name) {
                known.push(name.clone());
            }
        }
        let own = Rc::downgrade(listener);
        let event = Closure::new(move |event: MessageEvent| with(&own, |own| own.event(&event)));
        // A server may name its events `open` and `error`: those come here, and are messages.
        let or_event = |otherwise: fn(&Listener)| {
            let own = Rc::downgrade(listener);
            Closure::new(move |event: Event| {
                with(&own, |own| match event.dyn_ref::<MessageEvent>() {
                    Some(event) => own.event(event),
                    None => otherwise(own),
                });
            })
        };
        let handlers = Handlers {
            event,
            open: or_event(Listener::open),
            error: or_event(Listener::error),
            names: known,
        };
        let source = &listener.source;
        source.set_onmessage(Some(handlers.event.as_ref().unchecked_ref()));
        source.set_onopen(Some(handlers.open.as_ref().unchecked_ref()));
        source.set_onerror(Some(handlers.error.as_ref().unchecked_ref()));
        for name in &handlers.names {
            let event = handlers.event.as_ref().unchecked_ref();
            let _ = source.add_event_listener_with_callback(name, event);
        }
        handlers
    }
}

fn with(listener: &Weak<Listener>, act: impl FnOnce(&Listener)) {
    if let Some(listener) = listener.upgrade().filter(|listener| !listener.feed.is_over()) {
        act(&listener);
    }
}

impl Listener {
    /// Takes a connection that stands, the first one or another.
    fn open(&self) {
        let head = Head { status: 200, content_type: "text/event-stream".to_owned(), ..Head::default() };
        let again = {
            let mut machine = self.machine.borrow_mut();
            let again = match machine.hurry() {
                Step::Connect(again) => again,
                Step::Read | Step::Wait(_) | Step::WaitForNetwork | Step::Stop(_) => None,
            };
            machine.connected(&head);
            again
        };
        let machine = self.machine.borrow().clone();
        self.feed.tell(|sink, at| {
            if let Some(again) = again {
                sink.reconnect(again, &machine, at);
            }
            sink.head(head, at);
        });
    }

    fn event(&self, event: &MessageEvent) {
        let at = clock::now();
        let data = event.data().as_string().unwrap_or_default();
        let machine = &self.machine;
        let next = self.feed.take(|sink| {
            let next = sink.event(&event.type_(), &data, &event.last_event_id(), at);
            sink.inform(&mut machine.borrow_mut());
            next
        });
        if next == Next::Enough || self.feed.has_enough() {
            self.detach();
            self.feed.complete();
        }
    }

    /// Takes the end of a connection. Whether the server ended it or it broke is not told.
    fn error(&self) {
        if self.source.ready_state() == EventSource::CLOSED {
            self.detach();
            self.feed.fail(words::NOT_TOLD);
            return;
        }
        let step = self.machine.borrow_mut().ended(End::Lost, 0.0);
        if matches!(step, Step::Wait(_)) {
            self.feed.tell(|sink, at| sink.disconnected(End::Lost, at));
        }
    }

    /// Closes the connection and takes back what the browser was handed.
    fn detach(&self) {
        self.machine.borrow_mut().close();
        self.source.close();
        self.source.set_onmessage(None);
        self.source.set_onopen(None);
        self.source.set_onerror(None);
        if let Some(handlers) = self.handlers.get() {
            for name in &handlers.names {
                let event = handlers.event.as_ref().unchecked_ref();
                let _ = self.source.remove_event_listener_with_callback(name, event);
            }
        }
    }
}

impl Kind for Listener {
    fn status(&self) -> Status {
        let ready_state = match self.source.ready_state() {
            EventSource::CONNECTING => ReadyState::Connecting,
            EventSource::OPEN => ReadyState::Open,
            _ => ReadyState::Closed,
        };
        let machine = self.machine.borrow();
        Status {
            reconnections: machine.reconnections(),
            last_event_id: machine.last_event_id().to_owned(),
            stopped: self.feed.stopped(),
            ..Status::new(ready_state)
        }
    }

    fn stop(&self) {
        self.detach();
        self.feed.cancel();
    }
}
