//! Groups hold siblings, so that a browser can pass over those out of view and has few to look at, however long the
//! text is: a frame costs time for each sibling, passed over or not.

use web_sys::{Document, Element};

/// Rule by which the children of an element are grouped.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Rule {
    /// Number of children in the element itself, before the first group.
    before: usize,
    /// Number of children in a group.
    size: usize,
    class: &'static str,
    /// The class of a group that gets no more, where that makes a difference.
    full: Option<&'static str>,
}

/// Sections stand in parts, of which the browser skips those out of view.
pub(super) const PARTS: &Rule = &Rule { before: 0, size: 8, class: "md-part", full: Some("md-part md-done") };

/// Items behind the first of a long list stand in groups; few lists are long.
pub(super) const ITEMS: &Rule = &Rule { before: 16, size: 16, class: "md-items", full: None };

/// The groups in one element.
#[derive(Debug)]
pub(super) struct Groups {
    rule: &'static Rule,
    last: Option<Element>,
    /// Number of children, in all groups and before them.
    children: usize,
}

impl Groups {
    pub(super) fn new(rule: &'static Rule) -> Self {
        Self { rule, last: None, children: 0 }
    }

    /// Makes room for a child of `parent`, in a new group if the last one is full.
    pub(super) fn begin(&mut self, document: &Document, parent: &Element) {
        if self.begins_group()
            && let Ok(group) = document.create_element("div")
        {
            group.set_class_name(self.rule.class);
            drop(parent.append_child(&group));
            self.end();
            self.last = Some(group);
        }
        self.children += 1;
    }

    /// Returns the group that the child goes to for which room was made last; none when it goes to the element itself.
    pub(super) fn slot(&self) -> Option<&Element> {
        self.last.as_ref()
    }

    /// Closes the last group, which gets no more children.
    pub(super) fn end(&self) {
        if let (Some(last), Some(full)) = (&self.last, self.rule.full) {
            last.set_class_name(full);
        }
    }

    /// Forgets the last child, and the group that was made for it.
    pub(super) fn take_back(&mut self) {
        self.children -= 1;
        if self.begins_group()
            && let Some(group) = self.last.take()
        {
            self.last = group.previous_element_sibling().filter(|_| self.rule.before < self.children);
            if let Some(open) = &self.last {
                open.set_class_name(self.rule.class);
            }
            group.remove();
        }
    }

    fn begins_group(&self) -> bool {
        self.children.checked_sub(self.rule.before).is_some_and(|child| child.is_multiple_of(self.rule.size))
    }
}
