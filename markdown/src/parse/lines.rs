//! Takes the indentation of lines out of code spans, formulas and inline HTML of several lines.
//!
//! The lines of a paragraph begin with their first character that is no blank
//! (<https://spec.commonmark.org/0.31.2/#paragraphs>), also inside of a code span or a tag. The parser keeps those blanks
//! there, and in comments the marks of the quotes around them. Where lines begin it says only of plain text, so the
//! leaf is parsed once more as plain text.

use super::super::tex::BEGIN;
use super::parser::{Parsed, is_inline, leaves, parser};
use pulldown_cmark::{CowStr, Event};
use std::ops::Range;

/// Takes the indentation out of the spans in `parsed`, which are of `text`.
pub(super) fn trim(text: &str, parsed: &mut Parsed<'_>) {
    let is_indented = |range: &Range<usize>| {
        let lines = text[range.clone()].split('\n').skip(1);
        lines.into_iter().any(|line| line.starts_with([' ', '\t', '>']))
    };
    if !parsed
        .events
        .iter()
        .any(|(event, range)| delimiter(event, &text[range.clone()]).is_some() && is_indented(range))
    {
        return;
    }
    let Some(plain) = plain(text, parsed) else { return };
    parsed.scanned += plain.len();
    let starts: Vec<usize> = parser(&plain, None)
        .into_offset_iter()
        .filter(|(event, _)| is_inline(event))
        .map(|(_, range)| range.start)
        .collect();
    let trimmed = |range: Range<usize>, between: &str| {
        let mut content = String::with_capacity(range.len());
        let mut from = range.start;
        for line in text[range.clone()].split_inclusive('\n') {
            let end = from + line.len();
            // The place of a line end says nothing about the line.
            let index = starts.partition_point(|start| *start < from);
            let start = starts.get(index).map_or(end, |start| *start).min(range.end);
            let is_first = from == range.start;
            if !is_first {
                content.push_str(between);
            }
            let start = if is_first { from } else { start.min(end) };
            content.push_str(text[start..end].trim_end_matches('\n'));
            from = end;
        }
        content
    };
    for (event, range) in &mut parsed.events {
        let Some(length) = delimiter(event, &text[range.clone()]).filter(|_| is_indented(range)) else {
            continue;
        };
        let inside = range.start + length..range.end - length;
        match event {
            Event::Code(content) => *content = CowStr::from(stripped(trimmed(inside, " "))),
            Event::InlineHtml(content) | Event::InlineMath(content) | Event::DisplayMath(content) => {
                *content = CowStr::from(trimmed(inside, "\n"));
            }
            Event::Start(_)
            | Event::End(_)
            | Event::Text(_)
            | Event::Html(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }
}

/// Returns the length of what delimits the span that `event` makes of `source`; none where it makes none.
fn delimiter(event: &Event<'_>, source: &str) -> Option<usize> {
    match event {
        Event::Code(_) => {
            let opening = source.len() - source.trim_start_matches('`').len();
            let closing = source.len() - source.trim_end_matches('`').len();
            (0 < opening && opening == closing).then_some(opening)
        }
        Event::DisplayMath(_) if source.starts_with(BEGIN) => Some(0),
        Event::InlineMath(_) if source.starts_with('$') => Some(1),
        Event::InlineMath(_) | Event::DisplayMath(_) => Some(2),
        Event::InlineHtml(_) => Some(0),
        Event::Start(_)
        | Event::End(_)
        | Event::Text(_)
        | Event::Html(_)
        | Event::FootnoteReference(_)
        | Event::SoftBreak
        | Event::HardBreak
        | Event::Rule
        | Event::TaskListMarker(_) => None,
    }
}

/// Returns the text with letters in place of what its leaf blocks hold, except what may continue the blocks around a
/// line.
fn plain(text: &str, parsed: &Parsed<'_>) -> Option<String> {
    let mut plain = text.as_bytes().to_vec();
    for leaf in leaves(text, &parsed.events) {
        let mut continues = false;
        for byte in &mut plain[leaf] {
            match *byte {
                b'\n' => continues = true,
                b' ' | b'\t' => {}
                b'>' if continues => {}
                _ => {
                    continues = false;
                    *byte = b'x';
                }
            }
        }
    }
    String::from_utf8(plain).ok()
}

/// Returns the content of a code span without one blank at each end, where it has one at both and is not made of
/// blanks.
fn stripped(mut content: String) -> String {
    let inside = content.strip_prefix(' ').and_then(|inside| inside.strip_suffix(' '));
    if let Some(inside) = inside
        && !content.bytes().all(|byte| byte == b' ')
    {
        content = inside.to_owned();
    }
    content
}
