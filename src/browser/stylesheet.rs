//! Stylesheets that are fetched when something they are for is first shown.

use js_sys::Promise;
use std::future::Future;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element};

/// Applies the stylesheet at `address` from now on. The future is ready once it is there, or cannot be fetched: then the page goes
/// on without.
///
/// # Errors
/// A document without a head.
pub fn apply(document: &Document, address: &str) -> Result<impl Future<Output = ()> + use<>, JsValue> {
    let link: Element = document.create_element("link")?;
    link.set_attribute("rel", "stylesheet")?;
    link.set_attribute("href", address)?;
    let settled = Promise::new(&mut |resolve, _| {
        for event in ["load", "error"] {
            let _ = link.add_event_listener_with_callback(event, &resolve);
        }
    });
    let head = document.query_selector("head")?.ok_or("no head")?;
    head.append_child(&link)?;
    Ok(async move {
        let _ = JsFuture::from(settled).await;
    })
}
