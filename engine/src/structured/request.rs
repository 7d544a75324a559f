//! Asks a server for JSON by a schema, as its protocol wants it.

use super::Schema;
use crate::wire::{Dialect, Extra};
use serde_json::Value;

/// Returns whether a server that speaks the protocol can be asked for a schema. Others get [`instructions`](super::instructions).
#[must_use]
pub const fn can_ask(dialect: Dialect) -> bool {
    let _ = dialect;
    false
}

/// Returns the members of a request's body that ask for JSON by the schema; `None` where the protocol has none.
#[must_use]
pub fn request_members(dialect: Dialect, schema: &Schema) -> Option<Value> {
    let _ = (dialect, schema);
    None
}

/// Returns what is merged over a request's body: the members, and over them the person's own JSON.
#[must_use]
pub fn merge(members: Option<&Value>, own: Option<&Extra>) -> Option<Extra> {
    let _ = members;
    own.cloned()
}
