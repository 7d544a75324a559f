//! What answers are checked by, as a person sets it up and as it is stored: rules, a judge, a JSON Schema.

mod rules;
mod schema;

pub use rules::{Action, Hold, Judge, Rule, RuleKind, Rules};
pub use schema::SchemaChoice;

use serde::{Deserialize, Serialize};

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

impl Checks {
    /// Returns whether there is nothing to check.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.schema.is_none() && self.rules.as_ref().is_none_or(Rules::is_empty)
    }
}
