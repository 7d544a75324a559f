//! [`Hands`] hold what the keeper works with: the database, the conversations of this tab, and the way to the others.

use super::entry::{Entry, Storing};
use super::followed::Following;
use super::notice::Notice;
use crate::browser::channel::Channel;
use crate::browser::store::{Place, Store};
use crate::engine::chat::DraftText;
use crate::ui::state::ConversationStore;

/// Holds the database and the conversations of this tab.
#[derive(Default)]
pub(super) struct Hands {
    pub(super) database: Database,
    pub(super) shown: Entry,
    /// Those that are not on show: an answer is being written there, or nothing could be stored.
    pub(super) aside: Vec<(Entry, ConversationStore)>,
    /// The place behind the last conversation that was read of the list.
    pub(super) next: Option<Place>,
    /// What was typed into a new conversation that was left.
    pub(super) new_draft: DraftText,
    /// Whether the page is being left. What ends then ends because of that: the browser breaks off its requests.
    pub(super) is_leaving: bool,
    pub(super) is_stepping: bool,
    /// The way to the other tabs.
    pub(super) tabs: Option<Channel<Notice>>,
    /// The ids of conversations in which another tab is writing an answer.
    pub(super) elsewhere: Vec<String>,
    /// The records of settings that were copied last.
    pub(super) copied: Vec<(String, String)>,
    pub(super) has_asked_to_persist: bool,
}

/// Tells what is special about a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing: it is kept.
    Usual,
    /// Another tab is writing an answer in it.
    Followed,
    /// It is not kept.
    Temporary,
}

/// Tells whether there is a database.
#[derive(Clone, Default)]
pub(super) enum Database {
    #[default]
    Opening,
    Open(Store),
    /// There is none: conversations last as long as the tab.
    Missing,
}

impl Database {
    pub(super) fn store(&self) -> Option<Store> {
        match self {
            Database::Open(store) => Some(store.clone()),
            Database::Opening | Database::Missing => None,
        }
    }
}

impl Hands {
    /// Returns the conversation of that id, if it is one of those that are not on show.
    pub(super) fn aside(&mut self, id: &str) -> Option<&mut (Entry, ConversationStore)> {
        self.aside.iter_mut().find(|(entry, _)| entry.record.id == id)
    }

    /// Takes that conversation out of them.
    pub(super) fn take_aside(&mut self, id: &str) -> Option<(Entry, ConversationStore)> {
        let at = self.aside.iter().position(|(entry, _)| entry.record.id == id)?;
        Some(self.aside.remove(at))
    }

    /// Returns the answer that is followed, if it is one of the conversation of that id.
    pub(super) fn followed(&mut self, id: &str) -> Option<&mut Following> {
        match &mut self.shown.storing {
            Storing::Elsewhere(following) if self.shown.record.id == id => Some(following),
            Storing::Elsewhere(_) | Storing::Yes | Storing::OnceGoneOn(_) | Storing::Never => None,
        }
    }

    /// Returns the conversation of that id, if it is in this tab's hands.
    pub(super) fn entry(&mut self, id: &str) -> Option<&mut Entry> {
        let aside = self.aside.iter_mut().map(|(entry, _)| entry);
        std::iter::once(&mut self.shown).chain(aside).find(|entry| entry.record.id == id)
    }
}
