//! [`Tree`] reads JSON while it streams, each byte once.

mod node;
mod surroundings;

pub use node::{Change, ClosedValue, Judgement, Label, Node, NodeId, OpenValue};
pub use surroundings::Surroundings;

use super::{Fault, Outcome, Schema};
use serde_json::Value;
use std::rc::Rc;

/// The JSON of an answer, as far as it has come.
#[derive(Debug)]
pub struct Tree {
    schema: Option<Rc<Schema>>,
    surroundings: Surroundings,
}

impl Tree {
    /// Creates an empty tree. With a schema each value is judged when it closes.
    #[must_use]
    pub fn new(schema: Option<Rc<Schema>>) -> Tree {
        Tree { schema, surroundings: Surroundings::default() }
    }

    /// Takes new text.
    pub fn push(&mut self, text: &str) {
        let _ = (text, &self.schema);
    }

    /// Ends the text. What is open stays open.
    pub fn finish(&mut self) -> Outcome {
        Outcome::Empty
    }

    /// Returns what became of the answer, once it has ended.
    #[must_use]
    pub fn outcome(&self) -> Option<&Outcome> {
        None
    }

    /// Returns the whole value, as far as there is one.
    #[must_use]
    pub fn root(&self) -> Option<NodeId> {
        None
    }

    /// Returns a node.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Node<'_> {
        let _ = id;
        Node::Closed(ClosedValue::Null)
    }

    /// Returns the container that a node is in.
    #[must_use]
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        let _ = id;
        None
    }

    /// Returns what a node is called in its container.
    #[must_use]
    pub fn label(&self, id: NodeId) -> Label<'_> {
        let _ = id;
        Label::Root
    }

    /// Returns the JSON Pointer of a node.
    #[must_use]
    pub fn pointer(&self, id: NodeId) -> String {
        let _ = id;
        String::new()
    }

    /// Returns the node at a JSON Pointer (as a fault has it).
    #[must_use]
    pub fn find(&self, pointer: &str) -> Option<NodeId> {
        let _ = pointer;
        None
    }

    /// Returns what the schema says of a node. The verdict on the whole is the [`Outcome`].
    #[must_use]
    pub fn judgement(&self, id: NodeId) -> Judgement<'_> {
        let _ = id;
        Judgement::NotJudged
    }

    /// Returns what was found wrong so far: an answer that is to stop at the first fault stops at one.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &[]
    }

    /// Returns a closed value as JSON; `None` for an open one.
    #[must_use]
    pub fn value(&self, id: NodeId) -> Option<Value> {
        let _ = id;
        None
    }

    /// Returns the text of the JSON, as it came so far.
    #[must_use]
    pub fn raw(&self) -> &str {
        ""
    }

    /// Returns what stands around the JSON. What is behind it is known at the end.
    #[must_use]
    pub fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// Returns what changed, in order, at most that many; the next call has the rest.
    pub fn take_changes(&mut self, max: usize) -> Vec<Change> {
        let _ = max;
        Vec::new()
    }

    /// Returns how many steps of loops all of it has taken, for the law that this is linear in the text.
    #[must_use]
    pub fn steps(&self) -> u64 {
        0
    }
}
