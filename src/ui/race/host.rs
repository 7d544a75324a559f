//! [`Host`] is what the page gives a race, and [`Answers`] are what a race comes to.

use crate::engine::chat::{Guard, Turn};
use crate::engine::meter::{Numbers, Pace};
use crate::engine::race::{Lane, Progress};
use crate::engine::session::Session;
use crate::engine::settings::{KeyRecord, Problem, Settings};
use std::cell::RefCell;
use std::rc::Rc;

/// A server that a lane can ask.
#[derive(Clone, Debug)]
pub struct RaceServer {
    /// The id of its profile; empty for one that is not set up yet.
    pub id: String,
    /// The name that it is shown by.
    pub label: String,
    /// Its settings.
    pub settings: Settings,
    /// The models that are known of it.
    pub models: Vec<String>,
    /// Its key, which goes to the origin that it was entered for.
    pub key: KeyRecord,
    /// What its answers are checked by, or what is wrong with that.
    pub checking: Result<LaneChecking, Problem>,
}

/// Takes a lane's session and what is called when something came of it, and returns what is called instead.
type Judged = Rc<dyn Fn(&Rc<RefCell<Session>>, Rc<dyn Fn()>) -> Rc<dyn Fn()>>;

/// What a lane's answer is checked by before it is shown.
#[derive(Clone)]
pub struct LaneChecking {
    /// The guard; `None` where nothing is to be withheld.
    pub guard: Option<Rc<dyn Guard>>,
    /// Has a judge see the answer.
    pub judged: Judged,
}

impl Default for LaneChecking {
    /// Returns what checks nothing.
    fn default() -> LaneChecking {
        LaneChecking { guard: None, judged: Rc::new(|_, wake| wake) }
    }
}

impl std::fmt::Debug for LaneChecking {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LaneChecking").field("guard", &self.guard).finish_non_exhaustive()
    }
}

/// Puts the answers into the conversation on show, the one at that place on show. Returns whether it could.
pub type Take = Rc<dyn Fn(&Answers, usize) -> bool>;

/// Holds what the page gives a race, and takes what comes of it.
#[derive(Clone)]
pub struct Host {
    /// The question to begin with.
    pub question: String,
    /// The servers, the one in use first.
    pub servers: Vec<RaceServer>,
    /// Returns the host of each request that the page has running elsewhere.
    pub busy: Rc<dyn Fn() -> Vec<String>>,
    /// Takes an answer that the person wants to go on with.
    pub take: Take,
    /// Keeps a race that is over.
    pub keep: Rc<dyn Fn(&Answers)>,
}

impl std::fmt::Debug for Host {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Host").field("servers", &self.servers).finish_non_exhaustive()
    }
}

/// The question of a race and its answers.
#[derive(Clone, Debug)]
pub struct Answers {
    /// The question.
    pub question: String,
    /// An answer for each lane.
    pub lanes: Vec<LaneAnswer>,
}

/// What came of one lane.
#[derive(Clone, Debug)]
pub struct LaneAnswer {
    /// The lane's name.
    pub name: String,
    /// The answer.
    pub turn: Turn,
    /// Its figures; `None` where they were not kept.
    pub numbers: Option<Numbers>,
    /// How much of it came when.
    pub pace: Pace,
    /// The model that was asked.
    pub model: String,
    /// Host and port of the server that was asked.
    pub server: String,
    /// The time at which it was asked for, in Unix milliseconds.
    pub created: u64,
    /// The time at which it was finished, in Unix milliseconds.
    pub finished: Option<u64>,
}

impl LaneAnswer {
    /// Returns the lane as it is compared; `None` without figures.
    #[must_use]
    pub fn lane(&self) -> Option<Lane<'_>> {
        let numbers = self.numbers.as_ref()?;
        Some(Lane { name: &self.name, numbers, progress: Progress::of(self.turn.state) })
    }
}
