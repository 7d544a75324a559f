//! Timers resolve futures after a time.

use js_sys::Promise;
use std::time::Duration;
use wasm_bindgen_futures::JsFuture;

/// Resolves after `duration`; a hidden tab may make it later, never earlier.
pub async fn sleep(duration: Duration) {
    let millis = i32::try_from(duration.as_millis()).unwrap_or(i32::MAX);
    let promise = Promise::new(&mut |resolve, _reject| {
        if let Some(window) = web_sys::window() {
            // Without a timer the promise would never resolve: resolving at once is the lesser evil.
            if window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis).is_err() {
                let _ = resolve.call0(&wasm_bindgen::JsValue::NULL);
            }
        }
    });
    let _ = JsFuture::from(promise).await;
}
