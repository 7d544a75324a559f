//! Images: a box with the alternative text and the host, and the picture only once somebody asks for it.
//!
//! An address that is fetched by itself carries out whatever a model was talked into writing into it. So nothing is
//! fetched before a click, then without a referrer and only over https; a picture written into the address itself
//! waits for the click as well. The request is not `crossorigin`: most servers of images would refuse it.

use super::make::Made;
use super::tools::Tool;
use crate::engine::markdown::Href;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Document, Element, HtmlImageElement, Url};

/// More pixels than that are not shown: drawn, they take 160 MB.
const MAX_PIXELS: f64 = 40e6;

/// The box for an image that comes from `source`; none when its address was refused.
pub(super) fn make(document: &Document, source: Option<&Href>) -> Result<Made, JsValue> {
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
        Some("") => "picture in the text",
        Some(host) => host,
        None => "no address",
    }));
    let slot = new("md-image-text")?;
    outer.append_child(&host)?;
    outer.append_child(&slot)?;
    if let Some(source) = source {
        // What it would show, for a copy of it.
        outer.set_attribute(SOURCE, source.as_str())?;
        if !source.as_str().starts_with("http:") {
            Tool::Load.add_to(document, &outer)?;
        }
    }
    Ok(Made { outer, slot, is_list: false })
}

/// Puts the picture into the box that `button` is in, or says that it could not be had.
pub(super) fn load(button: &Element) {
    let Ok(Some(place)) = button.closest(".md-image:not(.md-loading)") else { return };
    let (Some(source), Ok(picture)) = (place.get_attribute(SOURCE), HtmlImageElement::new()) else { return };
    let words = place.query_selector(".md-image-text").ok().flatten();
    picture.set_alt(&words.and_then(|words| words.text_content()).unwrap_or_default());
    picture.set_referrer_policy("no-referrer");
    picture.set_src(&source);
    place.set_class_name("md-image md-loading");
    spawn_local(async move {
        let is_there = JsFuture::from(picture.decode()).await.is_ok()
            && f64::from(picture.natural_width()) * f64::from(picture.natural_height()) <= MAX_PIXELS
            && place.append_child(&picture).is_ok();
        place.set_class_name(if is_there { "md-image md-loaded" } else { "md-image md-failed" });
    });
}

/// The attribute of the box that holds the address.
pub(in crate::browser) const SOURCE: &str = "data-source";
