//! Images show their alternative text and host in a box, and the picture only once somebody asks for it.
//!
//! An address that is fetched by itself carries out whatever a model was talked into writing into it. So nothing is
//! fetched before a click, then without a referrer and only over https; a picture written into the address itself
//! waits for the click as well. The request is not `crossorigin`: most servers of images would refuse it.

use super::node::Made;
use super::toolbar::Tool;
use crate::engine::markdown::Href;
use crate::engine::messages::prose as words;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Document, Element, HtmlImageElement, Url};

/// The most pixels of a picture that is shown: as many take 160 MB once they are drawn.
const MAX_PIXELS: f64 = 40e6;

/// Returns the box for an image that comes from `source`; none when its address was refused. In a link it has no button
/// of its own.
pub(super) fn make(document: &Document, source: Option<&Href>, is_in_link: bool) -> Result<Made, JsValue> {
    let new = |class: &str| -> Result<Element, JsValue> {
        let node = document.create_element("span")?;
        node.set_class_name(class);
        Ok(node)
    };
    let outer = new("md-image")?;
    let host = new("md-image-host")?;
    let named = source.map(|source| {
        // As the browser reads it: names in other scripts show what they are made of.
        Url::new(source.as_str()).map(|address| address.host()).unwrap_or_default()
    });
    host.set_text_content(Some(match named.as_deref() {
        Some("") => words::IMAGE_IN_TEXT,
        Some(host) => host,
        None => words::IMAGE_WITHOUT_ADDRESS,
    }));
    let slot = new("md-image-text")?;
    outer.append_child(&host)?;
    outer.append_child(&slot)?;
    if let Some(source) = source {
        // What it would show, for a copy of it.
        outer.set_attribute(SOURCE, source.as_str())?;
        if can_load(source) && !is_in_link {
            Tool::Load.add_to(document, &outer)?;
        }
    }
    Ok(Made { outer, slot, is_list: false })
}

/// Returns a button for the image in `link`, behind the link: inside of it a press would mean two things.
pub(super) fn button_behind(
    document: &Document,
    link: &Element,
    source: &Href,
) -> Result<Option<Element>, JsValue> {
    if !can_load(source) {
        return Ok(None);
    }
    let mut last = link.clone();
    while let Some(next) = last.next_element_sibling().filter(|next| next.matches(BUTTON).unwrap_or(false)) {
        last = next;
    }
    let button = Tool::Load.make(document)?;
    last.after_with_node_1(&button)?;
    Ok(Some(button))
}

/// Returns whether the picture may be loaded: it comes over https or not at all.
fn can_load(source: &Href) -> bool {
    !source.as_str().starts_with("http:")
}

/// Returns the box that `button` is for: around it, or in the link before it, where it is the box of the same number.
fn place(button: &Element) -> Option<Element> {
    if let Ok(Some(place)) = button.closest(".md-image") {
        return Some(place);
    }
    let before = |node: &Element| node.previous_element_sibling();
    let mut number = 0;
    let mut node = before(button)?;
    while node.matches(BUTTON).unwrap_or(false) {
        number += 1;
        node = before(&node)?;
    }
    let images = node.query_selector_all(&format!("[{SOURCE}]:not([{SOURCE}^=\"http:\"])")).ok()?;
    images.item(number)?.dyn_into().ok()
}

/// Puts the picture into the box that `button` is for, or says that it could not be had.
pub(super) fn load(button: &Element) {
    let Some(place) = place(button).filter(|_| button.get_attribute(STATE).as_deref() != Some("loading"))
    else {
        return;
    };
    let (Some(source), Ok(picture)) = (place.get_attribute(SOURCE), HtmlImageElement::new()) else { return };
    let text = place.query_selector(".md-image-text").ok().flatten();
    picture.set_alt(&text.and_then(|text| text.text_content()).unwrap_or_default());
    picture.set_referrer_policy("no-referrer");
    picture.set_src(&source);
    place.set_class_name("md-image md-loading");
    drop(button.set_attribute(STATE, "loading"));
    let button = button.clone();
    spawn_local(async move {
        let is_there = JsFuture::from(picture.decode()).await.is_ok()
            && f64::from(picture.natural_width()) * f64::from(picture.natural_height()) <= MAX_PIXELS
            && place.append_child(&picture).is_ok();
        place.set_class_name(if is_there { "md-image md-loaded" } else { "md-image md-failed" });
        drop(button.set_attribute(STATE, if is_there { "loaded" } else { "failed" }));
    });
}

/// A button that loads an image.
const BUTTON: &str = "[data-md=load]";
/// The attribute of the button that says how it went.
const STATE: &str = "data-state";

/// The attribute of the box that holds the address.
pub(in crate::browser) const SOURCE: &str = "data-source";
