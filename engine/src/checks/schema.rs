//! [`SchemaChoice`] is the JSON that answers are to be.

use serde::{Deserialize, Serialize};

/// The JSON that a conversation's answers are to be, as a person sets it up and as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SchemaChoice {
    /// The JSON Schema, as typed.
    pub text: String,
    /// Whether nothing is shown until the whole is valid.
    pub is_held: bool,
    /// Whether the first value that is wrong ends the answer.
    pub stops_early: bool,
}
