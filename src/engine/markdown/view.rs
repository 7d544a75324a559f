//! One parse of the open end of the text, as the steps a sink would take.

use super::definitions::Definitions;
use super::element::{Alert, Alignment, Element, GROUP_LINES, Level, SECTION_BLOCKS};
use super::href::Href;
use super::spine::{self, Fence, Frame, Looseness, Marker};
use pulldown_cmark::{
    Alignment as ColumnAlignment, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, LinkType, Options,
    Parser, Tag, TagEnd,
};
use std::ops::Range;

/// What [`Sink`](super::Sink) is told, as a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Open(Element),
    Close,
    Text(String),
    Loosen,
}

/// Where parsing resumes: all before it is settled.
#[derive(Clone, Debug, Default)]
pub(super) struct Anchor {
    /// The containers open there.
    pub(super) frames: Vec<Frame>,
    /// How many elements are open there.
    pub(super) depth: usize,
    /// How many top-level blocks began before it.
    pub(super) blocks: usize,
}

/// The steps of the open end, and what was learnt on the way.
#[derive(Debug)]
pub(super) struct View {
    /// The steps from the anchor on, without the closing ones at the end.
    pub(super) steps: Vec<Step>,
    /// How many elements are open after all steps.
    pub(super) depth: usize,
    /// The last place that parsing could be resumed at: offset in the text, number of steps before it.
    pub(super) next: Option<(usize, usize, Anchor)>,
    /// The last block, when it is one whose text may go on.
    pub(super) leaf: Option<Leaf>,
    /// Definitions of link references in this text: label, address, where they end.
    pub(super) defined: Vec<(String, String, usize)>,
}

/// A block that holds text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Leaf {
    pub(super) start: usize,
    pub(super) kind: LeafKind,
}

/// What a leaf is, as far as its likely end depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LeafKind {
    Paragraph,
    Heading,
    Cell,
    Fence(char),
}

/// What is recognised beside CommonMark. Heading attributes stay off: the text sets no identifiers.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
}

/// Elements nested deeper are left out and their content shown flat: neither a browser's tree nor a reader
/// is served by more.
pub(super) const MAX_DEPTH: usize = 100;

impl View {
    /// Parses `text`, which begins with `prefix` bytes made by [`spine::write`] for `anchor`.
    ///
    /// `definitions` are those of link references before the anchor.
    pub(super) fn parse(text: &str, prefix: usize, anchor: &Anchor, definitions: &Definitions) -> Self {
        let mut lookup = |link: pulldown_cmark::BrokenLink<'_>| definitions.find(&link.reference);
        let parser = Parser::new_with_broken_link_callback(text, options(), Some(&mut lookup));
        let defined = parser
            .reference_definitions()
            .iter()
            .map(|(label, link)| (label.to_owned(), link.dest.to_string(), link.span.end))
            .collect();
        let events: Vec<_> = parser.into_offset_iter().collect();
        let loose = loose_lists(&events);
        let mut builder = Builder {
            text,
            prefix,
            definitions,
            complete: memchr::memrchr(b'\n', text.as_bytes()).map_or(0, |end| end + 1),
            loose: loose.into_iter(),
            awaited: anchor.frames.iter(),
            containers: Vec::new(),
            steps: Vec::new(),
            depth: anchor.depth,
            flat: 0,
            blocks: anchor.blocks,
            in_image: 0,
            in_implicit: false,
            in_block: false,
            in_head: false,
            columns: Vec::new(),
            column: 0,
            next: None,
            last_line: None,
            last_start: (0, 0),
            content_end: 0,
            leaf: None,
        };
        for (event, range) in events {
            builder.event(event, range);
        }
        let Builder { mut steps, mut depth, next, leaf, .. } = builder;
        while steps.last() == Some(&Step::Close) {
            steps.pop();
            depth += 1;
        }
        Self { steps, depth, next, leaf, defined }
    }
}

/// For each list in the order of their beginnings: whether paragraphs stand in its items as such.
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
struct Container {
    frame: Frame,
    line: usize,
    content: Option<usize>,
    loose: bool,
}

struct Builder<'a> {
    text: &'a str,
    prefix: usize,
    definitions: &'a Definitions,
    /// Where the last line that has no end yet begins.
    complete: usize,
    loose: std::vec::IntoIter<bool>,
    /// The anchor's frames that were not met in the made-up text yet.
    awaited: std::slice::Iter<'a, Frame>,
    containers: Vec<Container>,
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
    columns: Vec<Alignment>,
    column: usize,
    next: Option<(usize, usize, Anchor)>,
    last_line: Option<usize>,
    /// The beginning of the line that was asked for last, and the place it was asked for.
    last_start: (usize, usize),
    /// Where the last text or block began to be silent: what empty lines are looked for behind.
    content_end: usize,
    leaf: Option<Leaf>,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let at = range.start;
        if at < self.prefix {
            return self.made_up(&event);
        }
        let is_content = !matches!(event, Event::Start(_) | Event::End(_));
        // The text of some blocks ends with the empty lines behind it.
        let end = at + self.text[range.clone()].trim_end().len();
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => {
                if matches!(self.containers.last(), Some(Container { frame: Frame::Code { .. }, .. })) {
                    self.code(&text, range);
                } else {
                    self.inline(at);
                    self.text(&text);
                }
            }
            Event::Code(text) => self.marked(Element::CodeSpan, &text, at),
            Event::InlineMath(text) => self.marked(Element::Math { display: false }, &text, at),
            Event::DisplayMath(text) => self.marked(Element::Math { display: true }, &text, at),
            Event::FootnoteReference(label) => self.marked(Element::FootnoteMark, &label, at),
            Event::Html(text) => self.text(&text),
            Event::InlineHtml(text) => {
                self.inline(at);
                self.text(&text);
            }
            Event::SoftBreak => {
                self.inline(at);
                self.text("\n");
            }
            Event::HardBreak => self.void(Element::Break, at),
            Event::Rule => {
                self.block(at);
                self.leaf = None;
                self.open(Element::Rule);
                self.close();
            }
            Event::TaskListMarker(checked) => self.void(Element::Task { checked }, at),
        }
        if is_content {
            self.content_end = end;
        }
    }

    /// An event of the text that stands for the anchor's containers: they are open in the sink already.
    fn made_up(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(
                Tag::BlockQuote(_) | Tag::List(_) | Tag::Item | Tag::CodeBlock(_) | Tag::Table(_),
            ) => {
                let frame = self.awaited.next().cloned().unwrap_or(Frame::Stand);
                let loose = matches!(frame, Frame::List { .. }) && self.loose.next().unwrap_or(false);
                if let Frame::Table(columns) = &frame {
                    self.columns.clone_from(columns);
                }
                if let Frame::Code { fence: Some(fence), .. } = &frame {
                    self.leaf = Some(Leaf { start: 0, kind: LeafKind::Fence(fence.mark()) });
                }
                self.containers.push(Container { frame, line: 0, content: None, loose });
            }
            Event::End(
                tag @ (TagEnd::BlockQuote(_)
                | TagEnd::List(_)
                | TagEnd::Item
                | TagEnd::CodeBlock
                | TagEnd::Table),
            ) => {
                if matches!(self.containers.last(), Some(Container { frame: Frame::Stand, .. })) {
                    self.containers.pop();
                } else {
                    self.end(*tag);
                }
            }
            Event::Start(_)
            | Event::End(_)
            | Event::Text(_)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let at = range.start;
        match tag {
            Tag::Paragraph => self.leaf_block(Element::Paragraph, LeafKind::Paragraph, at),
            Tag::Heading { level, .. } => {
                self.leaf_block(Element::Heading(level.into()), LeafKind::Heading, at)
            }
            Tag::BlockQuote(kind) => {
                self.block(at);
                self.open(Element::Quote(kind.map(Alert::from)));
                let content = self
                    .content_start(at)
                    .and_then(|start| spine::content_at(self.text, start, std::iter::once(&Frame::Quote)));
                self.push(content.map_or(Frame::Opaque, |_| Frame::Quote), at, content);
            }
            Tag::CodeBlock(kind) => self.start_code(&kind, at),
            Tag::HtmlBlock => {
                self.block(at);
                self.leaf = None;
                self.in_block = true;
                self.open(Element::Html);
            }
            Tag::List(start) => {
                self.block(at);
                self.open(Element::List { start });
                let content = self.content_start(at);
                self.push(Frame::List { last: None, looseness: Looseness::default() }, at, content);
                let loose = self.loose.next().unwrap_or(false);
                if let Some(list) = self.containers.last_mut() {
                    list.loose = loose;
                }
            }
            Tag::Item => self.start_item(at),
            Tag::FootnoteDefinition(label) => {
                self.block(at);
                self.open(Element::Footnote { label: label.to_string() });
                self.push(Frame::Opaque, at, None);
            }
            Tag::Table(columns) => {
                self.block(at);
                self.open(Element::Table);
                self.columns = columns.into_iter().map(Alignment::from).collect();
                let content = self.content_start(at);
                self.push(Frame::Table(self.columns.clone()), at, content);
            }
            Tag::TableHead => {
                self.open(Element::TableHead);
                self.in_head = true;
                self.column = 0;
            }
            Tag::TableRow => {
                self.block(at);
                self.open(Element::TableRow);
                self.column = 0;
            }
            Tag::TableCell => {
                let alignment = self.columns.get(self.column).copied().unwrap_or(Alignment::Unset);
                self.column += 1;
                // A row that ends early is filled with empty cells at its end: they are not what grows.
                if !range.is_empty() {
                    self.leaf = Some(Leaf { start: at, kind: LeafKind::Cell });
                }
                self.open(Element::TableCell { alignment, header: self.in_head });
            }
            Tag::Emphasis => self.mark(Element::Emphasis, at),
            Tag::Strong => self.mark(Element::Strong, at),
            Tag::Strikethrough => self.mark(Element::Strike, at),
            Tag::Link { link_type, dest_url, id, .. } => {
                let element = match self.address(link_type, &dest_url, &id) {
                    Some(href) => Element::Link(href),
                    None => Element::RefusedLink,
                };
                self.mark(element, at);
            }
            Tag::Image { link_type, dest_url, id, .. } => {
                let source = self.address(link_type, &dest_url, &id);
                self.mark(Element::Image { source }, at);
                self.in_image += 1;
            }
            // These come with options that are off.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => self.open(Element::Html),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => {
                if self.in_image == 0 {
                    self.close();
                }
            }
            TagEnd::Image => {
                self.in_image -= 1;
                if self.in_image == 0 {
                    self.close();
                }
            }
            TagEnd::CodeBlock => {
                if let Some(Container { frame: Frame::Code { lines: 1.., .. }, .. }) = self.containers.pop() {
                    self.close();
                }
                self.close();
            }
            TagEnd::TableHead => {
                self.in_head = false;
                self.close();
                self.open(Element::TableBody);
            }
            TagEnd::Table => {
                self.containers.pop();
                self.close();
                self.close();
            }
            TagEnd::List(_) => {
                if let Some(list) = self.containers.last_mut()
                    && let Frame::List { looseness, .. } = &mut list.frame
                {
                    looseness.apart |= list.loose;
                    if looseness.say() {
                        self.steps.push(Step::Loosen);
                    }
                }
                self.containers.pop();
                self.close();
            }
            TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => {
                self.end_implicit();
                self.containers.pop();
                self.close();
            }
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::HtmlBlock => {
                self.in_block = false;
                self.close();
            }
            TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => self.close(),
        }
    }

    fn leaf_block(&mut self, element: Element, kind: LeafKind, at: usize) {
        self.block_of(at, kind == LeafKind::Paragraph);
        self.open(element);
        self.in_block = true;
        self.leaf = Some(Leaf { start: at, kind });
    }

    fn start_item(&mut self, at: usize) {
        let read = self.content_start(at).and_then(|start| Marker::read(self.text, start));
        let (marker, content) = read.unzip();
        if let Some(Container { frame: Frame::List { last, .. }, .. }) = self.containers.last_mut()
            && let (Some(before), Some(marker)) = (&last, &marker)
            && !marker.is_beside(before)
        {
            *last = None;
        }
        self.block(at);
        self.open(Element::Item);
        if let Some(Container { frame: Frame::List { last, .. }, .. }) = self.containers.last_mut() {
            last.clone_from(&marker);
        }
        self.push(Frame::Item(marker), at, content);
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>, at: usize) {
        self.block(at);
        let (language, fence) = match kind {
            CodeBlockKind::Indented => (String::new(), None),
            CodeBlockKind::Fenced(info) => {
                let language = info.split_whitespace().next().unwrap_or_default().to_owned();
                (language, self.content_start(at).and_then(|start| Fence::read(self.text, start)))
            }
        };
        let mark = fence.as_ref().map(Fence::mark);
        self.open(Element::Code { language });
        self.push(Frame::Code { fence, lines: 0 }, at, None);
        self.leaf = mark.map(|mark| Leaf { start: at, kind: LeafKind::Fence(mark) });
    }

    /// Text of a code block, which may be many lines or a part of one.
    fn code(&mut self, text: &str, range: Range<usize>) {
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
                self.steps.push(Step::Text(line.to_owned()));
            } else {
                self.text(line);
            }
            offset += line.len();
        }
    }

    fn begin_line(&mut self) {
        let Some(Container { frame: Frame::Code { lines, .. }, .. }) = self.containers.last_mut() else {
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
    fn block(&mut self, at: usize) {
        self.block_of(at, false);
    }

    fn block_of(&mut self, at: usize, has_text: bool) {
        self.end_implicit();
        self.loosen(at, has_text);
        self.resume_at(at);
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

    /// Says that the innermost list is loose where a reader can see it: at the first empty line before a
    /// block or an item. Said at the list's beginning, it would take back all that follows.
    fn loosen(&mut self, at: usize, has_text: bool) {
        let gap = &self.text[self.content_end.min(at)..at];
        let quotes = self.containers.iter().filter(|container| container.frame == Frame::Quote).count();
        self.content_end = at;
        let count = self.containers.len();
        let list = match self.containers.last() {
            Some(Container { frame: Frame::List { .. }, .. }) => self.containers.last_mut(),
            Some(Container { frame: Frame::Item(_), .. }) if 2 <= count => self.containers.get_mut(count - 2),
            Some(_) | None => None,
        };
        if let Some(Container { frame: Frame::List { looseness, .. }, .. }) = list {
            looseness.apart |= holds_empty_line(gap, quotes);
            looseness.has_text |= has_text;
            if looseness.say() {
                self.steps.push(Step::Loosen);
            }
        }
    }

    /// Notes that parsing could be resumed at the line of `at`, where a block begins. The first block on a
    /// line counts; the line has to be complete, because until then what begins there may change.
    fn resume_at(&mut self, at: usize) {
        let line = self.line_start(at);
        if self.last_line == Some(line) || line <= self.prefix || self.complete <= line {
            return;
        }
        if self.follows_tab(at) || !self.text[line..at].bytes().all(|byte| matches!(byte, b' ' | b'>')) {
            return;
        }
        self.last_line = Some(line);
        // A list that turned loose for a reason not met so far may have it before this line.
        let unexplained = |container: &Container| match &container.frame {
            Frame::List { looseness, .. } => container.loose && !looseness.apart,
            Frame::Quote
            | Frame::Item(_)
            | Frame::Code { .. }
            | Frame::Table(_)
            | Frame::Stand
            | Frame::Opaque => false,
        };
        if MAX_DEPTH <= self.depth || 0 < self.flat || self.containers.iter().any(unexplained) {
            return;
        }
        let frames: Vec<_> = self.containers.iter().map(|container| container.frame.clone()).collect();
        if spine::can_resume(&frames) {
            let anchor = Anchor { frames, depth: self.depth, blocks: self.blocks };
            self.next = Some((line, self.steps.len(), anchor));
        }
    }

    /// Whether `at` cannot be trusted: where a tab is partly indentation and partly belongs to the block, the
    /// parser gives a place up to three bytes before the tab's end, which may be on another line.
    fn follows_tab(&self, at: usize) -> bool {
        self.text.as_bytes()[at..].iter().take(3).any(|byte| *byte == b'\t')
    }

    /// Where the line of `at` begins. What lies before the last such place is not searched again: a line of
    /// ten thousand quote marks would be read ten thousand times.
    fn line_start(&mut self, at: usize) -> usize {
        let (line, seen) = self.last_start;
        let from = if seen <= at { seen } else { 0 };
        let start = memchr::memrchr(b'\n', &self.text.as_bytes()[from..at])
            .map_or(if from == seen { line } else { 0 }, |end| from + end + 1);
        self.last_start = (start, at);
        start
    }

    /// Where the content of the innermost container begins on the line of `at`.
    fn content_start(&mut self, at: usize) -> Option<usize> {
        if MAX_DEPTH <= self.depth || self.follows_tab(at) {
            return None;
        }
        let line = self.line_start(at);
        match self.containers.iter().rposition(|container| container.line == line && self.prefix <= line) {
            Some(index) if index + 1 == self.containers.len() => self.containers[index].content,
            Some(_) => None,
            None => {
                let frames = self.containers.iter().map(|container| &container.frame);
                spine::content_at(self.text, line, frames)
            }
        }
    }

    fn push(&mut self, frame: Frame, at: usize, content: Option<usize>) {
        self.leaf = None;
        let line = self.line_start(at);
        self.containers.push(Container { frame, line, content, loose: false });
    }

    /// Prepares for inline content at `at`: directly in an item it gets a paragraph.
    fn inline(&mut self, at: usize) {
        if !self.in_implicit
            && matches!(self.containers.last(), Some(Container { frame: Frame::Item(_), .. }))
            && !self.in_block
        {
            self.loosen(at, true);
            self.resume_at(at);
            self.open(Element::Paragraph);
            self.in_implicit = true;
            self.leaf = Some(Leaf { start: at, kind: LeafKind::Paragraph });
        }
    }

    fn end_implicit(&mut self) {
        if std::mem::take(&mut self.in_implicit) {
            self.close();
        }
    }

    fn mark(&mut self, element: Element, at: usize) {
        if self.in_image == 0 {
            self.inline(at);
            self.open(element);
        }
    }

    fn marked(&mut self, element: Element, text: &str, at: usize) {
        if self.in_image == 0 {
            self.inline(at);
            self.open(element);
            self.text(text);
            self.close();
        } else {
            self.text(text);
        }
    }

    fn void(&mut self, element: Element, at: usize) {
        if self.in_image == 0 {
            self.inline(at);
            self.open(element);
            self.close();
        } else {
            self.text(" ");
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(Step::Text(last)) = self.steps.last_mut() {
            last.push_str(text);
        } else if !text.is_empty() {
            self.steps.push(Step::Text(text.to_owned()));
        }
    }

    fn open(&mut self, element: Element) {
        if self.depth < MAX_DEPTH {
            self.depth += 1;
            self.steps.push(Step::Open(element));
        } else {
            self.flat += 1;
        }
    }

    fn close(&mut self) {
        if 0 < self.flat {
            self.flat -= 1;
        } else {
            self.depth = self.depth.saturating_sub(1);
            self.steps.push(Step::Close);
        }
    }

    fn address(&self, link: LinkType, destination: &str, id: &str) -> Option<Href> {
        match link {
            LinkType::Email => Href::parse(&format!("mailto:{destination}")),
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                // The first definition counts, and the parser has not seen those before the anchor.
                match self.definitions.address(id) {
                    Some(first) => Href::parse(first),
                    None => Href::parse(destination),
                }
            }
            LinkType::Inline
            | LinkType::ReferenceUnknown
            | LinkType::CollapsedUnknown
            | LinkType::ShortcutUnknown
            | LinkType::Autolink
            | LinkType::WikiLink { .. } => Href::parse(destination),
        }
    }
}

/// Whether `gap`, which begins in a line, holds one that is empty inside of `quotes` quotes.
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

impl From<HeadingLevel> for Level {
    fn from(level: HeadingLevel) -> Self {
        match level {
            HeadingLevel::H1 => Self::One,
            HeadingLevel::H2 => Self::Two,
            HeadingLevel::H3 => Self::Three,
            HeadingLevel::H4 => Self::Four,
            HeadingLevel::H5 => Self::Five,
            HeadingLevel::H6 => Self::Six,
        }
    }
}

impl From<BlockQuoteKind> for Alert {
    fn from(kind: BlockQuoteKind) -> Self {
        match kind {
            BlockQuoteKind::Note => Self::Note,
            BlockQuoteKind::Tip => Self::Tip,
            BlockQuoteKind::Important => Self::Important,
            BlockQuoteKind::Warning => Self::Warning,
            BlockQuoteKind::Caution => Self::Caution,
        }
    }
}

impl From<ColumnAlignment> for Alignment {
    fn from(alignment: ColumnAlignment) -> Self {
        match alignment {
            ColumnAlignment::None => Self::Unset,
            ColumnAlignment::Left => Self::Left,
            ColumnAlignment::Center => Self::Center,
            ColumnAlignment::Right => Self::Right,
        }
    }
}
