//! Small records in the browser's localStorage, which may be refused, full or absent.

use web_sys::Storage;

/// Why a record was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreProblem {
    /// The browser gives this page no storage (private mode, a setting).
    Refused,
    /// It is full.
    Full,
}

impl std::fmt::Display for StoreProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            StoreProblem::Refused => {
                "The browser does not let this page keep anything: settings last until you close it."
            }
            StoreProblem::Full => "The browser's storage is full: settings last until you close this page.",
        })
    }
}

/// The record of that name, if there is one and storage can be read.
pub fn read(name: &str) -> Option<String> {
    storage()?.get_item(name).ok()?
}

/// Keeps a record.
///
/// # Errors
/// Storage that is refused or full; the page goes on without.
pub fn write(name: &str, text: &str) -> Result<(), StoreProblem> {
    storage().ok_or(StoreProblem::Refused)?.set_item(name, text).map_err(|_| StoreProblem::Full)
}

/// Forgets a record.
pub fn remove(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(name);
    }
}

/// The getter itself throws where storage is refused.
fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
