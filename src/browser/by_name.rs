//! Calls methods of browser objects by name: those that web-sys has only among its unstable interfaces, and those whose typed
//! bindings would be in the page's first load.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Returns a method of an object.
///
/// # Errors
/// An object without such a method.
pub(super) fn method(of: &JsValue, name: &str) -> Result<Function, JsValue> {
    Reflect::get(of, &name.into())?.dyn_into()
}

/// Calls a method that takes nothing, and returns what it gives.
///
/// # Errors
/// An object without such a method, what the method throws, and another type than the one that is wanted.
pub(super) fn call<T: JsCast>(of: &JsValue, name: &str) -> Result<T, JsValue> {
    method(of, name)?.call0(of)?.dyn_into()
}
