//! Reads all conversations in turn: what each says, and their ids.

use super::records::{all_of, read};
use super::{BY_ORDER, CONVERSATIONS, Place, Store, StoreProblem, TURNS};
use crate::engine::archive::{ConversationRecord, SpokenTurn};
use idb::ObjectStore;
use std::future::IntoFuture;
use wasm_bindgen::JsValue;

impl Store {
    /// Reads the next conversations of the list, at most `limit`, and calls `each` with what every one of them says. Returns the place
    /// behind the last; `None` if there are no more. Each comes in a task of its own, so that the page stays awake meanwhile.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub async fn spoken(
        &self,
        behind: Option<&Place>,
        limit: u32,
        mut each: impl FnMut(ConversationRecord, Vec<SpokenTurn>),
    ) -> Result<Option<Place>, StoreProblem> {
        let page = self.list(behind, limit).await?;
        let turns: ObjectStore = self.reading(&[TURNS])?.object_store(TURNS)?;
        // All of them before the first is awaited, or the transaction would end.
        let mut reading = Vec::new();
        for record in page.records {
            let turns = turns.get_all(Some(all_of(&record.id)?.into()), None)?.into_future();
            reading.push((record, turns));
        }
        for (record, turns) in reading {
            let turns = turns.await?;
            each(record, turns.into_iter().filter_map(read).collect());
        }
        Ok(page.next)
    }

    /// Reads the ids of all conversations, in the order of the list.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub async fn ids(&self) -> Result<Vec<String>, StoreProblem> {
        let index = self.reading(&[CONVERSATIONS])?.object_store(CONVERSATIONS)?.index(BY_ORDER)?;
        let ids = index.get_all_keys(None, None)?.await?;
        Ok(ids.iter().filter_map(JsValue::as_string).collect())
    }
}
