//! The same tree as the recorder's, made straight from the parser's events for the whole text.

use pulldown_cmark::{Event, Tag, TagEnd};
use tokenfall::engine::markdown::{Alert, Alignment, Element, Href, Level, events, is_line_break, tag_pairs};

/// Parses the whole text at once. Raw HTML is text; the text of a tight item stands in a paragraph.
pub(crate) fn tree(text: &str) -> String {
    let mut tree = Tree::default();
    let events = events(text);
    let tags = tag_pairs(&events);
    for (event, range) in events {
        let found = tags.iter().find(|(place, _)| *place == range.start);
        match found.filter(|_| matches!(event, Event::InlineHtml(_))) {
            Some((_, begun)) => tree.tag(begun.clone()),
            None => tree.event(event),
        }
    }
    tree.flush();
    tree.lines.join("\n")
}

#[derive(Default)]
struct Tree {
    lines: Vec<String>,
    open: Vec<(Kind, usize)>,
    text: String,
    images: usize,
    columns: Vec<pulldown_cmark::Alignment>,
    column: usize,
    head: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    List,
    Item,
    Implicit,
    Other,
}

impl Tree {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::InlineHtml(text) if is_line_break(&text) => self.event(Event::HardBreak),
            Event::Text(text) | Event::InlineHtml(text) => {
                self.inline();
                self.text.push_str(&text);
            }
            Event::Html(text) => self.text.push_str(&text),
            Event::SoftBreak => self.text.push('\n'),
            Event::Code(text) => self.marked(Element::CodeSpan, &text),
            Event::InlineMath(text) => self.marked(Element::Math { display: false }, &text),
            Event::DisplayMath(text) => {
                let blank = text.len() - text.trim_end_matches([' ', '\t']).len();
                let is_indent = text[..text.len() - blank].ends_with('\n');
                let source = if is_indent { &text[..text.len() - blank] } else { &text };
                self.marked(Element::Math { display: true }, source.trim_matches('\n'));
            }
            Event::FootnoteReference(text) => self.marked(Element::FootnoteMark, &text),
            Event::HardBreak if 0 < self.images => self.text.push(' '),
            Event::HardBreak => self.marked(Element::Break, ""),
            Event::Rule => {
                self.end_implicit();
                self.open(Kind::Other, &Element::Rule);
                self.close();
            }
            Event::TaskListMarker(checked) => self.marked(Element::Task { checked }, ""),
        }
    }

    fn tag(&mut self, begun: Option<Element>) {
        match begun {
            _ if 0 < self.images => {}
            Some(element) => {
                self.inline();
                self.open(Kind::Other, &element);
            }
            None => self.close(),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let inline = matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        );
        if inline && 0 < self.images {
            self.images += usize::from(matches!(tag, Tag::Image { .. }));
            return;
        }
        if inline {
            self.inline()
        } else {
            self.end_implicit()
        }
        let element = match tag {
            Tag::Paragraph => {
                if let [.., (Kind::List, list), (Kind::Item, _)] = self.open[..]
                    && !self.lines[list].ends_with(" loose")
                {
                    self.lines[list].push_str(" loose");
                }
                Element::Paragraph
            }
            Tag::Heading { level, .. } => {
                let levels = [Level::One, Level::Two, Level::Three, Level::Four, Level::Five, Level::Six];
                Element::Heading(levels[level as usize - 1])
            }
            Tag::BlockQuote(kind) => Element::Quote(kind.map(Alert::from)),
            Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Fenced(info)) => {
                Element::Code { language: info.split_whitespace().next().unwrap_or_default().to_owned() }
            }
            Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Indented) => {
                Element::Code { language: String::new() }
            }
            Tag::HtmlBlock => Element::Html,
            Tag::List(start) => return self.open(Kind::List, &Element::List { start }),
            Tag::Item => return self.open(Kind::Item, &Element::Item),
            Tag::FootnoteDefinition(label) => Element::Footnote { label: label.to_string() },
            Tag::Table(columns) => {
                self.columns = columns;
                Element::Table
            }
            Tag::TableHead => {
                self.head = true;
                self.column = 0;
                Element::TableHead
            }
            Tag::TableRow => {
                self.column = 0;
                Element::TableRow
            }
            Tag::TableCell => {
                self.column += 1;
                let alignment = Alignment::from(self.columns[self.column - 1]);
                Element::TableCell { alignment, header: self.head }
            }
            Tag::Emphasis => Element::Emphasis,
            Tag::Strong => Element::Strong,
            Tag::Strikethrough => Element::Strike,
            Tag::Link { link_type, dest_url, .. } => {
                let mail = link_type == pulldown_cmark::LinkType::Email;
                let address = if mail { format!("mailto:{dest_url}") } else { dest_url.to_string() };
                Href::parse(&address).map_or(Element::RefusedLink, Element::Link)
            }
            Tag::Image { dest_url, .. } => {
                self.images += 1;
                Element::Image { source: Href::parse(&dest_url) }
            }
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => panic!("an option is on that was not asked for"),
        };
        self.open(Kind::Other, &element);
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link if 0 < self.images => {}
            TagEnd::Image => {
                self.images -= 1;
                if self.images == 0 {
                    self.close();
                }
            }
            TagEnd::TableHead => {
                self.head = false;
                self.close();
                self.open(Kind::Other, &Element::TableBody);
            }
            TagEnd::Table => {
                self.close();
                self.close();
            }
            TagEnd::Item | TagEnd::BlockQuote(_) => {
                self.end_implicit();
                self.close();
            }
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::List(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => self.close(),
        }
    }

    fn inline(&mut self) {
        if let Some((Kind::Item, _)) = self.open.last() {
            self.open(Kind::Implicit, &Element::Paragraph);
        }
    }

    fn end_implicit(&mut self) {
        if let Some((Kind::Implicit, _)) = self.open.last() {
            self.close();
        }
    }

    fn marked(&mut self, element: Element, text: &str) {
        if 0 < self.images {
            return self.text.push_str(text);
        }
        self.inline();
        self.open(Kind::Other, &element);
        self.text.push_str(text);
        self.close();
    }

    fn open(&mut self, kind: Kind, element: &Element) {
        self.flush();
        let indent = "  ".repeat(self.open.len());
        self.open.push((kind, self.lines.len()));
        self.lines.push(format!("{indent}{element:?}"));
    }

    fn close(&mut self) {
        self.flush();
        self.open.pop();
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let indent = "  ".repeat(self.open.len());
        let mut plain = String::new();
        for word in text.split_inclusive(char::is_whitespace) {
            let start = address_in(word);
            let address = sentence_trimmed(word[start..].trim_end());
            let bare = &word[..start + address.len()];
            match Href::parse(address) {
                Some(href) if !self.is_verbatim() => {
                    plain.push_str(&bare[..bare.len() - address.len()]);
                    if !plain.is_empty() {
                        self.lines.push(format!("{indent}{plain:?}"));
                    }
                    self.lines.push(format!("{indent}{:?}", Element::Link(href)));
                    self.lines.push(format!("{indent}  {address:?}"));
                    plain = word[bare.len()..].to_owned();
                }
                Some(_) | None => plain.push_str(word),
            }
        }
        if !plain.is_empty() {
            self.lines.push(format!("{indent}{plain:?}"));
        }
    }

    fn is_verbatim(&self) -> bool {
        let names = ["Code", "Html", "Link", "RefusedLink", "Image", "Math", "FootnoteMark"];
        let mut open = self.open.iter().map(|(_, line)| self.lines[*line].trim_start());
        open.any(|line| names.iter().any(|name| line.starts_with(name)))
    }
}

/// Where an address begins in `word`; at its end when there is none.
fn address_in(word: &str) -> usize {
    let begins = |at: &usize| {
        let scheme = word[*at..].starts_with("http://") || word[*at..].starts_with("https://");
        let before = word[..*at].chars().next_back();
        scheme && before.is_none_or(|c| !c.is_ascii() || matches!(c, '(' | '*' | '_' | '~'))
    };
    let mut places = word.char_indices().map(|(at, _)| at);
    places.find(begins).unwrap_or(word.len())
}

/// `word` without the punctuation of the sentence around it; a bracket that it opened is its own.
fn sentence_trimmed(mut word: &str) -> &str {
    loop {
        let shorter = word.trim_end_matches(['.', ',', '*', '_', '~']);
        let closes = shorter.ends_with(')') && shorter.matches('(').count() < shorter.matches(')').count();
        let shorter = if closes { &shorter[..shorter.len() - 1] } else { shorter };
        if shorter == word {
            return word;
        }
        word = shorter;
    }
}
