//! [`Notifier`] tells outside of the page that an answer is done, if nobody looks and the person wants it.

use crate::browser::clock::is_hidden;
use crate::browser::notification::{self, Permission};
use crate::browser::storage;
use crate::engine::archive::title_of;
use crate::engine::chat::{Turn, TurnState};
use crate::engine::messages::page;
use crate::ui::history::Keeper;
use leptos::prelude::*;

/// Tells that an answer is done.
#[derive(Clone, Copy, Debug)]
pub struct Notifier {
    keeper: Keeper,
}

impl Notifier {
    /// The record of whether the person wants it.
    pub const RECORD: &str = "tokenfall.notify";

    /// Returns whether the person wants it and the browser allows it.
    #[must_use]
    pub fn is_on() -> bool {
        storage::is_kept(Self::RECORD) && notification::permission() == Permission::Granted
    }

    pub(super) fn new(keeper: Keeper) -> Notifier {
        Notifier { keeper }
    }

    /// Tells that the answer on show has ended so.
    pub(super) fn answer_ended(self, state: TurnState) {
        let conversation = self.keeper.chat.conversation;
        let text = match state {
            TurnState::Complete => conversation.with_store(|store| {
                let words = store.conversation.turn(store.conversation.head()?).map(Turn::words)?;
                (!words.trim().is_empty()).then(|| title_of(&words))
            }),
            // The sentence for screen readers says how.
            TurnState::Sending
            | TurnState::Waiting
            | TurnState::Streaming
            | TurnState::Stopped
            | TurnState::Interrupted
            | TurnState::Failed
            | TurnState::Truncated
            | TurnState::Filtered
            | TurnState::Paused
            | TurnState::Halted => None,
        };
        let text = text.unwrap_or_else(|| conversation.announcement.get_untracked());
        if let Some(id) = self.keeper.shown.get_untracked() {
            self.tell(&id, &text);
        }
    }

    /// Tells of answers in conversations that are not on show, for as long as the current owner lives.
    pub(super) fn watch_others(self) {
        let answering = self.keeper.answering;
        Effect::new(move |before: Option<Vec<String>>| {
            let now = answering.get();
            let shown = self.keeper.shown.get_untracked();
            for id in before.iter().flatten() {
                if !now.contains(id) && shown.as_ref() != Some(id) {
                    self.tell(id, page::ANSWER_ENDED);
                }
            }
            now
        });
    }

    fn tell(self, id: &str, text: &str) {
        if !is_hidden() || !Self::is_on() {
            return;
        }
        let title = self.keeper.list.with_untracked(|list| {
            list.iter().find(|record| record.id == id).map(|record| record.title.clone())
        });
        notification::show(&title.unwrap_or_else(|| page::NAME.to_owned()), text, id);
    }
}
