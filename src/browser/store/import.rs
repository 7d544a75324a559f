//! Writes conversations that come from a file: all of them, or none.

use super::records::{stored_conversation, value};
use super::transaction::{Writing, ended};
use super::{CONVERSATIONS, Store, StoreProblem, TURNS};
use crate::engine::archive::{ConversationRecord, TurnRecord};
use idb::ObjectStore;
use js_sys::Promise;
use std::future::IntoFuture;
use wasm_bindgen::JsValue;

/// About as many bytes are handed to the database between two waits for it.
const PIECE: usize = 128 << 10;
/// What a record holds beside its texts, in bytes.
const RECORD: usize = 500;

/// An import that is being written, in one transaction. Dropped before its end it leaves nothing behind, and neither does a page
/// that is closed or killed meanwhile.
#[derive(Debug)]
pub struct Import {
    writing: Writing,
    ended: Promise,
    conversations: ObjectStore,
    turns: ObjectStore,
    /// Bytes since the database was last waited for.
    unwaited: usize,
    is_over: bool,
}

impl Store {
    /// Begins to write conversations. Until the end no other turn can be written, and between the calls nothing else may be awaited, or
    /// the transaction would end.
    ///
    /// # Errors
    /// A database that was closed.
    pub fn import(&self) -> Result<Import, StoreProblem> {
        let mut writing = self.writing(&[CONVERSATIONS, TURNS], true)?;
        Ok(Import {
            ended: writing.ended(),
            conversations: writing.store(CONVERSATIONS)?,
            turns: writing.store(TURNS)?,
            writing,
            unwaited: 0,
            is_over: false,
        })
    }
}

impl Import {
    /// Writes one more conversation, of an id that is not there yet.
    ///
    /// # Errors
    /// No room, a database that was closed; [`StoreProblem::Conflict`] if there is one of that id. Nothing of the import is kept then.
    pub async fn add(
        &mut self,
        record: &ConversationRecord,
        turns: &[TurnRecord],
    ) -> Result<(), StoreProblem> {
        self.put(true, &stored_conversation(record)?, RECORD).await?;
        for turn in turns {
            let bytes: usize = turn.blocks.iter().map(|block| block.text.len()).sum();
            self.put(false, &value(turn)?, RECORD + bytes).await?;
        }
        Ok(())
    }

    async fn put(
        &mut self,
        is_conversation: bool,
        value: &JsValue,
        bytes: usize,
    ) -> Result<(), StoreProblem> {
        let store = if is_conversation { &self.conversations } else { &self.turns };
        let request = store.add(value, None)?;
        self.unwaited += bytes;
        if self.unwaited < PIECE {
            return Ok(());
        }
        self.unwaited = 0;
        match request.into_future().await {
            Ok(_) => Ok(()),
            // Why, the end of the transaction tells.
            Err(error) => {
                ended(&self.ended, &self.writing).await?;
                Err(error.into())
            }
        }
    }

    /// Waits until all of it was written.
    ///
    /// # Errors
    /// As of [`Import::add`].
    pub async fn finish(mut self) -> Result<(), StoreProblem> {
        self.is_over = true;
        ended(&self.ended, &self.writing).await
    }
}

impl Drop for Import {
    fn drop(&mut self) {
        if !self.is_over {
            self.writing.abort();
        }
    }
}
