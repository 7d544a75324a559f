//! [`CodeFinder`] finds code in Markdown: in fences, indented, within a line, and between tags.

use super::line::Line;
use std::ops::Range;

/// The tags whose content is code.
const TAGS: [&str; 2] = ["<pre", "<code"];

/// What code is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Nothing,
    Fence((char, usize)),
    Indented,
    /// Until the end of that tag.
    Tag(usize),
}

/// Finds code, a line at a time where it has several.
#[derive(Debug)]
pub(super) struct CodeFinder {
    open: Open,
    /// Where the code of this line begins.
    from: usize,
    line: Line,
    line_start: usize,
    /// Whether indented text would be code here.
    may_indent: bool,
    is_in_list: bool,
    /// Where a row of backticks begins that ends here.
    ticks: Option<usize>,
    is_escaped: bool,
    /// The rows of backticks in this paragraph that may begin code: length and place.
    rows: Vec<(usize, usize)>,
    /// A tag as far as it was read, with where it begins.
    tag: Option<(usize, String)>,
}

impl CodeFinder {
    /// Creates a finder at the beginning of a text.
    pub(super) fn new() -> CodeFinder {
        CodeFinder {
            open: Open::Nothing,
            from: 0,
            line: Line::default(),
            line_start: 0,
            may_indent: true,
            is_in_list: false,
            ticks: None,
            is_escaped: false,
            rows: Vec::new(),
            tag: None,
        }
    }

    /// Reads a character that stands at `start..end`, and returns code that ends before or with it.
    pub(super) fn push(&mut self, c: char, start: usize, end: usize) -> Option<Range<usize>> {
        let ended = self.end_row(c, start);
        if c == '\n' {
            return self.end_line(end).or(ended);
        }
        self.line.push(c);
        if self.open == Open::Nothing && self.may_indent && 4 <= self.line.indent && !self.line.is_blank() {
            (self.open, self.from) = (Open::Indented, self.line_start);
        }
        if matches!(self.open, Open::Nothing | Open::Tag(_)) {
            if c == '`' && self.ticks.is_none() {
                self.ticks = Some(start);
            } else if c != '`' {
                self.is_escaped = c == '\\' && !self.is_escaped;
            }
            return self.read_tag(c, start, end).or(ended);
        }
        ended
    }

    /// Ends the text, and returns the code that it ends with.
    pub(super) fn finish(&mut self, end: usize) -> Option<Range<usize>> {
        let ended = self.end_row('\0', end);
        let last = self.end_line(end);
        self.rows.clear();
        self.tag = None;
        last.or(ended)
    }

    /// Returns where text begins that may be code.
    pub(super) fn open(&self) -> Option<usize> {
        let may_be_indented = self.may_indent && self.line.is_blank() && 0 < self.line.indent;
        let line = match self.open {
            Open::Nothing if may_be_indented => Some(self.line_start),
            Open::Nothing if self.line.may_be_fence() => Some(self.line_start + self.line.before),
            Open::Nothing => None,
            Open::Fence(_) | Open::Indented | Open::Tag(_) => Some(self.from),
        };
        let row = self.rows.first().map(|(_, at)| *at);
        let tag = self.tag.as_ref().map(|(at, _)| *at);
        [line, row, self.ticks, tag].into_iter().flatten().min()
    }

    /// Ends a row of backticks before another character: it closes the code that one of the same length began, or begins some.
    fn end_row(&mut self, c: char, at: usize) -> Option<Range<usize>> {
        let begin = self.ticks.filter(|_| c != '`')?;
        self.ticks = None;
        let length = at - begin;
        let is_escaped = std::mem::take(&mut self.is_escaped);
        if let Some(index) = self.rows.iter().position(|(known, _)| *known == length) {
            let (_, first) = self.rows[index];
            self.rows.truncate(index);
            return Some(first..at);
        }
        let length = length - usize::from(is_escaped);
        if 0 < length && self.rows.iter().all(|(known, _)| *known != length) {
            self.rows.push((length, begin));
        }
        None
    }

    fn end_line(&mut self, end: usize) -> Option<Range<usize>> {
        let line = std::mem::take(&mut self.line);
        let begin = std::mem::replace(&mut self.line_start, end);
        let from = std::mem::replace(&mut self.from, end);
        let code = match self.open {
            Open::Nothing => {
                let fence = line.fence();
                if let Some(fence) = fence {
                    self.open = Open::Fence(fence);
                    self.rows.clear();
                }
                fence.map(|_| begin + line.before..end)
            }
            Open::Fence(fence) => {
                if line.closes(fence) {
                    self.open = Open::Nothing;
                }
                Some(from..end)
            }
            Open::Indented => {
                self.open = Open::Nothing;
                Some(from..end)
            }
            Open::Tag(_) => Some(from..end),
        };
        if line.is_blank() {
            self.rows.clear();
        } else {
            let is_item = line.first.is_some_and(|c| "-+*".contains(c) || c.is_ascii_digit());
            self.is_in_list = is_item || (self.is_in_list && 0 < line.indent);
        }
        let was_indented = code.is_some() && 4 <= line.indent;
        self.may_indent = !self.is_in_list && (line.is_blank() || was_indented);
        code
    }

    /// Reads tags: one whose content is code, or its end.
    fn read_tag(&mut self, c: char, start: usize, end: usize) -> Option<Range<usize>> {
        if c == '<' {
            self.tag = Some((start, String::new()));
        }
        let (begin, text) = self.tag.as_mut()?;
        let begin = *begin;
        text.push(c.to_ascii_lowercase());
        if let Open::Tag(index) = self.open {
            let wanted = TAGS[index].replace('<', "</");
            if *text == format!("{wanted}>") {
                self.tag = None;
                self.open = Open::Nothing;
                return Some(std::mem::replace(&mut self.from, end)..end);
            }
            if !wanted.starts_with(text.as_str()) && *text != wanted {
                self.tag = None;
            }
            return None;
        }
        let known =
            TAGS.iter().position(|tag| text.strip_suffix(['>', ' ']).is_some_and(|name| name == *tag));
        if let Some(index) = known {
            (self.open, self.from) = (Open::Tag(index), begin);
            self.tag = None;
            self.rows.clear();
        } else if !TAGS.iter().any(|tag| tag.starts_with(text.as_str())) {
            self.tag = None;
        }
        None
    }
}
