//! Makes the nodes of the JSON views, one by one: what a model wrote becomes text nodes.

use wasm_bindgen::JsValue;
use web_sys::{Document, Element, Text};

/// Makes an element of a class.
pub(super) fn element(document: &Document, tag: &str, class: &str) -> Result<Element, JsValue> {
    let element = document.create_element(tag)?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    Ok(element)
}

/// Appends an element of a class to another one.
pub(super) fn append(parent: &Element, tag: &str, class: &str) -> Result<Element, JsValue> {
    let document = parent.owner_document().ok_or(JsValue::UNDEFINED)?;
    let element = element(&document, tag, class)?;
    parent.append_child(&element)?;
    Ok(element)
}

/// Appends a text node to an element.
pub(super) fn append_text(parent: &Element, text: &str) -> Result<Text, JsValue> {
    let document = parent.owner_document().ok_or(JsValue::UNDEFINED)?;
    let node = document.create_text_node(text);
    parent.append_child(&node)?;
    Ok(node)
}

/// Appends an element of a class with a text to another one.
pub(super) fn append_words(parent: &Element, tag: &str, class: &str, text: &str) -> Result<Element, JsValue> {
    let element = append(parent, tag, class)?;
    append_text(&element, text)?;
    Ok(element)
}
