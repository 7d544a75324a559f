//! [`Extra`] holds the person's own JSON, which is merged over a request's body at the very end.
//!
//! Most requests have none, and reading and merging any JSON is much code. So the function that merges goes with the members:
//! only whoever parses them needs it, and a page can fetch that part when somebody has such members.

use serde_json::{Map, Value};
use std::fmt;

/// The person's own members of a request: objects are merged member by member, anything else replaces, `null` removes.
#[derive(Clone)]
pub struct Extra {
    text: String,
    merge: fn(&str, &str) -> String,
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Extra").field(&self.text).finish()
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Extra) -> bool {
        self.text == other.text
    }
}

/// The reason for which a text is no JSON object.
#[derive(Debug)]
pub enum ExtraProblem {
    /// It is JSON, and no object.
    NoObject,
    /// It is no JSON: the error, in serde's words.
    Unreadable(String),
}

impl Extra {
    /// Reads the text of a JSON object.
    ///
    /// # Errors
    /// A text that is none.
    pub fn parse(text: &str) -> Result<Extra, ExtraProblem> {
        match serde_json::from_str(text) {
            Ok(Value::Object(_)) => Ok(Extra { text: text.to_owned(), merge }),
            Ok(_) => Err(ExtraProblem::NoObject),
            Err(error) => Err(ExtraProblem::Unreadable(error.to_string())),
        }
    }

    /// Returns the members with others merged over them.
    #[must_use]
    pub fn under(&self, over: &Extra) -> Extra {
        Extra { text: (self.merge)(&self.text, &over.text), ..self.clone() }
    }

    /// Returns a body with the members merged over it.
    pub(super) fn over(&self, body: &str) -> String {
        (self.merge)(body, &self.text)
    }
}

/// Merges the members of one JSON object over another. Both were read or written by this program.
fn merge(body: &str, extra: &str) -> String {
    let (mut body, extra): (Map<String, Value>, Map<String, Value>) =
        (serde_json::from_str(body).unwrap_or_default(), serde_json::from_str(extra).unwrap_or_default());
    merge_members(&mut body, &extra);
    Value::Object(body).to_string()
}

/// Members keep their order. The reader of `changes` bounds how deep this goes.
fn merge_members(members: &mut Map<String, Value>, changes: &Map<String, Value>) {
    for (name, change) in changes {
        match (members.get_mut(name), change) {
            (_, Value::Null) => {
                members.shift_remove(name);
            }
            (Some(Value::Object(old)), Value::Object(change)) => merge_members(old, change),
            (Some(_) | None, _) => {
                members.insert(name.clone(), change.clone());
            }
        }
    }
}
