//! Footnotes lead both ways: from a mark to its note, and from the note back to the mark.
//!
//! They find each other by their labels when somebody follows one. Nothing in the page gets an identifier for it, which a
//! text could choose to be that of something else.

use super::toolbar::Tool;
use crate::engine::markdown::is_same_label;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, NodeList};

/// Makes the link in a footnote's mark, or the one beside its note. It leads nowhere by itself, but by
/// [`press`](super::press).
pub(super) fn link(document: &Document, is_mark: bool) -> Result<Element, JsValue> {
    let (class, role, tool) = if is_mark {
        ("md-footnote-link", "doc-noteref", Tool::Note)
    } else {
        ("md-footnote-label", "doc-backlink", Tool::Back)
    };
    let link = document.create_element("a")?;
    link.set_class_name(class);
    link.set_attribute("href", "#")?;
    link.set_attribute("role", role)?;
    link.set_attribute(Tool::ATTRIBUTE, tool.name())?;
    Ok(link)
}

/// Leads from a mark to its note: the first with its label.
pub(super) fn to_note(mark: &Element) {
    let notes = all(mark, ".md-footnote-label");
    let Some(label) = notes.into_iter().find(|label| is_of(label, mark)) else { return };
    for left in all(mark, "[data-left]") {
        drop(left.remove_attribute(LEFT));
    }
    drop(mark.set_attribute(LEFT, ""));
    focus(label.parent_element());
}

/// Leads from a note back to the mark that was followed last, or else to its first.
pub(super) fn to_mark(label: &Element) {
    let mut marks = all(label, ".md-footnote-link");
    marks.retain(|mark| is_of(mark, label));
    let left = marks.iter().position(|mark| mark.has_attribute(LEFT)).unwrap_or(0);
    focus(marks.into_iter().nth(left));
}

/// The attribute of the mark that was followed last.
const LEFT: &str = "data-left";

fn is_of(one: &Element, other: &Element) -> bool {
    let label = |element: &Element| element.text_content().unwrap_or_default();
    is_same_label(&label(one), &label(other))
}

/// Finds the elements that match `selector` in the text around `element`.
fn all(element: &Element, selector: &str) -> Vec<Element> {
    let part = element.closest(".md-part").ok().flatten();
    let found: Option<NodeList> =
        part.and_then(|part| part.parent_element()?.query_selector_all(selector).ok());
    let list = found.iter().flat_map(|list| (0..list.length()).filter_map(|at| list.item(at)));
    list.filter_map(|node| node.dyn_into().ok()).collect()
}

/// Moves the focus, and the view with it.
fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        drop(element.focus());
    }
}
