//! A page that keeps its conversations, in a database that is empty at first.

use crate::conversation::Asked;
use crate::mounted::{later, settled};
use js_sys::{Function, Reflect};
use leptos::prelude::*;
use tokenfall::browser::storage;
use tokenfall::browser::store::Store;
use tokenfall::engine::archive::{ConversationRecord, TurnRecord};
use tokenfall::engine::chat::Turn;
use tokenfall::ui::history::Keeper;
use tokenfall::ui::history::search::Finding;
use tokenfall::ui::history::transfer::Transfer;
use tokenfall::ui::history::undo::Undo;
use tokenfall::ui::state::HistoryState;
use wasm_bindgen::JsValue;

/// A conversation on show, and what keeps it.
pub(crate) struct Kept {
    pub(crate) asked: Asked,
    pub(crate) keeper: Keeper,
    pub(crate) undo: Undo,
    pub(crate) finding: Finding,
    pub(crate) transfer: Transfer,
}

impl Kept {
    /// A page whose question has these answers, and beside it conversations that were kept before.
    pub(crate) async fn new(answers: Vec<Turn>, before: &[ConversationRecord]) -> Kept {
        let asked = Asked::new("Why?", answers);
        forget_all().await;
        keep(before).await;
        Kept::start(asked).await
    }

    /// A page in which nothing was asked, with conversations that were kept before.
    pub(crate) async fn empty(before: &[ConversationRecord]) -> Kept {
        let asked = Asked::new("Why?", vec![]);
        asked.chat.new_chat();
        forget_all().await;
        keep(before).await;
        Kept::start(asked).await
    }

    /// A page in which nothing was asked, with conversations that were kept before: what `stored` holds as well, under the
    /// id, title and time of `a`.
    pub(crate) async fn with_turns(
        stored: Asked,
        a: ConversationRecord,
        before: &[ConversationRecord],
    ) -> Kept {
        forget_all().await;
        keep(before).await;
        keep_turns(&a.id, &a.title, &stored).await;
        let store = Store::open(Store::NAME, || {}, || {}).await.unwrap();
        let kept = store.load(&a.id).await.unwrap().unwrap().record;
        store.save(&ConversationRecord { changed: a.changed, ..kept }, &[], 99, true).await.unwrap();
        // What is made later would go with it.
        drop(stored);
        let asked = Asked::new("Why?", vec![]);
        asked.chat.new_chat();
        Kept::start(asked).await
    }

    /// Keeps what a page holds, beside what is in the database.
    pub(crate) async fn start(asked: Asked) -> Kept {
        let is_opening = asked.chat.history.is_opening;
        is_opening.set(true);
        let (keeper, undo, finding, transfer) = asked.owner.with(|| {
            let keeper = Keeper::start(asked.chat);
            let undo = Undo::new(keeper);
            provide_context(keeper);
            let finding = Finding::new(keeper, undo);
            let transfer = Transfer::new(keeper);
            transfer.take_dropped_files();
            provide_context(undo);
            provide_context(finding);
            provide_context(transfer);
            (keeper, undo, finding, transfer)
        });
        until("the database is open", || keeper.store().is_some() && !is_opening.get_untracked()).await;
        Kept { asked, keeper, undo, finding, transfer }
    }

    /// The record of the conversation of that id, as the database has it.
    pub(crate) async fn record(&self, id: &str) -> Option<ConversationRecord> {
        let loaded = self.keeper.store().unwrap().load(id).await.unwrap();
        loaded.map(|loaded| loaded.record)
    }

    /// The titles of the list.
    pub(crate) fn titles(&self) -> Vec<String> {
        self.keeper.list.with_untracked(|list| list.iter().map(|record| record.title.clone()).collect())
    }
}

/// Empties the database and what else outlives a page.
pub(crate) async fn forget_all() {
    name_in_address("");
    storage::remove(HistoryState::RECORD);
    Store::delete_database(Store::NAME).await.unwrap();
}

/// Waits until all that was begun to be written is, and the page knows of it: tests end with this where they wrote something.
pub(crate) async fn written() {
    settled().await;
    let store = Store::open(Store::NAME, || {}, || {}).await.unwrap();
    // What reads comes behind what was to be written before.
    assert_eq!(store.load("").await, Ok(None));
    settled().await;
}

/// Puts a fragment into the page's address, as a link does that was opened anew.
pub(crate) fn name_in_address(fragment: &str) {
    let address = format!("{}{fragment}", window().location().pathname().unwrap());
    let history = window().history().unwrap();
    history.replace_state_with_url(&JsValue::NULL, "", Some(&address)).unwrap();
}

/// Keeps records of conversations without turns.
pub(crate) async fn keep(records: &[ConversationRecord]) {
    let store = Store::open(Store::NAME, || {}, || {}).await.unwrap();
    for record in records {
        store.save(record, &[], 0, false).await.unwrap();
    }
}

/// Keeps what an asked page holds, as a conversation of that id and title.
pub(crate) async fn keep_turns(id: &str, title: &str, asked: &Asked) {
    let (record, turns) = asked.chat.conversation.with_store(|turns| {
        let mut record = record(id, title);
        record.update(&turns.conversation);
        let conversation = &turns.conversation;
        let turns: Vec<_> =
            conversation.ids().filter_map(|turn| TurnRecord::new(id, conversation, turn)).collect();
        (record, turns)
    });
    let store = Store::open(Store::NAME, || {}, || {}).await.unwrap();
    store.save(&record, &turns, 0, true).await.unwrap();
}

/// A conversation of today.
pub(crate) fn record(id: &str, title: &str) -> ConversationRecord {
    ConversationRecord {
        id: id.to_owned(),
        title: title.to_owned(),
        has_own_title: true,
        created: 1,
        changed: js_sys::Date::now() as u64,
        ..ConversationRecord::default()
    }
}

/// Looks again and again until `condition` holds; after five seconds the test has failed.
pub(crate) async fn until(what: &str, mut condition: impl FnMut() -> bool) {
    for _ in 0..100 {
        later().await;
        if condition() {
            return;
        }
    }
    assert!(condition(), "waited in vain until {what}");
}

/// Has the browser's window do that in the place of a function of its own, until it is dropped.
pub(crate) struct WindowDoes {
    name: &'static str,
    old: JsValue,
}

impl WindowDoes {
    pub(crate) fn new(name: &'static str, body: &str) -> WindowDoes {
        let old = Reflect::get(&window(), &name.into()).unwrap();
        Reflect::set(&window(), &name.into(), &Function::new_no_args(body)).unwrap();
        WindowDoes { name, old }
    }
}

impl Drop for WindowDoes {
    fn drop(&mut self) {
        Reflect::set(&window(), &self.name.into(), &self.old).unwrap();
    }
}
