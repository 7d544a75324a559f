//! [`Moved`] records reasoning that stood in the text and was told by its closing tag alone.
//!
//! Servers whose template writes the opening tag into the prompt send the thoughts as text and then `</think>`. Only there is
//! known what the text was, so it is moved: once in a turn, the one exception to what is shown staying where it is.

use super::block::Block;
use crate::wire::{BlockIndex, BlockKind, TAGS};
use std::ops::Range;

/// White space that may stand between a closing tag and the end of its line.
const BLANK: usize = 8;

/// A move of reasoning out of the text, at its closing tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The text that it stood in.
    from: usize,
    /// Index of the new block, behind all that were opened before.
    pub to: usize,
    /// The text that was taken out, with its tag.
    taken: String,
}

impl Moved {
    /// Returns the place of the block with that index: those opened later are one place behind.
    pub(super) fn place(&self, index: BlockIndex) -> usize {
        let at = index.0 as usize;
        at + usize::from(at >= self.to)
    }

    /// Returns the provider's final text of a block without what was moved.
    pub(super) fn rest<'a>(&self, at: usize, text: &'a str) -> &'a str {
        match text.strip_prefix(self.taken.as_str()) {
            Some(rest) if at == self.from => rest.trim_start(),
            Some(_) | None => text,
        }
    }

    /// Returns the part of a fragment that is to be appended to a block: behind the text that was moved no blank line
    /// is left.
    pub(super) fn added<'a>(&self, at: usize, text: &'a str, block: &Block) -> &'a str {
        if at == self.from && block.text.is_empty() { text.trim_start() } else { text }
    }
}

/// Moves the text of block `at` before the closing tag in `line` to a block of its own, if it is reasoning.
pub(super) fn take_reasoning(blocks: &mut Vec<Block>, at: usize, line: Range<usize>) -> Option<Moved> {
    let block = &blocks[at];
    let choice = block.choice;
    let is_other = |other: &Block| {
        other.choice == choice && other.kind == BlockKind::Reasoning && !other.text.is_empty()
    };
    let is_first = !blocks[..at].iter().any(|other| other.choice == choice && other.kind == BlockKind::Text);
    if !is_first || blocks.iter().any(is_other) || !ends_reasoning(&block.text[..line.start]) {
        return None;
    }
    let blank = block.text[line.end..].len() - block.text[line.end..].trim_start().len();
    let block = &mut blocks[at];
    let rest = block.text.split_off(line.end + blank);
    let taken = std::mem::replace(&mut block.text, rest);
    block.revision += 1;
    let text = taken[..line.start].trim().to_owned();
    let to = blocks.len();
    blocks.push(Block { text, closed: true, ..Block::new(BlockKind::Reasoning, choice) });
    Some(Moved { from: at, to, taken })
}

/// Finds the first line that was ended behind `from` and ends with a closing tag: from that tag to the end of the line.
pub(super) fn closing_line(text: &str, from: usize) -> Option<Range<usize>> {
    let ends = text.as_bytes()[from..].iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    ends.map(|(at, _)| from + at).find_map(|end| {
        let line = text[..end].trim_end_matches([' ', '\t', '\r']);
        let rest = line.strip_suffix('>').filter(|_| end - line.len() <= BLANK)?;
        let name = TAGS.iter().find(|name| rest.ends_with(**name))?;
        let start = rest[..rest.len() - name.len()].strip_suffix("</")?.len();
        Some(start..end + 1)
    })
}

/// Returns whether a closing tag behind that text ends reasoning, and is not something that the text is about or shows.
fn ends_reasoning(before: &str) -> bool {
    let is_spoken_of = TAGS.iter().any(|name| {
        before
            .match_indices(name)
            .any(|(at, _)| before[..at].ends_with(['<', '/']) || before[at + name.len()..].starts_with('>'))
    });
    let said = before.trim_end();
    let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    // Behind a blank it stands in its sentence, unless that is over.
    let is_in_sentence = !line.trim().is_empty()
        && line.ends_with([' ', '\t'])
        && !said.ends_with(['.', '!', '?', '…', '。', '！', '？', ')', '"']);
    let is_announced = said.ends_with([':', '：', '`', '(', '“', '„', '‘', '«', '\'']);
    !is_spoken_of && !is_in_sentence && !is_announced && !is_in_code(before)
}

/// Returns whether what follows the text stands in code: in a fence, in an indented line or between backticks.
fn is_in_code(before: &str) -> bool {
    let mut fence: Option<&str> = None;
    let mut ticks = 0;
    let mut last = "";
    for line in before.split('\n') {
        last = line;
        let text = line.trim_start();
        let marks = ["```", "~~~"].into_iter().find(|marks| text.starts_with(marks));
        match (fence, marks) {
            (Some(open), Some(mark))
                if open == mark && text.trim_end().trim_start_matches(&mark[..1]).is_empty() =>
            {
                fence = None;
            }
            (None, Some(mark)) => (fence, ticks) = (Some(mark), 0),
            (Some(_), _) => {}
            (None, None) if text.is_empty() => ticks = 0,
            (None, None) => ticks += text.matches('`').count(),
        }
    }
    let is_indented = last.starts_with("    ") || last.starts_with('\t');
    fence.is_some() || is_indented || ticks % 2 == 1
}
