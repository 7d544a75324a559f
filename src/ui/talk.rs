//! [`Talk`]: the conversation as the page holds it, with the running session and the elements it is drawn to.
//!
//! All of it lies outside the reactive graph, and all of it comes with the part `chat`: see `lazy`.

use super::live::Run;
use super::screen::Screen;
use super::state::{App, Place};
use crate::browser::pump::Running;
use crate::engine::chat::{Conversation, Turn, TurnId, TurnState};
use crate::engine::meter::{Numbers, Pace};
use crate::engine::wire::Role;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;

/// Names the conversation from what is there before it.
pub(super) type StoredTalk = StoredValue<Rc<RefCell<Talk>>, LocalStorage>;

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
    /// Nothing to show for so many seconds, from a server on this machine, which has to load its model.
    Loading(u64),
    /// Nothing to show for so many seconds, from a server on this machine that is asked over https.
    Secure(u64),
    /// Text has come, and then nothing for so many seconds.
    Stalled(u64),
    /// Text has come, and then nothing that can be read for so many seconds.
    Unread(u64),
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

/// The conversation and what belongs to it.
#[derive(Default)]
pub(super) struct Talk {
    pub(super) conversation: Conversation,
    /// In the order of their ids.
    pub(super) cards: Vec<(TurnId, Card)>,
    pub(super) screens: Vec<(TurnId, Screen)>,
    pub(super) run: Option<Run>,
    /// Frames that are still to be drawn behind the end of the last answer.
    pub(super) settling: u32,
    /// The last request, kept while its connection closes in peace.
    pub(super) running: Option<Running>,
}

impl Talk {
    pub(super) fn card(&self, id: TurnId) -> Option<Card> {
        let at = self.cards.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        self.cards.get(at).map(|(_, card)| card.clone())
    }
}

impl App {
    /// Whether the page has its conversation.
    pub(super) fn has_talk(self) -> bool {
        self.with(|core| core.talk.is_some())
    }

    /// Gives the page its conversation, which the current owner keeps.
    pub(super) fn begin_talk(self) {
        let talk = StoredValue::new_local(Rc::default());
        self.with(|core| core.talk = Some(talk));
    }

    /// Lets `act` see and change the conversation. It must not start or stop a request: both wake the frame loop and
    /// end sessions, which come back here.
    #[expect(
        clippy::expect_used,
        reason = "what is fetched with the first question begins with making the conversation"
    )]
    pub(super) fn talk<T>(self, act: impl FnOnce(&mut Talk) -> T) -> T {
        let talk = self.with(|core| core.talk).expect("there is a conversation").get_value();
        let mut talk = talk.borrow_mut();
        act(&mut talk)
    }

    /// Reads a turn, running or not.
    pub(super) fn read_turn<T>(self, id: TurnId, read: impl FnOnce(&Turn) -> T) -> Option<T> {
        self.talk(|talk| match &talk.run {
            Some(run) if run.id == id => Some(read(run.session.borrow().turn())),
            _ => talk.conversation.turn(id).map(read),
        })
    }

    /// Shows the conversation's line again after it changed.
    pub(super) fn show_path(self) {
        let chat = self.chat.get_untracked();
        let path = self.talk(|talk| talk.conversation.path());
        self.path.set(path.into_iter().map(|turn| Place { chat, turn }).collect());
    }
}
