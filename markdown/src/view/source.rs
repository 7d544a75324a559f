//! Shows the rows of tables as source that are too wide or too long for a browser.

use super::super::containers::{Container, MAX_COLUMNS};
use super::super::element::Element;
use super::inline::visible;
use super::{Builder, OpenContainer, Step};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

impl Builder<'_> {
    /// Returns whether `event` belongs to a table, or the rest of one, that is shown as source; if so its lines are
    /// shown.
    pub(super) fn is_in_source(&mut self, event: &Event<'_>, range: &Range<usize>) -> bool {
        let Some(OpenContainer { container: Container::Table { columns, cells, source, .. }, .. }) =
            self.containers.last()
        else {
            return false;
        };
        let (is_wide, is_begun) = (MAX_COLUMNS < columns.len(), source.is_some());
        let is_head = matches!(event, Event::Start(Tag::TableHead)) && is_wide;
        let is_row = matches!(event, Event::Start(Tag::TableRow)) && (is_begun || MAX_CELLS <= *cells);
        if is_row {
            self.block(range.start);
        }
        if !is_begun && (is_head || is_row) {
            if is_row {
                // The table's body, and the table.
                self.close();
                self.close();
            }
            self.open(Element::Paragraph);
            self.steps.push(Step::Text(NOTICE.to_owned()));
            self.close();
            self.open(Element::Code { language: String::new() });
            if let Some(OpenContainer { container: Container::Table { source, .. }, .. }) =
                self.containers.last_mut()
            {
                *source = Some(0);
            }
            self.leaf = None;
        }
        if is_head || is_row {
            self.source_line(range.start);
        } else if is_begun && matches!(event, Event::End(TagEnd::TableHead)) {
            // The delimiter row is the line behind the header.
            let end = memchr::memchr(b'\n', &self.text.as_bytes()[range.start..]);
            let line = range.start + end.map_or(0, |end| end + 1);
            let body = self.text[line..].trim_start_matches([' ', '\t', '>']);
            self.source_line(self.text.len() - body.len());
        }
        while is_begun && self.missing.next_if(|(at, _)| *at < range.end).is_some() {}
        (is_head || is_row || is_begun) && !matches!(event, Event::End(TagEnd::Table))
    }

    /// Shows the rest of the line at `at`.
    fn source_line(&mut self, at: usize) {
        let rest = &self.text[at..];
        let line = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest, |end| &rest[..=end]);
        self.content_end = at + line.trim_end().len();
        self.begin_line();
        self.steps.push(Step::Text(visible(line, true).into_owned()));
    }
}

/// The notice above the source.
const NOTICE: &str = "\u{27e8}too large for a table: over 200 columns or 20,000 cells\u{27e9}";

/// Limit L7 on the cells of a table.
const MAX_CELLS: usize = 20_000;
