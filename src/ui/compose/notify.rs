//! [`Notifier`] tells outside of the page that an answer is done, if nobody looks and the person wants it.

use crate::browser::clock::is_hidden;
use crate::browser::notification::{self, Permission};
use crate::browser::storage;
use crate::engine::archive::{ConversationRecord, title_of};
use crate::engine::chat::Turn;
use crate::engine::messages::page;
use crate::ui::state::ConversationStore;
use leptos::prelude::*;

/// Tells that an answer is done.
#[derive(Clone, Copy, Debug)]
pub struct Notifier {
    /// The list of conversations, for their titles.
    list: RwSignal<Vec<ConversationRecord>>,
}

impl Notifier {
    /// The record of whether the person wants it.
    pub const RECORD: &str = "tokenfall.notify";

    /// Returns whether the person wants it and the browser allows it.
    #[must_use]
    pub fn is_on() -> bool {
        storage::is_kept(Self::RECORD) && notification::permission() == Permission::Granted
    }

    pub(in crate::ui) fn new(list: RwSignal<Vec<ConversationRecord>>) -> Notifier {
        Notifier { list }
    }

    /// Tells that the last answer of a conversation has ended, and how.
    pub(in crate::ui) fn answer_ended(self, id: &str, turns: &ConversationStore) {
        let last = turns.conversation.head().and_then(|head| turns.conversation.turn(head));
        if let Some(turn) = last.filter(|_| is_hidden() && Self::is_on()) {
            self.tell(id, &in_words(turn));
        }
    }

    fn tell(self, id: &str, text: &str) {
        let title = self.list.with_untracked(|list| {
            list.iter().find(|record| record.id == id).map(|record| record.title.clone())
        });
        notification::show(&title.unwrap_or_else(|| page::NAME.to_owned()), text, id);
    }
}

/// Returns the first words of an answer, or how it ended.
fn in_words(turn: &Turn) -> String {
    let words = turn.words();
    let end = turn.end_in_words();
    match &turn.failure {
        Some(failure) => page::answer_failed(&failure.sentence()),
        None if !end.is_empty() => end,
        None if words.trim().is_empty() => page::ANSWER_ENDED.to_owned(),
        None => title_of(&words),
    }
}
