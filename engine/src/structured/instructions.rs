//! Puts schema and faults into words for a model.

use super::{Outcome, Schema};
use crate::messages::structured as words;

/// The most faults that a model is told.
const TOLD: usize = 20;

/// Returns the instructions for a server that cannot be asked for a schema.
#[must_use]
pub fn instructions(schema: &Schema) -> String {
    words::instructions(schema.text().trim())
}

/// Returns the question that asks for a better answer; nothing behind a valid one.
#[must_use]
pub fn ask_again(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Valid => String::new(),
        Outcome::Invalid(faults) => {
            let lines: Vec<String> = faults.iter().take(TOLD).map(|fault| fault.in_words()).collect();
            words::ask_again_invalid(&lines, faults.len().saturating_sub(TOLD))
        }
        Outcome::NotJson { place, words: what } => {
            words::ask_again_no_json(&words::problem_in_text(place.line, place.column, what))
        }
        Outcome::Incomplete => words::ASK_AGAIN_INCOMPLETE.to_owned(),
        Outcome::Empty => words::ASK_AGAIN_EMPTY.to_owned(),
    }
}
