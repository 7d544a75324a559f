//! Persists records to localStorage, which may be refused, full or absent.
//!
//! A record is a value with serde derives. serde-wasm-bindgen makes it a JavaScript object and back; the text in between is
//! written and read by the browser's own `JSON`, so that the page's first load carries no writer or reader of its own.

use crate::engine::messages::problems as words;
use js_sys::{JSON, Math, Number};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use std::fmt;
use web_sys::Storage;

/// The reason for which a record was not kept, or cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageProblem {
    /// The browser gives this page no storage (private mode, a setting).
    Refused,
    /// The storage is full.
    Full,
    /// The record of that name is damaged, or of a version that is not known. It stays until another is kept.
    Unreadable {
        /// The record's or the file's name.
        name: String,
        /// The error, in serde's words.
        cause: String,
    },
    /// A newer version of the page wrote the record of that name, which is left alone.
    Newer {
        /// The record's name.
        name: String,
        /// Its version.
        version: u32,
        /// The newest version that is known here.
        known: u32,
    },
}

impl fmt::Display for StorageProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StorageProblem::Refused => f.write_str(words::STORAGE_REFUSED),
            StorageProblem::Full => f.write_str(words::STORAGE_FULL),
            StorageProblem::Unreadable { name, cause } => f.write_str(&words::record_unreadable(name, cause)),
            StorageProblem::Newer { name, version, known } => {
                f.write_str(&words::record_newer(name, *version, *known))
            }
        }
    }
}

impl std::error::Error for StorageProblem {}

/// Returns whether there is a record of that name.
pub fn is_kept(name: &str) -> bool {
    text(name).is_some()
}

/// Returns the record of that name; `None` if there is none or storage cannot be read.
///
/// # Errors
/// [`StorageProblem::Unreadable`], for a record that is there and is no `T`.
pub fn load<T: DeserializeOwned>(name: &str) -> Result<Option<T>, StorageProblem> {
    text(name).map(|text| from_json(name, &text)).transpose()
}

/// Keeps a record under that name, in place of the one before.
///
/// # Errors
/// Storage that is refused or full; the page goes on without.
pub fn save<T: Serialize>(name: &str, record: &T) -> Result<(), StorageProblem> {
    let storage = storage().ok_or(StorageProblem::Refused)?;
    storage.set_item(name, &to_json(name, record)?).map_err(|_| StorageProblem::Full)
}

/// Returns the text of the record of that name, as it stands there.
pub fn text(name: &str) -> Option<String> {
    storage()?.get_item(name).ok()?
}

/// Puts the text of a record in the place of the one before; `None` forgets it.
pub fn put_text(name: &str, text: Option<&str>) {
    match (storage(), text) {
        (Some(storage), Some(text)) => drop(storage.set_item(name, text)),
        (Some(_), None) => remove(name),
        (None, _) => {}
    }
}

/// Forgets a record.
pub fn remove(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(name);
    }
}

/// Returns an id for a new record or part of one, by chance: two tabs may each make one at the same time.
pub fn new_id() -> String {
    let chance = Number::from(Math::random()).to_string_with_radix(36);
    chance.map(String::from).unwrap_or_default().replacen("0.", "p-", 1)
}

/// Reads a JSON text that came from elsewhere, as a file of that name.
///
/// # Errors
/// [`StorageProblem::Unreadable`], for a text that is no `T`.
pub fn from_json<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, StorageProblem> {
    // What the browser says of bad JSON differs from one to the next.
    let value = JSON::parse(text).map_err(|_| unreadable(name, words::NO_JSON))?;
    serde_wasm_bindgen::from_value(value).map_err(|error| unreadable(name, cause(&error.to_string())))
}

fn to_json<T: Serialize>(name: &str, record: &T) -> Result<String, StorageProblem> {
    let value = record.serialize(&Serializer::json_compatible());
    let value = value.map_err(|error| unreadable(name, cause(&error.to_string())))?;
    JSON::stringify(&value).map(String::from).map_err(|_| unreadable(name, words::NO_JSON))
}

fn unreadable(name: &str, cause: &str) -> StorageProblem {
    StorageProblem::Unreadable { name: name.to_owned(), cause: cause.to_owned() }
}

/// Returns serde's words out of an error. Where the browser threw one of its own, as for a number in the place of a list, the
/// words are ours: its own differ from one to the next.
fn cause(error: &str) -> &str {
    error.strip_prefix("Error: ").unwrap_or(words::OTHER_SHAPE)
}

/// Returns localStorage, whose getter itself throws where storage is refused.
fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
