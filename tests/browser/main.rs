//! Tests of the shell, in a real browser: one module for each module of `browser`.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::expect_used, clippy::panic, reason = "a test that meets the unexpected has failed")]

use wasm_bindgen_test::wasm_bindgen_test_configure;

mod allowed;
mod dom;
mod export;
mod footnote;
mod frame_loop;
mod live;
mod pump;
mod storage;
mod store;
mod support;
mod transport;
mod typeset;

wasm_bindgen_test_configure!(run_in_browser);
