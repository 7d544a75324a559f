//! [`Selection`] tells the part of the page that is copied: a whole element, or the content of a range.

use wasm_bindgen::JsCast;
use web_sys::{CharacterData, Element, Node, Range};

/// Selects all, or what a range covers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Selection<'a>(pub(super) Option<&'a Range>);

impl Selection<'_> {
    /// Iterates over the children of `parent` that are selected, without what is the page's own.
    pub(super) fn nodes(self, parent: &Node) -> impl Iterator<Item = Node> {
        std::iter::successors(parent.first_child(), Node::next_sibling)
            .filter(move |node| self.has(node) && !node.dyn_ref::<Element>().is_some_and(is_ours))
    }

    /// Tells whether any of `node` is selected.
    pub(super) fn has(self, node: &Node) -> bool {
        self.0.is_none_or(|range| range.intersects_node(node).unwrap_or(false))
    }

    /// Returns the selected text of a text node.
    pub(super) fn text(self, node: &Node) -> String {
        let all = || node.node_value().unwrap_or_default();
        let Some(range) = self.0 else { return all() };
        let offset = |place: Result<Node, _>, offset: Result<u32, _>| {
            offset.ok().filter(|_| place.is_ok_and(|place| place.is_same_node(Some(node))))
        };
        let start = offset(range.start_container(), range.start_offset());
        let end = offset(range.end_container(), range.end_offset());
        match node.dyn_ref::<CharacterData>() {
            Some(data) if start.is_some() || end.is_some() => {
                let start = start.unwrap_or(0);
                let end = end.unwrap_or_else(|| data.length());
                data.substring_data(start, end.saturating_sub(start)).unwrap_or_default()
            }
            Some(_) | None => all(),
        }
    }

    /// Returns all selected text of `node`, line ends and all.
    pub(super) fn all_text(self, node: &Node) -> String {
        let mut text = String::new();
        self.push_text(node, &mut text);
        text
    }

    fn push_text(self, node: &Node, text: &mut String) {
        for child in self.nodes(node) {
            if child.has_child_nodes() {
                self.push_text(&child, text);
            } else {
                text.push_str(&self.text(&child));
            }
        }
    }
}

/// Returns whether `element` is the page's own: a bar of buttons, the host of an image, the label of a footnote, a
/// picture, or a drawn formula beside its source.
fn is_ours(element: &Element) -> bool {
    matches!(element.local_name().as_str(), "button" | "math" | "svg" | "img")
        || matches!(element.class_name().as_str(), "md-bar" | "md-image-host" | "md-footnote-label")
}

/// Returns the level of a heading, which its class says: the tag is lower, for the sake of the page's outline.
pub(super) fn level(class: &str) -> usize {
    class.strip_prefix("md-h").and_then(|level| level.parse().ok()).unwrap_or(6)
}

/// Iterates over the child elements of `parent`, in their order.
pub(super) fn children(parent: &Element) -> impl Iterator<Item = Element> + use<> {
    std::iter::successors(parent.first_element_child(), Element::next_element_sibling)
}
