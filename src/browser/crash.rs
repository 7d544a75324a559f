//! Reports a panic, with its message and its place, before the trap that ends the program.
//!
//! On this target a panic prints nothing and ends in `unreachable`: all that JavaScript sees is a trap without a reason.

use js_sys::Error;
use std::panic;
use wasm_bindgen::prelude::wasm_bindgen;

/// The name of the errors that are reported here; assets/crash_notice.js knows them by it.
pub const PANIC: &str = "Panic";

#[wasm_bindgen]
extern "C" {
    /// Reports an error as one that nobody caught: logs it with its stack and dispatches an `error` event on the
    /// window. <https://html.spec.whatwg.org/multipage/webappapis.html#dom-reporterror>
    #[wasm_bindgen(js_name = reportError)]
    fn report_error(error: &Error);
}

/// Has every panic of this program reported to the window, in builds of any profile. The page shows it in the crash notice.
pub fn report_panics() {
    panic::set_hook(Box::new(|panic| {
        let error = Error::new(&panic.to_string());
        error.set_name(PANIC);
        report_error(&error);
    }));
}
