//! Builds blocks: paragraphs, items, code line by line, and lists that turn out to be loose.

use super::super::containers::{self, Container, Looseness, Marker};
use super::super::definitions::{self, Label};
use super::super::element::{Element, GROUP_LINES, SECTION_BLOCKS};
use super::super::fence::Fence;
use super::inline::visible;
use super::{Builder, Leaf, LeafKind, Noted, OpenContainer, Step};
use pulldown_cmark::CodeBlockKind;
use std::ops::Range;

impl Builder<'_> {
    pub(super) fn paragraph(&mut self, at: usize) {
        // A paragraph directly behind another one began as a table that was none after all: as for a table,
        // its second line decides.
        let gap = &self.text[self.content_end.min(at)..at];
        let follows = matches!(self.leaf, Some(Leaf { kind: LeafKind::Paragraph, .. }));
        let is_refused_table = follows && gap.bytes().filter(|byte| *byte == b'\n').count() < 2;
        let complete = self.complete;
        if is_refused_table && !self.has_second_line(at) {
            self.complete = 0;
        }
        self.leaf_block(Element::Paragraph, LeafKind::Paragraph, at);
        self.complete = complete;
    }

    pub(super) fn begin_leaf(&mut self, start: usize, kind: LeafKind) {
        self.leaf = Some(Leaf { start, kind });
        self.inline = None;
        self.task = None;
    }

    /// Notes the leaf block that ends here if it refers to labels without a definition.
    pub(super) fn note_leaf(&mut self, kind: LeafKind) {
        let Some((Range { start: from, end: to }, brackets)) = self.inline.take() else { return };
        let mut labels = Vec::new();
        while let Some((_, label)) = self.missing.next_if(|(at, _)| *at < to) {
            labels.push(Label::link(&label));
        }
        let footnotes = definitions::footnote_labels(&self.text[from..to]);
        let known = |label: &Label| self.own.contains_key(label) || self.definitions.has(label);
        labels.extend(footnotes.map(Label::footnote).filter(|label| !known(label)));
        if labels.is_empty() || 0 < self.flat || from < self.prefix {
            return;
        }
        let number = self.offset + from - self.prefix;
        let containers = self.containers.iter().map(|open| open.container.clone()).collect();
        self.steps.push(Step::Note(number));
        self.noted.push(Noted { number, kind, from, to, containers, brackets, labels, task: self.task });
    }

    pub(super) fn leaf_block(&mut self, element: Element, kind: LeafKind, at: usize) {
        self.block_of(at, kind == LeafKind::Paragraph);
        self.open(element);
        self.in_block = true;
        self.begin_leaf(at, kind);
    }

    pub(super) fn start_item(&mut self, at: usize) {
        let read = self.content_start(at).and_then(|start| Marker::read(self.text, start));
        let (marker, content) = read.unzip();
        if let Some(OpenContainer { container: Container::List { last, .. }, .. }) =
            self.containers.last_mut()
            && let (Some(before), Some(marker)) = (&last, &marker)
            && !marker.is_beside(before)
        {
            *last = None;
        }
        self.block(at);
        self.open(Element::Item);
        if let Some(OpenContainer { container: Container::List { last, .. }, .. }) =
            self.containers.last_mut()
        {
            last.clone_from(&marker);
        }
        self.push(Container::Item(marker), at, content);
    }

    pub(super) fn start_code(&mut self, kind: &CodeBlockKind<'_>, at: usize) {
        self.block(at);
        let (language, fence) = match kind {
            CodeBlockKind::Indented => (String::new(), None),
            CodeBlockKind::Fenced(info) => {
                let language = info.split_whitespace().next().unwrap_or_default().to_owned();
                (
                    language,
                    self.content_start(at)
                        .and_then(|start| Fence::read(containers::line_at(self.text, start))),
                )
            }
        };
        let mark = fence.as_ref().map(Fence::mark);
        self.open(Element::Code { language });
        self.push(Container::Code { fence, lines: 0 }, at, None);
        self.leaf = mark.map(|mark| Leaf { start: at, kind: LeafKind::Fence(mark) });
    }

    /// Writes text of a code block, which may be many lines or a part of one.
    pub(super) fn code(&mut self, text: &str, range: Range<usize>) {
        // Where a tab was cut into spaces the text is not a slice of the source.
        let is_slice = text.len() == range.len();
        let mut offset = 0;
        while offset < text.len() {
            let rest = &text[offset..];
            let line = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest, |end| &rest[..=end]);
            let begins = !matches!(self.steps.last(), Some(Step::Text(last)) if !last.ends_with('\n'));
            if begins {
                if offset == 0 || is_slice {
                    self.resume_at(range.start + offset);
                }
                self.begin_line();
                self.steps.push(Step::Text(visible(line, true).into_owned()));
                if let Some(OpenContainer { container: Container::Code { fence: Some(fence), .. }, .. }) =
                    self.containers.last_mut()
                {
                    fence.follow(containers::line_at(self.text, range.start + offset));
                }
            } else {
                self.text(line);
            }
            offset += line.len();
        }
    }

    /// Counts a cell, and says whether it is one too many: two bytes make a row, and a row is filled up to the width of the
    /// table.
    pub(super) fn is_left_out(&mut self, cell: &Range<usize>) -> bool {
        // An empty cell that was written stands behind its pipe.
        let at = cell.start;
        let is_filling = cell.is_empty() && (at == self.text.len() || self.text[..at].ends_with('\n'));
        let is_left_out = is_filling && self.fillable == 0;
        self.fillable -= usize::from(is_filling && !is_left_out);
        if let Some(OpenContainer { container: Container::Table { cells, .. }, .. }) =
            self.containers.last_mut()
        {
            *cells += usize::from(!is_left_out);
        }
        is_left_out
    }

    pub(super) fn begin_line(&mut self) {
        let Some(
            OpenContainer { container: Container::Code { lines, .. }, .. }
            | OpenContainer { container: Container::Table { source: Some(lines), .. }, .. },
        ) = self.containers.last_mut()
        else {
            return;
        };
        let before = *lines;
        *lines += 1;
        if before.is_multiple_of(GROUP_LINES) {
            if 0 < before {
                self.close();
            }
            self.open(Element::Lines);
        }
    }

    /// Prepares for a block that begins at `at`: a paragraph given to a tight item ends, a new section may
    /// begin, and the place is noted as one to resume at.
    pub(super) fn block(&mut self, at: usize) {
        self.block_of(at, false);
    }

    /// Begins a table. It is one only for its delimiter row, so that row has to be complete before parsing is resumed
    /// at the header, which would be part of a paragraph without it.
    pub(super) fn table_block(&mut self, at: usize) {
        let complete = self.complete;
        if !self.has_second_line(at) {
            self.complete = 0;
        }
        self.block(at);
        self.complete = complete;
    }

    /// Begins a footnote. Behind another footnote it may be indented as nothing else but code can be: then it is one
    /// only for the footnote before.
    pub(super) fn footnote_block(&mut self, at: usize) {
        let complete = self.complete;
        if self.content_start(at).is_none_or(|content| content + 4 <= at) {
            self.complete = 0;
        }
        self.block(at);
        self.complete = complete;
    }

    /// Returns whether the line behind the line of `at` is complete.
    fn has_second_line(&self, at: usize) -> bool {
        let second = memchr::memchr(b'\n', &self.text.as_bytes()[at..]).map(|end| at + end + 1);
        second.is_some_and(|second| second < self.complete)
    }

    pub(super) fn block_of(&mut self, at: usize, has_text: bool) {
        self.end_implicit();
        self.gap_before(at);
        self.resume_at(at);
        if has_text {
            self.note_text();
        }
        if self.containers.is_empty() {
            if self.blocks.is_multiple_of(SECTION_BLOCKS) {
                if 0 < self.blocks {
                    self.close();
                }
                self.open(Element::Section);
            }
            self.blocks += 1;
        }
    }

    /// Looks for an empty line before the block or item at `at`, which makes the innermost list loose, and says
    /// so where a reader can see it. Said at the list's beginning, it would take back all that follows.
    pub(super) fn gap_before(&mut self, at: usize) {
        // The place of what stands behind a tab may lie before the line end.
        let behind = self.text[at..].trim_start_matches(['\n', ' ', '\t']);
        let at = if self.follows_tab(at) { self.text.len() - behind.len() } else { at };
        let gap = &self.text[self.content_end.min(at)..at];
        self.content_end = at;
        let definition = memchr::memmem::find(gap.as_bytes(), b"]:");
        // An empty line before a definition counts for the list that the definition stands in.
        let (before, gap) = definition.map_or(("", gap), |start| {
            let behind = gap[start..].trim_end_matches(|c: char| c.is_whitespace() || c == '>');
            gap.split_at(start + behind.len())
        });
        let line_ends = || gap.bytes().filter(|byte| *byte == b'\n').count();
        self.follows_definition = definition.is_some() && line_ends() < 2;
        if !before.contains('\n') && !gap.contains('\n') {
            return;
        }
        // Counting the quotes at each of ten thousand blocks on one line would be quadratic.
        let quotes = self.containers.iter().filter(|open| open.container == Container::Quote).count();
        let is_apart = holds_empty_line(gap, quotes);
        let is_unsure =
            !is_apart && (holds_empty_line(gap, usize::MAX) || holds_empty_line(before, usize::MAX));
        if let Some(looseness) = self.innermost_list() {
            looseness.apart |= is_apart;
            looseness.unsure |= is_unsure;
        }
        self.say_loose();
    }

    /// Notes that a paragraph stands in an item of the innermost list: in it the list's being loose shows.
    pub(super) fn note_text(&mut self) {
        if let Some(looseness) = self.innermost_list() {
            looseness.has_text = true;
        }
        self.say_loose();
    }

    fn say_loose(&mut self) {
        if self.innermost_list().is_some_and(Looseness::say) {
            self.steps.push(Step::Loosen);
        }
    }

    /// Returns the list that is open, or whose item is.
    fn innermost_list(&mut self) -> Option<&mut Looseness> {
        let is_item =
            matches!(self.containers.last(), Some(OpenContainer { container: Container::Item(_), .. }));
        let list = self.containers.iter_mut().rev().nth(usize::from(is_item))?;
        match &mut list.container {
            Container::List { looseness, .. } => Some(looseness),
            Container::Quote
            | Container::Item(_)
            | Container::Code { .. }
            | Container::Table { .. }
            | Container::Stand
            | Container::Note
            | Container::Opaque => None,
        }
    }
}

/// Returns whether `gap`, which begins in a line, holds one that is empty inside of `quotes` quotes.
fn holds_empty_line(gap: &str, quotes: usize) -> bool {
    let mut lines = gap.split('\n').skip(1).peekable();
    while let Some(line) = lines.next() {
        let blank = line.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'>'));
        if lines.peek().is_some() && blank && line.matches('>').count() <= quotes {
            return true;
        }
    }
    false
}
