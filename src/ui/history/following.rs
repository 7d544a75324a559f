//! Shows an answer that another tab is writing, by the journal that it keeps.

use super::entry::{Entry, Storing, lock_of};
use super::keeper::Keeper;
use super::restore::load;
use super::saving::finish;
use crate::browser::clock::now;
use crate::browser::lock::released;
use crate::engine::chat::TurnId;
use crate::engine::tape::End;
use crate::ui::state::{ConversationStore, Wish};
use leptos::prelude::*;
use leptos::task::spawn_local;

impl Keeper {
    /// Follows the answer that another tab is writing in the conversation on show, until that tab is done or gone.
    pub(super) fn follow(self, id: String) {
        self.catch_up(id.clone());
        self.pass_on(Wish::Watch);
        spawn_local(async move {
            released(&lock_of(&id)).await;
            if !self.hands.is_disposed() && self.followed(&id).is_some() {
                self.settle(id).await;
            }
        });
    }

    /// Returns the turn that is followed, and how many batches of it were taken, if it is one of that conversation.
    fn followed(self, id: &str) -> Option<(TurnId, u32)> {
        self.with(|hands| hands.followed(id).map(|following| (following.turn, following.batches)))
    }

    /// Takes up what another tab has written of an answer since.
    pub(super) fn catch_up(self, id: String) {
        let Some(((turn, from), store)) = self.followed(&id).zip(self.store()) else { return };
        spawn_local(async move {
            let Ok(batches) = store.batches(&id, turn, from).await else { return };
            if self.hands.is_disposed() {
                return;
            }
            self.with(|hands| {
                let Some(following) = hands.followed(&id).filter(|following| following.turn == turn) else {
                    return;
                };
                self.chat.conversation.with_store(|turns| {
                    if let Some(run) = turns.run.as_ref().filter(|run| run.id == turn) {
                        following.take(from, &batches, run);
                    }
                });
            });
            self.chat.conversation.wake();
        });
    }

    /// Takes up what another tab has stored of the conversation on show. What is being said here is not given up for it.
    pub(super) fn refresh(self, id: String) {
        let Some(store) = self.store().filter(|_| !self.is_busy()) else { return };
        spawn_local(async move {
            let loaded = load(self.chat, &store, &id).await;
            let is_shown = !self.hands.is_disposed() && self.shown.get_untracked().as_ref() == Some(&id);
            if !is_shown || self.is_busy() {
                return;
            }
            match loaded {
                Ok(Some((entry, turns))) => self.renew(entry, turns),
                Ok(None) => self.deleted_elsewhere(&id),
                Err(problem) => self.problem.set(Some(problem)),
            }
        });
    }

    /// Returns whether something is being said in this tab, or by way of it in another one.
    fn is_busy(self) -> bool {
        self.chat.conversation.with_store(|turns| turns.run.is_some() || turns.conversation.has_changes())
    }

    fn renew(self, mut entry: Entry, turns: ConversationStore) {
        let (id, is_followed) = (entry.record.id.clone(), entry.is_followed());
        self.with(|hands| {
            // A draft is this tab's own.
            entry.record.draft = std::mem::take(&mut hands.shown.record.draft);
            entry.record.pastes = std::mem::take(&mut hands.shown.record.pastes);
            hands.shown = entry;
        });
        self.chat.conversation.renew(turns);
        self.tell_standing();
        if is_followed {
            self.follow(id);
        }
    }

    /// Takes up how an answer ended that another tab was writing. If that tab is gone the answer was cut.
    async fn settle(self, id: String) {
        let Some(store) = self.store() else { return };
        let loaded = load(self.chat, &store, &id).await;
        if self.hands.is_disposed() || self.followed(&id).is_none() {
            return;
        }
        match loaded {
            Ok(Some((entry, turns))) if self.is_finished() => self.renew(entry, turns),
            // Not all of it had come here, and it is drawn anew.
            Ok(Some((mut entry, turns))) => {
                let draft = self.chat.draft.parts();
                (entry.record.draft, entry.record.pastes) = (draft.typed, draft.pastes);
                self.show(entry, turns);
            }
            Ok(None) => {
                self.end_following(End::Cancelled);
                self.deleted_elsewhere(&id);
            }
            Err(problem) => {
                self.end_following(End::Lost);
                self.problem.set(Some(problem));
            }
        }
    }

    /// Takes the answer that was followed as it is, if all of it has come here. Returns whether it has.
    fn is_finished(self) -> bool {
        let mut over = Vec::new();
        let is_finished =
            self.chat.conversation.with_store(|turns| turns.run.is_none() || finish(turns, &mut over));
        drop(over);
        is_finished
    }

    /// Ends the answer that was followed where it is.
    fn end_following(self, how: End) {
        self.chat.conversation.with_store(|turns| {
            if let Some(run) = &turns.run {
                run.session.borrow_mut().end(how, false, now());
            }
        });
        self.is_finished();
        self.chat.conversation.is_running.set(false);
        self.with(|hands| hands.shown.storing = Storing::Yes);
        self.tell_standing();
    }
}
