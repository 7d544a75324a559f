//! Makes a title of a question's first words.

use crate::markdown::{Element, Renderer, Sink, without_hidden};
use crate::messages::archive as words;

/// The most characters of a title.
pub const TITLE_LIMIT: usize = 60;

/// Beginning of a question that a title can come of, in bytes: the rest is not read.
const BEGINNING: usize = 2_048;

/// Returns the title that a conversation has by its first question: its first words as plain text, at most
/// [`TITLE_LIMIT`] characters, cut at a word. Never empty, on one line, and without characters that are hidden or turn
/// the direction of what stands beside it.
#[must_use]
pub fn title_of(question: &str) -> String {
    let beginning = &question[..question.floor_char_boundary(BEGINNING)];
    let mut plain = PlainText::default();
    let mut renderer = Renderer::new();
    // Rendered text has marks in their place.
    renderer.push(&shown(beginning));
    renderer.finish(&mut plain);
    [plain.text.as_str(), beginning]
        .into_iter()
        .map(harmless)
        .find(|title| !title.is_empty())
        .unwrap_or_else(|| words::UNTITLED.to_owned())
}

/// Returns a title as the person wrote it, made harmless: on one line, at most four times [`TITLE_LIMIT`] characters. `None`
/// where nothing is left.
#[must_use]
pub fn own_title(title: &str) -> Option<String> {
    let title = cut(&one_line(title), 4 * TITLE_LIMIT);
    (!title.is_empty()).then_some(title)
}

fn harmless(text: &str) -> String {
    cut(&one_line(text), TITLE_LIMIT)
}

/// Joins the words of a text by one blank each, without what nobody sees.
fn one_line(text: &str) -> String {
    shown(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Leaves out what nobody sees, and puts blanks in the place of control characters that are no white space.
fn shown(text: &str) -> String {
    let shown = without_hidden(text).map(|(text, _)| text);
    let shown = shown.as_deref().unwrap_or(text).chars().filter(|c| !turns_direction(*c));
    shown.map(|c| if c.is_control() && !c.is_whitespace() { ' ' } else { c }).collect()
}

/// Cuts a line to so many characters, at a word where one ends in the second half.
fn cut(line: &str, limit: usize) -> String {
    if line.chars().count() <= limit {
        return line.to_owned();
    }
    let end = line.char_indices().nth(limit - 1).map_or(line.len(), |(at, _)| at);
    let is_between_words = line[end..].starts_with(' ');
    let word = line[..end].rfind(' ').filter(|at| !is_between_words && end / 2 < *at);
    let kept = line[..word.unwrap_or(end)].trim_end_matches([' ', ',', ';', ':', '.', '-']);
    format!("{kept}…")
}

/// Returns whether a character turns the direction of text, also of what stands behind it.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Takes the text of rendered Markdown, its elements parted by blanks.
#[derive(Default)]
struct PlainText {
    text: String,
}

impl Sink for PlainText {
    fn open(&mut self, element: &Element) {
        if !is_inline(element) {
            self.text.push(' ');
        }
    }

    fn close(&mut self) {}

    fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn loosen(&mut self) {}

    fn note(&mut self, _number: usize) {}

    fn revise(&mut self, _number: usize) {}

    fn revised(&mut self) {}

    fn undo(&mut self, _steps: usize) {}

    fn settle(&mut self, _steps: usize) {}
}

/// Returns whether an element stands within a word or a line.
fn is_inline(element: &Element) -> bool {
    match element {
        Element::Emphasis
        | Element::Strong
        | Element::Strike
        | Element::Subscript
        | Element::Superscript
        | Element::Keyboard
        | Element::Highlight
        | Element::CodeSpan
        | Element::Link(_)
        | Element::RefusedLink
        | Element::Math { display: false }
        | Element::FootnoteMark => true,
        Element::Section
        | Element::Paragraph
        | Element::Heading(_)
        | Element::Quote(_)
        | Element::List { .. }
        | Element::Item
        | Element::Task { .. }
        | Element::Code { .. }
        | Element::Lines
        | Element::Html
        | Element::Rule
        | Element::Table
        | Element::TableHead
        | Element::TableBody
        | Element::TableRow
        | Element::TableCell { .. }
        | Element::Break
        | Element::Image { .. }
        | Element::Math { display: true }
        | Element::Footnote { .. } => false,
    }
}
