//! Tells of a schema in few words what it asks for.

use serde_json::Value;

/// Returns how many properties a schema names for the whole; `None` where it names none there.
#[must_use]
pub fn property_count(text: &str) -> Option<usize> {
    let schema: Value = serde_json::from_str(text).ok()?;
    schema.get("properties")?.as_object().map(serde_json::Map::len).filter(|count| 0 < *count)
}
