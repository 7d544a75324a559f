//! [`App`]: what the whole page shares.
//!
//! Signals hold ids, states and counters. The conversation, the running session and the elements it is drawn to lie
//! beside them, outside the reactive graph.

use super::live::{Run, Screen};
use crate::browser::frame_loop::FrameLoop;
use crate::browser::pump::Running;
use crate::browser::store::StoreProblem;
use crate::engine::chat::{Conversation, Turn, TurnId, TurnState};
use crate::engine::meter::{Numbers, Pace};
use crate::engine::settings::{Problem, Settings};
use crate::engine::wire::Role;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::{Element, HtmlDialogElement, HtmlTextAreaElement};

/// Names a turn for the life of the page: a new chat counts its turns from nought again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place {
    pub(super) chat: u32,
    pub(super) turn: TurnId,
}

/// Where the settings in use come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// Not known yet: the deployment's file is on its way.
    Unknown,
    /// Nobody chose anything.
    Default,
    /// The deployment or the person chose.
    Chosen,
}

/// What is said of an answer that is being waited for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Waiting {
    /// Nothing yet: waiting is short, or text arrives.
    #[default]
    Quiet,
    /// Nothing to show for so many seconds.
    Since(u64),
    /// The question failed, and goes out again by itself in so many seconds.
    Again(u64),
    /// The server reads the prompt: tokens done, and all of them.
    Reading(u64, u64),
    /// Text has come, and then nothing for so many seconds.
    Stalled(u64),
}

/// A turn as the page shows it: its signals, owned by whoever holds a clone.
#[derive(Clone, Debug)]
pub(super) struct Card {
    pub(super) role: Role,
    /// Whether it is played from a tape.
    pub(super) recorded: bool,
    pub(super) state: ArcRwSignal<TurnState>,
    pub(super) waiting: ArcRwSignal<Waiting>,
    pub(super) numbers: ArcRwSignal<Numbers>,
    pub(super) has_reasoning: ArcRwSignal<bool>,
    pub(super) pace: Rc<RefCell<Pace>>,
}

impl Card {
    pub(super) fn new(role: Role, recorded: bool, state: TurnState) -> Card {
        Card {
            role,
            recorded,
            state: ArcRwSignal::new(state),
            waiting: ArcRwSignal::default(),
            numbers: ArcRwSignal::default(),
            has_reasoning: ArcRwSignal::new(false),
            pace: Rc::default(),
        }
    }
}

/// What is no signal.
#[derive(Default)]
pub(super) struct Core {
    pub(super) conversation: Conversation,
    /// In the order of their ids.
    pub(super) cards: Vec<(TurnId, Card)>,
    pub(super) screens: Vec<(TurnId, Screen)>,
    pub(super) run: Option<Run>,
    /// Frames that are still to be drawn behind the end of the last answer.
    pub(super) settling: u32,
    /// The last request, kept while its connection closes in peace.
    pub(super) running: Option<Running>,
    /// The element that scrolls the transcript.
    pub(super) scroller: Option<Element>,
    pub(super) composer: Option<HtmlTextAreaElement>,
    pub(super) dialog: Option<HtmlDialogElement>,
    /// The origin the key was entered for.
    pub(super) key_origin: String,
    pub(super) key: String,
    /// Whether a question waits for the server's list of models.
    pub(super) is_settling: bool,
}

impl Core {
    pub(super) fn card(&self, id: TurnId) -> Option<Card> {
        let at = self.cards.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        self.cards.get(at).map(|(_, card)| card.clone())
    }
}

/// The page's state. Copied into every component and listener.
#[derive(Clone, Copy)]
pub(super) struct App {
    core: StoredValue<Rc<RefCell<Core>>, LocalStorage>,
    frames: StoredValue<Option<Rc<FrameLoop>>, LocalStorage>,
    /// The line of turns on show.
    pub(super) path: RwSignal<Vec<Place>>,
    /// Whether an answer is being written.
    pub(super) is_running: RwSignal<bool>,
    /// Whether the transcript follows its end.
    pub(super) is_following: RwSignal<bool>,
    pub(super) settings: RwSignal<Settings>,
    pub(super) origin: RwSignal<Origin>,
    pub(super) problem: RwSignal<Option<Problem>>,
    pub(super) storage_problem: RwSignal<Option<StoreProblem>>,
    /// The ids of the server's models, once they were asked for.
    pub(super) models: RwSignal<Vec<String>>,
    pub(super) settings_are_open: RwSignal<bool>,
    /// What a screen reader is told; never a token.
    pub(super) announcement: RwSignal<String>,
    /// Counts conversations.
    pub(super) chat: RwSignal<u32>,
    /// Whether the composer holds nothing to send.
    pub(super) is_blank: RwSignal<bool>,
    /// How many characters in the composer are not seen.
    pub(super) hidden: RwSignal<usize>,
}

impl App {
    pub(super) fn new() -> App {
        App {
            core: StoredValue::new_local(Rc::default()),
            frames: StoredValue::new_local(None),
            path: RwSignal::new(Vec::new()),
            is_running: RwSignal::new(false),
            is_following: RwSignal::new(true),
            settings: RwSignal::new(Settings::default()),
            origin: RwSignal::new(Origin::Unknown),
            problem: RwSignal::new(None),
            storage_problem: RwSignal::new(None),
            models: RwSignal::new(Vec::new()),
            settings_are_open: RwSignal::new(false),
            announcement: RwSignal::new(String::new()),
            chat: RwSignal::new(0),
            is_blank: RwSignal::new(true),
            hidden: RwSignal::new(0),
        }
    }

    /// Lets `act` see and change what is no signal. It must not start or stop a request: both wake the frame loop and
    /// end sessions, which come back here.
    pub(super) fn with<T>(self, act: impl FnOnce(&mut Core) -> T) -> T {
        let core = self.core.get_value();
        let mut core = core.borrow_mut();
        act(&mut core)
    }

    /// Gives the page its frame loop.
    pub(super) fn set_frames(self, frames: Option<FrameLoop>) {
        self.frames.set_value(frames.map(Rc::new));
    }

    /// Asks for a frame.
    pub(super) fn wake(self) {
        if let Some(Some(frames)) = self.frames.try_get_value() {
            frames.wake();
        }
    }

    /// Reads a turn, running or not.
    pub(super) fn read_turn<T>(self, id: TurnId, read: impl FnOnce(&Turn) -> T) -> Option<T> {
        self.with(|core| match &core.run {
            Some(run) if run.id == id => Some(read(run.session.borrow().turn())),
            _ => core.conversation.turn(id).map(read),
        })
    }

    /// Shows the conversation's line again after it changed.
    pub(super) fn show_path(self) {
        let chat = self.chat.get_untracked();
        let path = self.with(|core| core.conversation.path());
        self.path.set(path.into_iter().map(|turn| Place { chat, turn }).collect());
    }

    /// Puts the keyboard back to where questions are typed.
    pub(super) fn focus_composer(self) {
        if let Some(composer) = self.with(|core| core.composer.clone()) {
            let _ = composer.focus();
        }
    }
}
