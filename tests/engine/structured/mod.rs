//! Tests of structured output: schemas, the tree, verdicts, requests.

mod laws;
mod outcome;
mod request;
mod schema;
mod suite;
mod table;
mod tree;

use std::rc::Rc;
use tokenfall::engine::structured::{Outcome, Schema, Tree};

pub(crate) fn schema(text: &str) -> Rc<Schema> {
    Rc::new(Schema::parse(text).unwrap_or_else(|problem| panic!("{}", problem.in_words())))
}

/// The tree of a text that comes character by character.
pub(crate) fn dripped(schema: Option<&Rc<Schema>>, text: &str) -> Tree {
    let mut tree = Tree::new(schema.cloned());
    for piece in text.split_inclusive(|_| true) {
        tree.push(piece);
    }
    tree
}

pub(crate) fn outcome(schema: Option<&Rc<Schema>>, text: &str) -> Outcome {
    let mut whole = Tree::new(schema.cloned());
    whole.push(text);
    let outcome = whole.finish();
    assert_eq!(dripped(schema, text).finish(), outcome, "{text:?} character by character");
    outcome
}
