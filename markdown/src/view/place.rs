//! Finds places in the text: the beginning of a line and of its content, and where parsing could be resumed.

use super::super::containers::{self, Container};
use super::{Anchor, Builder, MAX_DEPTH, OpenContainer};

impl Builder<'_> {
    /// Notes that parsing could be resumed at the line of `at`, where a block begins. The first block on a
    /// line counts; the line has to be complete, because until then what begins there may change.
    pub(super) fn resume_at(&mut self, at: usize) {
        let line = self.line_start(at);
        if self.last_line == Some(line) || line <= self.prefix || self.complete <= line {
            return;
        }
        if self.follows_tab(at) || !self.text[line..at].bytes().all(|byte| matches!(byte, b' ' | b'>')) {
            return;
        }
        self.last_line = Some(line);
        // A definition is the beginning of a paragraph: up to an empty line, what follows may belong to both.
        if self.follows_definition {
            return;
        }
        // A list that turned loose for a reason not met so far may have it before this line.
        let unexplained = |open: &OpenContainer| match &open.container {
            Container::List { looseness, .. } => {
                !looseness.apart && (open.loose || (looseness.unsure && !looseness.has_text))
            }
            Container::Quote
            | Container::Item(_)
            | Container::Code { .. }
            | Container::Table { .. }
            | Container::Stand
            | Container::Note
            | Container::Opaque => false,
        };
        if MAX_DEPTH <= self.depth || 0 < self.flat || self.containers.iter().any(unexplained) {
            return;
        }
        let containers: Vec<_> = self.containers.iter().map(|open| open.container.clone()).collect();
        // After a definition a paragraph may begin on a line that does not continue its quote or item.
        let is_continued = containers::content_at(self.text, line, containers.iter()).is_some();
        if is_continued && containers::can_resume(&containers) {
            let anchor = Anchor {
                offset: self.offset + line - self.prefix,
                containers,
                depth: self.depth,
                blocks: self.blocks,
                brackets: self.brackets_before(line),
            };
            self.next = Some((line, self.steps.len(), anchor));
        }
    }

    /// Returns how many closing brackets stand before `at` in the whole text. Places are asked for in order.
    pub(super) fn brackets_before(&mut self, at: usize) -> usize {
        let (place, before) = self.brackets;
        let between = self.text.as_bytes().get(place..at).unwrap_or_default();
        self.brackets = (place.max(at), before + memchr::memchr_iter(b']', between).count());
        self.brackets.1
    }

    /// Returns whether `at` cannot be trusted: where a tab is partly indentation and partly belongs to the block, the
    /// parser gives a place up to three bytes before the tab's end, which may be on another line.
    pub(super) fn follows_tab(&self, at: usize) -> bool {
        self.text.as_bytes()[at..].iter().take(3).any(|byte| *byte == b'\t')
    }

    /// Returns the beginning of the line of `at`. What lies before the last such place is not searched again: a line of
    /// ten thousand quote marks would be read ten thousand times.
    pub(super) fn line_start(&mut self, at: usize) -> usize {
        let (line, seen) = self.last_start;
        let from = if seen <= at { seen } else { 0 };
        let start = memchr::memrchr(b'\n', &self.text.as_bytes()[from..at])
            .map_or(if from == seen { line } else { 0 }, |end| from + end + 1);
        self.last_start = (start, at);
        start
    }

    /// Returns the beginning of the innermost container's content on the line of `at`.
    pub(super) fn content_start(&mut self, at: usize) -> Option<usize> {
        if MAX_DEPTH <= self.depth || self.follows_tab(at) {
            return None;
        }
        let line = self.line_start(at);
        match self.containers.iter().rposition(|container| container.line == line && self.prefix <= line) {
            Some(index) if index + 1 == self.containers.len() => self.containers[index].content,
            Some(_) => None,
            None => {
                let containers = self.containers.iter().map(|open| &open.container);
                containers::content_at(self.text, line, containers)
            }
        }
    }

    pub(super) fn push(&mut self, container: Container, at: usize, content: Option<usize>) {
        self.leaf = None;
        let line = self.line_start(at);
        self.containers.push(OpenContainer { container, line, content, loose: false });
    }
}
