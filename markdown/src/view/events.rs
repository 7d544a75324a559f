//! Events of the parser become steps: the one place that knows their names.

use super::super::containers::{self, Container, Looseness, MAX_COLUMNS};
use super::super::element::{Alert, Alignment, Element};
use super::super::href::Href;
use super::super::parse;
use super::{Builder, Leaf, LeafKind, OpenContainer, Step};
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use std::ops::Range;

impl Builder<'_> {
    pub(super) fn event(&mut self, mut event: Event<'_>, mut range: Range<usize>) {
        if let Event::Text(text) = &event
            && range.start < self.prefix
            && self.prefix < range.end
        {
            // A line of code that was made up is one text with those behind it.
            event = Event::Text(CowStr::from(text[self.prefix - range.start..].to_owned()));
            range.start = self.prefix;
        }
        let is_code =
            matches!(self.containers.last(), Some(OpenContainer { container: Container::Code { .. }, .. }));
        if matches!(event, Event::Text(_)) && !is_code && self.text[..range.start].ends_with('\\') {
            // The text of an escaped character begins behind the backslash.
            range.start -= 1;
        }
        let at = range.start;
        if at < self.prefix {
            return self.made_up(&event);
        }
        if self.is_in_source(&event, &range) {
            return;
        }
        let is_content = !matches!(event, Event::Start(_) | Event::End(_));
        let end = if is_content { at + self.content_length(&self.text[range.clone()]) } else { at };
        let is_inline = parse::is_inline(&event);
        let span = range.clone();
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => {
                if is_code {
                    self.code(&text, range);
                } else {
                    self.inline(at);
                    self.text(&text);
                }
            }
            Event::Code(text) => self.marked(Element::CodeSpan, &text, at),
            Event::InlineMath(text) => self.marked(Element::Math { display: false }, &text, at),
            Event::DisplayMath(text) => {
                // The delimiters mostly stand on lines of their own, the closing one perhaps indented.
                let (above, last) = text.rsplit_once('\n').unwrap_or((&text, "."));
                let source = if last.trim().is_empty() { above } else { &text };
                self.marked(Element::Math { display: true }, source.trim_matches('\n'), at);
            }
            Event::FootnoteReference(label) => self.marked(Element::FootnoteMark, &label, at),
            Event::Html(text) => self.text(&text),
            Event::InlineHtml(text) if parse::is_line_break(&text) => self.void(Element::Break, at),
            Event::InlineHtml(text) => match self.tags.binary_search_by_key(&at, |(place, _)| *place) {
                Ok(found) => self.tag(self.tags[found].1.clone(), at),
                Err(_) => {
                    self.inline(at);
                    self.text(&text);
                }
            },
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
            Event::TaskListMarker(checked) => {
                self.inline_of(at, self.before_text);
                self.void(Element::Task { checked }, at);
                self.task = Some(checked);
            }
        }
        if is_content {
            self.content_end = end;
        }
        if is_inline {
            let brackets = self.brackets_before(at);
            let (inside, _) = self.inline.get_or_insert((span.clone(), brackets));
            inside.end = inside.end.max(span.end);
        }
    }

    /// Returns the length of a block's text without the empty lines behind it, which the text of some blocks ends with.
    /// In a code block they are part of the code.
    fn content_length(&self, content: &str) -> usize {
        if matches!(self.containers.last(), Some(OpenContainer { container: Container::Code { .. }, .. })) {
            content.strip_suffix('\n').unwrap_or(content).len()
        } else {
            content.trim_end().len()
        }
    }

    /// Takes an event of the text that stands for the anchor's containers: they are open in the sink already.
    fn made_up(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(
                Tag::BlockQuote(_) | Tag::List(_) | Tag::Item | Tag::CodeBlock(_) | Tag::Table(_),
            ) => {
                let container = self.awaited.next().cloned().unwrap_or(Container::Stand);
                let loose = matches!(container, Container::List { .. }) && self.loose.next().unwrap_or(false);
                if let Container::Table { columns, .. } = &container {
                    self.columns.clone_from(columns);
                }
                if let Container::Code { fence: Some(fence), .. } = &container {
                    self.leaf = Some(Leaf { start: 0, kind: LeafKind::Fence(fence.mark()) });
                }
                self.containers.push(OpenContainer { container, line: 0, content: None, loose });
            }
            Event::End(
                tag @ (TagEnd::BlockQuote(_)
                | TagEnd::List(_)
                | TagEnd::Item
                | TagEnd::CodeBlock
                | TagEnd::Table),
            ) => {
                if matches!(self.containers.last(), Some(OpenContainer { container: Container::Stand, .. })) {
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
            Tag::Paragraph => self.paragraph(at),
            Tag::Heading { level, .. } => {
                self.leaf_block(Element::Heading(level.into()), LeafKind::Heading, at)
            }
            Tag::BlockQuote(kind) => {
                self.block(at);
                self.open(Element::Quote(kind.map(Alert::from)));
                let content = self.content_start(at).and_then(|start| {
                    containers::content_at(self.text, start, std::iter::once(&Container::Quote))
                });
                self.push(content.map_or(Container::Opaque, |_| Container::Quote), at, content);
                if kind.is_some() {
                    // The parser reads the line behind an alert's name as one that goes on with a paragraph.
                    let end = memchr::memchr(b'\n', &self.text.as_bytes()[at..]);
                    self.last_line = end.map(|end| at + end + 1);
                }
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
                self.push(Container::List { last: None, looseness: Looseness::default() }, at, content);
                let loose = self.loose.next().unwrap_or(false);
                if let Some(list) = self.containers.last_mut() {
                    list.loose = loose;
                }
            }
            Tag::Item => self.start_item(at),
            Tag::FootnoteDefinition(label) => {
                self.footnote_block(at);
                self.open(Element::Footnote { label: label.to_string() });
                self.push(Container::Note, at, None);
            }
            Tag::Table(columns) => {
                self.table_block(at);
                if columns.len() <= MAX_COLUMNS {
                    self.open(Element::Table);
                }
                self.columns = columns.into_iter().map(Alignment::from).collect();
                let content = self.content_start(at);
                let columns = self.columns.iter().take(MAX_COLUMNS + 1).copied().collect();
                self.push(Container::Table { columns, cells: 0, source: None }, at, content);
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
                // Limit L7 on cells that nobody wrote: one for two bytes of the row.
                self.fillable = range.len() / 2;
            }
            Tag::TableCell => {
                let alignment = self.columns.get(self.column).copied().unwrap_or(Alignment::Unset);
                self.column += 1;
                // A row that ends early is filled with empty cells at its end: they are not what grows.
                self.left_out = self.is_left_out(&range);
                if self.left_out {
                    return;
                }
                if !range.is_empty() {
                    self.begin_leaf(at, LeafKind::Cell);
                }
                self.open(Element::TableCell { alignment, header: self.in_head });
            }
            Tag::Emphasis => self.mark(Element::Emphasis, at),
            Tag::Strong => self.mark(Element::Strong, at),
            Tag::Strikethrough => self.mark(Element::Strike, at),
            Tag::Link { link_type, dest_url, id, .. } => {
                let element = match self.address(link_type, &dest_url, &id, at, Href::parse) {
                    Some(href) => Element::Link(href),
                    None => Element::RefusedLink,
                };
                self.mark(element, at);
            }
            Tag::Image { link_type, dest_url, id, .. } => {
                let source = self.address(link_type, &dest_url, &id, at, Href::parse_image);
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
                if let Some(OpenContainer { container: Container::Code { lines: 1.., .. }, .. }) =
                    self.containers.pop()
                {
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
                    && let Container::List { looseness, .. } = &mut list.container
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
            TagEnd::Paragraph | TagEnd::Heading(_) => {
                let is_paragraph = tag == TagEnd::Paragraph;
                self.note_leaf(if is_paragraph { LeafKind::Paragraph } else { LeafKind::Heading });
                self.in_block = false;
                self.close();
            }
            TagEnd::HtmlBlock => {
                self.in_block = false;
                self.close();
            }
            TagEnd::TableCell => {
                if !std::mem::take(&mut self.left_out) {
                    self.note_leaf(LeafKind::Cell);
                    self.close();
                }
            }
            TagEnd::TableRow
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => self.close(),
        }
    }
}
