//! [`Row`] is a value of the tree as it stands in the page, [`Fold`] what can be folded: an object, a list, or a group of items.

use super::nodes::{append, append_text, append_words};
use crate::engine::messages::structured_page as words;
use crate::engine::structured::{ClosedValue, Label, Node, NodeId, OpenValue};
use wasm_bindgen::JsValue;
use web_sys::{Element, Text};

/// The attribute of a button that folds, with the fold's number.
pub(super) const FOLD: &str = "data-fold";
/// The attribute of a button that shows more of a text, with the number of the value's row.
pub(super) const MORE: &str = "data-more";

/// The most bytes of a text that are shown at first, and with each press.
const TEXT_PORTION: usize = 8 << 10;

/// A value as it stands in the page.
pub(super) struct Row {
    /// The list item.
    pub(super) item: Element,
    /// The line of its name and value, where the schema's words go as well.
    line: Element,
    /// What shows the value.
    pub(super) shown: Shown,
    /// The mark of a value that is not whole.
    caret: Option<Element>,
    /// Whether it was marked as wrong.
    is_wrong: bool,
}

/// What shows a value.
pub(super) enum Shown {
    /// A text, which grows.
    Text(GrowingText),
    /// A number or a word.
    Scalar(Element, Text),
    /// An object or a list: the number of its fold.
    Fold(usize),
}

/// A text, which grows.
pub(super) struct GrowingText {
    node: Text,
    /// Bytes that are shown.
    shown: usize,
    /// Bytes that may be shown.
    most: usize,
    more: Option<Element>,
}

/// An object, a list or a group of items, which can be folded.
pub(super) struct Fold {
    /// The button that folds it.
    pub(super) button: Element,
    /// The list of what is in it.
    pub(super) list: Element,
    /// The object or list.
    pub(super) node: NodeId,
    /// The first of its items; of a group not nought.
    pub(super) from: usize,
    /// Items of it that were drawn.
    pub(super) drawn: usize,
    /// Whether what is in it is drawn.
    pub(super) is_filled: bool,
    /// The groups behind the first items.
    pub(super) groups: Vec<usize>,
    /// Says how much is in it.
    pub(super) count: Text,
    /// The beginning of a name.
    pub(super) name: Option<(Element, Text)>,
    /// The fold that it is in.
    pub(super) outer: Option<usize>,
}

impl Row {
    /// Appends the row of a value to a list. An object or list gets the fold of that number, whose button is returned too.
    pub(super) fn append(
        list: &Element,
        number: usize,
        label: Label<'_>,
        node: &Node<'_>,
        fold: usize,
    ) -> Result<(Row, Option<Element>), JsValue> {
        let item = append(list, "li", "json-item")?;
        item.set_attribute("tabindex", "-1")?;
        let is_fold = items(node).is_some();
        let line = append(&item, "div", "json-line")?;
        let button = if is_fold { Some(fold_button(&line, fold)?) } else { None };
        let head = button.as_ref().unwrap_or(&line);
        match label {
            Label::Root => {}
            Label::Name(name) => {
                append_words(head, "span", "json-name", name)?;
            }
            Label::Index(index) => {
                append_words(head, "span", "json-index", &index.to_string())?;
            }
        }
        let shown = if is_fold {
            Shown::Fold(fold)
        } else if let Node::Open(OpenValue::Text(_)) | Node::Closed(ClosedValue::Text(_)) = node {
            let text = append(&line, "span", "json-text")?;
            text.set_attribute("dir", "auto")?;
            let node = append_text(&text, "")?;
            Shown::Text(GrowingText { node, shown: 0, most: TEXT_PORTION, more: None })
        } else {
            let scalar = append(&line, "span", "json-scalar")?;
            let node = append_text(&scalar, "")?;
            Shown::Scalar(scalar, node)
        };
        let mut row = Row { item, line, shown, caret: None, is_wrong: false };
        row.update(number, node)?;
        Ok((row, button))
    }

    /// Shows the value as it is now, and whether it is whole.
    pub(super) fn update(&mut self, number: usize, node: &Node<'_>) -> Result<(), JsValue> {
        match (&mut self.shown, node) {
            (
                Shown::Text(shown),
                Node::Open(OpenValue::Text(text)) | Node::Closed(ClosedValue::Text(text)),
            ) => {
                shown.grow(text, number, &self.line)?;
            }
            (Shown::Scalar(_, shown), Node::Open(OpenValue::Scalar(text))) => shown.set_data(text),
            (Shown::Scalar(element, shown), Node::Closed(ClosedValue::Number(text))) => {
                element.set_class_name("json-number");
                shown.set_data(text);
            }
            (
                Shown::Scalar(element, shown),
                Node::Closed(value @ (ClosedValue::Bool(_) | ClosedValue::Null)),
            ) => {
                element.set_class_name("json-word");
                let [yes, no, null] = words::WORDS;
                let is_true = *value == ClosedValue::Bool(true);
                let word = if is_true { yes } else { no };
                shown.set_data(if *value == ClosedValue::Null { null } else { word });
            }
            (Shown::Text(_) | Shown::Scalar(..) | Shown::Fold(_), Node::Open(_) | Node::Closed(_)) => {}
        }
        self.mark_open(matches!(node, Node::Open(_)))
    }

    /// Marks the value as one that is not whole, or takes that mark away.
    fn mark_open(&mut self, is_open: bool) -> Result<(), JsValue> {
        match (is_open, self.caret.take()) {
            (true, None) => {
                self.item.set_attribute("data-open", "")?;
                let caret = append(&self.line, "span", "json-caret")?;
                caret.set_attribute("role", "img")?;
                caret.set_attribute("aria-label", words::OPEN)?;
                self.caret = Some(caret);
            }
            (false, Some(caret)) => {
                self.item.remove_attribute("data-open")?;
                caret.remove();
            }
            (true, caret) => self.caret = caret,
            (false, None) => {}
        }
        Ok(())
    }

    /// Tells that what is not whole will not be.
    pub(super) fn mark_cut(&self) -> Result<(), JsValue> {
        if let Some(caret) = &self.caret {
            self.item.set_attribute("data-cut", "")?;
            caret.set_attribute("aria-label", words::CUT)?;
        }
        Ok(())
    }

    /// Marks the value as wrong, with the schema's words.
    pub(super) fn mark_wrong(&mut self, said: &[String]) -> Result<(), JsValue> {
        if !std::mem::replace(&mut self.is_wrong, true) {
            self.item.set_attribute("data-wrong", "")?;
            append_words(&self.line, "span", "json-wrong", &words::wrong(said))?;
        }
        Ok(())
    }
}

impl GrowingText {
    /// Shows more of a long text.
    pub(super) fn show_more(&mut self) {
        self.most = self.most.saturating_mul(4);
        if let Some(more) = self.more.take() {
            more.remove();
        }
    }

    fn grow(&mut self, text: &str, row: usize, line: &Element) -> Result<(), JsValue> {
        let end = text.floor_char_boundary(self.most);
        if let Some(new) = text.get(self.shown..end).filter(|new| !new.is_empty()) {
            self.node.append_data(new)?;
            self.shown = end;
        }
        if self.shown < text.len() && self.more.is_none() {
            let more = append_words(line, "button", "link", words::MORE_TEXT)?;
            more.set_attribute("type", "button")?;
            more.set_attribute(MORE, &row.to_string())?;
            self.more = Some(more);
        }
        Ok(())
    }
}

impl Fold {
    /// Unfolds it, or folds it.
    pub(super) fn unfold(&self, is_open: bool) -> Result<(), JsValue> {
        self.button.set_attribute("aria-expanded", if is_open { "true" } else { "false" })?;
        if is_open { self.list.remove_attribute("hidden") } else { self.list.set_attribute("hidden", "") }
    }

    /// Returns whether it is unfolded.
    pub(super) fn is_open(&self) -> bool {
        !self.list.has_attribute("hidden")
    }
}

/// Appends a button that folds what the fold of that number holds.
pub(super) fn fold_button(parent: &Element, fold: usize) -> Result<Element, JsValue> {
    let button = append(parent, "button", "json-fold")?;
    button.set_attribute("type", "button")?;
    button.set_attribute("aria-expanded", "false")?;
    button.set_attribute(FOLD, &fold.to_string())?;
    Ok(button)
}

/// Returns what is in an object or a list; `None` for other values.
pub(super) fn items<'a>(node: &Node<'a>) -> Option<&'a [NodeId]> {
    match node {
        Node::Open(OpenValue::Object { members: items, .. } | OpenValue::Array(items))
        | Node::Closed(ClosedValue::Object(items) | ClosedValue::Array(items)) => Some(items),
        Node::Open(OpenValue::Text(_) | OpenValue::Scalar(_))
        | Node::Closed(
            ClosedValue::Text(_) | ClosedValue::Number(_) | ClosedValue::Bool(_) | ClosedValue::Null,
        ) => None,
    }
}

/// Returns whether the value is an object.
pub(super) fn is_object(node: &Node<'_>) -> bool {
    matches!(node, Node::Open(OpenValue::Object { .. }) | Node::Closed(ClosedValue::Object(_)))
}
