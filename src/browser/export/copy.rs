//! Copies of a selection are written twice: as Markdown for editors, as HTML for what takes rich text.

use super::selection::Selection;
use super::{html_writer, markdown_writer};
use crate::browser::dom::{holds_prose, is_in_code, is_in_prose};
use wasm_bindgen::JsCast;
use web_sys::{Element, Node, Range};

/// Holds a selection as the clipboard takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clip {
    /// The `text/plain`: Markdown; inside of one block of code, the code.
    pub plain: String,
    /// The `text/html`.
    pub html: String,
}

/// Writes what `range` covers of rendered text; `None` when it covers nothing of it.
#[must_use]
pub fn clip(range: &Range) -> Option<Clip> {
    let inner = range.common_ancestor_container().ok()?;
    let inner: Element = match inner.dyn_into::<Element>() {
        Ok(element) => element,
        Err(node) => Node::parent_element(&node)?,
    };
    let around = |selector: &str| inner.closest(selector).ok().flatten();
    let selection = Selection(Some(range));
    let is_prose = is_in_prose(&inner);
    if !is_prose && !holds_prose(&inner) {
        return None;
    }
    // Of rows or items alone nothing could be told; a cell or an item has its content for itself.
    let top = if let Some(table) = around("table").filter(|_| around("th, td").is_none()) {
        table
    } else if inner.class_name().starts_with("md-items") {
        inner.parent_element()?
    } else {
        inner.clone()
    };
    let plain = if is_in_code(&inner) {
        selection.all_text(&top)
    } else {
        markdown_writer::selected(selection, &top)
    };
    let html = match top.local_name().as_str() {
        "table" | "ul" | "ol" | "pre" | "code" => html_writer::element(selection, &top),
        _ => html_writer::content(selection, &top, is_prose),
    };
    Some(Clip { plain, html }).filter(|clip| !clip.plain.is_empty())
}
