//! Locks tell other tabs of the page what this one is at (Web Locks API). The browser lets go of those of a tab that ended.

use super::by_name::{call, method};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A lock that this tab holds, until it is dropped.
#[derive(Debug)]
pub struct Lock {
    release: Function,
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.release.call0(&JsValue::NULL);
    }
}

/// Takes the lock of that name, as soon as no other tab holds it; `None` in a browser without locks.
#[must_use]
pub fn hold(name: &str) -> Option<Lock> {
    let locks = locks()?;
    let mut release = None;
    // The lock is held as long as the promise that the callback gives back is open.
    let held = Promise::new(&mut |resolve, _| release = Some(resolve));
    let granted = Closure::once_into_js(move |_lock: JsValue| held);
    // Its promise ends when the lock is let go of.
    let _ = request(&locks, name, &granted)?;
    release.map(|release| Lock { release })
}

/// Returns the names of the locks that tabs hold or wait for.
pub async fn held() -> Vec<String> {
    let Some(query) = locks().and_then(|locks| call::<Promise>(&locks, "query").ok()) else {
        return Vec::new();
    };
    let Ok(state) = JsFuture::from(query).await else { return Vec::new() };
    // One that was just asked for is not held yet.
    let names = ["held", "pending"].map(|kind| {
        let locks = Array::from(&Reflect::get(&state, &kind.into()).unwrap_or_default());
        let name = |lock| Reflect::get(&lock, &"name".into()).ok()?.as_string();
        locks.iter().filter_map(name).collect::<Vec<_>>()
    });
    names.concat()
}

/// Waits until no tab holds the lock of that name: at once in a browser without locks.
pub async fn released(name: &str) {
    let granted = Closure::once_into_js(|_lock: JsValue| ());
    if let Some(request) = locks().and_then(|locks| request(&locks, name, &granted)) {
        // It is refused where a page is being left: then nobody waits.
        let _ = JsFuture::from(request).await;
    }
}

/// Asks for the lock of that name. `granted` is called with it, and what it gives back is waited for by the promise.
fn request(locks: &JsValue, name: &str, granted: &JsValue) -> Option<Promise> {
    method(locks, "request").ok()?.call2(locks, &name.into(), granted).ok()?.dyn_into().ok()
}

/// Returns the browser's locks. By name: web-sys has them only among its unstable interfaces.
fn locks() -> Option<JsValue> {
    let navigator = web_sys::window()?.navigator();
    Reflect::get(&navigator, &"locks".into()).ok().filter(|locks| locks.is_object())
}
