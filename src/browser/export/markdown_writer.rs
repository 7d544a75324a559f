//! The Markdown writer turns rendered nodes into Markdown that renders to the same nodes again.
//!
//! Written from the nodes and not cut out of the source: a selection begins and ends where it likes, and the
//! renderer forgets where in the source its nodes come from.

use super::escape::{Place, fence, push_address, push_text};
use super::selection::{Selection, children, level};
use crate::browser::dom::{CodeBlock, SOURCE, destination, is_in_prose};
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

/// Writes all of `element`.
pub(super) fn element(element: &Element) -> String {
    selected(Selection(None), element)
}

/// Writes what `selection` covers of `top`.
pub(super) fn selected(selection: Selection<'_>, top: &Element) -> String {
    let mut writer = MarkdownWriter {
        selection,
        out: String::new(),
        prefix: String::new(),
        line: 0,
        place: Place::Paragraph,
    };
    match top.local_name().as_str() {
        "ul" | "ol" | "table" => writer.block(top, false, true, false),
        "li" | "blockquote" | "div" | "article" | "main" => {
            writer.blocks(top, false, is_in_prose(top));
        }
        _ => writer.inline(top),
    }
    writer.out
}

struct MarkdownWriter<'a> {
    selection: Selection<'a>,
    out: String,
    /// The beginning of each line: the marks of the open containers.
    prefix: String,
    /// Offset at which the content of the current line begins.
    line: usize,
    place: Place,
}

impl MarkdownWriter<'_> {
    /// Writes the blocks in `parent`; only what is rendered text counts, which `is_prose` says it is.
    fn blocks(&mut self, parent: &Element, is_tight: bool, is_prose: bool) {
        let start = self.out.len();
        let mut last = String::new();
        let mut is_other = false;
        for node in self.selection.nodes(parent) {
            let before = self.out.len();
            let element = node.dyn_ref::<Element>().filter(|element| is_block(element));
            let name = element.map(Element::local_name).unwrap_or_default();
            if start < before && !(name.is_empty() && last.is_empty()) {
                if !is_tight {
                    self.out.push('\n');
                    self.out.push_str(self.prefix.trim_end());
                }
                self.new_line();
            }
            let at = self.out.len();
            self.line = at;
            // Two lists in a row are two only if their marks differ.
            is_other = name == last && !is_other;
            match element {
                Some(element) => self.block(element, is_tight, is_prose, is_other),
                None if is_prose => self.node(&node),
                None => {}
            }
            if self.out.len() == at {
                self.out.truncate(before);
            } else {
                last = name;
            }
        }
    }

    fn block(&mut self, element: &Element, is_tight: bool, is_prose: bool, is_other: bool) {
        let class = element.class_name();
        match (element.local_name().as_str(), class.as_str()) {
            ("details", _) if !element.has_attribute("open") => {}
            ("div", "bubble") => self.lines(&self.selection.all_text(element)),
            ("div", "md-html") => self.lines(&self.selection.all_text(element)),
            ("div", "md-footnote") => self.footnote(element),
            ("div", _) if class.starts_with("md-code") => self.code(element),
            ("div" | "article" | "main" | "details", _) => {
                self.blocks(element, is_tight, is_prose || class.contains("prose"));
            }
            _ if !is_prose => {}
            ("p", "md-alert-title") => {}
            ("hr", _) => self.out.push_str("___"),
            ("ul" | "ol", _) => self.list(element, is_other),
            ("table", _) => self.table(element),
            ("blockquote", _) => {
                let alert = class.rsplit_once("md-alert-").map(|(_, name)| name.to_uppercase());
                self.nest("> ", "> ", |writer| {
                    if let Some(alert) = alert {
                        writer.out.push_str(&format!("[!{alert}]"));
                        writer.new_line();
                    }
                    writer.blocks(element, false, true);
                });
            }
            ("p", _) => {
                let at = self.out.len();
                self.inline(element);
                self.out.truncate(self.out.trim_end_matches(' ').len().max(at));
            }
            _ => {
                let at = self.out.len();
                self.out.push_str(&"#".repeat(level(&class)));
                self.out.push(' ');
                let content = self.out.len();
                self.inside(Place::Heading, |writer| writer.inline(element));
                if self.out.len() == content {
                    self.out.truncate(at);
                } else if self.out.ends_with('#') {
                    // Or it would be taken for the end of the mark.
                    self.out.insert(self.out.len() - 1, '\\');
                }
            }
        }
    }

    /// Writes `mark`, and what `write` does with `prefix` before each further line; nothing if that is nothing.
    fn nest(&mut self, mark: &str, prefix: &str, write: impl FnOnce(&mut Self)) {
        let at = self.out.len();
        let depth = self.prefix.len();
        self.out.push_str(mark);
        self.prefix.push_str(prefix);
        let content = self.out.len();
        self.line = content;
        write(self);
        self.prefix.truncate(depth);
        if self.out.len() == content {
            self.out.truncate(at);
        }
    }

    fn inside(&mut self, place: Place, write: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.place, place);
        write(self);
        self.place = before;
    }

    fn list(&mut self, list: &Element, is_other: bool) {
        let is_tight = !list.class_name().contains("md-loose");
        let first: Option<u64> = (list.local_name() == "ol")
            .then(|| list.get_attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1));
        let start = self.out.len();
        for (index, item) in items(list).enumerate() {
            if !self.selection.has(&item) {
                continue;
            }
            let before = self.out.len();
            if start < before {
                if !is_tight {
                    self.out.push('\n');
                    self.out.push_str(self.prefix.trim_end());
                }
                self.new_line();
            }
            let at = self.out.len();
            let mark = match (first, is_other) {
                (Some(first), false) => format!("{}. ", first.saturating_add(index as u64)),
                (Some(first), true) => format!("{}) ", first.saturating_add(index as u64)),
                (None, false) => "- ".to_owned(),
                (None, true) => "* ".to_owned(),
            };
            self.nest(&mark, &" ".repeat(mark.len()), |writer| writer.blocks(&item, is_tight, true));
            if self.out.len() == at {
                self.out.truncate(before);
            }
        }
    }

    fn footnote(&mut self, note: &Element) {
        let label = note.first_element_child().and_then(|label| label.text_content()).unwrap_or_default();
        self.nest(&format!("[^{label}]: "), "    ", |writer| writer.blocks(note, false, true));
    }

    fn code(&mut self, block: &Element) {
        let Some(CodeBlock { language, code }) = CodeBlock::of(block) else { return };
        let text = self.selection.all_text(&code);
        let fence = fence(&text, if language.contains('`') { '~' } else { '`' }, 3);
        self.out.push_str(&fence);
        self.out.push_str(&language);
        self.new_line();
        self.lines(&text);
        self.new_line();
        self.out.push_str(&fence);
    }

    /// Writes text as it is, line by line.
    fn lines(&mut self, text: &str) {
        for (index, line) in text.trim_end_matches('\n').split('\n').enumerate() {
            if 0 < index {
                self.new_line();
            }
            self.out.push_str(line);
        }
    }

    /// Writes a table with its head, which it cannot be without, and the rows that are copied.
    fn table(&mut self, table: &Element) {
        for (index, row) in children(table).flat_map(|part| children(&part)).enumerate() {
            if 0 < index && !self.selection.has(&row) {
                continue;
            }
            if 0 < index {
                self.new_line();
            }
            for cell in children(&row) {
                self.out.push_str("| ");
                if index == 0 {
                    let selection = std::mem::replace(&mut self.selection, Selection(None));
                    self.inside(Place::Cell, |writer| writer.inline(&cell));
                    self.selection = selection;
                } else if self.selection.has(&cell) {
                    self.inside(Place::Cell, |writer| writer.inline(&cell));
                }
                self.out.push(' ');
            }
            self.out.push('|');
            if index == 0 {
                self.new_line();
                for cell in children(&row) {
                    self.out.push_str(match cell.class_name().as_str() {
                        "md-left" => "| :--- ",
                        "md-center" => "| :---: ",
                        "md-right" => "| ---: ",
                        _ => "| --- ",
                    });
                }
                self.out.push('|');
            }
        }
    }

    fn inline(&mut self, parent: &Node) {
        for node in self.selection.nodes(parent) {
            self.node(&node);
        }
    }

    fn node(&mut self, node: &Node) {
        let Some(element) = node.dyn_ref::<Element>() else {
            let text = self.selection.text(node);
            for (index, line) in text.split('\n').enumerate() {
                match self.place {
                    _ if index == 0 => {}
                    Place::Paragraph => self.new_line(),
                    Place::Heading | Place::Cell | Place::Link => self.out.push(' '),
                }
                let is_start = self.out.len() == self.line && self.place == Place::Paragraph;
                push_text(&mut self.out, line, self.place, is_start);
            }
            return;
        };
        let class = element.class_name();
        match (element.local_name().as_str(), class.as_str()) {
            ("em", _) => self.wrap("*", element),
            ("strong", _) => self.wrap("**", element),
            ("del", _) => self.wrap("~~", element),
            ("br", _) => {
                self.out.push_str("  ");
                self.new_line();
            }
            ("input", _) => {
                self.out.push_str(if element.has_attribute("checked") { "[x] " } else { "[ ] " });
            }
            ("code", "md-math md-math-display") => self.raw("$$", element),
            ("code", "md-math") => self.raw("$", element),
            ("code", _) => {
                let text = self.selection.all_text(element);
                let fence = fence(&text, '`', 1);
                let has_edge = |c| text.starts_with(c) || text.ends_with(c);
                let is_padded = has_edge('`') || (has_edge(' ') && !text.trim().is_empty());
                let pad = if is_padded { " " } else { "" };
                let text = if self.place == Place::Cell { text.replace('|', "\\|") } else { text };
                if !text.is_empty() {
                    self.out.push_str(&format!("{fence}{pad}{text}{pad}{fence}"));
                }
            }
            ("sup", _) => {
                let label = self.selection.all_text(element);
                self.out.push_str(&format!("[^{label}]"));
            }
            ("a", _) => self.link("[", element, destination(element)),
            ("span", _) if class.starts_with("md-image ") || class == "md-image" => {
                self.link("![", element, element.get_attribute(SOURCE));
            }
            _ => self.inline(element),
        }
    }

    fn link(&mut self, mark: &str, element: &Element, address: Option<String>) {
        let address = address.unwrap_or_default();
        let text = self.selection.all_text(element);
        if mark == "[" && (text == address || address.strip_prefix("mailto:") == Some(&text)) {
            self.out.push_str(&format!("<{text}>"));
            return;
        }
        self.out.push_str(mark);
        self.inside(if self.place == Place::Cell { Place::Cell } else { Place::Link }, |writer| {
            writer.inline(element);
        });
        self.out.push_str("](");
        push_address(&mut self.out, &address);
        self.out.push(')');
    }

    fn raw(&mut self, mark: &str, element: &Element) {
        let text = self.selection.all_text(element);
        // Behind a blank one dollar sign is money, and beside another one it closes nothing: TeX's own delimiters may.
        let (open, close) = match (text.contains('$') || (mark == "$" && text.trim() != text), mark) {
            (false, _) => (mark, mark),
            (true, "$") => ("\\(", "\\)"),
            (true, _) => ("\\[", "\\]"),
        };
        self.out.push_str(open);
        self.lines(&text);
        self.out.push_str(close);
    }

    /// Puts marks around the content, inside of the blanks at its ends: beside a blank a mark is none.
    fn wrap(&mut self, mark: &str, element: &Element) {
        let start = self.out.len();
        self.inline(element);
        let content = &self.out[start..];
        let blank = content.len() - content.trim_start().len();
        let end = start + content.trim_end().len();
        if start + blank < end {
            self.out.insert_str(end, mark);
            self.out.insert_str(start + blank, mark);
        }
    }

    fn new_line(&mut self) {
        self.out.push('\n');
        self.out.push_str(&self.prefix);
        self.line = self.out.len();
    }
}

/// Returns the items of a list, those in its groups too.
fn items(list: &Element) -> impl Iterator<Item = Element> {
    children(list).flat_map(|child| match child.local_name().as_str() {
        "li" => vec![child],
        _ => children(&child).collect(),
    })
}

fn is_block(element: &Element) -> bool {
    matches!(
        element.local_name().as_str(),
        "p" | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "div"
            | "blockquote"
            | "ul"
            | "ol"
            | "hr"
            | "table"
            | "article"
            | "main"
            | "details"
    )
}
