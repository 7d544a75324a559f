//! Reads code that goes on line by line: text of which nothing but the code block's own end is to be found, and no end
//! is there.
//!
//! While a long block of code is written, all of its open end is such text. The parser would read it letter by letter.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag, TagEnd};
use std::ops::Range;

/// Returns the parser's events of `text`, where that is an unlabelled, unindented fence and lines none of which could
/// end its block; none for any other text.
pub(super) fn read(text: &str) -> Option<Vec<(Event<'_>, Range<usize>)>> {
    let (fence, code) = text.split_once('\n')?;
    let mark = fence.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let is_bare = 3 <= fence.len() && fence.chars().all(|character| character == mark);
    // The parser puts something else in the place of these two, and leaves out a last line of nothing but blanks.
    let is_plain = memchr::memchr2(b'\0', b'\r', code.as_bytes()).is_none();
    let last = code.rsplit('\n').next().unwrap_or(code);
    let is_indentation = !last.is_empty() && last.trim_matches([' ', '\t']).is_empty();
    if code.is_empty() || !is_bare || !is_plain || is_indentation || may_end(code, mark) {
        return None;
    }
    let block = CodeBlockKind::Fenced(CowStr::Borrowed(""));
    Some(vec![
        (Event::Start(Tag::CodeBlock(block)), 0..text.len()),
        (Event::Text(CowStr::Borrowed(code)), text.len() - code.len()..text.len()),
        (Event::End(TagEnd::CodeBlock), 0..text.len()),
    ])
}

/// Returns whether a line of `code` begins with `mark`, which each end of a block made by it does.
fn may_end(code: &str, mark: char) -> bool {
    code.contains(mark) && code.lines().any(|line| line.trim_start_matches(' ').starts_with(mark))
}
