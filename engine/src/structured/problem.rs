//! [`SchemaProblem`] tells why a text is no JSON Schema that can be used.

use crate::messages::structured as words;

/// The place of a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A line and a column of the text, from 1, where it is no JSON.
    Text {
        /// The line.
        line: usize,
        /// The column, in characters.
        column: usize,
    },
    /// The JSON Pointer of a keyword's value; empty for the whole.
    Keyword(String),
}

/// The reason for which a text is no JSON Schema that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaProblem {
    /// Where it is.
    pub place: Place,
    /// What is wrong, as a sentence.
    pub words: String,
}

impl SchemaProblem {
    /// Returns place and words, for the field.
    #[must_use]
    pub fn in_words(&self) -> String {
        match &self.place {
            Place::Text { line, column } => words::problem_in_text(*line, *column, &self.words),
            Place::Keyword(pointer) => words::fault_at(pointer, &self.words),
        }
    }

    /// Returns the problem with a keyword.
    pub(super) fn keyword(pointer: &str, words: String) -> SchemaProblem {
        SchemaProblem { place: Place::Keyword(pointer.to_owned()), words }
    }
}
