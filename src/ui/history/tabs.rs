//! Tabs of the page tell each other what they have stored, so that all of them show the same.

use super::address;
use super::entry::{Storing, lock_of, locked_by};
use super::keeper::Keeper;
use super::notice::Notice;
use crate::browser::channel::Channel;
use crate::browser::clock::now;
use crate::browser::lock::{held, released};
use crate::browser::store::StoreProblem;
use crate::engine::archive::ConversationRecord;
use crate::ui::state::Wish;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The name of the channel. A later version with other notices has another one.
const CHANNEL: &str = "tokenfall.history.1";

impl Keeper {
    /// Listens to what other tabs tell, as long as the page lives.
    pub(super) fn listen_to_tabs(self) {
        let tabs = Channel::open(CHANNEL, move |notice| {
            // What was on its way when the page was taken down finds nothing.
            if !self.hands.is_disposed() {
                self.hear(notice);
            }
        });
        self.with(|hands| hands.tabs = tabs);
    }

    /// Tells other tabs.
    pub(super) fn tell(self, notice: &Notice) {
        self.with(|hands| {
            if let Some(tabs) = &hands.tabs {
                tabs.send(notice);
            }
        });
    }

    /// Passes a wish on to the tab that is writing the answer on show.
    pub(super) fn pass_on(self, wish: Wish) {
        let followed = self.with(|hands| {
            let is_followed = hands.shown.is_followed();
            is_followed.then(|| hands.shown.record.id.clone())
        });
        if let Some(conversation) = followed {
            self.tell(&Notice::Wanted { conversation, wish });
        }
    }

    /// Finds out in which conversations other tabs are writing answers.
    pub(super) async fn look_for_answers(self) {
        for name in held().await {
            if let Some(id) = locked_by(&name) {
                self.note_answering(id);
            }
        }
    }

    fn hear(self, notice: Notice) {
        match notice {
            Notice::Saved { record, is_answering } => {
                if is_answering {
                    self.note_answering(&record.id);
                }
                self.take_up(&record);
            }
            Notice::Appended { conversation } => self.catch_up(conversation),
            Notice::Deleted { conversation } => self.deleted_elsewhere(&conversation),
            Notice::Cleared => {
                for id in self.listed().into_iter().chain(self.shown.get_untracked()) {
                    self.deleted_elsewhere(&id);
                }
                self.has_more.set(false);
            }
            Notice::Imported => spawn_local(self.read_list_anew()),
            Notice::Wanted { conversation, wish } => self.fulfil(&conversation, wish),
        }
    }

    /// Notes that another tab is writing an answer, until it no longer holds its lock.
    fn note_answering(self, id: &str) {
        let is_known = self.with(|hands| {
            let is_known = hands.elsewhere.iter().any(|known| known == id);
            if !is_known {
                hands.elsewhere.push(id.to_owned());
            }
            is_known
        });
        if is_known {
            return;
        }
        self.tell_answering();
        let id = id.to_owned();
        spawn_local(async move {
            released(&lock_of(&id)).await;
            if !self.hands.is_disposed() {
                self.with(|hands| hands.elsewhere.retain(|known| *known != id));
                self.tell_answering();
            }
        });
    }

    /// Takes up what another tab has written of a conversation.
    fn take_up(self, record: &ConversationRecord) {
        self.with(|hands| {
            if let Some(entry) = hands.entry(&record.id) {
                entry.record.title.clone_from(&record.title);
                entry.record.has_own_title = record.has_own_title;
                entry.record.pinned = record.pinned;
                entry.record.set_own_system(record.own_system());
                entry.record.checks.clone_from(&record.checks);
            }
        });
        self.put_into_list(record.clone());
        if self.shown.get_untracked().as_ref() == Some(&record.id) {
            self.refresh(record.id.clone());
        }
    }

    /// Takes a conversation off the list that another tab has deleted. If it is on show it stays there.
    pub(super) fn deleted_elsewhere(self, id: &str) {
        self.list.update(|list| list.retain(|record| record.id != id));
        let (is_shown, was_written) = self.with(|hands| {
            let mut was_written = false;
            for (entry, turns) in &mut hands.aside {
                if entry.record.id == id {
                    was_written |= turns.run.is_some();
                    entry.detach(turns);
                }
            }
            let is_shown = hands.shown.record.id == id;
            if is_shown && !hands.shown.is_followed() {
                self.chat.conversation.with_store(|turns| {
                    was_written |= turns.run.is_some();
                    hands.shown.detach(turns);
                });
            }
            (is_shown, was_written)
        });
        if let Some(store) = self.store().filter(|_| was_written) {
            let id = id.to_owned();
            // What was written here before this tab heard of it.
            spawn_local(async move {
                let _ = store.delete_tapes(&id).await;
            });
        }
        if is_shown {
            self.shown.set(None);
            address::name(None, false);
            self.problem.set(Some(StoreProblem::Deleted));
        }
    }

    /// Does what a person wants of an answer that this tab is writing, while they look at another tab.
    fn fulfil(self, id: &str, wish: Wish) {
        let is_shown = self.shown.get_untracked().as_deref() == Some(id);
        let is_own = self.with(|hands| {
            let own = hands.entry(id).filter(|entry| matches!(entry.storing, Storing::Yes));
            own.map(|entry| entry.is_watched |= wish == Wish::Watch).is_some()
        });
        if !is_own {
            return;
        }
        match wish {
            Wish::Stop if is_shown => self.chat.cancel(),
            Wish::Hurry if is_shown => self.chat.hurry(),
            Wish::Watch => {}
            // Dropped outside of all borrows: a request that ends tells of it.
            Wish::Stop => drop(self.with(|hands| hands.aside(id)?.1.running.take())),
            Wish::Hurry => self.with(|hands| {
                if let Some(run) = hands.aside(id).and_then(|(_, turns)| turns.run.as_ref()) {
                    run.session.borrow_mut().hurry(now());
                }
            }),
        }
    }
}
