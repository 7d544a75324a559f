//! [`Tree`] reads JSON while it streams, each byte once.

mod arena;
mod escape;
mod node;
mod reader;
mod seek;
mod surroundings;
mod verdicts;
mod wrong;

pub use node::{Change, ClosedValue, Judgement, Label, Node, NodeId, OpenValue};
pub use surroundings::Surroundings;

use super::locations::Locations;
use super::outcome::{Outcome, Spot};
use super::{Fault, Schema};
use crate::messages::structured as words;
use reader::Reader;
use serde_json::Value;
use std::rc::Rc;
use verdicts::Verdicts;

/// The JSON of an answer, as far as it has come.
///
/// Words and fences around the JSON are passed over: the first container that is JSON is taken, or a scalar that is the whole.
#[derive(Debug)]
pub struct Tree {
    schema: Option<Rc<Schema>>,
    reader: Reader,
    surroundings: Surroundings,
    /// The beginning of the JSON for which those were made.
    told_start: Option<usize>,
    outcome: Option<Outcome>,
}

impl Tree {
    /// Creates an empty tree. With a schema each value is judged when it closes.
    #[must_use]
    pub fn new(schema: Option<Rc<Schema>>) -> Tree {
        let locations = schema.clone().and_then(Locations::new);
        Tree {
            schema,
            reader: Reader::new(Verdicts::new(locations)),
            surroundings: Surroundings::default(),
            told_start: None,
            outcome: None,
        }
    }

    /// Takes new text.
    pub fn push(&mut self, text: &str) {
        if self.outcome.is_some() {
            return;
        }
        self.reader.push(text);
        if self.told_start != self.reader.start {
            self.told_start = self.reader.start;
            let before = self.reader.start.and_then(|start| self.reader.text.get(..start));
            self.surroundings = before.map(Surroundings::of_start).unwrap_or_default();
        }
    }

    /// Ends the text. What is open stays open. The verdict on the whole is the original schema's.
    pub fn finish(&mut self) -> Outcome {
        if let Some(outcome) = &self.outcome {
            return outcome.clone();
        }
        self.reader.finish();
        let outcome = self.verdict();
        self.outcome = Some(outcome.clone());
        outcome
    }

    fn verdict(&mut self) -> Outcome {
        if let Some(end) = self.reader.end {
            self.surroundings.end(self.reader.text.get(end..).unwrap_or_default());
            let mut faults = match (&self.schema, self.root().and_then(|root| self.value(root))) {
                (Some(schema), Some(value)) => schema.validate(&value),
                (Some(_) | None, _) => Vec::new(),
            };
            faults.extend(self.reader.verdicts.twice().iter().cloned());
            return if faults.is_empty() { Outcome::Valid } else { Outcome::Invalid(faults) };
        }
        if self.reader.is_inside() {
            return Outcome::Incomplete;
        }
        let text = &self.reader.text;
        if let Some(failure) = &self.reader.failure {
            return Outcome::NotJson { place: failure.spot, words: failure.words.clone() };
        }
        let blank = text.len() - text.trim_start().len();
        if blank == text.len() {
            return Outcome::Empty;
        }
        Outcome::NotJson { place: Spot::of(text, blank), words: words::NO_JSON_INSIDE.to_owned() }
    }

    /// Returns what became of the answer, once it has ended.
    #[must_use]
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// Returns the whole value, as far as there is one.
    #[must_use]
    pub fn root(&self) -> Option<NodeId> {
        (self.reader.arena.len() > 0).then_some(NodeId(0))
    }

    /// Returns a node.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Node<'_> {
        self.reader.arena.node(id, &self.reader.text)
    }

    /// Returns the container that a node is in.
    #[must_use]
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.reader.arena.entry(id).parent
    }

    /// Returns what a node is called in its container.
    #[must_use]
    pub fn label(&self, id: NodeId) -> Label<'_> {
        self.reader.arena.label(id)
    }

    /// Returns the JSON Pointer of a node.
    #[must_use]
    pub fn pointer(&self, id: NodeId) -> String {
        self.reader.arena.pointer(id)
    }

    /// Returns the node at a JSON Pointer (as a fault has it).
    #[must_use]
    pub fn find(&self, pointer: &str) -> Option<NodeId> {
        self.reader.arena.find(pointer)
    }

    /// Returns what the schema says of a node. The verdict on the whole is the [`Outcome`].
    #[must_use]
    pub fn judgement(&self, id: NodeId) -> Judgement<'_> {
        self.reader.arena.judgement(id)
    }

    /// Returns what was found wrong so far: an answer that is to stop at the first fault stops at one.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        self.reader.verdicts.faults()
    }

    /// Returns a closed value as JSON; `None` for an open one.
    #[must_use]
    pub fn value(&self, id: NodeId) -> Option<Value> {
        let is_open = self.reader.arena.entry(id).is_open;
        (!is_open).then(|| self.reader.arena.value(id, &self.reader.text, &mut 0))
    }

    /// Returns the text of the JSON, as it came so far.
    #[must_use]
    pub fn raw(&self) -> &str {
        let text = &self.reader.text;
        let start = self.reader.start;
        start.and_then(|start| text.get(start..self.reader.end.unwrap_or(text.len()))).unwrap_or_default()
    }

    /// Returns what stands around the JSON. What is behind it is known at the end.
    #[must_use]
    pub fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// Returns what changed, in order, at most that many; the next call has the rest.
    pub fn take_changes(&mut self, max: usize) -> Vec<Change> {
        self.reader.arena.take_changes(max)
    }

    /// Returns how many steps of loops all of it has taken, for the law that this is linear in the text.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.reader.steps
    }
}
