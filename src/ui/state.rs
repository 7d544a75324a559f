//! [`App`]: what the whole page shares.
//!
//! Signals hold ids, states and counters. What is none lies beside them, outside the reactive graph; the conversation,
//! the running session and the elements it is drawn to are in `talk`.

use super::follow::Reading;
use super::lazy::LoadState;
use super::talk::StoredTalk;
use crate::browser::storage::StorageProblem;
use crate::engine::chat::TurnId;
use crate::engine::settings::{Problem, Settings};
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
    /// The deployment offers a server.
    Offered,
    /// The person chose.
    Chosen,
}

/// What is no signal.
#[derive(Default)]
pub(super) struct Core {
    /// Where the whole page stands, and who owns it.
    pub(super) page: Option<(Element, Owner)>,
    /// The conversation, once what shows it was fetched.
    pub(super) talk: Option<StoredTalk>,
    /// The element that scrolls the transcript.
    pub(super) scroller: Option<Element>,
    pub(super) reading: Reading,
    pub(super) composer: Option<HtmlTextAreaElement>,
    /// What is sent behind what the composer holds: too long a text for it.
    pub(super) aside: String,
    pub(super) dialog: Option<HtmlDialogElement>,
    /// The origin the key was entered for.
    pub(super) key_origin: String,
    pub(super) key: String,
}

/// The page's state. Copied into every component and listener.
#[derive(Clone, Copy)]
pub struct App {
    core: StoredValue<Rc<RefCell<Core>>, LocalStorage>,
    wake: StoredValue<Option<Rc<dyn Fn()>>, LocalStorage>,
    stop: StoredValue<Option<Rc<dyn Fn()>>, LocalStorage>,
    /// The line of turns on show.
    pub(super) path: RwSignal<Vec<Place>>,
    /// Whether an answer is being written.
    pub(super) is_running: RwSignal<bool>,
    /// Whether the transcript follows its end.
    pub(super) is_following: RwSignal<bool>,
    pub(super) settings: RwSignal<Settings>,
    pub(super) origin: RwSignal<Origin>,
    pub(super) problem: RwSignal<Option<Problem>>,
    pub(super) storage_problem: RwSignal<Option<StorageProblem>>,
    /// The ids of the server's models, once they were asked for.
    pub(super) models: RwSignal<Vec<String>>,
    /// Whether a question waits for the server's list of models.
    pub(super) is_settling: RwSignal<bool>,
    /// What a screen reader is told; never a token.
    pub(super) announcement: RwSignal<String>,
    /// Counts conversations.
    pub(super) chat: RwSignal<u32>,
    /// Whether the composer holds nothing to send.
    pub(super) is_blank: RwSignal<bool>,
    /// How many characters stand beside the composer.
    pub(super) aside: RwSignal<usize>,
    /// How many characters in the composer are not seen.
    pub(super) hidden: RwSignal<usize>,
    /// How far the fetching of a part is.
    pub(super) load_state: RwSignal<LoadState>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").finish_non_exhaustive()
    }
}

impl Default for App {
    /// The state of a page that has just been opened.
    fn default() -> App {
        App {
            core: StoredValue::new_local(Rc::default()),
            wake: StoredValue::new_local(None),
            stop: StoredValue::new_local(None),
            path: RwSignal::new(Vec::new()),
            is_running: RwSignal::new(false),
            is_following: RwSignal::new(true),
            settings: RwSignal::new(Settings::default()),
            origin: RwSignal::new(Origin::Unknown),
            problem: RwSignal::new(None),
            storage_problem: RwSignal::new(None),
            models: RwSignal::new(Vec::new()),
            is_settling: RwSignal::new(false),
            announcement: RwSignal::new(String::new()),
            chat: RwSignal::new(0),
            is_blank: RwSignal::new(true),
            aside: RwSignal::new(0),
            hidden: RwSignal::new(0),
            load_state: RwSignal::new(LoadState::Idle),
        }
    }
}

impl App {
    /// Lets `act` see and change what is no signal.
    pub(super) fn with<T>(self, act: impl FnOnce(&mut Core) -> T) -> T {
        let core = self.core.get_value();
        let mut core = core.borrow_mut();
        act(&mut core)
    }

    /// Says what asks for a frame.
    pub(super) fn set_wake(self, wake: Rc<dyn Fn()>) {
        self.wake.set_value(Some(wake));
    }

    /// Asks for a frame.
    pub(super) fn wake(self) {
        if let Some(Some(wake)) = self.wake.try_get_value() {
            wake();
        }
    }

    /// Says what stops an answer.
    pub(super) fn set_stop(self, stop: Rc<dyn Fn()>) {
        self.stop.set_value(Some(stop));
    }

    /// Stops the answer that is being written: without a detour through what fetches parts.
    pub(super) fn stop(self) {
        if let Some(Some(stop)) = self.stop.try_get_value() {
            stop();
        }
    }

    /// Puts the keyboard back to where questions are typed.
    pub(super) fn focus_composer(self) {
        if let Some(composer) = self.with(|core| core.composer.clone()) {
            let _ = composer.focus();
        }
    }
}
