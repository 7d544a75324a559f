//! Tokenfall's tree of streamed JSON as the page runs it: a piece of text in, what changed out.

use std::rc::Rc;
use tokenfall::engine::structured::{Outcome, Schema, Tree};
use wasm_bindgen::prelude::*;

/// A schema made ready.
#[wasm_bindgen]
#[derive(Debug)]
pub struct JsonSchema(Rc<Schema>);

/// The tree of one answer.
#[wasm_bindgen]
#[derive(Debug)]
pub struct JsonTree(Tree);

#[wasm_bindgen]
impl JsonSchema {
    /// Reads the text of a schema.
    ///
    /// # Errors
    /// A text that is none.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str) -> Result<JsonSchema, JsError> {
        let schema = Schema::parse(text).map_err(|_| JsError::new("no schema"))?;
        Ok(JsonSchema(Rc::new(schema)))
    }

    /// Does a step of what the first schema costs once. Returns whether there is another.
    #[must_use]
    pub fn warm_up(step: usize) -> bool {
        Schema::warm_up(step)
    }

    /// Creates a tree that follows it.
    #[must_use]
    pub fn tree(&self) -> JsonTree {
        JsonTree(Tree::new(Some(Rc::clone(&self.0))))
    }
}

#[wasm_bindgen]
impl JsonTree {
    /// Creates a tree without a schema.
    #[must_use]
    pub fn plain() -> JsonTree {
        JsonTree(Tree::new(None))
    }

    /// Takes a piece of text and returns how many changes there are to show: a peer has the value so far behind each piece.
    pub fn push(&mut self, text: &str) -> usize {
        self.0.push(text);
        self.0.take_changes(usize::MAX).len()
    }

    /// Ends the text. Returns whether the whole is JSON as it should be.
    pub fn finish(&mut self) -> bool {
        self.0.finish() == Outcome::Valid
    }

    /// Returns the value as JSON, empty for one that is not whole.
    #[must_use]
    pub fn json(&self) -> String {
        let value = self.0.root().and_then(|root| self.0.value(root));
        value.map(|value| value.to_string()).unwrap_or_default()
    }
}
