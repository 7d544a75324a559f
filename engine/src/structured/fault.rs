//! [`Fault`] says what of a value its schema does not allow.

use crate::messages::structured as words;

/// The most faults that are told of a value.
pub(super) const FAULT_LIMIT: usize = 100;

/// A thing that a schema does not allow.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fault {
    /// The JSON Pointer of the value; empty for the whole.
    pub path: String,
    /// What is wrong with it, as a sentence.
    pub words: String,
}

impl Fault {
    /// Returns path and words in one line.
    #[must_use]
    pub fn in_words(&self) -> String {
        words::fault_at(&self.path, &self.words)
    }
}
