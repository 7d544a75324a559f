//! Completion closes, optimistically, the syntax that is open at the end of text which is still being written.
//!
//! Marks come before what they mark: `**bo` is most likely the beginning of strong text. [`complete`] changes
//! the open end of a text so that the parser sees it as it will probably be: it closes open marks, and holds back
//! the few characters that could still become anything. It only guesses: once a block is closed its own text is
//! parsed. So it may be wrong about rare text, but never slow.

use super::containers::MAX_COLUMNS;
use super::view::{Leaf, LeafKind};
use inline::close_inline;

mod inline;

/// Completes the text to what it will probably be; `None` when that is the text itself. Adds to `looked` how many bytes
/// were looked at for it, each time that they were.
///
/// `text` begins with `prefix` bytes that are not the author's. `leaf` is its last block.
pub(super) fn complete(text: &str, prefix: usize, leaf: Option<Leaf>, looked: &mut usize) -> Option<String> {
    let line = memchr::memrchr(b'\n', text.as_bytes()).map_or(0, |end| end + 1).max(prefix);
    if let Some(Leaf { kind: LeafKind::Fence(mark), start }) = leaf
        && start < line
    {
        // The first characters of a closing fence are not code.
        *looked += text.len() - line;
        let last = text[line..].trim_start_matches([' ', '>']).trim_end_matches(' ');
        let closes = !last.is_empty() && last.chars().all(|c| c == mark);
        return closes.then(|| text[..line].to_owned());
    }
    // The delimiter row that made a table is one already, and its cells are the last leaf.
    let in_table = matches!(leaf, Some(Leaf { kind: LeafKind::Cell, .. }));
    let end = if in_table { text.len() } else { held_from(text, line) };
    let held = end < text.len();
    *looked += text.len() - leaf.map_or(line, |leaf| leaf.start.min(line));
    // What stands above the first characters of an underline is no heading yet.
    let is_underline = text[end..].trim_start().starts_with(['-', '=']);
    let leaf = leaf.map(|leaf| match leaf.kind {
        LeafKind::Heading if is_underline => Leaf { kind: LeafKind::Paragraph, ..leaf },
        LeafKind::Paragraph | LeafKind::Heading | LeafKind::Cell | LeafKind::Fence(_) => leaf,
    });
    let Some(leaf) = leaf.filter(|leaf| leaf.start < end && is_open(text, *leaf)) else {
        return held.then(|| text[..end].to_owned());
    };
    if leaf.kind == LeafKind::Paragraph
        && let Some(table) = table(text, leaf.start, end, looked)
    {
        return Some(table);
    }
    let shown = if leaf.kind == LeafKind::Paragraph {
        before_cells(&text[leaf.start..end])
    } else {
        &text[leaf.start..end]
    };
    let mut out = text[..leaf.start].to_owned();
    let changed = close_inline(shown, leaf.kind == LeafKind::Paragraph, &mut out, looked);
    if leaf.kind == LeafKind::Cell
        && out[line..].bytes().all(|byte| matches!(byte, b'|' | b'>' | b' ' | b'\t'))
    {
        // A pipe alone is no row.
        out.truncate(line);
    }
    (changed || held || leaf.start + shown.len() < end).then_some(out)
}

/// Returns the beginning of the part of the last line that may still become a marker of some block.
fn held_from(text: &str, line: usize) -> usize {
    // A line may begin with ten thousand markers: what its end is made of is looked up once.
    let ends = RULES.map(|set| {
        let others = text.as_bytes()[line..].iter().rposition(|byte| !set.contains(byte));
        others.map_or(line, |at| line + at + 1)
    });
    let mut at = line;
    loop {
        let rest = &text[at..];
        let body = rest.trim_start_matches([' ', '\t', '>']);
        at += rest.len() - body.len();
        if body.is_empty() {
            return if rest.is_empty() { at } else { line };
        }
        if ends.iter().any(|end| *end <= at) || may_become_marker(body) {
            return at;
        }
        let after = after_marker(body);
        if after == 0 {
            return text.len();
        }
        at += after;
    }
}

/// The characters of thematic breaks, underlines, fences, the marks of headings and delimiter rows.
const RULES: [&[u8]; 8] = [b"# \t", b"-=*_+ \t", b"|:- \t", b"`", b"~", b"$", b"<", b"!"];

/// Returns the length of a list marker that is followed by content; zero when there is none.
fn after_marker(body: &str) -> usize {
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let sign = body.as_bytes().get(digits);
    let known = match sign {
        Some(b'-' | b'+' | b'*') => digits == 0,
        Some(b'.' | b')') => (1..=9).contains(&digits),
        Some(_) | None => false,
    };
    if known && body.as_bytes().get(digits + 1) == Some(&b' ') { digits + 2 } else { 0 }
}

/// Returns whether `body`, the end of a line, may become a marker that other characters than those in [`RULES`] belong
/// to.
fn may_become_marker(body: &str) -> bool {
    let digits = body.bytes().take(10).take_while(u8::is_ascii_digit).count();
    let behind = body[digits..].strip_prefix(['.', ')']).unwrap_or(&body[digits..]);
    let number = (1..=9).contains(&digits) && behind.trim_start_matches([' ', '\t']).is_empty();
    let fence = ["```", "~~~"].iter().any(|mark| {
        // An info string grows: the block is shown once its first line is complete.
        body.starts_with(mark) && !body.trim_start_matches(['`', '~']).contains('`')
    });
    ["[", "[ ", "[x", "[X", "[ ]", "[x]", "[X]"].contains(&body) || number || fence
}

/// Returns whether the last leaf of `text` would take in more text.
fn is_open(text: &str, leaf: Leaf) -> bool {
    let rest = &text[leaf.start..];
    match leaf.kind {
        LeafKind::Heading | LeafKind::Cell => !rest.contains('\n'),
        LeafKind::Paragraph => {
            let blank = [' ', '\t', '>'];
            let last = rest.trim_end_matches(blank);
            let before = last.strip_suffix('\n').unwrap_or(last);
            !before.trim_end_matches(blank).ends_with('\n')
        }
        LeafKind::Fence(_) => true,
    }
}

/// Returns a line that begins with a pipe is most likely the header of a table, whose delimiter row comes next. So is
/// any line with a pipe above what begins as a delimiter row and has a pipe as well.
fn table(text: &str, start: usize, end: usize, looked: &mut usize) -> Option<String> {
    // The quote marks before a delimiter row that is held back are no line of their own.
    let mut region = text[start..end].trim_end();
    if let Some((above, marks)) = region.rsplit_once('\n')
        && marks.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'>'))
    {
        region = above.trim_end();
    }
    let header = memchr::memrchr(b'\n', region.as_bytes()).map_or(0, |at| at + 1);
    let row = region[header..].trim_start_matches([' ', '\t', '>']);
    let begins_cell = row.starts_with('|');
    let is_delimiter = |held: &str| {
        held.contains('|') && held.bytes().all(|byte| matches!(byte, b'|' | b':' | b'-' | b' ' | b'\t'))
    };
    // Without a pipe before it, a line behind others belongs to their paragraph.
    if !begins_cell && (0 < header || !is_delimiter(&text[end..])) {
        return None;
    }
    let ends_cell = row.ends_with('|') && !row.ends_with("\\|");
    let pipes = row.len() - row.replace('|', "").len() - row.matches("\\|").count();
    let columns = (pipes + usize::from(!begins_cell)).saturating_sub(usize::from(ends_cell));
    if pipes == 0 {
        return None;
    }
    if !(1..=MAX_COLUMNS).contains(&columns) {
        return None;
    }
    let cell = row.rfind('|').map_or(row.len(), |at| at + 1);
    let mut out = text[..start + region.len() - (row.len() - cell)].to_owned();
    close_inline(&row[cell..], false, &mut out, looked);
    if !ends_cell {
        out.push('|');
    }
    out.push('\n');
    // The delimiter row has to stand in the same containers as the line the paragraph begins on.
    let line = memchr::memrchr(b'\n', &text.as_bytes()[..start]).map_or(0, |at| at + 1);
    out.extend(text[line..start].chars().map(|c| if matches!(c, '>' | '\t') { c } else { ' ' }));
    out.extend(std::iter::repeat_n("|-", columns));
    out.push_str("|\n");
    Some(out)
}

/// Returns a paragraph without what stands behind the first pipe of its only line: that may be the header of a table,
/// and shows when the next line begins.
fn before_cells(paragraph: &str) -> &str {
    let line = paragraph.trim_end();
    if LONGEST_HEADER < line.len() || line.contains('\n') {
        return paragraph;
    }
    let is_border =
        |at: &usize| !line[..*at].ends_with('\\') && line[..*at].matches('`').count().is_multiple_of(2);
    memchr::memchr_iter(b'|', line.as_bytes()).find(is_border).map_or(paragraph, |at| &paragraph[..at])
}

/// Bytes; a longer line with pipes in it is shown as text until a delimiter row comes.
const LONGEST_HEADER: usize = 200;
