//! The store keeps conversations, their turns and the recordings of their answers in IndexedDB.
//!
//! Four object stores: `conversations` (by id, with an index in the order of the list), `turns` (by conversation and number) and
//! `tapes` (by conversation, turn and place: the journal of an answer, a batch of its recording each). Records are made JavaScript
//! values by serde-wasm-bindgen before a transaction begins: inside one nothing but its own requests is awaited, or it would end.
//!
//! Requests and their futures are those of the crate `idb`. Transactions are opened by web-sys, since idb has no option for their
//! durability: strict where an answer ends, relaxed for the journal.

mod error;
mod import;
mod open;
mod persistence;
mod records;
mod scan;
mod settings;
mod tapes;
mod transaction;

pub use error::StoreProblem;
pub use import::Import;
pub use persistence::ask_to_persist;
pub use records::{Loaded, Page, Place, Saved};
pub use settings::SettingsCopy;

use std::rc::Rc;
use web_sys::IdbDatabase;

/// The version of the database. Each one before it is migrated by `open`.
pub const DATABASE_VERSION: u32 = 2;

/// Name of the store of conversations.
const CONVERSATIONS: &str = "conversations";
/// Name of its index in the order of the list.
const BY_ORDER: &str = "order";
/// Name of the store of turns.
const TURNS: &str = "turns";
/// Name of the store of recordings.
const TAPES: &str = "tapes";
/// Name of the store with the copy of settings.
const SETTINGS: &str = "settings";

/// An open database. Clones are the same one.
#[derive(Clone, Debug)]
pub struct Store {
    database: Rc<Connection>,
}

/// A connection to the database, closed when nobody holds it: else no later version of the page could migrate it.
#[derive(Debug)]
struct Connection(IdbDatabase);

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.close();
    }
}
