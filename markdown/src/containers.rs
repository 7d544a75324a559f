//! Writes open containers as a few bytes that stand for them where parsing resumes.
//!
//! Markdown that ends inside containers cannot be cut and parsed from the cut: `    - b` alone is code. But
//! a short text with the same containers, each holding a thematic break, puts the parser into the same state
//! as all that came before. [`write`] makes that text.

use super::element::Alignment;
use super::fence::Fence;

/// Describes a container whose content goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Container {
    Quote,
    /// A list and the shape of its newest item's marker; none when it could not be told.
    List {
        last: Option<Marker>,
        looseness: Looseness,
    },
    Item(Option<Marker>),
    /// A code block, its fence (none when it is indented), and how many lines of it began.
    Code {
        fence: Option<Fence>,
        lines: usize,
    },
    /// A table, and how many cells it has.
    Table {
        columns: Vec<Alignment>,
        cells: usize,
        /// Number of its lines that are shown as source, once it has too many cells.
        source: Option<usize>,
    },
    /// The item that the made-up text closes again before the real text begins.
    Stand,
    /// A footnote. Parsing is not resumed in it.
    Note,
    /// A quote with tabs, in which parsing cannot be resumed.
    Opaque,
}

/// The columns that continue a footnote.
const NOTE_WIDTH: usize = 4;

/// The knowledge about a list being loose. It shows in the paragraphs of its items only, so a list without any is not
/// said to be loose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Looseness {
    /// An empty line stands between two of its parts.
    pub(super) apart: bool,
    /// A line that is empty only inside of a quote stands there, which the parser takes for an empty line after
    /// some blocks: whether it did shows with the first paragraph.
    pub(super) unsure: bool,
    /// A paragraph stands in one of its items.
    pub(super) has_text: bool,
    /// The sink was told.
    pub(super) said: bool,
}

/// The shape of a list item's marker, in columns from where its list's container begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    indent: usize,
    sign: String,
    padding: usize,
}

impl Looseness {
    /// Returns whether it is time to tell the sink, which then counts as told.
    pub(super) fn say(&mut self) -> bool {
        let now = self.apart && self.has_text && !self.said;
        self.said |= now;
        now
    }
}

impl Marker {
    /// Reads the marker of an item at `at`, the start of its container's content; gives it and where the
    /// item's content begins. None where tabs make columns differ from bytes.
    pub(super) fn read(text: &str, at: usize) -> Option<(Self, usize)> {
        let line = line_at(text, at);
        let body = line.trim_start_matches(' ');
        let indent = line.len() - body.len();
        let digits = body.bytes().take_while(u8::is_ascii_digit).count();
        let length = digits + 1;
        let sign = body.get(..length)?;
        let known = match sign.as_bytes().last()? {
            b'-' | b'+' | b'*' => digits == 0,
            b'.' | b')' => 0 < digits,
            _ => false,
        };
        let rest = &body[length..];
        let content = rest.trim_start_matches(' ');
        if !known || content.starts_with('\t') {
            return None;
        }
        let spaces = rest.len() - content.len();
        // Five columns and more are an indented code block one column after the marker, and an item that
        // begins with an empty line has its content there as well.
        let padding = if content.is_empty() || 4 < spaces { 1 } else { spaces };
        let marker = Self { indent, sign: sign.to_owned(), padding };
        let content_at = at + (indent + length + padding).min(line.len());
        (0 < padding).then_some((marker, content_at))
    }

    /// Returns whether an item with this marker cannot be taken for content of an item with marker `before`. It can
    /// where that item is empty and closed by an empty line.
    pub(super) fn is_beside(&self, before: &Self) -> bool {
        self.indent < before.width()
    }

    fn width(&self) -> usize {
        self.indent + self.sign.len() + self.padding
    }
}

/// Finds where the content of the innermost of `containers` begins on the line at `line`, all of them being
/// continued there; `None` when they are not, or when tabs are involved.
pub(super) fn content_at<'a>(
    text: &str,
    line: usize,
    containers: impl Iterator<Item = &'a Container>,
) -> Option<usize> {
    let mut at = line;
    for container in containers {
        let rest = line_at(text, at);
        match container {
            Container::Quote => {
                let body = rest.trim_start_matches(' ');
                let after = body.strip_prefix('>')?;
                if after.starts_with('\t') {
                    return None;
                }
                at += rest.len() - after.strip_prefix(' ').unwrap_or(after).len();
            }
            Container::Item(marker) => {
                let width = marker.as_ref()?.width();
                if rest.bytes().take(width).filter(|byte| *byte == b' ').count() < width {
                    return None;
                }
                at += width;
            }
            Container::List { .. } | Container::Code { .. } | Container::Table { .. } | Container::Stand => {}
            Container::Note | Container::Opaque => return None,
        }
    }
    Some(at)
}

/// Strips from a line of text what continues `containers`, as far as it continues them: a lazy line continues less.
pub(super) fn inside<'a>(line: &'a str, containers: &[Container]) -> &'a str {
    let mut rest = line;
    // Columns that were passed over, and those that belong to the containers: a tab may reach beyond.
    let mut column = 0;
    let mut own = 0;
    for container in containers {
        match container {
            Container::Quote => {
                let (body, at) = blanks(rest, column, own + 3);
                // The parser lets a tab stand for the three spaces that may precede the mark.
                let body = body.strip_prefix('\t').unwrap_or(body);
                let Some(after) = body.strip_prefix('>') else { break };
                (rest, column) = blanks(after, at + 1, at + 2);
                own = at + 2;
            }
            Container::Item(_) | Container::Note => {
                own += if let Container::Item(marker) = container {
                    marker.as_ref().map_or(1, Marker::width)
                } else {
                    NOTE_WIDTH
                };
                let (body, at) = blanks(rest, column, own);
                if at < own {
                    break;
                }
                (rest, column) = (body, at);
            }
            Container::Opaque => {
                let (body, at) = blanks(rest, column, own + 3);
                if let Some(after) = body.strip_prefix('>') {
                    (rest, column) = blanks(after, at + 1, at + 2);
                    own = at + 2;
                }
            }
            Container::List { .. } | Container::Code { .. } | Container::Table { .. } | Container::Stand => {}
        }
    }
    rest
}

/// Strips `text`, which begins at `column`, of its blanks up to the column `end`, and gives the column it begins at then.
pub(super) fn blanks(text: &str, mut column: usize, end: usize) -> (&str, usize) {
    let mut length = 0;
    for byte in text.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')) {
        if end <= column {
            break;
        }
        column += if byte == b'\t' { 4 - column % 4 } else { 1 };
        length += 1;
    }
    (&text[length..], column)
}

/// Returns whether parsing can be resumed inside these containers.
pub(super) fn can_resume(containers: &[Container]) -> bool {
    containers.iter().enumerate().all(|(index, container)| match container {
        Container::Quote | Container::Table { .. } => true,
        Container::Item(marker) => marker.is_some(),
        // A list resumes through its open item where there is one, else through its newest.
        Container::List { last, .. } => last.is_some() || index + 1 < containers.len(),
        Container::Code { fence, .. } => fence.is_some(),
        Container::Stand | Container::Note | Container::Opaque => false,
    })
}

/// Writes text that leaves a parser inside `containers` at the beginning of a line.
pub(super) fn write(containers: &[Container], out: &mut String) {
    let mut writer = Writer { out, continued: String::new(), on_line: false };
    for (index, container) in containers.iter().enumerate() {
        match container {
            Container::Quote => {
                writer.begin();
                writer.out.push_str("> ");
                writer.continued.push_str("> ");
            }
            Container::List { last: Some(marker), .. } if index + 1 == containers.len() => {
                writer.item(marker);
                writer.continued.truncate(writer.continued.len() - marker.width());
            }
            Container::Item(Some(marker)) => writer.item(marker),
            Container::Code { fence: Some(fence), .. } => {
                for line in fence.lines() {
                    writer.begin();
                    writer.out.push_str(&line);
                    writer.end();
                }
            }
            Container::Table { columns, .. } => {
                writer.begin();
                writer.out.extend(std::iter::repeat_n("|x", columns.len()));
                writer.end();
                writer.begin();
                writer.out.extend(columns.iter().map(|alignment| match alignment {
                    Alignment::Unset => "|-",
                    Alignment::Left => "|:-",
                    Alignment::Center => "|:-:",
                    Alignment::Right => "|-:",
                }));
                writer.out.push('|');
                writer.end();
            }
            Container::List { .. }
            | Container::Item(None)
            | Container::Code { .. }
            | Container::Stand
            | Container::Note
            | Container::Opaque => {}
        }
    }
    if writer.on_line {
        writer.out.push_str(BREAK);
        writer.end();
    }
}

/// Limit L7 on the columns of a table: one with more is shown as source.
pub(super) const MAX_COLUMNS: usize = 200;

/// A block that closes itself and any paragraph before it: a thematic break, of a character no marker uses.
const BREAK: &str = "___";

struct Writer<'a> {
    out: &'a mut String,
    /// The prefix that a line needs to stand inside the containers written so far.
    continued: String,
    on_line: bool,
}

impl Writer<'_> {
    fn begin(&mut self) {
        if !self.on_line {
            self.out.push_str(&self.continued);
            self.on_line = true;
        }
    }

    fn end(&mut self) {
        self.out.push('\n');
        self.on_line = false;
    }

    /// Writes an item on a line of its own. It begins with text, because only by its text the parser tells whether the
    /// list is loose.
    fn item(&mut self, marker: &Marker) {
        self.begin();
        self.out.extend(std::iter::repeat_n(' ', marker.indent));
        self.out.push_str(&marker.sign);
        self.out.extend(std::iter::repeat_n(' ', marker.padding));
        self.out.push('x');
        self.end();
        self.continued.extend(std::iter::repeat_n(' ', marker.width()));
        self.begin();
        self.out.push_str(BREAK);
        self.end();
    }
}

/// Returns the rest of the line at `at`, without its end.
pub(super) fn line_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    memchr::memchr(b'\n', rest.as_bytes()).map_or(rest, |end| &rest[..end])
}
