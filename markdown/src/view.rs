//! [`View`] parses the open end of the text into the steps that a sink would take.

use super::containers::Container;
use super::definitions::{Definitions, Label};
use super::element::{Alignment, Element};
use super::parse::{self, Parsed};
use pulldown_cmark::{Event, Tag};
use std::collections::BTreeMap;
use std::ops::Range;

mod autolink;
mod blocks;
mod convert;
mod events;
mod hidden_chars;
mod inline;
mod place;
mod source;
mod step;

pub use hidden_chars::without_hidden;
pub use inline::visible;
pub(super) use step::{Anchor, Step};

/// The steps of the open end, and what was learnt on the way.
#[derive(Debug)]
pub(super) struct View {
    /// The steps from the anchor on, without the closing ones at the end.
    pub(super) steps: Vec<Step>,
    /// Number of elements that are open after all steps.
    pub(super) depth: usize,
    /// The last place that parsing could be resumed at: offset in the text, number of steps before it.
    pub(super) next: Option<(usize, usize, Anchor)>,
    /// The last block, when it is one whose text may go on.
    pub(super) leaf: Option<Leaf>,
    /// Definitions in this text: label and address, which a footnote has none of.
    pub(super) defined: Vec<(Label, String)>,
    /// The beginning of a definition whose address may still grow. Nothing is settled before that is decided.
    pub(super) undecided: Option<usize>,
    /// The leaf blocks that refer to labels without a definition, in order.
    pub(super) noted: Vec<Noted>,
    /// Number of bytes that the parser was given.
    pub(super) scanned: usize,
}

/// A leaf block that refers to labels without a definition.
#[derive(Clone, Debug)]
pub(super) struct Noted {
    /// The sink's number of it: its offset in the whole text.
    pub(super) number: usize,
    pub(super) kind: LeafKind,
    pub(super) from: usize,
    pub(super) to: usize,
    /// The containers it stands in.
    pub(super) containers: Vec<Container>,
    /// Number of closing brackets before it in the whole text.
    pub(super) brackets: usize,
    pub(super) labels: Vec<Label>,
    /// The box of the task that it begins with, before `from`: whether it is done.
    pub(super) task: Option<bool>,
}

/// A block that holds text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Leaf {
    pub(super) start: usize,
    pub(super) kind: LeafKind,
}

/// The kind of a leaf, as far as its likely end depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LeafKind {
    Paragraph,
    Heading,
    Cell,
    Fence(char),
}

/// Elements nested deeper are left out and their content shown flat: neither a browser's tree nor a reader
/// is served by more.
pub(super) const MAX_DEPTH: usize = 100;

impl View {
    /// Parses `text`, which begins with `prefix` bytes made by [`containers::write`](super::containers::write) for
    /// `anchor`.
    ///
    /// `definitions` are those of link references before the anchor. `is_whole` says that no text follows.
    pub(super) fn parse(
        text: &str,
        prefix: usize,
        anchor: &Anchor,
        definitions: &Definitions,
        is_whole: bool,
    ) -> Self {
        let complete = memchr::memrchr(b'\n', text.as_bytes()).map_or(0, |end| end + 1);
        let grows = |span: &Range<usize>| !is_whole && complete < span.end;
        let Parsed { events, definitions: links, missing, scanned } =
            parse::parse(text, &|label| definitions.has_link(label));
        let mut undecided = None;
        let mut defined = Vec::new();
        for link in links {
            undecided = undecided.or(grows(&link.span).then_some(link.span.start));
            // Behind another definition the parser takes a footnote for one that no reference can reach.
            if !text[link.span.start..].starts_with("[^") {
                defined.push((Label::link(&link.label), link.address));
            }
        }
        for (event, range) in &events {
            if let Event::Start(Tag::FootnoteDefinition(label)) = event
                && prefix <= range.start
            {
                defined.push((Label::footnote(label), String::new()));
            }
        }
        // One by one: to collect them would compile a sort of its own.
        let mut own = BTreeMap::new();
        for (label, address) in &defined {
            own.insert(label.clone(), address.clone());
        }
        let loose = loose_lists(&events);
        let mut builder = Builder {
            tags: parse::tags::pairs(&events),
            text,
            prefix,
            definitions,
            complete,
            offset: anchor.offset,
            missing: missing.into_iter().peekable(),
            follows_definition: false,
            task: None,
            before_text: false,
            own,
            brackets: (prefix, anchor.brackets),
            inline: None,
            noted: Vec::new(),
            loose: loose.into_iter(),
            awaited: anchor.containers.iter(),
            containers: Vec::new(),
            steps: Vec::new(),
            depth: anchor.depth,
            flat: 0,
            blocks: anchor.blocks,
            in_image: 0,
            in_implicit: false,
            in_block: false,
            in_head: false,
            left_out: false,
            fillable: 0,
            columns: Vec::new(),
            column: 0,
            next: None,
            last_line: None,
            last_start: (0, 0),
            content_end: 0,
            leaf: None,
        };
        let mut events = events.into_iter().peekable();
        while let Some((event, range)) = events.next() {
            builder.before_text = events.peek().is_some_and(|(next, _)| parse::is_inline(next));
            builder.event(event, range);
        }
        let Builder { mut steps, mut depth, mut next, leaf, noted, .. } = builder;
        if undecided.is_some() {
            next = None;
        }
        let mark = next.as_ref().map(|(_, count, _)| *count);
        if let (Some((_, count, _)), Some(moved)) =
            (&mut next, autolink::link(&mut steps, anchor, mark, is_whole))
        {
            *count = moved;
        }
        while steps.last() == Some(&Step::Close) {
            steps.pop();
            depth += 1;
        }
        Self { steps, depth, next, leaf, defined, undecided, noted, scanned }
    }
}

/// Returns for each list, in the order of their beginnings, whether paragraphs stand in its items as such.
fn loose_lists(events: &[(Event<'_>, Range<usize>)]) -> Vec<bool> {
    let mut loose = Vec::new();
    // The open containers: a list by its number, anything else by none.
    let mut open: Vec<Option<usize>> = Vec::new();
    for (event, _) in events {
        if let Event::Start(tag) = event {
            if let (Tag::Paragraph, [.., Some(list), None]) = (tag, open.as_slice()) {
                // Only an item can stand directly in a list.
                if let Some(list) = loose.get_mut(*list) {
                    *list = true;
                }
            }
            if matches!(tag, Tag::List(_)) {
                open.push(Some(loose.len()));
                loose.push(false);
            } else {
                open.push(None);
            }
        } else if matches!(event, Event::End(_)) {
            open.pop();
        }
    }
    loose
}

/// A container on the way, and where its content begins on the line it was opened on.
struct OpenContainer {
    container: Container,
    line: usize,
    content: Option<usize>,
    loose: bool,
}

struct Builder<'a> {
    text: &'a str,
    /// The elements that tags begin, in the order of their places; `None` for those that end one.
    tags: Vec<(usize, Option<Element>)>,
    prefix: usize,
    definitions: &'a Definitions,
    /// The beginning of the last line that has no end yet.
    complete: usize,
    /// Offset in the whole text of the text behind the prefix.
    offset: usize,
    /// References without a definition, in order: where they begin, and their labels.
    missing: std::iter::Peekable<std::vec::IntoIter<(usize, String)>>,
    /// Whether the current block begins on the line behind a definition of a link.
    follows_definition: bool,
    /// The box of the task that the open leaf begins with: whether it is done.
    task: Option<bool>,
    /// Whether text comes next.
    before_text: bool,
    /// Labels that this text defines itself, and what they stand for.
    own: BTreeMap<Label, String>,
    /// A place, and how many closing brackets stand before it in the whole text.
    brackets: (usize, usize),
    /// The content of the open leaf, and the number of closing brackets before it.
    inline: Option<(Range<usize>, usize)>,
    noted: Vec<Noted>,
    loose: std::vec::IntoIter<bool>,
    /// The anchor's containers that were not met in the made-up text yet.
    awaited: std::slice::Iter<'a, Container>,
    containers: Vec<OpenContainer>,
    steps: Vec<Step>,
    depth: usize,
    /// Elements open beyond [`MAX_DEPTH`].
    flat: usize,
    blocks: usize,
    /// Inside an image only text counts.
    in_image: usize,
    /// Whether the text of a tight item was given a paragraph that is still open.
    in_implicit: bool,
    /// Whether a paragraph, heading or HTML block of the parser's own is open.
    in_block: bool,
    in_head: bool,
    /// Whether the cell that ends next was not begun.
    left_out: bool,
    /// Number of cells that the open row may still be filled with at its end.
    fillable: usize,
    columns: Vec<Alignment>,
    column: usize,
    next: Option<(usize, usize, Anchor)>,
    last_line: Option<usize>,
    /// The beginning of the line that was asked for last, and the place it was asked for.
    last_start: (usize, usize),
    /// The end of the last text, or the beginning of a silent block: empty lines are looked for behind it.
    content_end: usize,
    leaf: Option<Leaf>,
}
