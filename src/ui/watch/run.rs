//! [`WatchRun`] connects, and draws what comes on the frames of the page: rows and text past the reactive graph, figures
//! four times a second at most.

use super::fill::WatchForm;
use super::rows::{List, Rows};
use super::snapshot::Snapshot;
use super::text_view::TextView;
use crate::browser::clock;
use crate::browser::files::FileWriter;
use crate::browser::frame_loop::{FrameLoop, Next};
use crate::browser::live::{Live, NotSent, Sink, connect, listen, read_events, read_once};
use crate::browser::transport::TransportError;
use crate::engine::timestamp::Timestamp;
use crate::engine::watch::{Setup, Target, Watch, keys_of};
use leptos::html;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

/// Time between two drawings of figures and plot.
const INTERVAL: Duration = Duration::from_millis(250);

/// What is watched now, or was last.
#[derive(Clone, Copy, Debug)]
pub struct WatchRun {
    /// Whether anything was watched yet.
    pub has_run: RwSignal<bool>,
    /// Number of starts.
    pub starts: RwSignal<u32>,
    /// Whether it runs.
    pub is_running: RwSignal<bool>,
    /// The figures, as they were drawn last.
    pub snapshot: RwSignal<Snapshot>,
    /// Whether the browser refused to begin.
    pub is_refused: RwSignal<bool>,
    /// The list that is shown.
    pub list: RwSignal<List>,
    /// The words that rows must have.
    pub filter: RwSignal<String>,
    /// The place of the rows.
    pub rows: NodeRef<html::Ol>,
    /// The place of the text.
    pub text: NodeRef<html::Div>,
    current: StoredValue<Option<Rc<Current>>, LocalStorage>,
}

/// One watch, and what draws it.
struct Current {
    watch: Rc<RefCell<Watch>>,
    live: RefCell<Option<Live>>,
    frames: RefCell<Option<FrameLoop>>,
    rows: RefCell<Rows>,
    text: RefCell<TextView>,
    /// Time at which the figures were drawn.
    drawn: Cell<Option<Timestamp>>,
}

impl Default for WatchRun {
    fn default() -> WatchRun {
        WatchRun {
            has_run: RwSignal::new(false),
            starts: RwSignal::new(0),
            is_running: RwSignal::new(false),
            snapshot: RwSignal::default(),
            is_refused: RwSignal::new(false),
            list: RwSignal::new(List::Events),
            filter: RwSignal::default(),
            rows: NodeRef::new(),
            text: NodeRef::new(),
            current: StoredValue::new_local(None),
        }
    }
}

impl WatchRun {
    /// Starts what the form says, unless a field is wrong. What ran before is stopped.
    pub fn start(self, form: WatchForm) {
        let Some((target, secrets, text)) = form.read() else { return };
        self.stop();
        let setup = Setup {
            kind: form.form.with_untracked(|form| form.kind),
            title: target.host().to_owned(),
            host: target.host().to_owned(),
            keys: keys_of(&target, &secrets),
            text,
        };
        let watch = Rc::new(RefCell::new(Watch::new(setup, clock::now())));
        let current = Rc::new(Current {
            watch: Rc::clone(&watch),
            live: RefCell::new(None),
            frames: RefCell::new(None),
            rows: RefCell::new(Rows::new(self.rows, self.list.get_untracked(), self.wanted())),
            text: RefCell::new(TextView::new(self.text)),
            drawn: Cell::new(None),
        });
        let drawing = Rc::downgrade(&current);
        let frames = FrameLoop::new(move |now| {
            drawing.upgrade().map_or(Next::Never, |current| self.draw(&current, now))
        });
        current.frames.replace(frames);
        let waking = Rc::downgrade(&current);
        let wake: Rc<dyn Fn()> = Rc::new(move || {
            if let Some(current) = waking.upgrade() {
                current.wake();
            }
        });
        let live = open(target, watch, wake);
        self.is_refused.set(live.is_err());
        self.snapshot.set(Snapshot::default());
        self.has_run.set(live.is_ok());
        self.is_running.set(live.is_ok());
        let Ok(live) = live else { return };
        self.starts.update(|starts| *starts += 1);
        current.live.replace(Some(live));
        self.current.set_value(Some(Rc::clone(&current)));
        current.wake();
    }

    /// Stops what runs. What came stays.
    pub fn stop(self) {
        let Some(current) = self.current.try_get_value().flatten() else { return };
        drop(current.live.take());
        if self.is_running.try_get_untracked() == Some(true) {
            self.is_running.set(false);
            current.drawn.set(None);
            current.wake();
        }
    }

    /// Connects again at once, where it waits.
    pub fn hurry(self) {
        if let Some(current) = self.current.get_value()
            && let Some(live) = &*current.live.borrow()
        {
            live.hurry();
        }
    }

    /// Sends a text over a socket.
    ///
    /// # Errors
    /// What the connection says: it is not open, or over.
    pub fn send(self, text: &str) -> Result<(), NotSent> {
        let current = self.current.get_value().ok_or(NotSent::Closed)?;
        let live = current.live.borrow();
        live.as_ref().ok_or(NotSent::Closed)?.send(text)
    }

    /// Draws the rows anew: another list is shown, or other rows of it.
    pub fn show_rows(self) {
        if let Some(current) = self.current.get_value() {
            current.rows.borrow_mut().show(self.list.get_untracked(), self.wanted());
            current.wake();
        }
    }

    /// Returns the words that rows must have, in small letters.
    fn wanted(self) -> String {
        self.filter.with_untracked(|filter| filter.trim().to_lowercase())
    }

    /// Saves the tape; whether the browser could.
    pub fn save(self) -> bool {
        let Some(current) = self.current.get_value() else { return false };
        let watch = current.watch.borrow();
        let host: String =
            watch.setup().host.chars().map(|sign| if sign.is_alphanumeric() { sign } else { '-' }).collect();
        let mut file = FileWriter::default();
        let written = file.push(&watch.tape().to_jsonl());
        written.and_then(|()| file.save(&["watch-", &host, ".tape.jsonl"].concat())).is_ok()
    }

    fn draw(self, current: &Current, now: Timestamp) -> Next {
        let watch = current.watch.borrow();
        let has_more = current.rows.borrow_mut().draw(&watch);
        let has_more_text = watch.text().is_some_and(|text| current.text.borrow_mut().draw(text.turn()));
        let is_over = watch.ending().is_some();
        let is_due = current.drawn.get().is_none_or(|drawn| drawn.after(INTERVAL) <= now);
        if is_due || is_over {
            current.drawn.set(Some(now));
            let status = current.live.borrow().as_ref().map(Live::status);
            self.snapshot.set(Snapshot::of(&watch, status.as_ref(), now));
        }
        if is_over && self.is_running.get_untracked() {
            self.is_running.set(false);
        }
        match (has_more || has_more_text, is_over) {
            (true, _) => Next::Frame,
            (false, true) => Next::Never,
            (false, false) => Next::In(INTERVAL),
        }
    }
}

impl Current {
    fn wake(&self) {
        if let Some(frames) = &*self.frames.borrow() {
            frames.wake();
        }
    }
}

fn open(target: Target, sink: Sink, wake: Rc<dyn Fn()>) -> Result<Live, TransportError> {
    match target {
        Target::Once(request) => Ok(read_once(request, sink, wake)),
        Target::Events(request) => Ok(read_events(request, sink, wake)),
        Target::EventSource { url, names } => listen(&url, &names, sink, wake),
        Target::Socket { address, subprotocols } => connect(&address, &subprotocols, sink, wake),
    }
}
