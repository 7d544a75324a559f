//! [`Prompt`]: what is asked, in words common to all providers.

use serde_json::{Map, Value};

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The person.
    User,
    /// The model.
    Assistant,
}

/// One earlier turn of the conversation, or the question itself (the last one).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// What was said.
    pub text: String,
}

/// A request to answer a conversation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prompt {
    /// The model's id, as the provider knows it.
    pub model: String,
    /// Instructions that stand above the conversation; empty for none.
    pub system: String,
    /// The conversation, oldest first.
    pub messages: Vec<Message>,
    /// Sampling temperature; `None` leaves it to the provider.
    pub temperature: Option<f64>,
    /// The most tokens the answer may have; `None` leaves it to the provider (Anthropic needs one and gets 4,096).
    pub max_tokens: Option<u32>,
    /// Whether the answer is to be streamed.
    pub stream: bool,
    /// The person's own JSON, merged over the request's body at the very end: objects are merged member by member,
    /// anything else replaces, `null` removes.
    pub extra: Map<String, Value>,
}

impl Prompt {
    /// Merges the person's own members over a request's body.
    pub(super) fn merge_extra(&self, body: &mut Value) {
        if let Value::Object(body) = body {
            merge(body, &self.extra);
        }
    }
}

fn merge(into: &mut Map<String, Value>, extra: &Map<String, Value>) {
    for (name, value) in extra {
        match (into.get_mut(name), value) {
            (Some(Value::Object(old)), Value::Object(new)) => merge(old, new),
            (_, Value::Null) => {
                into.shift_remove(name);
            }
            (_, value) => {
                into.insert(name.clone(), value.clone());
            }
        }
    }
}
