//! [`TableView`] shows a list of objects as a table, a portion of rows at a time.

use super::nodes::{append, append_words};
use crate::engine::structured::{ClosedValue, Node, Rows, Tree};
use wasm_bindgen::JsValue;
use web_sys::Element;

/// Rows that come with each press.
pub(super) const PORTION: usize = 100;
/// Characters of a cell that are shown.
const CELL: usize = 300;

/// Shows rows in an element that no one else puts children into.
pub(super) struct TableView {
    rows: Rows,
    body: Element,
    shown: usize,
}

impl TableView {
    /// Creates the table, with the first rows.
    pub(super) fn new(place: &Element, rows: Rows) -> Result<TableView, JsValue> {
        let table = append(place, "table", "json-table")?;
        let head = append(&table, "thead", "")?;
        let names = append(&head, "tr", "")?;
        for column in &rows.columns {
            append_words(&names, "th", "", column)?.set_attribute("scope", "col")?;
        }
        let body = append(&table, "tbody", "")?;
        let mut view = TableView { rows, body, shown: 0 };
        view.show_more()?;
        Ok(view)
    }

    /// Shows more rows.
    pub(super) fn show_more(&mut self) -> Result<(), JsValue> {
        for cells in self.rows.cells.iter().skip(self.shown).take(PORTION) {
            let row = append(&self.body, "tr", "")?;
            for cell in cells {
                let text = cell.as_ref().map(|value| match value.as_str() {
                    Some(text) => short(text),
                    None => short(&value.to_string()),
                });
                append_words(&row, "td", "", &text.unwrap_or_default())?.set_attribute("dir", "auto")?;
            }
        }
        self.shown = self.rows.cells.len().min(self.shown + PORTION);
        Ok(())
    }

    /// Returns how many rows wait.
    pub(super) fn left(&self) -> usize {
        self.rows.cells.len() - self.shown
    }

    /// Returns how many rows and columns are not among those.
    pub(super) fn left_out(&self) -> (usize, usize) {
        (self.rows.rows_left_out, self.rows.columns_left_out)
    }
}

/// Returns whether the whole is a list of objects, or an object with one member that is.
pub(super) fn has_table(tree: &Tree) -> bool {
    let Some(root) = tree.root() else { return false };
    let is_list = |node: &Node<'_>| match node {
        Node::Closed(ClosedValue::Array(items)) => {
            let is_object = |item| matches!(tree.node(item), Node::Closed(ClosedValue::Object(_)));
            !items.is_empty() && items.iter().copied().all(is_object)
        }
        Node::Closed(_) | Node::Open(_) => false,
    };
    let root = tree.node(root);
    match root {
        Node::Closed(ClosedValue::Object(members)) => {
            members.iter().filter(|member| is_list(&tree.node(**member))).count() == 1
        }
        Node::Closed(_) | Node::Open(_) => is_list(&root),
    }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(CELL) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
