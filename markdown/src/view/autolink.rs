//! Autolinks turn addresses in text into links: `https://…`, as GitHub does it.
//!
//! The parser leaves them as text. Not taken: `www.` and mail addresses without a scheme, which are as often
//! names of files and of things in code.

use super::super::containers::Container;
use super::super::element::Element;
use super::super::href::Href;
use super::step::{Anchor, Step};
use std::ops::Range;

/// Makes links of the addresses in the text of `steps`, which follow `anchor`. Gives the number of steps that the first
/// `mark` of them became.
///
/// `is_whole` says that no text follows: otherwise an address that the text ends with is still being written.
pub(super) fn link(
    steps: &mut Vec<Step>,
    anchor: &Anchor,
    mark: Option<usize>,
    is_whole: bool,
) -> Option<usize> {
    let has_address = |step: &Step| matches!(step, Step::Text(text) if text.contains("://"));
    if !steps.iter().any(has_address) {
        return mark;
    }
    let goes_on = |step: &Step| !matches!(step, Step::Close | Step::Note(_));
    let last = steps.iter().rposition(goes_on).filter(|_| !is_whole);
    // How many elements are open from the outermost on in which no address counts.
    let mut verbatim = match anchor.containers.last() {
        Some(Container::Code { lines: 0, .. }) => 1,
        Some(Container::Code { .. } | Container::Table { source: Some(_), .. }) => 2,
        Some(_) | None => 0,
    };
    let mut marked = mark;
    let before = std::mem::take(steps);
    let count = before.len();
    for (index, step) in before.into_iter().enumerate() {
        if mark == Some(index) {
            marked = Some(steps.len());
        }
        match step {
            Step::Text(text) if verbatim == 0 => split(&text, last == Some(index), steps),
            Step::Open(element) => {
                verbatim += usize::from(0 < verbatim || is_verbatim(&element));
                steps.push(Step::Open(element));
            }
            Step::Close => {
                verbatim = verbatim.saturating_sub(1);
                steps.push(Step::Close);
            }
            Step::Text(_) | Step::Loosen | Step::Note(_) => steps.push(step),
        }
    }
    if mark == Some(count) {
        marked = Some(steps.len());
    }
    marked
}

/// Writes `text` with its addresses as links; the last stays text when it `may_go_on`.
fn split(text: &str, may_go_on: bool, steps: &mut Vec<Step>) {
    let mut written = 0;
    let mut from = 0;
    while let Some(run) = next(text, from) {
        from = run.end;
        let end = run.start + trimmed(&text[run.clone()]);
        if may_go_on && run.end == text.len() {
            break;
        }
        let Some(href) = Href::parse(&text[run.start..end]) else { continue };
        if written < run.start {
            steps.push(Step::Text(text[written..run.start].to_owned()));
        }
        let shown = text[run.start..end].to_owned();
        steps.extend([Step::Open(Element::Link(href)), Step::Text(shown), Step::Close]);
        written = end;
    }
    if written < text.len() {
        steps.push(Step::Text(text[written..].to_owned()));
    }
}

/// Returns the next run of characters from `from` on that begins as an address does, up to a blank or the like.
fn next(text: &str, mut from: usize) -> Option<Range<usize>> {
    loop {
        let colon = from + memchr::memchr(b':', &text.as_bytes()[from..])?;
        let behind = text[colon..].strip_prefix("://").unwrap_or_default();
        let scheme = ["https", "http"].into_iter().find(|scheme| {
            text[from..colon]
                .len()
                .checked_sub(scheme.len())
                .and_then(|at| text.get(from + at..colon))
                .is_some_and(|word| word.eq_ignore_ascii_case(scheme))
        });
        if let Some(scheme) = scheme
            && behind.starts_with(char::is_alphanumeric)
            && text[..colon - scheme.len()].chars().next_back().is_none_or(may_precede)
        {
            let length = behind.find(ends).unwrap_or(behind.len());
            return Some(colon - scheme.len()..colon + "://".len() + length);
        }
        from = colon + 1;
    }
}

/// Returns the length of `run` without the punctuation that belongs to the sentence around it.
fn trimmed(run: &str) -> usize {
    let mut unopened = run.matches(')').count().saturating_sub(run.matches('(').count());
    let mut end = run.len();
    while let Some(last) = run[..end].chars().next_back() {
        match last {
            ')' if 0 < unopened => unopened -= 1,
            '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' | '"' => {}
            _ => break,
        }
        end -= last.len_utf8();
    }
    end
}

fn may_precede(c: char) -> bool {
    c.is_whitespace() || !c.is_ascii() || matches!(c, '(' | '*' | '_' | '~')
}

/// Blanks, and the full stops and brackets of scripts that put no blank behind an address.
fn ends(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '<' | '（'
                | '「'
                | '『'
                | '【'
                | '《'
                | '“'
                | '、'
                | '。'
                | '，'
                | '；'
                | '：'
                | '！'
                | '？'
                | '）'
                | '」'
                | '』'
                | '】'
                | '》'
                | '”'
        )
}

fn is_verbatim(element: &Element) -> bool {
    match element {
        Element::Code { .. }
        | Element::Lines
        | Element::Html
        | Element::CodeSpan
        | Element::Link(_)
        | Element::RefusedLink
        | Element::Image { .. }
        | Element::Math { .. }
        | Element::FootnoteMark => true,
        Element::Section
        | Element::Paragraph
        | Element::Heading(_)
        | Element::Quote(_)
        | Element::List { .. }
        | Element::Item
        | Element::Task { .. }
        | Element::Rule
        | Element::Table
        | Element::TableHead
        | Element::TableBody
        | Element::TableRow
        | Element::TableCell { .. }
        | Element::Emphasis
        | Element::Strong
        | Element::Strike
        | Element::Subscript
        | Element::Superscript
        | Element::Keyboard
        | Element::Highlight
        | Element::Break
        | Element::Footnote { .. } => false,
    }
}
