//! Lists the elements that the renderer may ask a sink to make.
//!
//! No name of an element, attribute or class ever comes from the text that is rendered; a value that does
//! (a language label, a link) has a type of its own and is checked before it gets here.

use super::href::Href;

/// An element of the rendered document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Element {
    /// A group of up to [`SECTION_BLOCKS`] top-level blocks.
    Section,
    /// A paragraph. The text of a list item is always in one; see [`Sink::loosen`](super::Sink::loosen).
    Paragraph,
    /// A heading.
    Heading(Level),
    /// A block quote, or one of GitHub's alerts.
    Quote(Option<Alert>),
    /// A list, numbered from `start` or with bullets.
    List {
        /// Number of the first item; none means bullets.
        start: Option<u64>,
    },
    /// An item of a list.
    Item,
    /// The box of a task; it has no content.
    Task {
        /// Whether the task is done.
        checked: bool,
    },
    /// A code block; its content is [`Element::Lines`].
    Code {
        /// First word of the info string, empty when there is none. For display and highlighting only.
        language: String,
    },
    /// A group of up to [`GROUP_LINES`] lines of a code block, each with its line end.
    Lines,
    /// A block of raw HTML, shown as the text it is.
    Html,
    /// A thematic break; it has no content.
    Rule,
    /// A table; its content is one [`Element::TableHead`] and one [`Element::TableBody`].
    Table,
    /// The header row of a table; its content is cells.
    TableHead,
    /// The rows of a table.
    TableBody,
    /// A row in the body of a table.
    TableRow,
    /// A cell.
    TableCell {
        /// The alignment of its column.
        alignment: Alignment,
        /// Whether it stands in the header row.
        header: bool,
    },
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Struck-through text.
    Strike,
    /// Text below the line: `<sub>…</sub>`.
    Subscript,
    /// Text above the line: `<sup>…</sup>`.
    Superscript,
    /// A key to press: `<kbd>…</kbd>`.
    Keyboard,
    /// Text that is marked out: `<mark>…</mark>`.
    Highlight,
    /// A code span.
    CodeSpan,
    /// A hard line break; it has no content.
    Break,
    /// A link whose address was accepted.
    Link(Href),
    /// A link whose address was refused.
    RefusedLink,
    /// An image that is not loaded; its content is the alternative text.
    Image {
        /// The image's address; `None` when it was refused.
        source: Option<Href>,
    },
    /// A formula; its content is the TeX source.
    Math {
        /// Whether it stands on a line of its own.
        display: bool,
    },
    /// A mark in the text that points to a footnote; its content is the label.
    FootnoteMark,
    /// A footnote's text.
    Footnote {
        /// The label its marks show.
        label: String,
    },
}

/// Level of a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the level itself")]
pub enum Level {
    One,
    Two,
    Three,
    Four,
    Five,
    Six,
}

/// One of GitHub's five alerts, written as a quote that begins with `[!NOTE]` and the like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the word in the source")]
pub enum Alert {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

/// The alignment of a table's column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant says what it is")]
pub enum Alignment {
    Unset,
    Left,
    Center,
    Right,
}

/// Top-level blocks in a [`Element::Section`]. A browser looks at each sibling of what grows in each frame, so they are
/// few; a sink gathers finished sections further.
pub const SECTION_BLOCKS: usize = 6;

/// Lines in a [`Element::Lines`]. One block of text costs layout in proportion to its length, at each append.
pub const GROUP_LINES: usize = 50;
