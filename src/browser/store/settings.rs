//! A copy of the records that localStorage holds of settings.

use super::records::{read, value};
use super::transaction::written;
use super::{SETTINGS, Store, StoreProblem};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

/// The key of the one record of its store.
const COPY: &str = "copy";

/// A copy of records of localStorage.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsCopy {
    /// The time at which it was made, in Unix milliseconds.
    pub made: u64,
    /// The records, by name, as they stand there.
    pub records: Vec<(String, String)>,
}

impl Store {
    /// Writes the copy in the place of the one before. It is made ready at once, and written when the future is awaited or dropped.
    ///
    /// # Errors
    /// No room, a database that was closed.
    pub fn save_settings(
        &self,
        copy: &SettingsCopy,
    ) -> impl Future<Output = Result<(), StoreProblem>> + use<> {
        let writing = || {
            let copy = value(copy)?;
            let writing = self.writing(&[SETTINGS], false)?;
            writing.store(SETTINGS)?.put(&copy, Some(&JsValue::from_str(COPY)))?;
            writing.commit()
        };
        written(writing())
    }

    /// Reads the copy; `None` if there is none, or it cannot be read.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub async fn settings(&self) -> Result<Option<SettingsCopy>, StoreProblem> {
        let reading = self.reading(&[SETTINGS])?;
        let stored = reading.object_store(SETTINGS)?.get(JsValue::from_str(COPY))?.await?;
        Ok(stored.and_then(read))
    }
}
