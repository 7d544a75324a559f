//! Reads harmless HTML that models write: `<sub>`, `<sup>`, `<kbd>` and `<mark>`, in pairs and without attributes.
//!
//! The parser gives each tag as an event of its own. A pair is one if both stand in the same leaf and inside of the same
//! emphasis and links; any other tag is shown as the text it is.

use super::super::element::Element;
use super::in_order;
use super::parser::{is_inline, is_inline_end};
use pulldown_cmark::Event;
use std::ops::Range;

/// Returns the elements that the tags in `events` begin, in the order of their places; `None` for those that end one.
#[must_use]
pub fn pairs(events: &[(Event<'_>, Range<usize>)]) -> Vec<(usize, Option<Element>)> {
    let mut pairs = Vec::new();
    let mut open: Vec<(usize, &str, usize)> = Vec::new();
    let mut depth = 0_usize;
    for (event, range) in events {
        if let Event::InlineHtml(tag) = event {
            if element(tag).is_some() {
                // Marks that wait for longer are none, and are not searched again and again.
                if open.len() < MOST_OPEN {
                    open.push((depth, tag, range.start));
                }
            } else if let Some(name) = tag.strip_prefix("</").and_then(|name| name.strip_suffix('>')) {
                let matches = |(at, begun, _): &(usize, &str, usize)| {
                    *at == depth
                        && begun.get(1..begun.len() - 1).is_some_and(|begun| begun.eq_ignore_ascii_case(name))
                };
                if let Some(index) = open.iter().rposition(matches) {
                    let (_, begun, start) = open[index];
                    open.truncate(index);
                    pairs.extend([(start, element(begun)), (range.start, None)]);
                }
            }
        } else if matches!(event, Event::Start(_)) && is_inline(event) {
            depth += 1;
        } else if is_inline_end(event) {
            depth = depth.saturating_sub(1);
            while open.last().is_some_and(|(at, ..)| depth < *at) {
                open.pop();
            }
        } else if !is_inline(event) {
            open.clear();
            depth = 0;
        }
    }
    in_order(pairs, |(at, _)| *at)
}

/// Returns the element that a tag begins.
fn element(tag: &str) -> Option<Element> {
    let name = tag.strip_prefix('<')?.strip_suffix('>')?.to_ascii_lowercase();
    match name.as_str() {
        "sub" => Some(Element::Subscript),
        "sup" => Some(Element::Superscript),
        "kbd" => Some(Element::Keyboard),
        "mark" => Some(Element::Highlight),
        _ => None,
    }
}

/// Returns whether a tag begins one of the elements that are made.
pub(in super::super) fn is_known(tag: &str) -> bool {
    element(tag).is_some()
}

/// Limit L7 on tags that wait for their other half.
const MOST_OPEN: usize = 64;
