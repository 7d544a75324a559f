//! What answers are checked by, as a person sets it up and as it is stored: rules, a judge, a JSON Schema.

mod rules;
mod schema;

pub use rules::{Action, Hold, Judge, Rule, RuleKind, Rules};
pub use schema::SchemaChoice;

use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// What an answer is checked by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Checks {
    /// The rules for what may be shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<Rules>,
    /// The schema of the JSON that it is to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema: Option<SchemaChoice>,
}

/// Asks somebody else about a whole text once it is there: a name for people, and a function that says what is wrong with it.
pub type WholeCheck = (String, Rc<dyn Fn(&str) -> Result<(), String>>);

impl Checks {
    /// Returns whether text is held back: by rules, a judge, or until all of it follows the schema.
    #[must_use]
    pub fn is_guarded(&self) -> bool {
        let is_held = self.schema.as_ref().is_some_and(|schema| schema.is_held);
        is_held || self.rules.as_ref().is_some_and(|rules| !rules.is_empty())
    }

    /// Returns whether there is nothing to check.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.schema.is_none() && self.rules.as_ref().is_none_or(Rules::is_empty)
    }
}
