//! The pump reads chunks, stamps them, feeds the session, and wakes the render loop. It never touches the DOM.

use super::clock;
use super::timer::sleep;
use super::transport::{Fetch, TransportError, timing};
use crate::engine::session::{Next, Session};
use crate::engine::tape::{End, Replay, Speed, Step, Tape};
use crate::engine::timestamp::Timestamp;
use crate::engine::wire::HttpRequest;
use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;
use std::rc::{Rc, Weak};
use std::time::Duration;
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

/// Time for which a server may keep the connection open behind its own end marker.
const AFTER_THE_END: Duration = Duration::from_secs(2);
/// A wait before another try looks up this often.
const STEP: Duration = Duration::from_millis(100);
/// The most chunks of a tape that are fed before the browser gets a turn.
const BURST: usize = 200;

/// What brings an answer: a request, a replay, or a connection of another kind.
pub trait Connection {
    /// Closes it, and ends the session as cancelled unless it has ended. May be called twice.
    fn stop(&self);

    /// Says something to who answers; returns whether it went out. Most connections cannot.
    fn say(&self, text: &str) -> bool;
}

/// A running request or replay. Dropping it aborts it and ends the session as cancelled.
pub struct Running {
    connection: Rc<dyn Connection>,
}

impl std::fmt::Debug for Running {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Running").finish_non_exhaustive()
    }
}

struct Inner {
    session: Rc<RefCell<Session>>,
    wake: Rc<dyn Fn()>,
    /// The controller of the request that is out. Each try has its own: one that was aborted stays so, and the question
    /// could not go out again behind a refusal that was not read to its end.
    controller: RefCell<Option<AbortController>>,
    over: Cell<bool>,
}

/// Sends the request and feeds its answer to the session. `wake` is called after the head, each chunk and the end.
pub fn start(request: HttpRequest, session: Rc<RefCell<Session>>, wake: Rc<dyn Fn()>) -> Running {
    let inner = Rc::new(Inner::new(session, wake));
    spawn_local(read(Rc::clone(&inner), request));
    Running::new(inner)
}

/// Feeds a tape to the session, at its own pace or another. The session's timestamps are the recording's.
pub fn play(tape: Tape, speed: Speed, session: Rc<RefCell<Session>>, wake: Rc<dyn Fn()>) -> Running {
    let inner = Rc::new(Inner::new(session, wake));
    spawn_local(replay(Rc::clone(&inner), Replay::new(tape, speed)));
    Running::new(inner)
}

impl Running {
    /// Owns a connection.
    #[must_use]
    pub fn new(connection: Rc<dyn Connection>) -> Running {
        Running { connection }
    }

    /// Returns a connection that never came to be, for a session that fails with the reason.
    #[must_use]
    pub fn failed(error: &TransportError, session: Rc<RefCell<Session>>, wake: Rc<dyn Fn()>) -> Running {
        session.borrow_mut().keep_reason(error.to_string());
        let inner = Inner::new(session, wake);
        inner.end(End::Lost, clock::now());
        Running::new(Rc::new(inner))
    }

    /// Returns the connection itself, to be spoken to without holding what owns it.
    #[must_use]
    pub fn connection(&self) -> Rc<dyn Connection> {
        Rc::clone(&self.connection)
    }

    /// Stops reading; the text so far is kept.
    pub fn cancel(self) {}
}

impl Drop for Running {
    fn drop(&mut self) {
        self.connection.stop();
    }
}

impl Connection for Inner {
    fn stop(&self) {
        self.abort();
        self.end(End::Cancelled, clock::now());
    }

    fn say(&self, _text: &str) -> bool {
        false
    }
}

impl Inner {
    fn new(session: Rc<RefCell<Session>>, wake: Rc<dyn Fn()>) -> Inner {
        Inner { session, wake, controller: RefCell::new(None), over: Cell::new(false) }
    }

    fn abort(&self) {
        if let Some(controller) = &*self.controller.borrow() {
            controller.abort();
        }
    }

    fn feed(&self, bytes: &[u8], at: Timestamp) -> Next {
        let next = self.session.borrow_mut().feed(bytes, at);
        (self.wake)();
        next
    }

    fn end(&self, how: End, at: Timestamp) {
        if !self.over.replace(true) {
            self.session.borrow_mut().end(how, !clock::is_online(), at);
            (self.wake)();
        }
    }

    fn record_timing(&self, url: &str) {
        let mut session = self.session.borrow_mut();
        if !self.over.get()
            && let Some(timing) = timing(url, session.started(), session.recorded_from())
        {
            session.record_timing(timing, clock::now());
        }
    }

    /// Ends a request, or waits until the question may go out again: then it is `true`.
    async fn is_asked_again(&self, how: End) -> bool {
        let at = clock::now();
        if !self.over.get() {
            let mut session = self.session.borrow_mut();
            session.end(how, !clock::is_online(), at);
            self.over.set(!session.postpone(at));
            drop(session);
            (self.wake)();
        }
        // In small steps, since the person may want it at once.
        while !self.over.get() {
            let wait =
                self.session.borrow().due().map(|due| due.duration_since(clock::now())).unwrap_or_default();
            if wait.is_zero() {
                self.session.borrow_mut().restart(clock::now());
                (self.wake)();
                return true;
            }
            sleep(wait.min(STEP)).await;
        }
        false
    }
}

async fn read(inner: Rc<Inner>, request: HttpRequest) {
    inner.session.borrow_mut().record_request(&request, clock::now());
    loop {
        let how = match read_body(&inner, &request).await {
            Ok(()) => End::Closed,
            Err(error) => {
                inner.session.borrow_mut().keep_reason(error.to_string());
                End::Lost
            }
        };
        inner.record_timing(&request.url);
        if !inner.is_asked_again(how).await {
            return;
        }
    }
}

async fn read_body(inner: &Rc<Inner>, request: &HttpRequest) -> Result<(), TransportError> {
    // Stopped before this task had its first turn: nothing goes out.
    if inner.over.get() {
        return Ok(());
    }
    let controller = AbortController::new().map_err(|exception| TransportError::unanswered(&exception))?;
    inner.controller.replace(Some(controller.clone()));
    let fetch = Fetch::open(request, &controller).await?;
    if inner.over.get() {
        return Ok(());
    }
    inner.session.borrow_mut().head(fetch.head.clone(), clock::now());
    (inner.wake)();
    let mut is_settling = settle_in_time(inner);
    let inner = Rc::clone(inner);
    let mut answer_is_over = false;
    let read = fetch.read(move |chunk| {
        // A chunk can still come out of the queue after an abort.
        if inner.over.get() {
            return ControlFlow::Break(());
        }
        if inner.feed(chunk, clock::now()) == Next::Enough && !inner.session.borrow().turn().ended {
            inner.abort();
            return ControlFlow::Break(());
        }
        is_settling = is_settling || settle_in_time(&inner);
        if inner.session.borrow().turn().state.is_final() && !std::mem::replace(&mut answer_is_over, true) {
            let inner = Rc::clone(&inner);
            spawn_local(async move {
                sleep(AFTER_THE_END).await;
                inner.abort();
            });
        }
        ControlFlow::Continue(())
    });
    read.await
}

/// Sees to it that a refusal whose connection stays open is told. Says whether there is one.
fn settle_in_time(inner: &Rc<Inner>) -> bool {
    let is_refusal = inner.session.borrow().settles_at().is_some();
    if is_refusal {
        spawn_local(settle(Rc::downgrade(inner)));
    }
    is_refusal
}

async fn settle(inner: Weak<Inner>) {
    while let Some(inner) = inner.upgrade().filter(|inner| !inner.over.get()) {
        let now = clock::now();
        let Some(at) = inner.session.borrow().settles_at() else { return };
        let wait = at.duration_since(now);
        if wait.is_zero() {
            if inner.session.borrow_mut().settle(now) {
                // The read that is out ends with it, and the refusal is told or asked again.
                inner.abort();
            }
            return;
        }
        drop(inner);
        sleep(wait.max(Duration::from_millis(1))).await;
    }
}

async fn replay(inner: Rc<Inner>, mut replay: Replay) {
    let started = clock::now();
    let mut fed = 0;
    while let (Some(due), Some(recorded)) = (replay.due(), replay.recorded()) {
        let wait = due.saturating_sub(clock::now().duration_since(started));
        if !wait.is_zero() || fed == BURST {
            fed = 0;
            sleep(wait).await;
        }
        if inner.over.get() {
            return;
        }
        fed += 1;
        let at = started.after(recorded.duration_since(Timestamp::ORIGIN));
        match replay.step() {
            Some(Step::Head(head)) => inner.session.borrow_mut().head(head.clone(), at),
            Some(Step::Chunk(bytes)) => {
                let _ = inner.feed(bytes, at);
            }
            // A session takes bodies alone.
            Some(Step::Message(..)) => {}
            Some(Step::End(end)) => inner.end(end, at),
            None => return,
        }
    }
}
