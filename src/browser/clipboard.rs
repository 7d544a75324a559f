//! The clipboard takes copies, and the button that was pressed says how they went.

use super::timer::sleep;
use js_sys::Reflect;
use std::time::Duration;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, EventInit};

/// Dispatched at a button, and bubbling, once what it copies is on the clipboard.
pub const COPIED: &str = "copied";
/// Dispatched at a button, and bubbling, once the browser has refused its copy.
pub const REFUSED: &str = "refused";

/// So long a button says how its copy went.
const SAID: Duration = Duration::from_secs(2);

/// Puts `text` on the clipboard for `button`, dispatches [`COPIED`] or [`REFUSED`] at it, and marks it for two seconds
/// with `data-copied` or `data-refused`.
pub async fn put_for(button: &Element, text: &str) {
    let outcome = if put(text).await { COPIED } else { REFUSED };
    let init = EventInit::new();
    init.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict(outcome, &init) {
        let _ = button.dispatch_event(&event);
    }
    let mark = format!("data-{outcome}");
    let _ = button.set_attribute(&mark, "");
    sleep(SAID).await;
    let _ = button.remove_attribute(&mark);
}

/// Puts `text` on the clipboard; `false` if the browser refuses. It has none for pages that came over plain http from
/// another machine.
async fn put(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let navigator = window.navigator();
    let is_there = Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|it| !it.is_undefined());
    is_there && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
