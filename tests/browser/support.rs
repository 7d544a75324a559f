//! Waiting for what a browser does in its own time.

use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Window;

pub(crate) fn window() -> Window {
    web_sys::window().expect("a window")
}

pub(crate) async fn sleep(millis: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis).expect("a timer");
    });
    JsFuture::from(promise).await.expect("a timer that resolves");
}

/// Looks every 10 ms until `condition` holds; after five seconds the test has failed.
pub(crate) async fn until(what: &str, mut condition: impl FnMut() -> bool) {
    for _ in 0..500 {
        if condition() {
            return;
        }
        sleep(10).await;
    }
    panic!("waited in vain until {what}");
}

/// An address that this page can fetch and that holds these bytes under that content type.
pub(crate) fn served(bytes: &str, content_type: &str) -> String {
    let make = js_sys::Function::new_with_args(
        "text, type",
        "return URL.createObjectURL(new Blob([text], { type }));",
    );
    make.call2(&wasm_bindgen::JsValue::NULL, &bytes.into(), &content_type.into())
        .expect("an object URL")
        .dyn_into::<js_sys::JsString>()
        .expect("a string")
        .into()
}
