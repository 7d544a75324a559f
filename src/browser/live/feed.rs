//! [`Feed`] hands what a connection brings to its sink, wakes the page, and ends it once.

use crate::browser::clock;
use crate::browser::timer::sleep;
use crate::browser::transport::{Fetch, TransportError};
use crate::engine::messages::event_source as words;
use crate::engine::session::{Next, Receiver};
use crate::engine::tape::{End, Head};
use crate::engine::timestamp::Timestamp;
use crate::engine::wire::HttpRequest;
use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

/// What takes all that a connection brings.
pub type Sink = Rc<RefCell<dyn Receiver>>;

/// Time for which a server may keep the connection open behind the end of what is wanted.
const AFTER_THE_END: Duration = Duration::from_secs(2);

/// The way of one connection to its sink.
pub(super) struct Feed {
    sink: Sink,
    wake: Rc<dyn Fn()>,
    is_over: Cell<bool>,
    /// Whether the sink wants nothing more.
    is_full: Cell<bool>,
    /// The reason for the end, in words.
    stopped: RefCell<Option<String>>,
    /// The controller of the request that is out; each has its own, since one that was aborted stays so.
    controller: RefCell<Option<AbortController>>,
}

impl Feed {
    pub(super) fn new(sink: Sink, wake: Rc<dyn Fn()>) -> Feed {
        Feed {
            sink,
            wake,
            is_over: Cell::new(false),
            is_full: Cell::new(false),
            stopped: RefCell::default(),
            controller: RefCell::default(),
        }
    }

    pub(super) fn is_over(&self) -> bool {
        self.is_over.get()
    }

    /// Returns the reason for the end, in words.
    pub(super) fn stopped(&self) -> Option<String> {
        self.stopped.borrow().clone()
    }

    pub(super) fn wake(&self) {
        (self.wake)();
    }

    /// Hands something to the sink, stamped with the present time, and wakes the page. Nothing goes there behind the end.
    pub(super) fn tell(&self, take: impl FnOnce(&mut dyn Receiver, Timestamp)) {
        if !self.is_over.get() {
            take(&mut *self.sink.borrow_mut(), clock::now());
            (self.wake)();
        }
    }

    /// Hands a piece or a message to the sink; it takes it with the time at which it came.
    pub(super) fn take(&self, take: impl FnOnce(&mut dyn Receiver) -> Next) -> Next {
        if self.is_over.get() {
            return Next::Enough;
        }
        let next = take(&mut *self.sink.borrow_mut());
        (self.wake)();
        next
    }

    /// Returns whether the sink wants nothing any more.
    pub(super) fn has_enough(&self) -> bool {
        self.is_over.get() || self.is_full.get() || self.sink.borrow().is_over()
    }

    /// Ends it at the person's wish.
    pub(super) fn cancel(&self) {
        self.finish(words::CLOSED, |sink, at| sink.end(End::Cancelled, false, at));
    }

    /// Ends it since all came that was wanted.
    pub(super) fn complete(&self) {
        self.close(words::ENDED);
    }

    /// Ends it for a reason that is no fault.
    pub(super) fn close(&self, reason: &str) {
        self.finish(reason, |sink, at| sink.end(End::Closed, false, at));
    }

    /// Ends it for a reason in words, which the sink gets as well.
    pub(super) fn fail(&self, reason: &str) {
        self.finish(reason, |sink, at| {
            sink.keep_reason(reason.to_owned());
            sink.end(End::Lost, !clock::is_online(), at);
        });
    }

    /// Ends it by a call of the sink. Nothing happens behind the first end.
    pub(super) fn finish(&self, reason: &str, end: impl FnOnce(&mut dyn Receiver, Timestamp)) {
        if !self.is_over.replace(true) {
            self.stopped.replace(Some(reason.to_owned()));
            end(&mut *self.sink.borrow_mut(), clock::now());
            (self.wake)();
        }
    }

    /// Breaks off the request that is out.
    pub(super) fn abort(&self) {
        if let Some(controller) = &*self.controller.borrow() {
            controller.abort();
        }
    }

    /// Sends a request and waits for the beginning of its response, which the sink gets.
    pub(super) async fn open(&self, request: &HttpRequest) -> Result<(Fetch, Head), TransportError> {
        let controller =
            AbortController::new().map_err(|exception| TransportError::unanswered(&exception))?;
        self.controller.replace(Some(controller.clone()));
        let fetch = Fetch::open(request, &controller).await?;
        let head = fetch.head.clone();
        self.tell(|sink, at| sink.head(head.clone(), at));
        Ok((fetch, head))
    }

    /// Feeds a body to the sink until it ends or the sink has enough. `behind` is called behind each
    /// chunk, and may want no more.
    pub(super) async fn read(
        self: &Rc<Self>,
        fetch: Fetch,
        mut behind: impl FnMut(&Sink, &[u8]) -> Next + 'static,
    ) -> Result<(), TransportError> {
        let feed = Rc::clone(self);
        let mut is_ending = false;
        let read = fetch.read(move |chunk| {
            // A chunk can still come out of the queue after an abort.
            if feed.is_over() {
                return ControlFlow::Break(());
            }
            let next = feed.sink.borrow_mut().feed(chunk, clock::now());
            let is_enough = behind(&feed.sink, chunk) == Next::Enough || next == Next::Enough;
            feed.is_full.set(is_enough);
            feed.wake();
            if is_enough {
                feed.abort();
                return ControlFlow::Break(());
            }
            if feed.has_enough() && !std::mem::replace(&mut is_ending, true) {
                feed.abort_later();
            }
            ControlFlow::Continue(())
        });
        read.await
    }

    /// Breaks off the request that is out unless it ends by itself.
    pub(super) fn abort_later(self: &Rc<Self>) {
        let controller = self.controller.borrow().clone();
        spawn_local(async move {
            sleep(AFTER_THE_END).await;
            if let Some(controller) = controller {
                controller.abort();
            }
        });
    }
}
