//! [`FrameLoop`] calls one closure at most once an animation frame, and only when it was woken.
//!
//! A hidden tab gets no animation frames; there a slow timer takes their place, so that what arrives is drawn (and the
//! title and announcements move on) while nobody looks. Nothing is lost either way: reading does not wait for drawing.

use super::clock;
use crate::engine::timestamp::Timestamp;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::Window;

/// Interval at which a hidden tab is drawn. Browsers allow once a second at best.
const HIDDEN_INTERVAL: Duration = Duration::from_secs(1);

/// Waking the loop makes a frame no sooner than so long after the last one: every second frame of most screens. Text that
/// grows 30 times a second reads as well as at 60, and costs half as much to lay out and to paint.
const PACE: Duration = Duration::from_millis(30);

/// The time at which a [`FrameLoop`] calls its function again, unless it is woken before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Sleeps until somebody wakes it.
    Never,
    /// Calls it on the next frame.
    Frame,
    /// Calls it after this time: a page on which nothing changes asks its browser for no frames.
    In(Duration),
}

/// Calls its function on a frame soon after it is woken. Dropping it stops it.
pub struct FrameLoop {
    inner: Rc<Inner>,
}

impl std::fmt::Debug for FrameLoop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FrameLoop").field("scheduled", &self.inner.scheduled.get()).finish_non_exhaustive()
    }
}

struct Inner {
    window: Window,
    on_frame: RefCell<Box<dyn FnMut(Timestamp) -> Next>>,
    scheduled: Cell<Scheduled>,
    /// Whether somebody woke the loop since the function was called last, and a frame is on its way.
    woken: Cell<bool>,
    /// Time of the last call.
    drawn: Cell<Timestamp>,
    tick: RefCell<Option<Closure<dyn FnMut()>>>,
    visibility: RefCell<Option<Closure<dyn FnMut()>>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheduled {
    No,
    Frame(i32),
    /// A timer, and when it is due.
    Timer(i32, Timestamp),
}

impl FrameLoop {
    /// Creates a loop that calls `on_frame` with the time; it returns when it wants to be called again.
    ///
    /// Gives `None` outside of a window.
    pub fn new(on_frame: impl FnMut(Timestamp) -> Next + 'static) -> Option<FrameLoop> {
        let inner = Rc::new(Inner {
            window: web_sys::window()?,
            on_frame: RefCell::new(Box::new(on_frame)),
            scheduled: Cell::new(Scheduled::No),
            woken: Cell::new(false),
            drawn: Cell::new(Timestamp::ORIGIN),
            tick: RefCell::new(None),
            visibility: RefCell::new(None),
        });
        let weak = Rc::downgrade(&inner);
        *inner.tick.borrow_mut() = Some(Closure::new(move || with(&weak, Inner::frame)));
        let weak = Rc::downgrade(&inner);
        let visibility = Closure::<dyn FnMut()>::new(move || with(&weak, Inner::visibility_changed));
        if let Some(document) = inner.window.document() {
            let _ = document
                .add_event_listener_with_callback("visibilitychange", visibility.as_ref().unchecked_ref());
        }
        *inner.visibility.borrow_mut() = Some(visibility);
        Some(FrameLoop { inner })
    }

    /// Asks for a frame. Waking twice before it comes is waking once.
    pub fn wake(&self) {
        // Every chunk of an answer wakes the loop: the browser is asked for the time by the first of a frame alone.
        if self.inner.woken.get() {
            return;
        }
        let since = clock::now().duration_since(self.inner.drawn.get());
        let next = PACE.checked_sub(since).map_or(Next::Frame, Next::In);
        self.inner.schedule(next);
        self.inner.woken.set(self.inner.scheduled.get() != Scheduled::No);
    }
}

impl Drop for FrameLoop {
    fn drop(&mut self) {
        self.inner.unschedule();
        if let (Some(document), Some(closure)) =
            (self.inner.window.document(), &*self.inner.visibility.borrow())
        {
            let _ = document
                .remove_event_listener_with_callback("visibilitychange", closure.as_ref().unchecked_ref());
        }
    }
}

fn with(weak: &Weak<Inner>, act: impl FnOnce(&Inner)) {
    if let Some(inner) = weak.upgrade() {
        act(&inner);
    }
}

impl Inner {
    fn schedule(&self, next: Next) {
        if next == Next::Never {
            return;
        }
        let is_hidden = clock::is_hidden();
        let now = clock::now();
        match (self.scheduled.get(), next) {
            (Scheduled::Frame(_), _) => return,
            (Scheduled::Timer(..), _) if is_hidden => return,
            (Scheduled::Timer(_, due), Next::In(time)) if due.duration_since(now) <= time => return,
            (Scheduled::Timer(..), _) => self.unschedule(),
            (Scheduled::No, _) => {}
        }
        let tick = self.tick.borrow();
        let Some(tick) = &*tick else { return };
        let function = tick.as_ref().unchecked_ref();
        let timer = |time: Duration| {
            let millis = i32::try_from(time.as_millis()).unwrap_or(i32::MAX);
            let id = self.window.set_timeout_with_callback_and_timeout_and_arguments_0(function, millis);
            id.map(|id| Scheduled::Timer(id, now.after(time)))
        };
        let scheduled = match next {
            _ if is_hidden => timer(HIDDEN_INTERVAL),
            Next::In(time) => timer(time),
            Next::Frame | Next::Never => self.window.request_animation_frame(function).map(Scheduled::Frame),
        };
        self.scheduled.set(scheduled.unwrap_or(Scheduled::No));
    }

    fn unschedule(&self) {
        match self.scheduled.replace(Scheduled::No) {
            Scheduled::No => {}
            Scheduled::Frame(id) => {
                let _ = self.window.cancel_animation_frame(id);
            }
            Scheduled::Timer(id, _) => self.window.clear_timeout_with_handle(id),
        }
    }

    fn frame(&self) {
        let was = self.scheduled.replace(Scheduled::No);
        // Only a frame comes behind the events of the one before it, of scrolls above all: what a timer draws would move a
        // page that somebody has just scrolled.
        if matches!(was, Scheduled::Timer(..)) && !clock::is_hidden() {
            return self.schedule(Next::Frame);
        }
        let now = clock::now();
        self.drawn.set(now);
        self.woken.set(false);
        // A frame that wakes the loop again must find the function free.
        let next = match self.on_frame.try_borrow_mut() {
            Ok(mut on_frame) => on_frame(now),
            Err(_) => Next::Frame,
        };
        self.schedule(next);
    }

    /// Moves between frames and timer: a frame asked for before the tab was hidden would not come until it is shown
    /// again.
    fn visibility_changed(&self) {
        if self.scheduled.get() != Scheduled::No {
            self.unschedule();
            self.schedule(Next::Frame);
        }
    }
}
