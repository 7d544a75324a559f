//! [`Rows`] are a list of objects, as a table shows them.

use super::keywords::escaped;
use serde_json::Value;
use std::collections::HashMap;

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
    if let Some(items) = objects(value) {
        return Some(table(String::new(), items));
    }
    let mut lists =
        value.as_object()?.iter().filter_map(|(name, member)| objects(member).map(|items| (name, items)));
    let (name, items) = lists.next()?;
    lists.next().is_none().then(|| table(format!("/{}", escaped(name)), items))
}

/// Returns the items of a list that has objects alone.
fn objects(value: &Value) -> Option<&[Value]> {
    let items = value.as_array().filter(|items| !items.is_empty())?;
    items.iter().all(Value::is_object).then_some(items)
}

fn table(path: String, items: &[Value]) -> Rows {
    let shown = &items[..items.len().min(ROW_LIMIT)];
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut columns = Vec::new();
    for name in shown.iter().filter_map(Value::as_object).flat_map(|object| object.keys()) {
        let count = places.len();
        if *places.entry(name).or_insert(count) == count && count < COLUMN_LIMIT {
            columns.push(name.clone());
        }
    }
    let cells = shown.iter().map(|item| columns.iter().map(|name| item.get(name).cloned()).collect());
    Rows {
        path,
        cells: cells.collect(),
        columns_left_out: places.len() - columns.len(),
        rows_left_out: items.len() - shown.len(),
        columns,
    }
}
