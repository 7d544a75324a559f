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

/// Returns whether any tab holds the lock of that name.
pub async fn is_held(name: &str) -> bool {
    let query = || -> Option<Promise> {
        let locks = locks()?;
        let query: Function = Reflect::get(&locks, &"query".into()).ok()?.dyn_into().ok()?;
        query.call0(&locks).ok()?.dyn_into().ok()
    };
    let Some(query) = query() else { return false };
    let Ok(state) = JsFuture::from(query).await else { return false };
    let held = Reflect::get(&state, &"held".into()).unwrap_or_default();
    Array::from(&held).iter().any(|lock| {
        Reflect::get(&lock, &"name".into()).is_ok_and(|held| held.as_string().as_deref() == Some(name))
    })
}

/// Returns the browser's locks. By name: web-sys has them only among its unstable interfaces.
fn locks() -> Option<JsValue> {
    let navigator = web_sys::window()?.navigator();
    Reflect::get(&navigator, &"locks".into()).ok().filter(|locks| locks.is_object())
}
