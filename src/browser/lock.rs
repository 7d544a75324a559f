//! Locks tell other tabs of the page what this one is at (Web Locks API). The browser lets go of those of a tab that ended.

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
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    request.call2(&locks, &name.into(), &granted).ok()?;
    release.map(|release| Lock { release })
}

/// Returns the names of the locks that tabs hold or wait for.
pub async fn held() -> Vec<String> {
    let query = || -> Option<Promise> {
        let locks = locks()?;
        let query: Function = Reflect::get(&locks, &"query".into()).ok()?.dyn_into().ok()?;
        query.call0(&locks).ok()?.dyn_into().ok()
    };
    let Some(query) = query() else { return Vec::new() };
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
    let request = || -> Option<Promise> {
        let locks = locks()?;
        let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
        let granted = Closure::once_into_js(|_lock: JsValue| ());
        request.call2(&locks, &name.into(), &granted).ok()?.dyn_into().ok()
    };
    if let Some(request) = request() {
        // It is refused where a page is being left: then nobody waits.
        let _ = JsFuture::from(request).await;
    }
}

/// Returns the browser's locks. By name: web-sys has them only among its unstable interfaces.
fn locks() -> Option<JsValue> {
    let navigator = web_sys::window()?.navigator();
    Reflect::get(&navigator, &"locks".into()).ok().filter(|locks| locks.is_object())
}
