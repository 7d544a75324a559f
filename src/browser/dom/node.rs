//! [`Made`]: a node that was made, and where its children go.

/// A node and where its children go.
#[derive(Debug)]
pub(super) struct Made {
    /// What is appended to the parent.
    pub(super) outer: web_sys::Element,
    /// What children are appended to: the same, or inside of it.
    pub(super) slot: web_sys::Element,
    pub(super) is_list: bool,
}

impl Made {
    pub(super) fn plain(element: web_sys::Element) -> Self {
        Self { slot: element.clone(), outer: element, is_list: false }
    }
}
