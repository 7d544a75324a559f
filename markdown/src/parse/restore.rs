//! Restores the events of a masked copy to events of the text.

use super::mask::{Kind, Mask};
use super::parser::is_reference;
use pulldown_cmark::{CowStr, Event, LinkType, Tag};
use std::ops::Range;

/// A text, its copy, and the masks that make the difference, in order.
#[derive(Clone, Copy)]
pub(super) struct Restore<'a, 'c> {
    pub(super) text: &'a str,
    pub(super) copy: &'c str,
    pub(super) masks: &'c [Mask],
}

impl<'a> Restore<'a, '_> {
    /// Returns the event as the text has it. Notes in `seen` the masks that came back as they were meant.
    pub(super) fn event(&self, event: Event<'_>, range: &Range<usize>, seen: &mut [bool]) -> Event<'a> {
        match event {
            Event::Text(text) => Event::Text(self.content(text, range, seen)),
            Event::Code(text) => Event::Code(self.content(text, range, seen)),
            Event::Html(text) => Event::Html(self.content(text, range, seen)),
            Event::InlineHtml(text) => Event::InlineHtml(self.content(text, range, seen)),
            Event::InlineMath(text) => Event::InlineMath(self.formula(text, range, seen)),
            Event::DisplayMath(text) => Event::DisplayMath(self.formula(text, range, seen)),
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => Event::Start(Tag::Link {
                link_type,
                dest_url: dest_url.into_static(),
                title: title.into_static(),
                id: self.label(id, link_type, range),
            }),
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => Event::Start(Tag::Image {
                link_type,
                dest_url: dest_url.into_static(),
                title: title.into_static(),
                id: self.label(id, link_type, range),
            }),
            Event::Start(tag) => Event::Start(tag.into_static()),
            Event::End(tag) => Event::End(tag),
            Event::FootnoteReference(label) => Event::FootnoteReference(label.into_static()),
            Event::SoftBreak => Event::SoftBreak,
            Event::HardBreak => Event::HardBreak,
            Event::Rule => Event::Rule,
            Event::TaskListMarker(checked) => Event::TaskListMarker(checked),
        }
    }

    /// Returns an event's content, of which masks may be a part; but none that hide formulas.
    fn content(&self, content: CowStr<'_>, range: &Range<usize>, seen: &mut [bool]) -> CowStr<'a> {
        let masks = self.masks_in(range);
        // The address of `<…>` is made of the same text as its content.
        let in_brackets =
            || self.text[..range.start].ends_with('<') && self.text[range.end..].starts_with('>');
        let is_slice = content.len() == range.len() && self.copy[range.clone()] == *content;
        let restored = if is_slice {
            Some(CowStr::Borrowed(&self.text[range.clone()]))
        } else if masks.is_empty() {
            return content.into_static();
        } else {
            self.text_in(&content, range).map(CowStr::from)
        };
        if restored.is_some() && (masks.is_empty() || !in_brackets()) {
            for index in masks {
                seen[index] |= !self.masks[index].is_formula();
            }
        }
        restored.unwrap_or_else(|| content.into_static())
    }

    /// Returns a formula's content: of one that was masked, or any other.
    fn formula(&self, content: CowStr<'_>, range: &Range<usize>, seen: &mut [bool]) -> CowStr<'a> {
        let masks = self.masks_in(range);
        let [mask] = &self.masks[masks.clone()] else { return self.content(content, range, seen) };
        if mask.range != *range {
            return self.content(content, range, seen);
        }
        if mask.kind == Kind::Environment {
            let Some(inside) = self.text_in(&content, &(range.start + 2..range.end - 2)) else {
                return content.into_static();
            };
            seen[masks.start] = true;
            let (open, close) =
                (&self.text[range.start..range.start + 2], &self.text[range.end - 2..range.end]);
            return CowStr::from([open, &inside, close].concat());
        }
        // Behind the bracket there is one more byte of the delimiter where it is round.
        let more = usize::from(mask.kind == Kind::Inline);
        let hidden = content.get(more..content.len() - more).unwrap_or_default();
        match self.text_in(hidden, &(range.start + 2..range.end - 2)) {
            Some(content) => {
                seen[masks.start] = true;
                CowStr::from(content)
            }
            None => content.into_static(),
        }
    }

    /// Restores a label, which is a part of the text in brackets, or stands alone behind it.
    fn label(&self, label: CowStr<'_>, link: LinkType, range: &Range<usize>) -> CowStr<'a> {
        if is_reference(link)
            && let Some(label) = self.text_in(&label, range)
        {
            return CowStr::from(label);
        }
        label.into_static()
    }

    /// Returns the masks that begin in `range`.
    fn masks_in(&self, range: &Range<usize>) -> Range<usize> {
        let before = |at: usize| self.masks.partition_point(|mask| mask.range.start < at);
        before(range.start)..before(range.end)
    }

    /// Returns the text that `content`, made by the parser of a part of the copy, stands for. The parser leaves out
    /// what continues the blocks around a line and some backslashes, and makes blanks of line ends; otherwise it
    /// copies.
    pub(super) fn text_in(&self, content: &str, range: &Range<usize>) -> Option<String> {
        let (text, copy) = (self.text.as_bytes(), self.copy.as_bytes());
        let mut restored = vec![0; content.len()];
        let mut at = range.end;
        for (index, byte) in content.bytes().enumerate().rev() {
            loop {
                at = at.checked_sub(1).filter(|at| range.start <= *at)?;
                let is_line_end = byte == b' ' && copy[at] == b'\n';
                if copy[at] == byte || is_line_end {
                    restored[index] = if is_line_end { b' ' } else { text[at] };
                    break;
                }
                if copy[at] != text[at] {
                    return None;
                }
            }
        }
        String::from_utf8(restored).ok()
    }
}
