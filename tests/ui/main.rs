//! Tests of the page's own parts, in a real browser. How they work together is tested end to end by the lab.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

use wasm_bindgen_test::wasm_bindgen_test_configure;

mod answers;
mod fields;
mod format;
mod menus;
mod mounted;
mod pace;
mod page;
mod sample;
mod servers;
mod settings;

wasm_bindgen_test_configure!(run_in_browser);
