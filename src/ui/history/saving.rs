//! Writes what was said: a conversation when it changes, and an answer while it is being written.

use super::address;
use super::entry::{Append, Entry, Save, everything};
use super::hands::Database;
use super::keeper::Keeper;
use super::notice::Notice;
use crate::browser::clock::{is_hidden, now};
use crate::browser::pump::Running;
use crate::browser::storage::new_id;
use crate::browser::store::{StoreProblem, ask_to_persist};
use crate::browser::timer::sleep;
use crate::engine::archive::{ConversationRecord, sort};
use crate::engine::chat::{Changes, DraftText};
use crate::ui::compose::Notifier;
use crate::ui::state::{ConversationStore, has_reasoning};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::mem::{replace, take};
use std::time::Duration;

/// The time between two looks at what was not written yet.
const STEP: Duration = Duration::from_millis(250);

impl Keeper {
    /// Writes what has changed of the conversation on show.
    pub fn save(self) {
        let mut entry = self.with(|hands| take(&mut hands.shown));
        let draft = self.chat.draft.parts();
        self.chat.conversation.with_store(|turns| self.save_entry(&mut entry, turns, draft));
        let id = entry.record.id.clone();
        self.with(|hands| hands.shown = entry);
        if !id.is_empty() && self.shown.get_untracked().as_ref() != Some(&id) {
            self.shown.set(Some(id.clone()));
            address::name(Some(&id), false);
        }
    }

    /// Changes the record of a conversation, wherever it is, and writes it.
    pub fn change(self, id: &str, act: impl Fn(&mut ConversationRecord) + 'static) {
        self.with(|hands| {
            if let Some(entry) = hands.entry(id) {
                act(&mut entry.record);
            }
        });
        let mut changed = None;
        self.list.update(|list| {
            changed = list.iter_mut().find(|record| record.id == id).map(|record| {
                act(record);
                record.clone()
            });
            sort(list);
        });
        if let (Some(record), Some(store)) = (changed, self.store()) {
            let writing = store.save(&record, &[], record.next_turn, true);
            spawn_local(async move {
                match writing.await {
                    Ok(()) => self.tell(&Notice::saved(record, false)),
                    Err(problem) => self.problem.set(Some(problem)),
                }
            });
        }
    }

    pub(super) fn save_entry(self, entry: &mut Entry, turns: &mut ConversationStore, draft: DraftText) {
        let (database, is_leaving) = self.with(|hands| (hands.database.clone(), hands.is_leaving));
        if is_leaving || matches!(database, Database::Opening) {
            return;
        }
        let model = self.chat.connection.settings.with_untracked(|settings| settings.model.clone());
        let Some(save) = entry.save(database.store().as_ref(), turns, &model, draft) else { return };
        let record = entry.record.clone();
        self.put_into_list(record.clone());
        let is_answering = turns.run.is_some();
        let is_answered = !is_answering && 1 < record.turns;
        let Save { changes, known, writing } = save;
        // A draft is this tab's own.
        let is_told = changes.is_conversation_changed || !changes.turns.is_empty();
        spawn_local(async move {
            match writing.await {
                Err(problem) => self.take_back(&record.id, &changes, known, problem),
                Ok(()) => {
                    // There is room again, and what was not kept was with this.
                    if self.problem.get_untracked() == Some(StoreProblem::Full) {
                        self.problem.set(None);
                    }
                    if is_told {
                        self.tell(&Notice::saved(record, is_answering));
                    }
                }
            }
            // Once there is something that is worth it.
            let is_worth_it = is_answered && self.store().is_some();
            if is_worth_it && !self.with(|hands| replace(&mut hands.has_asked_to_persist, true)) {
                self.persists.set(ask_to_persist().await);
            }
        });
    }

    /// Takes back what could not be written. It is written with the next change.
    fn take_back(self, id: &str, changes: &Changes, known: u32, problem: StoreProblem) {
        let is_conflict = problem == StoreProblem::Conflict;
        let take_back = |entry: &mut Entry, turns: &mut ConversationStore| {
            entry.known = entry.known.min(known);
            turns.conversation.put_back(changes);
            if is_conflict {
                // All of it, under a name of its own: nothing of either is lost.
                entry.record.id = new_id();
                entry.known = 0;
                turns.conversation.put_back(&everything(turns));
            }
        };
        let is_shown = self.with(|hands| {
            if hands.shown.record.id == id {
                self.chat.conversation.with_store(|turns| take_back(&mut hands.shown, turns));
                return true;
            }
            if let Some((entry, turns)) = hands.aside(id) {
                take_back(entry, turns);
            }
            false
        });
        self.problem.set(Some(problem));
        if is_conflict && is_shown {
            self.save();
        }
    }

    /// Writes at once what was not written yet: nobody knows whether the page goes on.
    pub(super) fn write_all(self) {
        self.step(true);
        self.save();
    }

    /// Looks at what came of the answers that are being written, and sees to it that what was said last is written in time.
    pub(super) fn watch(self) {
        let is_going = self.step(false);
        if !is_going || self.with(|hands| replace(&mut hands.is_stepping, true)) {
            return;
        }
        spawn_local(async move {
            loop {
                sleep(STEP).await;
                if !self.step(false) {
                    break;
                }
            }
            self.with(|hands| hands.is_stepping = false);
        });
    }

    /// Writes what is new of all answers that are being written. Returns whether there are any.
    fn step(self, is_urgent: bool) -> bool {
        if self.with(|hands| hands.is_leaving) {
            return false;
        }
        let now = now();
        let mut over = Vec::new();
        let (is_going, ended) = self.with(|hands| {
            let store = hands.database.store();
            let mut writings = Vec::new();
            let mut append = |entry: &mut Entry, turns: &ConversationStore| {
                let Some(run) = turns.run.as_ref().filter(|_| !entry.is_followed()) else { return false };
                let is_over = run.session.borrow().turn().state.is_final();
                if let Some(store) = &store {
                    writings.extend(entry.append(store, turns, is_urgent || is_over, now));
                }
                true
            };
            let shown = &mut hands.shown;
            let mut is_going = self.chat.conversation.with_store(|turns| append(shown, turns));
            for (entry, turns) in &mut hands.aside {
                is_going |= append(entry, turns);
            }
            for append in writings {
                self.write(append);
            }
            let mut ended = Vec::new();
            for at in (0..hands.aside.len()).rev() {
                let (entry, turns) = &mut hands.aside[at];
                if !entry.is_being_deleted && finish(turns, &mut over) && store.is_some() {
                    ended.push(hands.aside.remove(at));
                }
            }
            (is_going, ended)
        });
        drop(over);
        for (mut entry, mut turns) in ended {
            let draft = entry.record.draft();
            self.save_entry(&mut entry, &mut turns, draft);
            self.tell_answering();
            Notifier::new(self.list).answer_ended(&entry.record.id, &turns);
        }
        is_going
    }

    /// Writes a piece of an answer. One that cannot be written is written with the next.
    fn write(self, append: Append) {
        spawn_local(async move {
            let Append { conversation, before, writing } = append;
            let Err(problem) = writing.await else {
                return self.tell(&Notice::Appended { conversation });
            };
            self.with(|hands| {
                if let Some(entry) = hands.entry(&conversation) {
                    entry.rewind(before);
                }
            });
            self.problem.set(Some(problem));
        });
    }
}

/// Ends the answer of a conversation that is not on show, if it is over. Returns whether it was.
pub(super) fn finish(turns: &mut ConversationStore, over: &mut Vec<Running>) -> bool {
    let now = now();
    let Some(run) = &turns.run else { return false };
    if run.session.borrow_mut().look(now, is_hidden()) {
        over.extend(turns.running.take());
    }
    let session = run.session.borrow();
    if !session.turn().state.is_final() {
        return false;
    }
    run.signals.state.set(session.turn().state);
    run.signals.numbers.set(session.numbers(now));
    run.signals.has_reasoning.set(has_reasoning(session.turn()));
    drop(session);
    turns.finish_run();
    true
}
