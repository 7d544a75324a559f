//! Recordings of answers, kept batch by batch while they are written.

use super::open::key;
use super::records::{all_of, read, value};
use super::transaction::written;
use super::{Store, StoreProblem, TAPES};
use crate::engine::chat::TurnId;
use crate::engine::tape::Batch;
use idb::KeyRange;
use js_sys::Array;
use wasm_bindgen::JsValue;

impl Store {
    /// Writes a batch of an answer's recording, the one of that place among its batches. It is made ready at once, and written
    /// when the future is awaited or dropped. Work in the length of the batch.
    ///
    /// # Errors
    /// No room, a database that was closed.
    pub fn append(
        &self,
        conversation: &str,
        turn: TurnId,
        place: u32,
        batch: &Batch,
    ) -> impl Future<Output = Result<(), StoreProblem>> + use<> {
        let writing = || {
            let batch = value(batch)?;
            let writing = self.writing(&[TAPES], false)?;
            let place = key(&[conversation.into(), turn.number().into(), place.into()]);
            writing.store(TAPES)?.put(&batch, Some(&place))?;
            writing.commit()
        };
        written(writing())
    }

    /// Deletes the recordings of a conversation's answers.
    ///
    /// # Errors
    /// A database that was closed.
    pub async fn delete_tapes(&self, conversation: &str) -> Result<(), StoreProblem> {
        let writing = self.writing(&[TAPES], true)?;
        writing.store(TAPES)?.delete(all_of(conversation)?)?;
        writing.done().await
    }

    /// Reads the batches of an answer's recording from a place on, up to the first that cannot be read.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub async fn batches(
        &self,
        conversation: &str,
        turn: TurnId,
        from: u32,
    ) -> Result<Vec<Batch>, StoreProblem> {
        let place = |last: JsValue| key(&[conversation.into(), turn.number().into(), last]);
        let range = KeyRange::bound(&place(from.into()), &place(Array::new().into()), None, None)?;
        let values = self.reading(&[TAPES])?.object_store(TAPES)?.get_all(Some(range.into()), None)?.await?;
        Ok(values.into_iter().map_while(read).collect())
    }
}
