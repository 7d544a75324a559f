//! The clipboard.

use js_sys::Reflect;
use wasm_bindgen_futures::JsFuture;

/// Puts `text` on the clipboard; `false` if the browser refuses. It has none for pages that came over plain http from
/// another machine.
pub async fn put(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let navigator = window.navigator();
    let is_there = Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|it| !it.is_undefined());
    is_there && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
