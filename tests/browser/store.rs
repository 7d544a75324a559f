//! The store of conversations, on real IndexedDB.

use crate::support::until;
use std::cell::Cell;
use std::rc::Rc;
use tokenfall::browser::store::{DATABASE_VERSION, SettingsCopy, Store, StoreProblem};
use tokenfall::engine::archive::{ConversationRecord, SpokenTurn, TurnRecord, restore};
use tokenfall::engine::chat::{Conversation, Turn, TurnId, TurnMetadata, TurnState};
use tokenfall::engine::tape::{End, Tape};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::Dialect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

async fn open(name: &str) -> Store {
    let _ = Store::delete_database(name).await;
    opened(name).await.expect("a database")
}

async fn opened(name: &str) -> Result<Store, StoreProblem> {
    Store::open(name, || {}, || {}).await
}

fn record(id: &str, changed: u64, pinned: bool) -> ConversationRecord {
    ConversationRecord {
        id: id.to_owned(),
        title: format!("of {id}"),
        changed,
        pinned,
        ..ConversationRecord::default()
    }
}

/// A question with text that no storage may change, and its answer.
fn conversation() -> Conversation {
    let mut conversation = Conversation::new();
    let question = conversation.push(Turn::question("\u{0} Grüße \u{1F468}\u{200D}\u{1F469} <b>\u{2028}"));
    let answer = Turn { state: TurnState::Complete, ..Turn::answer() };
    let answer = conversation.push(answer);
    let metadata = TurnMetadata {
        created: 1_764_500_000_123,
        finished: Some(1_764_500_000_456),
        ..TurnMetadata::default()
    };
    conversation.set_metadata(question, metadata.clone());
    conversation
        .set_metadata(answer, TurnMetadata { model: "m".to_owned(), server: "h:1".to_owned(), ..metadata });
    conversation
}

fn turns(id: &str, conversation: &Conversation) -> Vec<TurnRecord> {
    conversation.ids().filter_map(|turn| TurnRecord::new(id, conversation, turn)).collect()
}

async fn save(store: &Store, id: &str, changed: u64) -> (ConversationRecord, Vec<TurnRecord>) {
    let conversation = conversation();
    let mut record = record(id, changed, false);
    record.update(&conversation);
    let turns = turns(id, &conversation);
    store.save(&record, &turns, 0, true).await.expect("it is kept");
    (record, turns)
}

/// Does what another program or version could do to the database.
async fn run_raw(name: &str, version: u32, script: &str) {
    let body = format!(
        "return new Promise((resolve, reject) => {{
            const open = indexedDB.open(name, version);
            open.onerror = () => reject(open.error);
            open.onupgradeneeded = () => {{}};
            open.onsuccess = () => {{
                const database = open.result;
                database.onversionchange = () => database.close();
                {script}
            }};
        }})"
    );
    let run = js_sys::Function::new_with_args("name, version", &body);
    let promise: js_sys::Promise =
        run.call2(&JsValue::NULL, &name.into(), &version.into()).expect("a promise").unchecked_into();
    wasm_bindgen_futures::JsFuture::from(promise).await.expect("the database does it");
}

#[wasm_bindgen_test]
async fn what_is_kept_comes_back_letter_by_letter_with_its_times_also_in_a_new_connection() {
    let store = open("test-round-trip").await;
    let (record, turns) = save(&store, "a", 1_764_500_000_789).await;
    drop(store);
    let store = opened("test-round-trip").await.expect("it opens again");
    let loaded = store.load("a").await.expect("it can be read").expect("it is there");
    assert_eq!(loaded.record, record);
    assert_eq!(loaded.turns, turns);
    let restored = restore(&loaded.record, loaded.turns);
    assert_eq!(restored.conversation.path().len(), 2);
    assert!(restored.stand_ins.is_empty());
    assert_eq!(store.load("b").await, Ok(None), "one that was never kept");
}

#[wasm_bindgen_test]
async fn the_list_comes_in_pages_pinned_first_then_the_newest_and_equal_times_lose_none() {
    let store = open("test-list").await;
    for (id, changed, pinned) in
        [("a", 5, false), ("b", 9, false), ("c", 5, false), ("d", 1, true), ("e", 5, false)]
    {
        store.save(&record(id, changed, pinned), &[], 0, false).await.expect("kept");
    }
    let mut ids = Vec::new();
    let mut place = None;
    loop {
        let page = store.list(place.as_ref(), 2).await.expect("a page");
        ids.extend(page.records.into_iter().map(|record| record.id));
        place = page.next;
        if place.is_none() {
            break;
        }
    }
    assert_eq!(ids, ["d", "b", "a", "c", "e"]);
}

#[wasm_bindgen_test]
async fn a_turn_that_another_tab_wrote_first_is_not_overwritten() {
    let store = open("test-conflict").await;
    let (record, turns) = save(&store, "a", 1).await;
    let other = opened("test-conflict").await.expect("a second tab");
    // It knows only the question, and puts another answer of the same number behind it.
    let mut own = conversation();
    own.store(TurnId::from_number(1), Turn { state: TurnState::Stopped, ..Turn::answer() });
    let answer = TurnRecord::new("a", &own, TurnId::from_number(1)).expect("an answer");
    let changed = ConversationRecord { title: "other".to_owned(), ..record.clone() };
    assert_eq!(other.save(&changed, &[answer], 1, true).await, Err(StoreProblem::Conflict));
    let loaded = store.load("a").await.expect("readable").expect("there");
    assert_eq!((loaded.record, loaded.turns), (record, turns), "all of it is as the first tab wrote it");
}

#[wasm_bindgen_test]
async fn what_is_deleted_is_gone_with_its_turns_and_tapes_and_comes_back_whole() {
    let store = open("test-delete").await;
    let (record, turns) = save(&store, "a", 1).await;
    save(&store, "aa", 2).await;
    let mut tape = Tape::new(Dialect::ChatCompletions, true, "m");
    tape.record(Timestamp::from_micros(5), b"data: {}\n\n");
    let (batch, _) = tape.batch_since(tokenfall::engine::tape::Mark::default()).expect("a batch");
    let turn = TurnId::from_number(1);
    store.append("a", turn, 0, &batch).await.expect("kept");
    // A piece that is on its way is deleted, and comes back, with the rest.
    let on_its_way = store.append("a", turn, 1, &batch);
    let saved = store.delete("a").await.expect("deleted").expect("it was there");
    on_its_way.await.expect("it was written, and then deleted");
    assert_eq!(store.load("a").await, Ok(None));
    assert_eq!(store.batches("a", turn, 0).await, Ok(Vec::new()));
    assert!(store.load("aa").await.expect("readable").is_some(), "one whose id begins so stays");
    store.put_back(&saved).await.expect("back");
    let loaded = store.load("a").await.expect("readable").expect("there again");
    assert_eq!((loaded.record, loaded.turns), (record, turns));
    assert_eq!(store.batches("a", turn, 0).await, Ok(vec![batch.clone(), batch.clone()]));
    // As a tab does that wrote on until it heard that another one had deleted it.
    store.delete_tapes("a").await.expect("deleted");
    assert_eq!(store.batches("a", turn, 0).await, Ok(Vec::new()));
    store.clear().await.expect("cleared");
    assert_eq!(store.list(None, 9).await.expect("a page").records, []);
}

#[wasm_bindgen_test]
async fn a_journal_in_pieces_is_the_tape_also_where_its_end_was_never_written() {
    let store = open("test-journal").await;
    let mut tape = Tape::new(Dialect::Anthropic, true, "m");
    let (turn, mut mark) = (TurnId::from_number(1), tokenfall::engine::tape::Mark::default());
    for place in 0..12_u32 {
        for byte in 0..place {
            tape.record(
                Timestamp::from_micros(u64::from(place * 100 + byte)),
                format!("data: {byte}\n\n").as_bytes(),
            );
        }
        if let Some((batch, next)) = tape.batch_since(mark) {
            store.append("a", turn, place, &batch).await.expect("kept");
            mark = next;
        }
    }
    let batches = store.batches("a", turn, 0).await.expect("batches");
    assert_eq!(Tape::from_batches(&batches).expect("a tape"), tape);
    assert_eq!(tape.end(), None);
    tape.record_end(Timestamp::from_micros(9_999), End::Closed);
    let (last, _) = tape.batch_since(mark).expect("the end");
    store.append("a", turn, 12, &last).await.expect("kept");
    let batches = store.batches("a", turn, 0).await.expect("batches");
    assert_eq!(Tape::from_batches(&batches).expect("a tape").end(), tape.end());
}

#[wasm_bindgen_test]
async fn a_damaged_record_costs_nothing_but_itself() {
    let store = open("test-damage").await;
    let (record, _) = save(&store, "a", 1).await;
    save(&store, "b", 2).await;
    drop(store);
    run_raw(
        "test-damage",
        DATABASE_VERSION,
        "const t = database.transaction(['conversations', 'turns'], 'readwrite');
         t.objectStore('conversations').put({ id: 'b', order: [-2, 'b'], version: 'none' });
         t.objectStore('turns').put({ conversation: 'a', turn: 0, blocks: 7 });
         t.oncomplete = () => { database.close(); resolve(); };",
    )
    .await;
    let store = opened("test-damage").await.expect("it opens");
    let page = store.list(None, 9).await.expect("the list");
    assert_eq!((page.records, page.damaged), (vec![record], 1));
    let loaded = store.load("a").await.expect("readable").expect("there");
    let restored = restore(&loaded.record, loaded.turns);
    assert_eq!(restored.stand_ins, [TurnId::from_number(0)], "the question is lost");
    assert_eq!(restored.conversation.path().len(), 2, "its answer is not");
    let loaded = store.load("b").await.expect("readable").expect("there");
    assert_eq!((loaded.record.id.as_str(), loaded.record.next_turn), ("b", 2), "a record is made anew");
    assert_eq!(restore(&loaded.record, loaded.turns).conversation.path().len(), 2, "all turns are there");
}

#[wasm_bindgen_test]
async fn a_database_of_the_first_version_keeps_its_conversations_and_gets_room_for_settings() {
    let name = "test-first-version";
    Store::delete_database(name).await.expect("room");
    // As that version made it.
    let made = js_sys::Function::new_with_args(
        "name, resolve, reject",
        "const request = indexedDB.open(name, 1);
         request.onerror = () => reject(request.error);
         request.onupgradeneeded = () => {
             const conversations = request.result.createObjectStore('conversations', { keyPath: 'id' });
             conversations.createIndex('order', 'order');
             request.result.createObjectStore('turns', { keyPath: ['conversation', 'turn'] });
             request.result.createObjectStore('tapes');
             conversations.put({ version: 1, id: 'a', title: 'Tea', changed: 5, next_turn: 1, turns: 1, head: 0, order: [-5, 'a'] });
             request.transaction.objectStore('turns').put({
                 version: 1, conversation: 'a', turn: 0, role: 'user', state: 'complete',
                 blocks: [{ kind: 'text', text: 'How?' }], created: 5,
             });
         };
         request.onsuccess = () => { request.result.close(); resolve(); };",
    );
    let made = js_sys::Promise::new(&mut |resolve, reject| {
        made.call3(&JsValue::NULL, &name.into(), &resolve, &reject).expect("it runs");
    });
    wasm_bindgen_futures::JsFuture::from(made).await.expect("the first version");
    let store = opened(name).await.expect("it is migrated");
    let loaded = store.load("a").await.expect("readable").expect("there");
    assert_eq!((loaded.record.title.as_str(), loaded.turns.len()), ("Tea", 1));
    assert_eq!(store.settings().await, Ok(None));
    let copy = SettingsCopy { made: 7, records: vec![("r".to_owned(), "{\"a\":\"\u{1F375}\"}".to_owned())] };
    store.save_settings(&copy).await.expect("room for settings");
    assert_eq!(store.settings().await, Ok(Some(copy)));
}

#[wasm_bindgen_test]
async fn a_database_of_a_later_version_is_left_alone_and_told() {
    let store = open("test-newer").await;
    save(&store, "a", 1).await;
    drop(store);
    run_raw("test-newer", DATABASE_VERSION + 1, "database.close(); resolve();").await;
    assert!(matches!(opened("test-newer").await, Err(StoreProblem::Newer)));
    run_raw(
        "test-newer",
        DATABASE_VERSION + 1,
        "const get = database.transaction('turns').objectStore('turns').count();
         get.onsuccess = () => { database.close(); get.result === 2 ? resolve() : reject(get.result); };",
    )
    .await;
}

#[wasm_bindgen_test]
async fn a_later_version_in_another_tab_gets_the_database_and_this_tab_is_told() {
    let _ = Store::delete_database("test-superseded").await;
    let is_closed = Rc::new(Cell::new(false));
    let told = Rc::clone(&is_closed);
    let store = Store::open("test-superseded", || {}, move || told.set(true)).await.expect("a database");
    run_raw("test-superseded", DATABASE_VERSION + 1, "database.close(); resolve();").await;
    until("this tab is told", || is_closed.get()).await;
    let refused = store.save(&record("a", 1, false), &[], 0, true).await;
    assert_eq!(refused, Err(StoreProblem::Closed), "and nothing is kept any more");
}

#[wasm_bindgen_test]
async fn what_all_conversations_say_comes_page_by_page_in_the_order_of_the_list_also_beside_damaged_turns() {
    let store = open("test-spoken").await;
    for (id, changed) in [("a", 1), ("b", 3), ("aa", 2)] {
        save(&store, id, changed).await;
    }
    drop(store);
    run_raw(
        "test-spoken",
        DATABASE_VERSION,
        "const t = database.transaction('turns', 'readwrite');
         t.objectStore('turns').put({ conversation: 'b', turn: 1, blocks: 7 });
         t.oncomplete = () => { database.close(); resolve(); };",
    )
    .await;
    let store = opened("test-spoken").await.expect("it opens");
    let (mut said, mut place, mut pages) = (Vec::new(), None, 0);
    loop {
        let each = |record: ConversationRecord, turns: Vec<SpokenTurn>| said.push((record.id, turns.len()));
        place = store.spoken(place.as_ref(), 2, each).await.expect("a page");
        pages += 1;
        if place.is_none() {
            break;
        }
    }
    assert_eq!(said, [("b".to_owned(), 1), ("aa".to_owned(), 2), ("a".to_owned(), 2)]);
    assert_eq!(pages, 2);
    assert_eq!(store.ids().await, Ok(["b", "aa", "a"].map(str::to_owned).to_vec()));
}

/// Conversations of a file, about 100 KB each.
fn from_file(ids: std::ops::Range<u32>) -> Vec<(ConversationRecord, Vec<TurnRecord>)> {
    let one = |at: u32| {
        let id = format!("f{at}");
        let mut conversation = Conversation::new();
        conversation.push(Turn::question(&"long ".repeat(20_000)));
        let mut record = record(&id, u64::from(at), false);
        record.update(&conversation);
        let turns = turns(&id, &conversation);
        (record, turns)
    };
    ids.map(one).collect()
}

#[wasm_bindgen_test]
async fn an_import_is_there_as_a_whole_over_many_waits_of_one_transaction() {
    let store = open("test-import").await;
    let all = from_file(0..30);
    let mut import = store.import().expect("it begins");
    for (record, turns) in &all {
        import.add(record, turns).await.expect("taken");
    }
    let other = opened("test-import").await.expect("another tab");
    import.finish().await.expect("kept");
    assert_eq!(other.ids().await.expect("ids").len(), 30);
    let loaded = other.load("f7").await.expect("readable").expect("there");
    assert_eq!((&loaded.record, &loaded.turns), (&all[7].0, &all[7].1));
}

#[wasm_bindgen_test]
async fn an_import_that_meets_an_id_is_dropped_or_loses_its_database_leaves_nothing() {
    let store = open("test-import-undone").await;
    let (kept, kept_turns) = save(&store, "f25", 9).await;
    let all = from_file(0..30);
    let mut import = store.import().expect("it begins");
    let mut result = Ok(());
    for (record, turns) in &all {
        result = import.add(record, turns).await;
        if result.is_err() {
            break;
        }
    }
    let result = if result.is_ok() { import.finish().await } else { result };
    assert_eq!(result, Err(StoreProblem::Conflict));
    let mut import = store.import().expect("it begins");
    for (record, turns) in &all[..20] {
        import.add(record, turns).await.expect("taken");
    }
    drop(import);
    assert_eq!(store.ids().await, Ok(vec!["f25".to_owned()]));
    let loaded = store.load("f25").await.expect("readable").expect("there");
    assert_eq!((loaded.record, loaded.turns), (kept, kept_turns), "as it was");
    assert_eq!(store.load("f3").await, Ok(None));
    // Turns without their conversation would not be seen: the place is free.
    let (record, turns) = &all[3];
    store.save(record, turns, 0, true).await.expect("no turn is in the way");
}
