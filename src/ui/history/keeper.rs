//! [`Keeper`] keeps the conversations of this tab: it writes what is said as it is said, and opens what was said before.

use super::address;
use super::entry::{Entry, Save, new_id};
use super::restore::load;
use crate::browser::clock::{is_hidden, now, unix_millis};
use crate::browser::pump::Running;
use crate::browser::store::{Place, Store, StoreProblem};
use crate::browser::timer::sleep;
use crate::engine::archive::{ConversationRecord, sort};
use crate::engine::chat::Changes;
use crate::ui::chat::Chat;
use crate::ui::state::{ConversationStore, has_reasoning};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::mem::take;
use std::rc::Rc;
use std::time::Duration;

/// The time between two looks at what was not written yet.
const STEP: Duration = Duration::from_millis(250);
/// Number of conversations that are read of the list at once.
const PAGE: u32 = 100;

/// Keeps the conversations of this tab.
#[derive(Clone, Copy, Debug)]
pub struct Keeper {
    /// The state of the page.
    pub chat: Chat,
    /// The list of conversations as far as it was read, in its order.
    pub list: RwSignal<Vec<ConversationRecord>>,
    /// Whether there are more.
    pub has_more: RwSignal<bool>,
    /// The id of the conversation on show; `None` for a new one.
    pub shown: RwSignal<Option<String>>,
    /// The ids of other conversations in which an answer is being written.
    pub answering: RwSignal<Vec<String>>,
    /// What stands in the way of keeping conversations.
    pub problem: RwSignal<Option<StoreProblem>>,
    hands: StoredValue<Rc<RefCell<Hands>>, LocalStorage>,
}

/// Holds the database and the conversations of this tab.
#[derive(Default)]
struct Hands {
    database: Database,
    shown: Entry,
    /// Those that are not on show: an answer is being written there, or nothing could be stored.
    aside: Vec<(Entry, ConversationStore)>,
    /// The place behind the last conversation that was read of the list.
    next: Option<Place>,
    is_stepping: bool,
}

/// Tells whether there is a database.
#[derive(Clone, Default)]
enum Database {
    #[default]
    Opening,
    Open(Store),
    /// There is none: conversations last as long as the tab.
    Missing,
}

impl Database {
    fn store(&self) -> Option<Store> {
        match self {
            Database::Open(store) => Some(store.clone()),
            Database::Opening | Database::Missing => None,
        }
    }
}

impl Keeper {
    /// Creates the keeper of a page, whose part `chat` is there, and opens the database.
    #[must_use]
    pub fn start(chat: Chat) -> Keeper {
        let keeper = Keeper {
            chat,
            list: RwSignal::default(),
            has_more: RwSignal::new(false),
            shown: RwSignal::default(),
            answering: RwSignal::default(),
            problem: RwSignal::default(),
            hands: StoredValue::new_local(Rc::default()),
        };
        let keep = move |old| keeper.put_aside(old);
        chat.conversation.set_keeper(Rc::new(move || keeper.watch()), Rc::new(keep));
        Effect::new(move |_| {
            chat.conversation.path.track();
            chat.conversation.is_running.track();
            keeper.save();
        });
        for event in ["visibilitychange", "pagehide", "freeze"] {
            // A page that is left may never run again.
            let listener = window_event_listener_untyped(event, move |_| keeper.write_all());
            on_cleanup(move || listener.remove());
        }
        let moved = window_event_listener_untyped("popstate", move |_| keeper.follow_address());
        on_cleanup(move || moved.remove());
        spawn_local(keeper.open_database());
        keeper
    }

    fn with<T>(self, act: impl FnOnce(&mut Hands) -> T) -> T {
        let hands = self.hands.get_value();
        let mut hands = hands.borrow_mut();
        act(&mut hands)
    }

    /// Returns the database, if there is one.
    #[must_use]
    pub fn store(self) -> Option<Store> {
        self.with(|hands| hands.database.store())
    }

    async fn open_database(self) {
        let blocked = move || self.problem.set(Some(StoreProblem::Blocked));
        let closed = move || {
            self.with(|hands| hands.database = Database::Missing);
            self.problem.set(Some(StoreProblem::Closed));
        };
        let opened = Store::open(Store::NAME, blocked, closed).await;
        let (database, problem) = match opened {
            Ok(store) => (Database::Open(store), None),
            Err(problem) => (Database::Missing, Some(problem)),
        };
        self.with(|hands| hands.database = database);
        self.problem.set(problem);
        self.read_list().await;
        self.save();
        self.follow_address();
    }

    /// Reads the next page of the list.
    pub async fn read_list(self) {
        let Some(store) = self.store() else { return };
        let behind = self.with(|hands| hands.next.clone());
        match store.list(behind.as_ref(), PAGE).await {
            Ok(page) => {
                self.has_more.set(page.next.is_some());
                self.with(|hands| hands.next = page.next);
                self.list.update(|list| {
                    list.retain(|known| page.records.iter().all(|record| record.id != known.id));
                    list.extend(page.records);
                    sort(list);
                });
            }
            Err(problem) => self.problem.set(Some(problem)),
        }
    }

    /// Shows what the address names, if that is not on show.
    fn follow_address(self) {
        match address::named() {
            Some(id) if self.shown.get_untracked().as_ref() != Some(&id) => self.open(id),
            None if self.shown.get_untracked().is_some() => self.chat.new_chat(),
            Some(_) | None => self.chat.history.is_opening.set(false),
        }
    }

    /// Shows a conversation.
    pub fn open(self, id: String) {
        let at_hand = self.with(|hands| {
            let at = hands.aside.iter().position(|(entry, _)| entry.record.id == id)?;
            Some(hands.aside.remove(at))
        });
        if let Some((entry, turns)) = at_hand {
            return self.show(entry, turns);
        }
        let Some(store) = self.store() else { return };
        self.chat.history.is_opening.set(true);
        spawn_local(async move {
            let loaded = load(self.chat, &store, &id).await;
            // Somebody may have gone elsewhere meanwhile.
            let is_wanted = address::named().is_none_or(|named| named == id);
            match loaded {
                Ok(Some((entry, turns))) if is_wanted => self.show(entry, turns),
                Ok(Some(_)) => {}
                Ok(None) => {
                    self.problem.set(Some(StoreProblem::Missing));
                    self.list.update(|list| list.retain(|record| record.id != id));
                    address::name(None, false);
                }
                Err(problem) => self.problem.set(Some(problem)),
            }
            self.chat.history.is_opening.set(false);
        });
    }

    /// Shows a conversation in the place of the one on show.
    pub(super) fn show(self, entry: Entry, turns: ConversationStore) {
        let (id, draft) = (entry.record.id.clone(), entry.record.draft.clone());
        self.chat.conversation.replace(turns);
        self.with(|hands| hands.shown = entry);
        self.shown.set(Some(id.clone()));
        address::name(Some(&id), true);
        self.tell_answering();
        self.chat.scroll.is_following.set(true);
        self.chat.draft.fill(&draft);
        self.chat.history.is_opening.set(false);
        // One that was put together anew (a fork, an answer that was cut) was not written so.
        self.save();
    }

    /// Shows a copy of the conversation on show, up to a turn, as a conversation of its own.
    pub fn show_fork(self, turns: ConversationStore) {
        let from = self.with(|hands| hands.shown.record.clone());
        let record = ConversationRecord {
            forked_from: Some(from.id),
            title: from.title,
            has_own_title: from.has_own_title,
            system: from.system,
            ..ConversationRecord::default()
        };
        self.chat.conversation.replace(turns);
        self.with(|hands| hands.shown = Entry::new(record));
        self.chat.scroll.is_following.set(true);
        self.save();
    }

    /// Takes a conversation off the list, and lets go of it.
    pub fn forget(self, id: &str) {
        let gone = self.with(|hands| {
            let at = hands.aside.iter().position(|(entry, _)| entry.record.id == id)?;
            Some(hands.aside.remove(at))
        });
        // Outside of all borrows: a request that ends tells of it.
        drop(gone);
        self.list.update(|list| list.retain(|record| record.id != id));
        self.tell_answering();
    }

    /// Deletes all conversations, for good.
    pub async fn delete_all(self) {
        let Some(store) = self.store() else { return };
        self.chat.new_chat();
        let ids: Vec<String> =
            self.list.with_untracked(|list| list.iter().map(|record| record.id.clone()).collect());
        for id in ids {
            self.forget(&id);
        }
        match store.clear().await {
            Ok(()) => self.has_more.set(false),
            Err(problem) => self.problem.set(Some(problem)),
        }
    }

    /// Takes the turns that are no longer on show.
    fn put_aside(self, mut turns: ConversationStore) {
        let mut entry = self.with(|hands| take(&mut hands.shown));
        entry.record.draft = self.chat.draft.text();
        self.save_entry(&mut entry, &mut turns);
        let is_kept = self.with(|hands| matches!(hands.database, Database::Open(_)));
        let is_needed = turns.run.is_some() || !is_kept;
        let is_recorded = turns.signals.iter().any(|(_, signals)| signals.is_recorded);
        if is_needed && !is_recorded && !turns.conversation.is_empty() {
            self.with(|hands| hands.aside.push((entry, turns)));
        } else {
            // Outside of all borrows: a request that ends tells of it.
            drop(turns);
        }
        self.shown.set(None);
        self.tell_answering();
        address::name(None, true);
        self.chat.draft.fill("");
    }

    fn tell_answering(self) {
        let ids = self.with(|hands| {
            let running = hands.aside.iter().filter(|(_, turns)| turns.run.is_some());
            running.map(|(entry, _)| entry.record.id.clone()).collect::<Vec<_>>()
        });
        if self.answering.with_untracked(|known| *known != ids) {
            self.answering.set(ids);
        }
    }

    /// Writes what has changed of the conversation on show.
    pub fn save(self) {
        let mut entry = self.with(|hands| take(&mut hands.shown));
        self.chat.conversation.with_store(|turns| self.save_entry(&mut entry, turns));
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
            let aside = hands.aside.iter_mut().map(|(entry, _)| entry);
            let own = std::iter::once(&mut hands.shown).chain(aside);
            own.filter(|entry| entry.record.id == id).for_each(|entry| act(&mut entry.record));
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
                if let Err(problem) = writing.await {
                    self.problem.set(Some(problem));
                }
            });
        }
    }

    fn save_entry(self, entry: &mut Entry, turns: &mut ConversationStore) {
        let database = self.with(|hands| hands.database.clone());
        if matches!(database, Database::Opening) {
            return;
        }
        let model = self.chat.connection.settings.with_untracked(|settings| settings.model.clone());
        let Some(save) = entry.save(database.store().as_ref(), turns, &model) else { return };
        let record = entry.record.clone();
        let id = record.id.clone();
        self.list.update(|list| {
            list.retain(|known| known.id != record.id);
            list.insert(0, record);
            sort(list);
        });
        let Save { changes, known, writing } = save;
        spawn_local(async move {
            if let Err(problem) = writing.await {
                self.take_back(&id, &changes, known, problem);
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
                entry.record.id = new_id(unix_millis());
                entry.known = 0;
                let turns_of = turns.conversation.ids().collect();
                let all = Changes { turns: turns_of, is_conversation_changed: true };
                turns.conversation.put_back(&all);
            }
        };
        let is_shown = self.with(|hands| {
            if hands.shown.record.id == id {
                self.chat.conversation.with_store(|turns| take_back(&mut hands.shown, turns));
                return true;
            }
            let aside = hands.aside.iter_mut().find(|(entry, _)| entry.record.id == id);
            if let Some((entry, turns)) = aside {
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
    fn write_all(self) {
        self.step(true);
        self.save();
    }

    /// Looks at what came of the answers that are being written, and sees to it that what was said last is written in time.
    fn watch(self) {
        let is_going = self.step(false);
        if !is_going || self.with(|hands| std::mem::replace(&mut hands.is_stepping, true)) {
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
        let now = now();
        let mut over = Vec::new();
        let (is_going, ended) = self.with(|hands| {
            let store = hands.database.store();
            let mut writings = Vec::new();
            let mut append = |entry: &mut Entry, turns: &ConversationStore| {
                let Some(run) = &turns.run else { return false };
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
            for writing in writings {
                spawn_local(async move {
                    // A piece that is missing is told with the turn, which is written whole at its end.
                    let _ = writing.await;
                });
            }
            let mut ended = Vec::new();
            for at in (0..hands.aside.len()).rev() {
                if finish(&mut hands.aside[at].1, &mut over) && store.is_some() {
                    ended.push(hands.aside.remove(at));
                }
            }
            (is_going, ended)
        });
        drop(over);
        for (mut entry, mut turns) in ended {
            self.save_entry(&mut entry, &mut turns);
            self.tell_answering();
        }
        is_going
    }
}

/// Ends the answer of a conversation that is not on show, if it is over. Returns whether it was.
fn finish(turns: &mut ConversationStore, over: &mut Vec<Running>) -> bool {
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
