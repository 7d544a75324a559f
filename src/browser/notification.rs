//! Notifications tell of something outside of the page (Notifications API). By name: typed bindings would weigh on the first load.

use super::by_name::{call, method};
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;

/// Tells whether the page may show notifications.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// It may.
    Granted,
    /// It may not, or nobody was asked yet.
    Refused,
    /// The browser has none.
    Missing,
}

/// Returns whether the page may show notifications now.
#[must_use]
pub fn permission() -> Permission {
    match class() {
        Some(class) => permission_of(&Reflect::get(&class, &"permission".into()).unwrap_or_default()),
        None => Permission::Missing,
    }
}

/// Asks the person, through the browser, whether the page may show notifications. Browsers want that to follow from a press.
pub async fn ask() -> Permission {
    let asked = class().and_then(|class| call::<Promise>(&class, "requestPermission").ok());
    let Some(asked) = asked else { return permission() };
    JsFuture::from(asked).await.map_or(Permission::Refused, |answer| permission_of(&answer))
}

/// Shows a notification; one with the same `tag` takes the place of the one before. A press on it brings the tab to the front.
/// Returns whether the browser took it: some have the class and refuse to make one.
pub fn show(title: &str, body: &str, tag: &str) -> bool {
    make(title, body, tag).is_some()
}

fn make(title: &str, body: &str, tag: &str) -> Option<()> {
    let options = Object::new();
    for (name, value) in [("body", body), ("tag", tag)] {
        Reflect::set(&options, &name.into(), &value.into()).ok()?;
    }
    let made = Reflect::construct(&class()?, &Array::of2(&title.into(), &options)).ok()?;
    let notification = made.clone();
    let pressed = Closure::once_into_js(move || {
        // A browser that does not bring the tab to the front has the notification closed all the same.
        if let Some(window) = web_sys::window() {
            let _ = call::<JsValue>(&window, "focus");
        }
        let _ = call::<JsValue>(&notification, "close");
    });
    Reflect::set(&made, &"onclick".into(), &pressed).ok()?;
    Some(())
}

fn class() -> Option<Function> {
    method(web_sys::window()?.as_ref(), "Notification").ok()
}

fn permission_of(answer: &JsValue) -> Permission {
    if answer.as_string().as_deref() == Some("granted") { Permission::Granted } else { Permission::Refused }
}
