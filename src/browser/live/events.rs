//! Reads a stream of events by fetch, and connects again by the rules of the HTML standard.
//!
//! [`EventSource`] decides; what it says is done here: connect, wait, wait for the network. A request of another method than GET
//! is sent once: to ask it again may cost money.

use super::connection::{Kind, Live, Status};
use super::feed::{Feed, Sink};
use crate::browser::clock;
use crate::browser::timer::sleep;
use crate::browser::transport::TransportError;
use crate::engine::event_source::{EventSource, Step, Stopped};
use crate::engine::session::Next;
use crate::engine::tape::End;
use crate::engine::timestamp::Timestamp;
use crate::engine::wire::HttpRequest;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;

/// The most bytes that are read of a response that is no stream of events, for what the server says in it.
const REFUSAL_LIMIT: usize = 64 << 10;

/// The event of a window whose network is back.
const ONLINE: &str = "online";

/// Reads a stream of events by fetch, and connects again by the standard's rules.
pub fn read_events(mut request: HttpRequest, sink: Sink, wake: Rc<dyn Fn()>) -> Live {
    if !request.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("accept")) {
        request.headers.push(("accept".into(), "text/event-stream".to_owned()));
    }
    let events = Rc::new_cyclic(|own| Events {
        request,
        feed: Rc::new(Feed::new(sink, wake)),
        source: Rc::default(),
        wait: Cell::new(None),
        waits: Cell::new(0),
        online: RefCell::new(None),
        own: own.clone(),
    });
    let step = events.source.borrow_mut().start();
    let first = Rc::clone(&events);
    spawn_local(async move {
        first.feed.tell(|sink, at| sink.requested(&first.request, at));
        first.act(step);
    });
    Live::new(events)
}

struct Events {
    request: HttpRequest,
    feed: Rc<Feed>,
    source: Rc<RefCell<EventSource>>,
    /// The time that is waited, and when it is over.
    wait: Cell<Option<(Duration, Timestamp)>>,
    /// Number of waits: a timer of one before changes nothing.
    waits: Cell<u32>,
    online: RefCell<Option<Online>>,
    own: Weak<Events>,
}

impl Kind for Events {
    fn status(&self) -> Status {
        let source = self.source.borrow();
        let wait = self.wait.get();
        Status {
            reconnections: source.reconnections(),
            connects_again_at: wait.map(|(_, due)| due),
            wait: wait.map(|(wait, _)| wait),
            last_event_id: source.last_event_id().to_owned(),
            waits_for_network: self.online.borrow().is_some(),
            stopped: self.feed.stopped(),
            ..Status::new(source.ready_state())
        }
    }

    fn hurry(&self) {
        let step = self.source.borrow_mut().hurry();
        if matches!(step, Step::Connect(Some(_))) {
            self.act(step);
        }
    }

    fn stop(&self) {
        self.rest();
        self.source.borrow_mut().close();
        self.feed.abort();
        self.feed.cancel();
    }
}

impl Events {
    /// Does what a step says.
    fn act(&self, step: Step) {
        self.rest();
        if self.feed.is_over() {
            return;
        }
        match step {
            Step::Read => {}
            Step::Connect(again) => {
                if let Some(again) = again {
                    let source = self.source.borrow().clone();
                    self.feed.tell(|sink, at| sink.reconnect(again, &source, at));
                }
                if let Some(own) = self.own.upgrade() {
                    spawn_local(async move { own.connect().await });
                }
            }
            Step::Wait(time) => self.wait(time),
            Step::WaitForNetwork => self.wait_for_network(),
            Step::Stop(stopped) => self.finish(&stopped),
        }
    }

    /// Waits for nothing any more.
    fn rest(&self) {
        self.wait.set(None);
        self.waits.set(self.waits.get().wrapping_add(1));
        drop(self.online.take());
    }

    fn wait(&self, time: Duration) {
        self.wait.set(Some((time, clock::now().after(time))));
        self.feed.wake();
        let (own, number) = (self.own.clone(), self.waits.get());
        spawn_local(async move {
            sleep(time).await;
            if let Some(own) = own.upgrade().filter(|own| own.waits.get() == number) {
                let step = own.source.borrow_mut().due(clock::is_online());
                own.act(step);
            }
        });
    }

    fn wait_for_network(&self) {
        let own = self.own.clone();
        let online = Online::new(move || {
            if let Some(own) = own.upgrade() {
                let step = own.source.borrow_mut().online();
                own.act(step);
            }
        });
        self.online.replace(Some(online));
        self.feed.wake();
    }

    fn finish(&self, stopped: &Stopped) {
        match stopped {
            Stopped::NoContent => self.feed.close(&stopped.to_string()),
            Stopped::Status(_) | Stopped::ContentType(_) => self.feed.fail(&stopped.to_string()),
            Stopped::Closed => self.feed.cancel(),
        }
    }

    async fn connect(self: Rc<Self>) {
        let mut request = self.request.clone();
        if let Some((name, value)) = self.source.borrow().header() {
            request.headers.push((name.into(), value));
        }
        if self.feed.is_over() {
            return;
        }
        let lost = self.read(&request).await.err().map(|error| error.to_string());
        let how = if lost.is_some() { End::Lost } else { End::Closed };
        let step = self.source.borrow_mut().ended(how, js_sys::Math::random());
        if !matches!(step, Step::Wait(_)) {
            self.act(step);
        } else if self.feed.has_enough() || self.request.method != "GET" {
            self.source.borrow_mut().close();
            match lost.filter(|_| !self.feed.has_enough()) {
                Some(reason) => self.feed.fail(&reason),
                None => self.feed.complete(),
            }
        } else {
            self.feed.tell(|sink, at| {
                if let Some(reason) = lost {
                    sink.keep_reason(reason);
                }
                sink.disconnected(how, at);
            });
            self.act(step);
        }
    }

    /// Reads one response to its end. What is no stream of events is read as well, as far as a refusal may say something.
    async fn read(&self, request: &HttpRequest) -> Result<(), TransportError> {
        let (fetch, head) = self.feed.open(request).await?;
        let step = self.source.borrow_mut().connected(&head);
        self.feed.wake();
        if matches!(step, Step::Stop(_)) {
            self.feed.abort_later();
            let mut bytes = 0;
            let refusal = self.feed.read(fetch, move |_, chunk| {
                bytes += chunk.len();
                if bytes < REFUSAL_LIMIT { Next::More } else { Next::Enough }
            });
            // However that ends: the reason for the end of the stream is known.
            return refusal.await.or(Ok(()));
        }
        let source = Rc::clone(&self.source);
        let inform = move |sink: &Sink, _: &[u8]| {
            sink.borrow().inform(&mut source.borrow_mut());
            Next::More
        };
        self.feed.read(fetch, inform).await
    }
}

/// A listener for the news that the network is back.
struct Online {
    listener: Closure<dyn FnMut()>,
}

impl Online {
    fn new(on_online: impl FnMut() + 'static) -> Online {
        let listener = Closure::new(on_online);
        if let Some(window) = web_sys::window() {
            let _ = window.add_event_listener_with_callback(ONLINE, listener.as_ref().unchecked_ref());
        }
        Online { listener }
    }
}

impl Drop for Online {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            let _ =
                window.remove_event_listener_with_callback(ONLINE, self.listener.as_ref().unchecked_ref());
        }
    }
}
