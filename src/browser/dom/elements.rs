//! Makes the elements of rendered Markdown, from this allow-list of tags, classes and attributes.

use super::node::Made;
use super::toolbar::Tool;
use super::{footnote, image, link};
use crate::engine::markdown::{Alert, Alignment, Element, Level};
use crate::engine::messages::prose as words;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Document;

/// Makes the node for `element`, not yet in the tree; `is_in_link` says whether it will stand in a link.
pub(super) fn make(document: &Document, element: &Element, is_in_link: bool) -> Result<Made, JsValue> {
    let new = |tag: &str, class: &str| -> Result<web_sys::Element, JsValue> {
        let node = document.create_element(tag)?;
        if !class.is_empty() {
            node.set_class_name(class);
        }
        Ok(node)
    };
    let plain = |tag: &str, class: &str| new(tag, class).map(Made::plain);
    let refused = || plain("span", "md-link-refused");
    match element {
        Element::Section => plain("div", "md-section"),
        Element::Paragraph => plain("p", ""),
        Element::Heading(level) => {
            let (tag, class) = heading(*level);
            plain(tag, class)
        }
        Element::Quote(None) => plain("blockquote", "md-quote"),
        Element::Quote(Some(alert)) => {
            let (class, title) = alert_words(*alert);
            let outer = new("blockquote", class)?;
            let label = new("p", "md-alert-title")?;
            label.set_text_content(Some(title));
            outer.append_child(&label)?;
            Ok(Made::plain(outer))
        }
        Element::List { start } => {
            let list = new(if start.is_some() { "ol" } else { "ul" }, "md-list")?;
            if let Some(first) = start
                && *first != 1
            {
                list.set_attribute("start", &first.to_string())?;
            }
            Ok(Made { is_list: true, ..Made::plain(list) })
        }
        Element::Item => plain("li", ""),
        Element::Task { checked } => {
            let node = new("input", "md-task")?;
            node.set_attribute("type", "checkbox")?;
            node.set_attribute("disabled", "")?;
            node.set_attribute("aria-label", words::TASK)?;
            if *checked {
                node.set_attribute("checked", "")?;
            }
            Ok(Made::plain(node))
        }
        Element::Code { language } => {
            let (outer, bar) = boxed(document, "md-code")?;
            let label = new("span", "md-code-language")?;
            label.set_text_content(Some(language));
            bar.append_child(&label)?;
            for tool in [Tool::Wrap, Tool::Save, Tool::Copy] {
                tool.add_to(document, &bar)?;
            }
            let frame = new("pre", "md-code-frame")?;
            // A block that is wider than the page scrolls, which has to work from the keyboard.
            frame.set_attribute("tabindex", "0")?;
            // Code runs from the left in every script, and does not decide in which direction the text around runs.
            outer.set_attribute("dir", "ltr")?;
            let slot = new("code", "")?;
            frame.append_child(&slot)?;
            outer.append_child(&frame)?;
            Ok(Made { outer, slot, is_list: false })
        }
        Element::Lines => plain("div", "md-lines"),
        Element::Html => plain("div", "md-html"),
        Element::Rule => plain("hr", ""),
        Element::Table => {
            let (outer, bar) = boxed(document, "md-table")?;
            for tool in [Tool::Csv, Tool::Markdown] {
                tool.add_to(document, &bar)?;
            }
            let frame = new("div", "md-table-frame")?;
            frame.set_attribute("tabindex", "0")?;
            let slot = new("table", "")?;
            frame.append_child(&slot)?;
            outer.append_child(&frame)?;
            Ok(Made { outer, slot, is_list: false })
        }
        Element::TableHead => {
            let outer = new("thead", "")?;
            let slot = new("tr", "")?;
            outer.append_child(&slot)?;
            Ok(Made { outer, slot, is_list: false })
        }
        Element::TableBody => plain("tbody", ""),
        Element::TableRow => plain("tr", ""),
        Element::TableCell { alignment, header } => {
            let cell = new(if *header { "th" } else { "td" }, alignment_class(*alignment))?;
            if *header {
                cell.set_attribute("scope", "col")?;
            }
            Ok(Made::plain(cell))
        }
        Element::Emphasis => plain("em", ""),
        Element::Strong => plain("strong", ""),
        Element::Strike => plain("del", ""),
        Element::Subscript => plain("sub", ""),
        Element::Superscript => plain("sup", ""),
        Element::Keyboard => plain("kbd", ""),
        Element::Highlight => plain("mark", ""),
        Element::CodeSpan => plain("code", "md-span"),
        Element::Break => plain("br", ""),
        Element::Link(href) => {
            let link = new("a", "md-link")?.unchecked_into();
            if link::lead(&link, href)? { Ok(Made::plain(link.into())) } else { refused() }
        }
        Element::RefusedLink => refused(),
        Element::Image { source } => image::make(document, source.as_ref(), is_in_link),
        Element::Math { display } => {
            // What is drawn of it comes beside the source, which stays.
            let (around, class) = if *display {
                ("md-formula md-formula-display", "md-math md-math-display")
            } else {
                ("md-formula", "md-math")
            };
            let (outer, slot) = (new("span", around)?, new("code", class)?);
            outer.append_child(&slot)?;
            Ok(Made { outer, slot, is_list: false })
        }
        Element::FootnoteMark => {
            let (outer, slot) = (new("sup", "md-footnote-mark")?, footnote::link(document, true)?);
            outer.append_child(&slot)?;
            Ok(Made { outer, slot, is_list: false })
        }
        Element::Footnote { label } => {
            let outer = new("div", "md-footnote")?;
            // It has no place in the order of what the keyboard reaches, but a mark leads to it.
            outer.set_attribute("tabindex", "-1")?;
            let name = footnote::link(document, false)?;
            name.set_text_content(Some(label));
            let slot = new("div", "md-footnote-text")?;
            outer.append_child(&name)?;
            outer.append_child(&slot)?;
            Ok(Made { outer, slot, is_list: false })
        }
    }
}

/// Returns a box with a bar for buttons.
fn boxed(document: &Document, class: &str) -> Result<(web_sys::Element, web_sys::Element), JsValue> {
    let outer = document.create_element("div")?;
    outer.set_class_name(class);
    let bar = document.create_element("div")?;
    bar.set_class_name("md-bar");
    outer.append_child(&bar)?;
    Ok((outer, bar))
}

/// Returns tag and class. The tags lie below the page's own heading levels, so that its outline stays in order.
fn heading(level: Level) -> (&'static str, &'static str) {
    match level {
        Level::One => ("h3", "md-h1"),
        Level::Two => ("h4", "md-h2"),
        Level::Three => ("h5", "md-h3"),
        Level::Four => ("h6", "md-h4"),
        Level::Five => ("h6", "md-h5"),
        Level::Six => ("h6", "md-h6"),
    }
}

fn alert_words(alert: Alert) -> (&'static str, &'static str) {
    match alert {
        Alert::Note => ("md-quote md-alert md-alert-note", words::ALERT_NOTE),
        Alert::Tip => ("md-quote md-alert md-alert-tip", words::ALERT_TIP),
        Alert::Important => ("md-quote md-alert md-alert-important", words::ALERT_IMPORTANT),
        Alert::Warning => ("md-quote md-alert md-alert-warning", words::ALERT_WARNING),
        Alert::Caution => ("md-quote md-alert md-alert-caution", words::ALERT_CAUTION),
    }
}

fn alignment_class(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::Unset => "",
        Alignment::Left => "md-left",
        Alignment::Center => "md-center",
        Alignment::Right => "md-right",
    }
}
