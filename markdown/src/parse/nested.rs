//! Finds fences that end a block inside of a block labelled as Markdown, which the parser takes for the end of the
//! latter.

use super::super::containers::line_at;
use super::super::fence::Fence;
use super::mask::{Kind, Mask};
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use std::ops::Range;

/// Adds masks over such fences of the first block that `events` end too early, and says whether there is one.
pub(super) fn find(text: &str, events: &[(Event<'_>, Range<usize>)], masks: &mut Vec<Mask>) -> bool {
    let mut depth = 0_usize;
    let mut block: Option<Fence> = None;
    // Where the content of the block ends so far, and whether a line begins there.
    let mut end = 0;
    let mut begins = true;
    for (event, range) in events {
        if matches!(event, Event::Start(_)) {
            depth += 1;
        } else if matches!(event, Event::End(_)) {
            depth -= 1;
        }
        if let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) = event {
            block = Fence::read(line_at(text, range.start));
            begins = true;
        } else if let (Event::Text(content), Some(fence)) = (event, &mut block) {
            let mut at = range.start;
            for line in content.split_inclusive('\n') {
                if begins {
                    fence.follow(line_at(text, at));
                }
                begins = line.ends_with('\n');
                at += line.len();
            }
            end = range.end;
        } else if matches!(event, Event::End(TagEnd::CodeBlock))
            && let Some(mut fence) = block.take().filter(Fence::is_inside)
        {
            let closing = text[end..range.end].trim_end_matches(' ');
            let start = end + closing.trim_end_matches(fence.mark()).len();
            end += closing.len();
            if start == end {
                continue;
            }
            masks.push(mask(start..end));
            fence.follow(&text[start..end]);
            // In a container its own end is for the parser to find.
            if depth == 0 && (range.start == 0 || text[..range.start].ends_with('\n')) {
                ahead(text, end + line_at(text, end).len() + 1, fence, masks);
            }
            return true;
        }
    }
    false
}

/// Adds masks over such fences of the block of `fence`, which stands in no container and goes on at `at`, and of those
/// behind it, as far as what a line begins can be told by the line.
fn ahead(text: &str, mut at: usize, fence: Fence, masks: &mut Vec<Mask>) {
    let mut block = Some(fence);
    for line in text.get(at..).unwrap_or_default().split_inclusive('\n') {
        let body = line.trim_start_matches(' ');
        let indent = line.len() - body.len();
        match &mut block {
            Some(fence) if fence.is_ended_by(line) && !fence.is_inside() => block = None,
            Some(fence) => {
                if fence.is_ended_by(line) {
                    masks.push(mask(at + indent..at + line.trim_end().len()));
                }
                fence.follow(line);
            }
            // HTML may have fences in it, and an item a block that ends with the item.
            None if body.starts_with('<') || (0 < indent && Fence::read(line).is_some()) => return,
            None => block = Fence::read(line),
        }
        at += line.len();
    }
}

fn mask(range: Range<usize>) -> Mask {
    Mask { range, kind: Kind::Fence, leaf: usize::MAX }
}
