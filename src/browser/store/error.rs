//! [`StoreProblem`] names what stands in the way of keeping conversations.

use crate::engine::messages::store as words;
use std::fmt;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

/// The reason for which something was not kept or could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreProblem {
    /// The browser gives this page no database (private window, a setting).
    Refused,
    /// There is no room left.
    Full,
    /// A later version of the page has written the database.
    Newer,
    /// An older version of the page, in another tab, holds the database.
    Blocked,
    /// A later version of the page took the database over, or the browser closed it.
    Closed,
    /// There is no such conversation.
    Missing,
    /// Another tab has deleted it.
    Deleted,
    /// The part of the page that can read it could not be fetched.
    PartMissing,
    /// Another tab wrote the same turns first.
    Conflict,
    /// Anything else, in the browser's words.
    Other(String),
}

impl fmt::Display for StoreProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreProblem::Refused => f.write_str(words::REFUSED),
            StoreProblem::Full => f.write_str(words::FULL),
            StoreProblem::Newer => f.write_str(words::NEWER),
            StoreProblem::Blocked => f.write_str(words::BLOCKED),
            StoreProblem::Closed => f.write_str(words::CLOSED),
            StoreProblem::Missing => f.write_str(words::MISSING),
            StoreProblem::PartMissing => f.write_str(words::PART_MISSING),
            StoreProblem::Deleted => f.write_str(words::DELETED),
            StoreProblem::Conflict => f.write_str(words::CONFLICT),
            StoreProblem::Other(cause) => f.write_str(&words::failed(cause)),
        }
    }
}

impl std::error::Error for StoreProblem {}

impl StoreProblem {
    /// Returns the problem that an exception of the database stands for (Indexed Database API 3.0, "Exceptions").
    pub(super) fn of(exception: &DomException) -> StoreProblem {
        match exception.name().as_str() {
            "QuotaExceededError" => StoreProblem::Full,
            "VersionError" => StoreProblem::Newer,
            "ConstraintError" => StoreProblem::Conflict,
            "InvalidStateError" => StoreProblem::Closed,
            "SecurityError" => StoreProblem::Refused,
            name => StoreProblem::Other(format!("{name}: {}", exception.message())),
        }
    }

    /// Returns the same of any value that was thrown.
    pub(super) fn of_thrown(thrown: &JsValue) -> StoreProblem {
        match thrown.dyn_ref::<DomException>() {
            Some(exception) => StoreProblem::of(exception),
            None => StoreProblem::Other(format!("{thrown:?}")),
        }
    }
}

impl From<idb::Error> for StoreProblem {
    fn from(error: idb::Error) -> StoreProblem {
        if let idb::Error::DomException(exception) = &error {
            StoreProblem::of(exception)
        } else if let idb::Error::AddFailed(thrown)
        | idb::Error::UpdateFailed(thrown)
        | idb::Error::DeleteFailed(thrown)
        | idb::Error::ClearFailed(thrown)
        | idb::Error::GetFailed(thrown)
        | idb::Error::GetAllFailed(thrown)
        | idb::Error::IndexedDbOpenFailed(thrown) = &error
        {
            StoreProblem::of_thrown(thrown)
        } else if matches!(error, idb::Error::IndexedDbNotFound(_)) {
            StoreProblem::Refused
        } else {
            StoreProblem::Other(error.to_string())
        }
    }
}

impl From<serde_wasm_bindgen::Error> for StoreProblem {
    fn from(error: serde_wasm_bindgen::Error) -> StoreProblem {
        StoreProblem::Other(error.to_string())
    }
}
