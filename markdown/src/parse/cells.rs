//! Keeps cells beyond a table's last column, which GitHub leaves out: they are shown in the last cell.

use super::super::containers::MAX_COLUMNS;
use super::mask::{Kind, Mask};
use pulldown_cmark::{Event, Tag};
use std::ops::Range;

/// Masks over the pipes that part what stands beyond the last column of a table from its last cell.
pub(super) fn beyond(text: &str, events: &[(Event<'_>, Range<usize>)]) -> Vec<Mask> {
    let mut masks = Vec::new();
    let mut row = 0..0;
    let mut last = 0;
    let mut is_wide = false;
    for (event, range) in events {
        match event {
            // So wide a table is shown as source.
            Event::Start(Tag::Table(columns)) => is_wide = MAX_COLUMNS < columns.len(),
            Event::Start(Tag::TableRow) if !is_wide => {
                mask_row(text, last, row.end, &mut masks);
                row = range.clone();
                last = row.end;
            }
            Event::Start(Tag::TableCell) if row.contains(&range.start) => last = range.end,
            Event::Start(_)
            | Event::End(_)
            | Event::Text(_)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }
    mask_row(text, last, row.end, &mut masks);
    masks
}

/// Masks the pipes from the end of the last cell on, but not the one that ends the row.
fn mask_row(text: &str, last: usize, end: usize, masks: &mut Vec<Mask>) {
    let Some(rest) = text.get(last..end) else { return };
    let is_pipe = |at: &usize| !rest[..*at].ends_with('\\');
    let pipes = memchr::memchr_iter(b'|', rest.as_bytes()).filter(is_pipe);
    let ends = rest.trim_end().len();
    masks.extend(pipes.filter(|at| at + 1 < ends).map(|at| Mask {
        range: last + at..last + at + 1,
        kind: Kind::Pipe,
        leaf: usize::MAX,
    }));
}
