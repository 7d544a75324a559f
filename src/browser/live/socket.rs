//! Opens WebSockets, and hands their messages on without blocking the page.
//!
//! Each message is stamped when it comes. As long as little time goes into them they are handed on at once; what comes faster
//! waits in a [`Queue`], and is read a little at a time between other tasks of the page.

use super::connection::{Kind, Live, NotSent, Status};
use super::feed::{Feed, Sink};
use super::queue::{BYTE_LIMIT, MESSAGE_LIMIT, Payload, Queue};
use crate::browser::clock;
use crate::browser::timer::sleep;
use crate::browser::transport::TransportError;
use crate::engine::event_source::ReadyState;
use crate::engine::messages::sockets as words;
use crate::engine::session::Next;
use crate::engine::tape::{End, Note};
use crate::engine::timestamp::Timestamp;
use crate::engine::wire::{CloseCode, HttpRequest};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};
use std::time::Duration;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{BinaryType, CloseEvent, MessageEvent, WebSocket};

/// The time that goes into messages within a [`WINDOW`] before the page gets a turn.
const BUDGET: Duration = Duration::from_millis(8);
/// About a frame.
const WINDOW: Duration = Duration::from_millis(16);
/// The most bytes that wait to go out.
const UNSENT_LIMIT: u32 = 1 << 20;
/// The code for which a socket is closed over which too much came: scripts have those from 4000 on.
const FLOOD: u16 = 4009;
/// The code of a connection that broke, or never stood.
const ABNORMAL: u16 = 1006;

/// Opens a WebSocket.
///
/// # Errors
/// An address or sub-protocols that the browser refuses.
pub fn connect(
    address: &str,
    subprotocols: &[String],
    sink: Sink,
    wake: Rc<dyn Fn()>,
) -> Result<Live, TransportError> {
    Ok(Live::new(Socket::open(address, subprotocols, Rc::new(Feed::new(sink, wake)), Rc::new(Silent))?))
}

/// What speaks over a socket by itself.
pub(super) trait Speaker {
    /// Takes the news that the socket stands.
    fn opened(&self, socket: &Socket);

    /// Takes a text that came, behind the sink.
    fn heard(&self, socket: &Socket, text: &str);
}

/// Nobody: the person alone speaks.
struct Silent;

impl Speaker for Silent {
    fn opened(&self, _socket: &Socket) {}

    fn heard(&self, _socket: &Socket, _text: &str) {}
}

/// A WebSocket and what waits on both sides of it.
pub(super) struct Socket {
    socket: WebSocket,
    feed: Rc<Feed>,
    speaker: Rc<dyn Speaker>,
    queue: RefCell<Queue>,
    /// Whether a task was asked for that reads the queue.
    is_scheduled: Cell<bool>,
    /// The beginning of the present window, and the time that went into messages since.
    spent: Cell<(Timestamp, Duration)>,
    has_opened: Cell<bool>,
    /// What the end is, once it has come: behind the messages that wait.
    ending: RefCell<Option<Ending>>,
    handlers: OnceCell<Handlers>,
    own: Weak<Socket>,
}

/// The end of a socket.
enum Ending {
    /// It was closed with this code and reason.
    Closed(u16, String),
    /// It was closed here, since too much came.
    Flood,
}

/// What the browser calls. They hold the socket weakly.
struct Handlers {
    opened: Closure<dyn FnMut()>,
    came: Closure<dyn FnMut(MessageEvent)>,
    closed: Closure<dyn FnMut(CloseEvent)>,
}

impl Socket {
    /// Opens a socket.
    pub(super) fn open(
        address: &str,
        subprotocols: &[String],
        feed: Rc<Feed>,
        speaker: Rc<dyn Speaker>,
    ) -> Result<Rc<Socket>, TransportError> {
        let names: Array = subprotocols.iter().map(|name| JsValue::from_str(name)).collect();
        let socket = WebSocket::new_with_str_sequence(address, &names)
            .map_err(|exception| TransportError::unanswered(&exception))?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let socket = Rc::new_cyclic(|own| Socket {
            socket,
            feed,
            speaker,
            queue: RefCell::default(),
            is_scheduled: Cell::new(false),
            spent: Cell::new((Timestamp::ORIGIN, Duration::ZERO)),
            has_opened: Cell::new(false),
            ending: RefCell::new(None),
            handlers: OnceCell::new(),
            own: own.clone(),
        });
        let _ = socket.handlers.set(Handlers::new(&socket));
        let mut headers = Vec::new();
        if !subprotocols.is_empty() {
            headers.push(("sec-websocket-protocol".into(), subprotocols.join(", ")));
        }
        let request = HttpRequest { method: "GET".into(), url: address.to_owned(), headers, body: None };
        socket.feed.tell(|sink, at| sink.requested(&request, at));
        Ok(socket)
    }

    /// Returns why nothing can go out now, if so.
    pub(super) fn may_send(&self) -> Result<(), NotSent> {
        match self.socket.ready_state() {
            _ if self.feed.is_over() => Err(NotSent::Closed),
            WebSocket::CONNECTING => Err(NotSent::NotOpen),
            WebSocket::OPEN => match self.socket.buffered_amount() {
                waiting if waiting > UNSENT_LIMIT => Err(NotSent::Full(waiting)),
                _ => Ok(()),
            },
            _ => Err(NotSent::Closed),
        }
    }

    /// Sends a text, however much waits to go out.
    pub(super) fn write(&self, text: &str) -> Result<(), NotSent> {
        self.socket.send_with_str(text).map_err(|_| NotSent::Closed)?;
        self.feed.tell(|sink, at| sink.sent(text, at));
        Ok(())
    }

    fn opened(&self) {
        self.has_opened.set(true);
        let subprotocol = self.socket.protocol();
        self.feed.tell(|sink, at| sink.opened(&subprotocol, at));
        self.speaker.opened(self);
    }

    fn came(&self, data: &JsValue) {
        let at = clock::now();
        let payload = match data.as_string() {
            Some(text) => Payload::Text(text),
            None => Payload::Binary(data.dyn_ref().map(bytes_of).unwrap_or_default()),
        };
        if !self.queue.borrow_mut().push(at, payload) && self.ending.borrow().is_none() {
            self.ending.replace(Some(Ending::Flood));
            let _ = self.socket.close_with_code(FLOOD);
        }
        self.go_on();
    }

    /// Reads what waits, now or in a task of its own. In a hidden page timers are slow, and nobody waits for a frame.
    fn go_on(&self) {
        if clock::is_hidden() || (!self.is_scheduled.get() && self.has_time()) {
            self.drain();
        }
        let is_done = self.queue.borrow().is_empty();
        if !is_done && !self.is_scheduled.replace(true) {
            let own = self.own.clone();
            spawn_local(async move {
                sleep(Duration::ZERO).await;
                if let Some(own) = own.upgrade() {
                    own.is_scheduled.set(false);
                    own.drain();
                    own.go_on();
                }
            });
        }
    }

    fn has_time(&self) -> bool {
        let (since, spent) = self.spent.get();
        spent < BUDGET || clock::now().duration_since(since) >= WINDOW
    }

    /// Hands on what waits, for as long as there is time, and then the end.
    fn drain(&self) {
        let started = clock::now();
        let mut now = started;
        while now.duration_since(started) < BUDGET {
            // The queue is free while the page hears of it.
            let next = self.queue.borrow_mut().pop();
            let Some((at, payload)) = next else { break };
            let next = self.feed.take(|sink| match &payload {
                Payload::Text(text) => sink.message(text, at),
                Payload::Binary(bytes) => sink.binary_message(bytes, at),
            });
            if next == Next::Enough {
                self.detach(1000);
                self.feed.complete();
                return;
            }
            if let Payload::Text(text) = &payload {
                self.speaker.heard(self, text);
            }
            now = clock::now();
        }
        self.count(started, now);
        if self.queue.borrow().is_empty() {
            self.end();
        }
    }

    fn count(&self, started: Timestamp, now: Timestamp) {
        let (since, spent) = self.spent.get();
        let took = now.duration_since(started);
        let is_over = now.duration_since(since) >= WINDOW;
        self.spent.set(if is_over { (started, took) } else { (since, spent.saturating_add(took)) });
    }

    fn closed(&self, code: u16, reason: String) {
        self.ending.borrow_mut().get_or_insert(Ending::Closed(code, reason));
        self.go_on();
        if self.queue.borrow().is_empty() {
            self.end();
        }
    }

    /// Tells of the end, if it has come.
    fn end(&self) {
        match self.ending.take() {
            None => {}
            Some(Ending::Flood) => {
                self.detach(FLOOD);
                let reason = words::flood(MESSAGE_LIMIT, BYTE_LIMIT >> 20);
                self.feed.finish(&reason, |sink, at| {
                    sink.note(Note::Flooded, at);
                    sink.keep_reason(reason.clone());
                    sink.end(End::Lost, !clock::is_online(), at);
                });
            }
            Some(Ending::Closed(ABNORMAL, _)) if !self.has_opened.get() => {
                self.detach(1000);
                self.feed.fail(words::REFUSED);
            }
            Some(Ending::Closed(code, reason)) => {
                self.detach(1000);
                let code = CloseCode(code);
                self.feed.finish(&code.sentence(&reason), |sink, at| {
                    sink.closed(code, &reason, !clock::is_online(), at);
                });
            }
        }
    }

    /// Closes the socket and takes back what the browser was handed. What waits is not read any more.
    fn detach(&self, code: u16) {
        self.queue.borrow_mut().clear();
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        // Closing twice does nothing.
        let _ = self.socket.close_with_code(code);
    }
}

impl Kind for Socket {
    fn status(&self) -> Status {
        let ready_state = match self.socket.ready_state() {
            _ if self.feed.is_over() => ReadyState::Closed,
            WebSocket::CONNECTING => ReadyState::Connecting,
            // Behind its end the messages that wait are still read.
            _ => ReadyState::Open,
        };
        Status {
            subprotocol: self.socket.protocol(),
            unsent_bytes: self.socket.buffered_amount(),
            dropped: self.queue.borrow().dropped(),
            stopped: self.feed.stopped(),
            ..Status::new(ready_state)
        }
    }

    fn send(&self, text: &str) -> Result<(), NotSent> {
        self.may_send()?;
        self.write(text)
    }

    fn stop(&self) {
        self.detach(1000);
        self.feed.cancel();
    }
}

impl Handlers {
    fn new(socket: &Rc<Socket>) -> Handlers {
        let own = Rc::downgrade(socket);
        let opened = Closure::new(move || with(&own, Socket::opened));
        let own = Rc::downgrade(socket);
        let came = Closure::new(move |event: MessageEvent| with(&own, |own| own.came(&event.data())));
        let own = Rc::downgrade(socket);
        let closed =
            Closure::new(move |event: CloseEvent| with(&own, |own| own.closed(event.code(), event.reason())));
        let target = &socket.socket;
        let handlers = Handlers { opened, came, closed };
        target.set_onopen(Some(handlers.opened.as_ref().unchecked_ref()));
        target.set_onmessage(Some(handlers.came.as_ref().unchecked_ref()));
        target.set_onclose(Some(handlers.closed.as_ref().unchecked_ref()));
        handlers
    }
}

fn with(socket: &Weak<Socket>, act: impl FnOnce(&Socket)) {
    if let Some(socket) = socket.upgrade().filter(|socket| !socket.feed.is_over()) {
        act(&socket);
    }
}

fn bytes_of(buffer: &ArrayBuffer) -> Vec<u8> {
    Uint8Array::new(buffer).to_vec()
}
