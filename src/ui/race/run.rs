//! [`RaceRun`] is a race that was started: a session for each lane, and one frame loop that shows them all.
//!
//! Text goes past the reactive graph. A few signals are set four times a second at most, and when a lane's state changes.

use super::host::{Answers, LaneAnswer};
use super::plot::Curves;
use super::start::LaneStart;
use super::text::LaneText;
use crate::browser::clock::{self, is_hidden, unix_millis};
use crate::browser::frame_loop::{FrameLoop, Next};
use crate::browser::pump::Running;
use crate::engine::chat::{Turn, TurnState};
use crate::engine::messages::guard;
use crate::engine::session::Session;
use crate::engine::timestamp::Timestamp;
use crate::ui::state::has_reasoning;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::time::Duration;
use web_sys::Element;

/// The shortest time between two changes of figures and curves.
const DIGITS: Duration = Duration::from_millis(250);

/// Tells how far a lane is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaneStatus {
    /// Its state. It is no final one before all of its text is shown.
    pub state: TurnState,
    /// The time since its request went out, or until it ended.
    pub elapsed: Duration,
    /// The seconds after which its question goes out again by itself.
    pub again: Option<u64>,
    /// Whether there is reasoning to show.
    pub has_reasoning: bool,
    /// Whether its question went out again: its times count from the last try.
    pub is_retried: bool,
}

/// One lane that was started.
pub struct LaneRun {
    /// Its name.
    pub name: String,
    /// What it asks.
    pub about: String,
    /// How far it is.
    pub status: ArcRwSignal<LaneStatus>,
    model: String,
    session: Rc<RefCell<Session>>,
    running: RefCell<Option<Running>>,
    text: RefCell<Option<LaneText>>,
    finished: Cell<Option<u64>>,
}

impl std::fmt::Debug for LaneRun {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LaneRun").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A race that was started.
#[derive(Debug)]
pub struct RaceRun {
    /// The question.
    pub question: String,
    /// Its lanes.
    pub lanes: Vec<LaneRun>,
    /// The text of all lanes over time.
    pub curves: ArcRwSignal<Curves>,
    /// Whether all lanes are over.
    pub is_over: ArcRwSignal<bool>,
    /// Whether the page was told to keep it.
    pub is_kept: Cell<bool>,
    frames: RefCell<Option<FrameLoop>>,
    counted: Cell<Timestamp>,
    created: u64,
}

impl RaceRun {
    /// Sends the requests of all lanes together: their times count from the same moment.
    #[must_use]
    pub fn start(question: String, starts: Vec<LaneStart>) -> Rc<RaceRun> {
        let now = clock::now();
        let mut begins = Vec::new();
        let lanes = starts.into_iter().map(|lane| {
            let session = Session::with_protocol(lane.plan, lane.protocol, now);
            let session = Rc::new(RefCell::new(session.guarded_by(lane.checking.guard)));
            begins.push((lane.start, lane.checking.judged));
            LaneRun {
                name: lane.name,
                about: lane.about,
                status: ArcRwSignal::new(LaneStatus {
                    state: TurnState::Sending,
                    elapsed: Duration::ZERO,
                    again: None,
                    has_reasoning: false,
                    is_retried: false,
                }),
                model: lane.model,
                session,
                running: RefCell::default(),
                text: RefCell::default(),
                finished: Cell::new(None),
            }
        });
        let race = Rc::new(RaceRun {
            question,
            lanes: lanes.collect(),
            curves: ArcRwSignal::new(Curves::new(&[], Duration::ZERO)),
            is_over: ArcRwSignal::new(false),
            is_kept: Cell::new(false),
            frames: RefCell::default(),
            counted: Cell::new(now),
            created: unix_millis(),
        });
        let weak = Rc::downgrade(&race);
        *race.frames.borrow_mut() =
            FrameLoop::new(move |now| weak.upgrade().map_or(Next::Never, |race| race.frame(now)));
        for (lane, (begin, judged)) in race.lanes.iter().zip(begins) {
            let weak: Weak<RaceRun> = Rc::downgrade(&race);
            let wake: Rc<dyn Fn()> = Rc::new(move || {
                if let Some(race) = weak.upgrade() {
                    race.wake();
                }
            });
            let wake = judged(&lane.session, wake);
            let running = begin(Rc::clone(&lane.session), wake);
            *lane.running.borrow_mut() = Some(running);
        }
        race.wake();
        race
    }

    /// Ends a lane. What has arrived is kept.
    pub fn stop(&self, lane: usize) {
        // Dropped outside of all borrows: its end comes back here.
        let running = self.lanes.get(lane).and_then(|lane| lane.running.borrow_mut().take());
        drop(running);
        // All of it may have come, and only verdicts be missing.
        if let Some(lane) = self.lanes.get(lane) {
            lane.session.borrow_mut().give_up_verdicts(guard::STOPPED_BEFORE_VERDICT);
        }
        self.wake();
    }

    /// Ends all lanes.
    pub fn stop_all(&self) {
        for lane in 0..self.lanes.len() {
            self.stop(lane);
        }
    }

    /// Shows the text of a lane in these elements from now on.
    pub fn show(&self, lane: usize, answer: Element, reasoning: Element) {
        if let Some(lane) = self.lanes.get(lane) {
            *lane.text.borrow_mut() = Some(LaneText::new(answer, reasoning));
        }
        self.wake();
    }

    /// Reads the answer of a lane so far.
    pub fn read<T>(&self, lane: usize, read: impl FnOnce(&Turn) -> T) -> Option<T> {
        self.lanes.get(lane).map(|lane| read(lane.session.borrow().turn()))
    }

    /// Returns what has come of the race so far.
    #[must_use]
    pub fn answers(&self) -> Answers {
        let now = clock::now();
        let answer = |lane: &LaneRun| {
            let session = lane.session.borrow();
            LaneAnswer {
                name: lane.name.clone(),
                turn: session.turn().clone(),
                numbers: Some(session.numbers(now)),
                pace: session.meter().pace().clone(),
                model: lane.model.clone(),
                server: session.server().host.clone(),
                created: self.created,
                finished: lane.finished.get().or_else(|| Some(unix_millis())),
            }
        };
        Answers { question: self.question.clone(), lanes: self.lanes.iter().map(answer).collect() }
    }

    fn wake(&self) {
        if let Ok(frames) = self.frames.try_borrow()
            && let Some(frames) = &*frames
        {
            frames.wake();
        }
    }

    /// Shows what is new, and sets signals. Returns when the next frame is wanted at the latest.
    fn frame(&self, now: Timestamp) -> Next {
        let counts = now.duration_since(self.counted.get()) >= DIGITS;
        let (mut is_behind, mut is_over) = (false, true);
        for lane in &self.lanes {
            lane.give_up(now);
            let is_lane_behind = lane.draw();
            is_behind |= is_lane_behind;
            is_over &= lane.tell(now, counts, is_lane_behind);
        }
        if counts || is_over {
            self.counted.set(now);
            self.plot(now);
        }
        if is_over && !self.is_over.get_untracked() {
            self.is_over.set(true);
        }
        match (is_over, is_behind) {
            (true, _) => Next::Never,
            (false, true) => Next::Frame,
            (false, false) => Next::In(DIGITS),
        }
    }

    fn plot(&self, now: Timestamp) {
        let sessions: Vec<_> = self.lanes.iter().map(|lane| lane.session.borrow()).collect();
        let paces: Vec<_> = sessions.iter().map(|session| session.meter().pace()).collect();
        let elapsed = sessions.iter().map(|session| session.numbers(now).elapsed).max().unwrap_or_default();
        let curves = Curves::new(&paces, elapsed);
        drop(sessions);
        self.curves.set(curves);
    }
}

impl LaneRun {
    /// Ends the request, if nothing came of it for so long that nobody waits any more.
    fn give_up(&self, now: Timestamp) {
        let is_over = self.session.borrow_mut().look(now, is_hidden());
        if is_over {
            let running = self.running.borrow_mut().take();
            drop(running);
        }
    }

    /// Shows what is new of its text. Returns whether there is more.
    fn draw(&self) -> bool {
        let session = self.session.borrow();
        let mut text = self.text.borrow_mut();
        text.as_mut().is_some_and(|text| text.draw(session.turn()))
    }

    /// Tells how far it is. Returns whether it is over.
    fn tell(&self, now: Timestamp, counts: bool, is_behind: bool) -> bool {
        let session = self.session.borrow();
        let turn = session.turn();
        let due = session.due().map(|due| due.duration_since(now));
        let is_over = turn.state.is_final() && due.is_none() && !is_behind;
        let shows_end = is_over || !turn.state.is_final();
        let before = self.status.get_untracked();
        let status = LaneStatus {
            state: if shows_end { turn.state } else { TurnState::Streaming },
            elapsed: if counts || is_over { session.numbers(now).elapsed } else { before.elapsed },
            again: due.map(|due| (due.as_millis() as u64).div_ceil(1_000)),
            has_reasoning: before.has_reasoning || has_reasoning(turn),
            is_retried: before.is_retried || due.is_some(),
        };
        drop(session);
        if is_over && self.finished.get().is_none() {
            self.finished.set(Some(unix_millis()));
        }
        if status != before {
            self.status.set(status);
        }
        is_over
    }
}
