//! Records of conversations and their turns, read and written.

use super::open::key;
use super::transaction::written;
use super::{BY_ORDER, CONVERSATIONS, Store, StoreProblem, TAPES, TURNS};
use crate::engine::archive::{ConversationRecord, RECORD_VERSION, TurnRecord};
use idb::{KeyRange, ObjectStore, Query};
use js_sys::{Array, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::future::IntoFuture;
use wasm_bindgen::JsValue;

/// A place in the list of conversations, behind which its next page begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Place(JsValue);

/// A page of the list of conversations: pinned ones first, then by the time of their last change, the newest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The records.
    pub records: Vec<ConversationRecord>,
    /// Number of records that cannot be read.
    pub damaged: usize,
    /// The place behind the last of them; `None` if there are no more.
    pub next: Option<Place>,
}

/// A conversation as it was stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// Its record.
    pub record: ConversationRecord,
    /// Its turns that can be read, in the order of their numbers.
    pub turns: Vec<TurnRecord>,
}

/// All that was stored of a conversation that was deleted, as it stood there, to be put back.
#[derive(Clone, Debug)]
pub struct Saved {
    conversation: JsValue,
    turns: Vec<JsValue>,
    tapes: Vec<(JsValue, JsValue)>,
}

impl Store {
    /// Reads the next page of the list, of at most `limit` conversations.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub async fn list(&self, behind: Option<&Place>, limit: u32) -> Result<Page, StoreProblem> {
        let behind = behind.map(|place| KeyRange::lower_bound(&place.0, Some(true))).transpose()?;
        let index = self.reading(&[CONVERSATIONS])?.object_store(CONVERSATIONS)?.index(BY_ORDER)?;
        let values = index.get_all(behind.map(Query::from), Some(limit))?.await?;
        let is_more = values.len() == limit as usize;
        let order = values.last().and_then(|last| Reflect::get(last, &BY_ORDER.into()).ok());
        let count = values.len();
        let records: Vec<ConversationRecord> = values.into_iter().filter_map(read).collect();
        let damaged = count - records.len();
        Ok(Page { records, damaged, next: order.filter(|_| is_more).map(Place) })
    }

    /// Reads a conversation; `None` if there is none of that id. A damaged record of it is made anew, without its title.
    ///
    /// # Errors
    /// A database that cannot be read, a record of a later version.
    pub async fn load(&self, id: &str) -> Result<Option<Loaded>, StoreProblem> {
        let transaction = self.reading(&[CONVERSATIONS, TURNS])?;
        let record = transaction.object_store(CONVERSATIONS)?.get(JsValue::from_str(id))?;
        let turns = transaction.object_store(TURNS)?.get_all(Some(all_of(id)?.into()), None)?;
        // Both, before the first is awaited: what ends without a listener is not heard.
        let (record, turns) = (record.into_future(), turns.into_future());
        let (record, turns) = (record.await?, turns.await?);
        let Some(record) = record else { return Ok(None) };
        let turns: Vec<TurnRecord> = turns.into_iter().filter_map(read).collect();
        if version(&record).is_some_and(|version| f64::from(RECORD_VERSION) < version) {
            return Err(StoreProblem::Newer);
        }
        // What was said is all there where only the record is damaged.
        let anew = || ConversationRecord {
            id: id.to_owned(),
            next_turn: turns.iter().map(|turn| turn.turn.saturating_add(1)).max().unwrap_or_default(),
            ..ConversationRecord::default()
        };
        let is_nothing_left = turns.is_empty();
        let record = read(record).or_else(|| (!is_nothing_left).then(anew));
        Ok(record.map(|record| Loaded { record, turns }))
    }

    /// Writes the record of a conversation, and turns of it, all or none. Turns from the number `known` on must not be there yet.
    /// All is made ready at once, and written when the future is awaited or dropped.
    ///
    /// # Errors
    /// No room, a database that was closed; [`StoreProblem::Conflict`] if another tab wrote such turns first.
    pub fn save(
        &self,
        record: &ConversationRecord,
        turns: &[TurnRecord],
        known: u32,
        is_strict: bool,
    ) -> impl Future<Output = Result<(), StoreProblem>> + use<> {
        let writing = || {
            let stored = stored_conversation(record)?;
            let turns: Result<Vec<_>, StoreProblem> =
                turns.iter().map(|turn| Ok((turn.turn < known, value(turn)?))).collect();
            let turns = turns?;
            let writing = self.writing(&[CONVERSATIONS, TURNS], is_strict)?;
            writing.store(CONVERSATIONS)?.put(&stored, None)?;
            let store = writing.store(TURNS)?;
            for (is_known, turn) in turns {
                put(&store, &turn, is_known)?;
            }
            writing.commit()
        };
        written(writing())
    }

    /// Deletes a conversation with all that belongs to it, and returns it, so that it can be put back.
    ///
    /// # Errors
    /// A database that cannot be read or written.
    pub async fn delete(&self, id: &str) -> Result<Option<Saved>, StoreProblem> {
        let range = all_of(id)?;
        // One transaction: nothing comes between what is read and what is deleted.
        let writing = self.writing(&[CONVERSATIONS, TURNS, TAPES], true)?;
        let (conversations, turns, tapes) =
            (writing.store(CONVERSATIONS)?, writing.store(TURNS)?, writing.store(TAPES)?);
        let conversation = conversations.get(JsValue::from_str(id))?.into_future();
        let all_turns = turns.get_all(Some(range.clone().into()), None)?.into_future();
        let tape_keys = tapes.get_all_keys(Some(range.clone().into()), None)?.into_future();
        let all_tapes = tapes.get_all(Some(range.clone().into()), None)?.into_future();
        conversations.delete(JsValue::from_str(id))?;
        turns.delete(range.clone())?;
        tapes.delete(range)?;
        let done = writing.done();
        let (conversation, turns, tape_keys, tapes) =
            (conversation.await?, all_turns.await?, tape_keys.await?, all_tapes.await?);
        done.await?;
        let tapes = tape_keys.into_iter().zip(tapes).collect();
        Ok(conversation.map(|conversation| Saved { conversation, turns, tapes }))
    }

    /// Puts a conversation back that was deleted.
    ///
    /// # Errors
    /// No room, a database that was closed.
    pub async fn put_back(&self, saved: &Saved) -> Result<(), StoreProblem> {
        let writing = self.writing(&[CONVERSATIONS, TURNS, TAPES], true)?;
        writing.store(CONVERSATIONS)?.put(&saved.conversation, None)?;
        let (turns, tapes) = (writing.store(TURNS)?, writing.store(TAPES)?);
        for turn in &saved.turns {
            turns.put(turn, None)?;
        }
        for (key, tape) in &saved.tapes {
            tapes.put(tape, Some(key))?;
        }
        writing.done().await
    }

    /// Deletes everything.
    ///
    /// # Errors
    /// A database that was closed.
    pub async fn clear(&self) -> Result<(), StoreProblem> {
        let writing = self.writing(&[CONVERSATIONS, TURNS, TAPES], true)?;
        for store in [CONVERSATIONS, TURNS, TAPES] {
            writing.store(store)?.clear()?;
        }
        writing.done().await
    }
}

fn put(store: &ObjectStore, value: &JsValue, may_be_there: bool) -> Result<(), StoreProblem> {
    if may_be_there {
        store.put(value, None)?;
    } else {
        store.add(value, None)?;
    }
    Ok(())
}

/// Returns the range of all keys that begin with a conversation's id.
pub(super) fn all_of(id: &str) -> Result<KeyRange, StoreProblem> {
    let id = JsValue::from_str(id);
    // An array is behind every number and text.
    let (from, to) = (key(std::slice::from_ref(&id)), key(&[id.clone(), Array::new().into()]));
    Ok(KeyRange::bound(&from, &to, None, None)?)
}

/// Returns the version that a record says it has, whatever else is in it.
fn version(record: &JsValue) -> Option<f64> {
    Reflect::get(record, &"version".into()).ok()?.as_f64()
}

/// Reads a record; `None` for one that is damaged, or of a later version.
pub(super) fn read<T: DeserializeOwned>(value: JsValue) -> Option<T> {
    serde_wasm_bindgen::from_value(value).ok()
}

pub(super) fn value<T: Serialize>(record: &T) -> Result<JsValue, StoreProblem> {
    Ok(serde_wasm_bindgen::to_value(record)?)
}

/// Returns a conversation's record with its place in the list.
pub(super) fn stored_conversation(record: &ConversationRecord) -> Result<JsValue, StoreProblem> {
    /// Behind the time of any change, in milliseconds, and far below where numbers are no longer exact.
    const PINNED: f64 = 4e15;
    let value = value(record)?;
    let pinned = if record.pinned { PINNED } else { 0.0 };
    let order = key(&[JsValue::from_f64(-(record.changed as f64) - pinned), JsValue::from_str(&record.id)]);
    Reflect::set(&value, &BY_ORDER.into(), &order).map_err(|thrown| StoreProblem::of_thrown(&thrown))?;
    Ok(value)
}
