//! [`Keeper`] keeps the conversations of this tab: it writes what is said as it is said, and opens what was said before.

use super::address;
use super::entry::{Entry, Storing};
use super::hands::{Database, Hands, Standing};
use super::notice::Notice;
use super::restore::load;
use super::sought::Sought;
use crate::browser::store::{Store, StoreProblem};
use crate::engine::archive::{ConversationRecord, sort};
use crate::engine::chat::DraftText;
use crate::ui::chat::Chat;
use crate::ui::race::Races;
use crate::ui::state::{ConversationStore, set_if_new};
use leptos::prelude::*;
use leptos::task::{spawn_local, spawn_local_scoped_with_cancellation};
use std::cell::RefCell;
use std::mem::take;
use std::rc::Rc;
use std::time::Duration;

/// Number of conversations that are read of the list at once.
const PAGE: u32 = 100;

/// Time behind the question whether to leave the page in which it counts as being left.
const LEAVING: Duration = Duration::from_secs(2);

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
    /// The ids of conversations in which an answer is being written, but for the one on show in this tab.
    pub answering: RwSignal<Vec<String>>,
    /// What is special about the conversation on show.
    pub standing: RwSignal<Standing>,
    /// Whether the browser keeps what is stored also when it runs out of room; `None` as long as it was not asked.
    pub persists: RwSignal<Option<bool>>,
    /// The turn that is to be brought into view once its conversation is on show.
    pub sought: RwSignal<Option<Sought>>,
    /// The way to the dialog of a race.
    pub races: Races,
    /// The ids of completions whose reasoning the person has ended.
    pub ended_thinking: RwSignal<Vec<String>>,
    /// What stands in the way of keeping conversations.
    pub problem: RwSignal<Option<StoreProblem>>,
    pub(super) hands: StoredValue<Rc<RefCell<Hands>>, LocalStorage>,
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
            standing: RwSignal::new(Standing::Usual),
            persists: RwSignal::default(),
            sought: RwSignal::default(),
            races: Races::new(chat.loader),
            ended_thinking: RwSignal::default(),
            problem: RwSignal::default(),
            hands: StoredValue::new_local(Rc::default()),
        };
        let keep = move |old| keeper.put_aside(old);
        let wish = move |wish| keeper.pass_on(wish);
        chat.conversation.set_keeper(Rc::new(move || keeper.watch()), Rc::new(keep), Rc::new(wish));
        keeper.listen_to_tabs();
        keeper.copy_settings_when_they_change();
        Effect::new(move |_| {
            chat.conversation.path.track();
            chat.conversation.is_running.track();
            keeper.save();
        });
        Effect::new(move |before: Option<()>| {
            chat.conversation.chat.track();
            if before.is_some() && keeper.shown.get_untracked().is_none() {
                keeper.begin_new();
            }
        });
        for event in ["visibilitychange", "pagehide", "freeze"] {
            // A page that is left may never run again.
            let listener = window_event_listener_untyped(event, move |_| keeper.write_all());
            on_cleanup(move || listener.remove());
        }
        // Browsers break off requests as soon as a page is to be left, ahead of `pagehide`. Whoever is asked may stay.
        let asked = window_event_listener_untyped("beforeunload", move |_| {
            keeper.write_all();
            keeper.with(|hands| hands.is_leaving = true);
            set_timeout(move || keeper.with(|hands| hands.is_leaving = false), LEAVING);
        });
        on_cleanup(move || asked.remove());
        for (event, is_leaving) in [("pagehide", true), ("pageshow", false)] {
            let listener = window_event_listener_untyped(event, move |_| {
                keeper.with(|hands| hands.is_leaving = is_leaving);
            });
            on_cleanup(move || listener.remove());
        }
        let moved = window_event_listener_untyped("popstate", move |_| keeper.follow_address());
        on_cleanup(move || moved.remove());
        // Not behind the end of the page that it is for.
        spawn_local_scoped_with_cancellation(keeper.open_database());
        keeper
    }

    pub(super) fn with<T>(self, act: impl FnOnce(&mut Hands) -> T) -> T {
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
        self.restore_settings().await;
        self.read_list().await;
        self.save();
        self.follow_address();
        self.look_for_answers().await;
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

    /// Reads the list again from its beginning.
    pub(super) async fn read_list_anew(self) {
        self.with(|hands| hands.next = None);
        self.list.set(Vec::new());
        self.read_list().await;
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
        if let Some((entry, turns)) = self.with(|hands| hands.take_aside(&id)) {
            return self.show(entry, turns);
        }
        let Some(store) = self.store() else {
            return self.chat.history.is_opening.set(false);
        };
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
        let (id, draft, is_followed) = (entry.record.id.clone(), entry.record.draft(), entry.is_followed());
        self.chat.conversation.replace(turns);
        self.with(|hands| hands.shown = entry);
        self.shown.set(Some(id.clone()));
        address::name(Some(&id), true);
        self.tell_answering();
        self.chat.scroll.is_following.set(true);
        self.chat.draft.put(draft);
        self.chat.history.is_opening.set(false);
        // One that was put together anew (a fork, an answer that was cut) was not written so.
        self.save();
        self.tell_standing();
        if is_followed {
            self.follow(id);
        }
    }

    /// Shows a copy of the conversation on show, up to a turn, as a conversation of its own.
    pub fn show_fork(self, turns: ConversationStore) {
        let from = self.with(|hands| hands.shown.record.clone());
        let record = ConversationRecord {
            forked_from: Some(from.id),
            title: from.title,
            has_own_title: from.has_own_title,
            ..ConversationRecord::default()
        };
        let is_temporary = self.standing.get_untracked() == Standing::Temporary;
        self.chat.conversation.replace(turns);
        let storing = if is_temporary { Storing::Never } else { Storing::Yes };
        self.with(|hands| hands.shown = Entry::new(record, storing));
        self.chat.scroll.is_following.set(true);
        self.save();
        self.tell_standing();
    }

    /// Puts a record into its place in the list, in the place of the one before.
    pub(super) fn put_into_list(self, record: ConversationRecord) {
        self.list.update(|list| {
            list.retain(|known| known.id != record.id);
            list.insert(0, record);
            sort(list);
        });
    }

    /// Returns the ids of the list.
    pub(super) fn listed(self) -> Vec<String> {
        self.list.with_untracked(|list| list.iter().map(|record| record.id.clone()).collect())
    }

    /// Writes nothing more of a conversation that is being deleted, or does again if it could not be.
    pub fn mark_deleted(self, id: &str, is_being_deleted: bool) {
        self.with(|hands| {
            if let Some(entry) = hands.entry(id) {
                entry.is_being_deleted = is_being_deleted;
            }
        });
    }

    /// Takes a conversation that was deleted off the list, and lets go of it, here and in other tabs.
    pub fn forget(self, id: &str) {
        self.let_go(id);
        self.tell(&Notice::Deleted { conversation: id.to_owned() });
    }

    fn let_go(self, id: &str) {
        let gone = self.with(|hands| hands.take_aside(id));
        // Outside of all borrows: a request that ends tells of it.
        drop(gone);
        self.list.update(|list| list.retain(|record| record.id != id));
        self.tell_answering();
    }

    /// Deletes all conversations, for good.
    pub async fn delete_all(self) {
        let Some(store) = self.store() else { return };
        self.chat.new_chat();
        for id in self.listed() {
            self.let_go(&id);
        }
        match store.clear().await {
            Ok(()) => {
                self.has_more.set(false);
                self.tell(&Notice::Cleared);
            }
            Err(problem) => self.problem.set(Some(problem)),
        }
    }

    /// Takes the turns that are no longer on show.
    fn put_aside(self, mut turns: ConversationStore) {
        let mut entry = self.with(|hands| take(&mut hands.shown));
        let draft = self.chat.draft.parts();
        turns.queue.leave();
        self.save_entry(&mut entry, &mut turns, draft.clone());
        let entry_is_new = entry.record.id.is_empty() && matches!(entry.storing, Storing::Yes);
        let is_open = self.with(|hands| matches!(hands.database, Database::Open(_)));
        let is_kept = is_open && self.problem.get_untracked() != Some(StoreProblem::Full);
        let is_needed = match entry.storing {
            Storing::Yes | Storing::OnceGoneOn(_) => turns.run.is_some() || !is_kept,
            Storing::Elsewhere(_) | Storing::Never => false,
        };
        if is_needed && !turns.is_recorded() && !turns.conversation.is_empty() {
            self.with(|hands| hands.aside.push((entry, turns)));
        } else {
            // Outside of all borrows: a request that ends tells of it.
            drop(turns);
        }
        if entry_is_new {
            self.with(|hands| hands.new_draft = draft);
        }
        self.shown.set(None);
        self.tell_answering();
        self.tell_standing();
        self.chat.draft.put(DraftText::default());
    }

    /// Names a new conversation in the address, and brings back what was typed into it before.
    fn begin_new(self) {
        address::name(None, true);
        let draft = self.with(|hands| take(&mut hands.new_draft));
        if draft != DraftText::default() {
            self.chat.draft.put(draft);
        }
    }

    pub(super) fn tell_standing(self) {
        let standing = self.with(|hands| match hands.shown.storing {
            Storing::Yes | Storing::OnceGoneOn(_) => Standing::Usual,
            Storing::Elsewhere(_) => Standing::Followed,
            Storing::Never => Standing::Temporary,
        });
        set_if_new(self.standing, standing);
    }

    pub(super) fn tell_answering(self) {
        let ids = self.with(|hands| {
            let running = hands.aside.iter().filter(|(_, turns)| turns.run.is_some());
            let here = running.map(|(entry, _)| entry.record.id.clone());
            here.chain(hands.elsewhere.iter().cloned()).collect::<Vec<_>>()
        });
        set_if_new(self.answering, ids);
    }
}
