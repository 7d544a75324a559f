//! [`Outcome`] is what became of an answer that was to be JSON.

use super::Fault;

/// A place in an answer's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The offset in bytes.
    pub at: usize,
    /// The line, from 1.
    pub line: usize,
    /// The column, in characters, from 1.
    pub column: usize,
}

impl Spot {
    /// Returns the place at an offset.
    pub(super) fn of(text: &str, at: usize) -> Spot {
        let before = text.get(..at).unwrap_or(text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Spot { at, line, column }
    }
}

/// What became of an answer that was to be JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is JSON, and the schema allows it (or there is none).
    Valid,
    /// It is JSON that the schema does not allow.
    Invalid(Vec<Fault>),
    /// It is no JSON.
    NotJson {
        /// The first character that cannot stand there.
        place: Spot,
        /// What is wrong, as a sentence.
        words: String,
    },
    /// It is the beginning of JSON.
    Incomplete,
    /// There is no text.
    Empty,
}
