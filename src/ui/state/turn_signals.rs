//! [`TurnSignals`] tells components of a turn.

use crate::engine::chat::{Program, Turn, TurnState};
use crate::engine::meter::{Numbers, Pace};
use crate::engine::session::{Session, Stall};
use crate::engine::timestamp::Timestamp;
use crate::engine::wire::{BlockKind, Role};
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

/// Time after which the page says how long it has waited.
const PATIENCE: Duration = Duration::from_secs(5);
/// Time after which silence in the middle of an answer is shown.
const STALL: Duration = Duration::from_secs(15);

/// Tells why an answer does not go on, as far as the page says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Waiting {
    /// Nothing is said: waiting is short, or text arrives.
    #[default]
    Quiet,
    /// Nothing to show for so many seconds.
    Since(u64),
    /// The question failed, and goes out again by itself in so many seconds.
    Again(u64),
    /// The server reads the prompt: tokens done, and all of them.
    Reading(u64, u64),
    /// The browser fetches its own model: so many per cent are here.
    Fetching(u64),
    /// Nothing to show for so many seconds, from a server on this machine, which has to load its model.
    Loading(u64),
    /// Nothing to show for so many seconds, from a server on this machine that is asked over https.
    Secure(u64),
    /// Text has come, and then nothing for so many seconds.
    Stalled(u64),
    /// Text has come, and then nothing that can be read for so many seconds.
    Unread(u64),
}

/// Holds the signals of a turn, owned by whoever holds a clone.
#[derive(Clone, Debug)]
pub struct TurnSignals {
    /// The role of the one who speaks.
    pub role: Role,
    /// Whether it is played from a recording.
    pub is_recorded: bool,
    /// The turn's state.
    pub state: ArcRwSignal<TurnState>,
    /// The reason for which it does not go on.
    pub waiting: ArcRwSignal<Waiting>,
    /// Its figures.
    pub numbers: ArcRwSignal<Numbers>,
    /// Whether there is reasoning to show.
    pub has_reasoning: ArcRwSignal<bool>,
    /// Its pace, once the turn is over.
    pub pace: Rc<RefCell<Pace>>,
}

impl TurnSignals {
    /// Creates the signals of a turn of which nothing is known but its state.
    #[must_use]
    pub fn new(role: Role, is_recorded: bool, state: TurnState) -> TurnSignals {
        TurnSignals {
            role,
            is_recorded,
            state: ArcRwSignal::new(state),
            waiting: ArcRwSignal::default(),
            numbers: ArcRwSignal::default(),
            has_reasoning: ArcRwSignal::new(false),
            pace: Rc::default(),
        }
    }
}

impl TurnSignals {
    /// Takes over what other signals of the same turn tell.
    pub fn take_up(&self, new: &TurnSignals) {
        self.state.set(new.state.get_untracked());
        self.waiting.set(new.waiting.get_untracked());
        self.numbers.set(new.numbers.get_untracked());
        self.has_reasoning.set(new.has_reasoning.get_untracked());
        self.pace.replace(new.pace.borrow().clone());
    }
}

/// Returns whether the turn holds reasoning that can be shown.
#[must_use]
pub fn has_reasoning(turn: &Turn) -> bool {
    turn.blocks_of(BlockKind::Reasoning).any(|block| !block.text.is_empty())
}

/// Returns why a session's answer does not go on at `now`.
#[must_use]
pub fn waiting(session: &Session, now: Timestamp) -> Waiting {
    let turn = session.turn();
    if let Some(due) = session.due() {
        return Waiting::Again((due.duration_since(now).as_millis() as u64).div_ceil(1_000));
    }
    if turn.state.is_final() {
        return Waiting::Quiet;
    }
    if turn.has_content() {
        return match session.stall(STALL, now) {
            Some(Stall::Silent(time)) => Waiting::Stalled(time.as_secs()),
            Some(Stall::Unread(time)) => Waiting::Unread(time.as_secs()),
            None => Waiting::Quiet,
        };
    }
    let waited = now.duration_since(session.started());
    match turn.progress {
        Some((done, total)) if done < total && session.server().program == Program::BrowserModel => {
            Waiting::Fetching(done)
        }
        Some((done, total)) if done < total => Waiting::Reading(done, total),
        _ if waited >= STALL && session.server().may_be_loading() => Waiting::Loading(waited.as_secs()),
        _ if waited >= STALL && session.server().local => Waiting::Secure(waited.as_secs()),
        _ if waited >= PATIENCE => Waiting::Since(waited.as_secs()),
        _ => Waiting::Quiet,
    }
}
