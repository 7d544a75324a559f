//! Builds the inline content of a line, and the steps themselves.

use super::super::containers::Container;
use super::super::definitions::{self, Label};
use super::super::element::Element;
use super::super::href::Href;
use super::super::parse;
use super::hidden_chars::marked;
use super::{Builder, LeafKind, MAX_DEPTH, OpenContainer, Step};
use pulldown_cmark::LinkType;
use std::borrow::Cow;

impl Builder<'_> {
    /// Prepares for inline content at `at`: directly in an item it gets a paragraph.
    pub(super) fn inline(&mut self, at: usize) {
        self.inline_of(at, true);
    }

    /// Prepares for the box of a task, which is no text yet.
    pub(super) fn inline_of(&mut self, at: usize, has_text: bool) {
        if !self.in_implicit
            && matches!(self.containers.last(), Some(OpenContainer { container: Container::Item(_), .. }))
            && !self.in_block
        {
            self.gap_before(at);
            self.resume_at(at);
            if has_text {
                self.note_text();
            }
            self.open(Element::Paragraph);
            self.in_implicit = true;
            self.begin_leaf(at, LeafKind::Paragraph);
        }
    }

    pub(super) fn end_implicit(&mut self) {
        if std::mem::take(&mut self.in_implicit) {
            self.note_leaf(LeafKind::Paragraph);
            self.close();
        }
    }

    pub(super) fn mark(&mut self, element: Element, at: usize) {
        if self.in_image == 0 {
            self.inline(at);
            self.open(element);
        }
    }

    /// Takes a tag that begins an element, or ends it.
    pub(super) fn tag(&mut self, begun: Option<Element>, at: usize) {
        match begun {
            Some(element) => self.mark(element, at),
            None if self.in_image == 0 => self.close(),
            None => {}
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
        let is_code =
            matches!(self.containers.last(), Some(OpenContainer { container: Container::Code { .. }, .. }));
        let seen = visible(text, is_code);
        let text = seen.as_ref();
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

    pub(super) fn address(
        &mut self,
        link: LinkType,
        destination: &str,
        id: &str,
        at: usize,
        parse: fn(&str) -> Option<Href>,
    ) -> Option<Href> {
        if !parse::is_reference(link) {
            let is_mail = link == LinkType::Email;
            return if is_mail { parse(&format!("mailto:{destination}")) } else { parse(destination) };
        }
        let brackets = self.brackets_before(at);
        // The first definition counts, and the parser has not seen those before the anchor.
        let own = || self.own.get(&Label::link(id)).map(String::as_str);
        let address = self.definitions.address(id).or_else(own)?;
        definitions::is_affordable(address, brackets).then(|| parse(address)).flatten()
    }
}

/// Returns control characters as the symbols for them: a terminal's codes are never interpreted, nor do they vanish. In
/// code the same is true of what turns the direction of text, which makes a program read as another one.
///
/// Runs of characters that take no place become a mark with their number.
#[must_use]
pub fn visible(text: &str, is_code: bool) -> Cow<'_, str> {
    // Most text is this, and need not be read character by character.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) {
        return Cow::Borrowed(text);
    }
    if !is_code && text.contains(CITATION) {
        return Cow::Owned(visible(&without_citations(text), false).into_owned());
    }
    if !text.is_ascii()
        && let Some(marked) = marked(text)
    {
        return Cow::Owned(drawn(&marked, is_code).into_owned());
    }
    drawn(text, is_code)
}

/// The characters that some models put around and between the parts of a citation, from a private area of Unicode: its
/// beginning, its end, and what parts them.
const CITATION: [char; 7] =
    ['\u{e200}', '\u{e201}', '\u{e202}', '\u{e203}', '\u{e204}', '\u{e205}', '\u{e206}'];

/// Returns `text` without citations: they name results of a search that this page does not have.
fn without_citations(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(CITATION[0]) {
        kept.push_str(before);
        rest = behind.split_once(CITATION[1]).map_or(behind, |(_, after)| after);
    }
    kept.push_str(rest);
    kept.retain(|c| !CITATION.contains(&c));
    kept
}

fn drawn(text: &str, is_code: bool) -> Cow<'_, str> {
    let hides = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t'))
            || (is_code
                && matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}'))
    };
    if !text.contains(hides) {
        return Cow::Borrowed(text);
    }
    let show = |c: char| match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '\u{2421}',
        _ => char::REPLACEMENT_CHARACTER,
    };
    Cow::Owned(text.chars().map(|c| if hides(c) { show(c) } else { c }).collect())
}
