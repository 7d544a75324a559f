//! [`Made`] holds a node that was made, and the element for its children.

/// A node and where its children go.
#[derive(Debug)]
pub(super) struct Made {
    /// The element that is appended to the parent.
    pub(super) outer: web_sys::Element,
    /// The element that children are appended to: the same, or one inside of it.
    pub(super) slot: web_sys::Element,
    pub(super) is_list: bool,
}

impl Made {
    pub(super) fn plain(element: web_sys::Element) -> Self {
        Self { slot: element.clone(), outer: element, is_list: false }
    }
}
