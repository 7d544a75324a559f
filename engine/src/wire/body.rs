//! [`Body`] holds a request's JSON between its typed struct and its text.

use serde::Serialize;
use serde_json::{Map, Value, to_value};

/// The body of a request. What a protocol demands is a struct with serde derives; what the person adds is merged over it.
#[derive(Debug)]
pub(super) struct Body(Value);

impl Body {
    /// Creates the body that a protocol's request makes.
    #[expect(
        clippy::expect_used,
        reason = "only names that are no text and broken numbers have no JSON form"
    )]
    pub(super) fn new(request: &impl Serialize) -> Body {
        Body(to_value(request).expect("a request has a JSON form"))
    }

    /// Returns the JSON text, with the person's own members merged over it.
    pub(super) fn into_text(mut self, extra: Option<&Map<String, Value>>) -> String {
        if let (Value::Object(members), Some(extra)) = (&mut self.0, extra) {
            merge(members, extra);
        }
        self.0.to_string()
    }
}

/// Merges `changes` into an object: objects are merged member by member, anything else replaces, `null` removes. Members
/// keep their order. The reader of `changes` bounds how deep this goes.
fn merge(members: &mut Map<String, Value>, changes: &Map<String, Value>) {
    for (name, change) in changes {
        match (members.get_mut(name), change) {
            (_, Value::Null) => {
                members.shift_remove(name);
            }
            (Some(Value::Object(old)), Value::Object(change)) => merge(old, change),
            (Some(_) | None, _) => {
                members.insert(name.clone(), change.clone());
            }
        }
    }
}
