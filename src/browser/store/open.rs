//! Opens the database, and migrates one of an earlier version.

use super::{
    BY_ORDER, CONVERSATIONS, Connection, DATABASE_VERSION, SETTINGS, Store, StoreProblem, TAPES, TURNS,
};
use idb::{Database, DatabaseEvent, Factory, KeyPath, ObjectStoreParams};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbDatabase;

impl Store {
    /// Name of the page's database.
    pub const NAME: &str = "tokenfall";

    /// Opens the database of that name, and makes or migrates it.
    ///
    /// `blocked` is called if an older version of the page holds it in another tab: opening goes on when that is closed. `closed` is
    /// called when a later version of the page takes it over, or the browser closes it: then nothing is kept any more.
    ///
    /// # Errors
    /// A browser that gives none, a database of a later version, no room.
    pub async fn open(
        name: &str,
        blocked: impl FnOnce() + 'static,
        closed: impl Fn() + 'static,
    ) -> Result<Store, StoreProblem> {
        let opened = |error: idb::Error| refused(error.into());
        let mut request = Factory::new()?.open(name, Some(DATABASE_VERSION)).map_err(opened)?;
        request.on_blocked(move |_| blocked());
        request.on_upgrade_needed(|event| {
            if let (Ok(from), Ok(database)) = (event.old_version(), event.database()) {
                // What fails here fails the request, which is told.
                let _ = migrate(&database, from);
            }
        });
        let database: IdbDatabase = request.await.map_err(opened)?.into();
        give_way(&database, closed);
        Ok(Store { database: Rc::new(Connection(database)) })
    }

    /// Deletes the database of that name.
    ///
    /// # Errors
    /// A browser that gives none.
    pub async fn delete_database(name: &str) -> Result<(), StoreProblem> {
        Ok(Factory::new()?.delete(name)?.await?)
    }
}

/// Brings a database of version `from` (0: there was none) to this one.
fn migrate(database: &Database, from: u32) -> Result<(), idb::Error> {
    if from < 1 {
        let keyed = |path: KeyPath| {
            let mut params = ObjectStoreParams::new();
            params.key_path(Some(path));
            params
        };
        let conversations = database.create_object_store(CONVERSATIONS, keyed(KeyPath::new_single("id")))?;
        conversations.create_index(BY_ORDER, KeyPath::new_single(BY_ORDER), None)?;
        let place = KeyPath::new_array(["conversation", "turn"]);
        database.create_object_store(TURNS, keyed(place))?;
        database.create_object_store(TAPES, ObjectStoreParams::new())?;
    }
    if from < 2 {
        database.create_object_store(SETTINGS, ObjectStoreParams::new())?;
    }
    Ok(())
}

/// Closes the database when a later version of the page wants to migrate it.
fn give_way(database: &IdbDatabase, closed: impl Fn() + 'static) {
    let held = database.clone();
    let closed = Closure::<dyn Fn()>::new(move || {
        held.close();
        closed();
    });
    database.set_onversionchange(Some(closed.as_ref().unchecked_ref()));
    database.set_onclose(Some(closed.as_ref().unchecked_ref()));
    // It lives as long as the document.
    closed.forget();
}

/// Returns what a problem with opening stands for: a browser that keeps nothing says so in several ways.
fn refused(problem: StoreProblem) -> StoreProblem {
    match problem {
        // Firefox in a private window, before version 115.
        StoreProblem::Closed => StoreProblem::Refused,
        StoreProblem::Refused
        | StoreProblem::Full
        | StoreProblem::Newer
        | StoreProblem::Blocked
        | StoreProblem::Missing
        | StoreProblem::Deleted
        | StoreProblem::PartMissing
        | StoreProblem::Conflict
        | StoreProblem::Other(_) => problem,
    }
}

/// Makes a key of several parts.
pub(super) fn key(parts: &[JsValue]) -> JsValue {
    parts.iter().collect::<js_sys::Array>().into()
}
