//! Late definitions revise text that was settled before the label it refers to was defined.
//!
//! In CommonMark `[text][label]` is a link wherever `[label]: address` stands, also far below; the same holds
//! for footnotes. So a settled leaf block that refers to a label without a definition is kept as source, and
//! parsed once more when the definition comes.
//!
//! That is what a late definition costs: one parse of each leaf block that refers to its label, and the
//! source of those blocks in memory. A block that waits for many labels is parsed again until that comes to
//! [`MOST_PARSES`] times its length, and for the rest once more at the end of the text, so that the work
//! stays linear.

use super::containers::{self, Container};
use super::definitions::{Definitions, Label};
use super::element::Element;
use super::view::{Anchor, LeafKind, Noted, Step, View};
use std::collections::BTreeMap;

/// Keeps the settled leaf blocks that wait for definitions.
#[derive(Debug, Default)]
pub(super) struct LateDefinitions {
    /// The leaves, in the order of their numbers.
    leaves: Vec<(usize, PendingBlock)>,
    /// The leaves that refer to each label.
    by_label: BTreeMap<Label, Vec<usize>>,
    /// The leaves a label of which was defined since they were parsed.
    due: Vec<usize>,
    /// The leaves that were parsed [`MOST_PARSES`] times: they wait for the end of the text.
    due_last: Vec<usize>,
}

/// A leaf block as it is parsed again.
#[derive(Debug)]
struct PendingBlock {
    kind: LeafKind,
    task: Option<bool>,
    source: String,
    /// Number of closing brackets before it in the whole text.
    brackets: usize,
    parses: usize,
    is_due: bool,
}

impl LateDefinitions {
    /// Keeps a leaf of `text` that refers to labels not defined so far. Beyond [`MAX_LEAVES`] leaves no more
    /// are kept: theirs stay text.
    pub(super) fn keep(&mut self, text: &str, noted: &Noted) {
        if MAX_LEAVES <= self.leaves.len() {
            return;
        }
        for label in &noted.labels {
            self.by_label.entry(label.clone()).or_default().push(noted.number);
        }
        let source = uncontained(&text[noted.from..noted.to], &noted.containers);
        // A heading of several lines or with the box of a task has the content of a paragraph.
        let is_underlined = source.contains('\n') || noted.task.is_some();
        let kind = if is_underlined { LeafKind::Paragraph } else { noted.kind };
        let (task, brackets) = (noted.task, noted.brackets);
        let leaf = PendingBlock { kind, task, source, brackets, parses: 0, is_due: false };
        match self.leaves.binary_search_by_key(&noted.number, |(number, _)| *number) {
            Ok(at) => self.leaves[at].1 = leaf,
            Err(at) => self.leaves.insert(at, (noted.number, leaf)),
        }
    }

    /// Marks the leaves that refer to `label`, which is defined now, as due.
    pub(super) fn defined(&mut self, label: &Label) {
        for number in self.by_label.remove(label).unwrap_or_default() {
            let Some(leaf) = leaf(&mut self.leaves, number).filter(|leaf| !leaf.is_due) else { continue };
            leaf.is_due = true;
            let due = if leaf.parses < MOST_PARSES { &mut self.due } else { &mut self.due_last };
            due.push(number);
        }
    }

    /// Takes the leaves that are due and may be parsed now; `is_last` lets all of them.
    pub(super) fn due(&mut self, is_last: bool) -> Vec<usize> {
        let mut due = std::mem::take(&mut self.due);
        if is_last {
            due.append(&mut self.due_last);
        }
        due
    }

    /// Parses a leaf again with `definitions`, and gives the steps that make its content and the bytes parsed for
    /// them. `None` when the leaf cannot be read alone: it stays as it is then.
    pub(super) fn revised(&mut self, number: usize, definitions: &Definitions) -> Option<(Vec<Step>, usize)> {
        let leaf = leaf(&mut self.leaves, number)?;
        leaf.is_due = false;
        leaf.parses += 1;
        let mut scanned = 0;
        let mut parse = |is_indented| {
            let mut text = definitions.preamble(&leaf.source);
            let prefix = alone(leaf, is_indented, &mut text);

            // The box of a task is written again, with its bracket.
            let brackets = leaf.brackets - usize::from(leaf.task.is_some());
            let anchor = Anchor { brackets, ..Anchor::default() };
            let view = View::parse(&text, prefix, &anchor, definitions, true);
            scanned += view.scanned;
            content(view.steps, leaf)
        };
        // A line that belongs to its paragraph only because it continues less than all containers is taken for
        // another block here, unless it is indented. That would show inside of code spans.
        let steps = parse(false).or_else(|| parse(true))?;
        Some((steps, scanned))
    }
}

/// Returns the leaf with that number.
fn leaf(leaves: &mut [(usize, PendingBlock)], number: usize) -> Option<&mut PendingBlock> {
    let at = leaves.binary_search_by_key(&number, |(number, _)| *number).ok()?;
    leaves.get_mut(at).map(|(_, leaf)| leaf)
}

/// Writes the leaf so that it stands in no container but the item of its task, the lines of a paragraph indented if asked
/// for. Gives the length of what stands before it for good.
fn alone(leaf: &PendingBlock, is_indented: bool, text: &mut String) -> usize {
    let source = &leaf.source;
    let mut prefix = text.len();
    match leaf.kind {
        LeafKind::Heading => text.extend(["# ", source, " #\n"]),
        LeafKind::Cell => text.extend(["|x|\n|-|\n|", source, " |\n"]),
        LeafKind::Paragraph | LeafKind::Fence(_) => {
            match leaf.task {
                // So wide that a line which continues less than its item keeps its blanks.
                Some(checked) => text.push_str(if checked { "-    [x] " } else { "-    [ ] " }),
                None => {
                    // A definition begins a paragraph, and so far in nothing but its text can follow.
                    text.push_str(DEFINITION);
                    prefix = text.len();
                    text.push_str("\n    ");
                }
            }
            for (index, line) in source.split('\n').enumerate() {
                if 0 < index {
                    text.push('\n');
                    let indent = is_indented && may_begin_block(line);
                    if leaf.task.is_some()
                        && (indent || containers::blanks(line, 0, ITEM.len()).1 >= ITEM.len())
                    {
                        text.push_str(ITEM);
                    }
                    text.push_str(if indent { "    " } else { "" });
                }
                text.push_str(line);
            }
        }
    }
    prefix
}

/// Returns whether a line can be taken for something else than a paragraph's text.
fn may_begin_block(line: &str) -> bool {
    let body = line.trim_start_matches(' ');
    let is_indented = 4 <= line.len() - body.len() || body.starts_with('\t');
    let is_span = body.starts_with('`') && !body.starts_with("```");
    !is_indented && !is_span && !body.starts_with(char::is_alphabetic)
}

/// Returns the steps inside the leaf that `steps` make; `None` when they make more than one.
fn content(mut steps: Vec<Step>, leaf: &PendingBlock) -> Option<Vec<Step>> {
    let begins = |step: &Step| match leaf.kind {
        LeafKind::Cell => matches!(step, Step::Open(Element::TableCell { header: false, .. })),
        LeafKind::Heading => matches!(step, Step::Open(Element::Heading(_))),
        LeafKind::Paragraph | LeafKind::Fence(_) => matches!(step, Step::Open(Element::Paragraph)),
    };
    let start = steps.iter().position(begins)?;
    // Only the section is open before a leaf that comes first, and the item of a task with its list.
    if leaf.kind != LeafKind::Cell && start != if leaf.task.is_some() { 3 } else { 1 } {
        return None;
    }
    let mut content: Vec<Step> = steps.drain(start + 1..).collect();
    content.retain(|step| !matches!(step, Step::Note(_)));
    let mut depth = 0_usize;
    for step in &content {
        match step {
            Step::Open(_) => depth += 1,
            // The closing steps at the end are left out, so the leaf's own is here only before another block.
            Step::Close => depth = depth.checked_sub(1)?,
            Step::Text(_) | Step::Loosen | Step::Note(_) => {}
        }
    }
    content.extend(std::iter::repeat_n(Step::Close, depth));
    Some(content)
}

/// Returns `source` without what continues the containers around it on each line but the first.
fn uncontained(source: &str, containers: &[Container]) -> String {
    let mut text = String::with_capacity(source.len());
    for (index, line) in source.split('\n').enumerate() {
        if 0 < index {
            text.push('\n');
            text.push_str(containers::inside(line, containers));
        } else {
            text.push_str(line);
        }
    }
    text
}

/// The beginning of the lines in the item of a task.
const ITEM: &str = "     ";

/// A definition of a label that no text has: its character is assigned to nothing for ever.
const DEFINITION: &str = "[\u{fffe}]: x 'x'";

/// The most times that one leaf is parsed again before the end of the text.
const MOST_PARSES: usize = 16;

/// Limit L7 on what waits.
const MAX_LEAVES: usize = 10_000;
