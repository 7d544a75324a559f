//! What stands in a line, and the steps themselves.

use super::super::element::Element;
use super::super::href::Href;
use super::super::spine::Frame;
use super::{Builder, Container, Leaf, LeafKind, MAX_DEPTH, Step};
use pulldown_cmark::LinkType;

impl Builder<'_> {
    /// Prepares for inline content at `at`: directly in an item it gets a paragraph.
    pub(super) fn inline(&mut self, at: usize) {
        if !self.in_implicit
            && matches!(self.containers.last(), Some(Container { frame: Frame::Item(_), .. }))
            && !self.in_block
        {
            self.loosen(at, true);
            self.resume_at(at);
            self.open(Element::Paragraph);
            self.in_implicit = true;
            self.leaf = Some(Leaf { start: at, kind: LeafKind::Paragraph });
        }
    }

    pub(super) fn end_implicit(&mut self) {
        if std::mem::take(&mut self.in_implicit) {
            self.close();
        }
    }

    pub(super) fn mark(&mut self, element: Element, at: usize) {
        if self.in_image == 0 {
            self.inline(at);
            self.open(element);
        }
    }

    pub(super) fn marked(&mut self, element: Element, text: &str, at: usize) {
        if self.in_image == 0 {
            self.inline(at);
            self.open(element);
            self.text(text);
            self.close();
        } else {
            self.text(text);
        }
    }

    pub(super) fn void(&mut self, element: Element, at: usize) {
        if self.in_image == 0 {
            self.inline(at);
            self.open(element);
            self.close();
        } else {
            self.text(" ");
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if let Some(Step::Text(last)) = self.steps.last_mut() {
            last.push_str(text);
        } else if !text.is_empty() {
            self.steps.push(Step::Text(text.to_owned()));
        }
    }

    pub(super) fn open(&mut self, element: Element) {
        if self.depth < MAX_DEPTH {
            self.depth += 1;
            self.steps.push(Step::Open(element));
        } else {
            self.flat += 1;
        }
    }

    pub(super) fn close(&mut self) {
        if 0 < self.flat {
            self.flat -= 1;
        } else {
            self.depth = self.depth.saturating_sub(1);
            self.steps.push(Step::Close);
        }
    }

    pub(super) fn address(&self, link: LinkType, destination: &str, id: &str) -> Option<Href> {
        match link {
            LinkType::Email => Href::parse(&format!("mailto:{destination}")),
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                // The first definition counts, and the parser has not seen those before the anchor.
                match self.definitions.address(id) {
                    Some(first) => Href::parse(first),
                    None => Href::parse(destination),
                }
            }
            LinkType::Inline
            | LinkType::ReferenceUnknown
            | LinkType::CollapsedUnknown
            | LinkType::ShortcutUnknown
            | LinkType::Autolink
            | LinkType::WikiLink { .. } => Href::parse(destination),
        }
    }
}
