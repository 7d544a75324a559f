//! [`Told`] is what is told of an answer's JSON once it is over.

use crate::engine::checks::SchemaChoice;
use crate::engine::messages::structured_page as words;
use crate::engine::structured::{Fault, Outcome, Tree, ask_again};
use crate::ui::components::count;

/// What is told of an answer's JSON once it is over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What became of it.
    pub sentence: String,
    /// Whether that is good.
    pub is_good: bool,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// What stands around the JSON.
    pub notes: Vec<String>,
    /// The question that asks for a better answer.
    pub question: Option<String>,
    /// Whether there is JSON to be shown as a tree.
    pub has_json: bool,
}

/// Figures of what has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Figures {
    /// Values that are whole.
    pub(super) closed: usize,
    /// Those that the schema does not allow.
    pub(super) wrong: usize,
}

impl Figures {
    /// Tells how far an answer is.
    pub(super) fn so_far(self, tree: &Tree, is_judged: bool) -> String {
        if tree.root().is_none() {
            return words::NO_JSON_YET.to_owned();
        }
        let (closed, wrong) = (count(self.closed as u64), count(self.wrong as u64));
        words::being_written((self.closed, &closed), (self.wrong, &wrong), is_judged)
    }
}

impl Told {
    /// Tells of an answer that is over.
    pub(super) fn of(tree: &Tree, figures: Figures, choice: &SchemaChoice, is_judged: bool) -> Told {
        let outcome = tree.outcome().cloned().unwrap_or(Outcome::Empty);
        let closed = count(figures.closed as u64);
        let faults = match &outcome {
            Outcome::Invalid(faults) => faults.clone(),
            Outcome::Incomplete => tree.faults().to_vec(),
            Outcome::Valid | Outcome::NotJson { .. } | Outcome::Empty => Vec::new(),
        };
        let sentence = match &outcome {
            Outcome::Valid => words::valid(figures.closed, &closed, is_judged),
            Outcome::Invalid(faults) => words::invalid(faults.len()),
            Outcome::NotJson { place, words: said } => words::not_json(
                &crate::engine::messages::structured::problem_in_text(place.line, place.column, said),
            ),
            Outcome::Incomplete if choice.stops_early && !faults.is_empty() => {
                words::stopped_early(figures.closed, &closed)
            }
            Outcome::Incomplete => words::cut_off(figures.closed, &closed),
            Outcome::Empty => words::NO_TEXT.to_owned(),
        };
        // What broke off at a wrong value is asked again for that value's sake.
        let asked = if faults.is_empty() { outcome.clone() } else { Outcome::Invalid(faults.clone()) };
        let question = Some(ask_again(&asked)).filter(|question| !question.is_empty());
        Told {
            sentence,
            is_good: outcome == Outcome::Valid,
            faults,
            notes: notes(tree, is_judged),
            question,
            has_json: tree.root().is_some(),
        }
    }
}

/// Tells what stands around the JSON.
fn notes(tree: &Tree, is_judged: bool) -> Vec<String> {
    let around = tree.surroundings();
    let mut notes = Vec::new();
    if tree.root().is_some() && !around.is_empty() {
        let (before, after) = (!around.before.is_empty(), !around.after.is_empty());
        notes.push(words::around(around.fence.is_some(), before, after));
    }
    if around.has_more_json {
        notes.push(words::MORE_JSON.to_owned());
    }
    if !is_judged {
        notes.push(words::SCHEMA_LOST.to_owned());
    }
    notes
}
