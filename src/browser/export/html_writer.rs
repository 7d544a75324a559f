//! The HTML writer turns rendered nodes into the HTML of a copy: tags of a list, no classes, none of the page's own
//! buttons.
//!
//! It is written for the clipboard alone, and no parser of this page ever reads it.

use super::selection::{Selection, level};
use crate::browser::dom::{SOURCE, destination};
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

/// Writes what `selection` covers of `top`, without `top` itself. Only what is rendered text counts, which `is_prose`
/// says it is.
pub(super) fn content(selection: Selection<'_>, top: &Element, is_prose: bool) -> String {
    let mut html = String::new();
    push_content(selection, top, is_prose, &mut html);
    html
}

/// Writes what `selection` covers of `top`, an element of rendered text, and `top` itself.
pub(super) fn element(selection: Selection<'_>, top: &Element) -> String {
    let mut html = String::new();
    push_element(selection, top, true, &mut html);
    html
}

fn push_content(selection: Selection<'_>, parent: &Node, is_prose: bool, html: &mut String) {
    for node in selection.nodes(parent) {
        match node.dyn_ref::<Element>() {
            Some(element) => push_element(selection, element, is_prose, html),
            None if is_prose => push_escaped(html, &selection.text(&node)),
            None => {}
        }
    }
}

fn push_element(selection: Selection<'_>, element: &Element, is_prose: bool, html: &mut String) {
    let class = element.class_name();
    let name = element.local_name();
    let is_prose = is_prose || class.contains("prose") || class == "bubble";
    let attribute = |name: &str| element.get_attribute(name).unwrap_or_default();
    let (tag, value) = match (name.as_str(), class.as_str()) {
        ("details", _) if !element.has_attribute("open") => return,
        _ if !is_prose => ("", None),
        ("hr" | "br", _) => {
            html.push_str(&format!("<{name}>"));
            return;
        }
        ("input", _) => {
            html.push_str(if element.has_attribute("checked") { "\u{2611} " } else { "\u{2610} " });
            return;
        }
        ("h3" | "h4" | "h5" | "h6", _) => {
            (["h1", "h2", "h3", "h4", "h5", "h6"][level(&class).clamp(1, 6) - 1], None)
        }
        ("div", "md-html" | "bubble") => ("pre", None),
        // It leads nowhere but in this page.
        ("a", "md-footnote-link") => ("", None),
        ("a", _) => ("a", Some(("href", destination(element).unwrap_or_default()))),
        // A link and not a picture: where it is pasted nothing is to be fetched either.
        ("span", _) if element.has_attribute(SOURCE) => ("a", Some(("href", attribute(SOURCE)))),
        ("ol", _) => ("ol", Some(("start", attribute("start")))),
        ("th" | "td", _) => (name.as_str(), class.strip_prefix("md-").map(|side| ("align", side.to_owned()))),
        (
            "p" | "em" | "strong" | "del" | "ul" | "li" | "blockquote" | "pre" | "code" | "sup" | "table"
            | "thead" | "tbody" | "tr",
            _,
        ) => (name.as_str(), None),
        _ => ("", None),
    };
    if tag.is_empty() {
        return push_content(selection, element, is_prose, html);
    }
    html.push_str(&format!("<{tag}"));
    if let Some((name, value)) = value.filter(|(_, value)| !value.is_empty()) {
        html.push_str(&format!(" {name}=\""));
        push_escaped(html, &value);
        html.push('"');
    }
    html.push('>');
    push_content(selection, element, is_prose, html);
    html.push_str(&format!("</{tag}>"));
}

fn push_escaped(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            _ => html.push(c),
        }
    }
}
