//! Tests of the page's own parts, in a real browser. How they work together is tested end to end by the lab.
//!
//! A test whose documentation begins with `Covers` names the components that it tries, and with what of them: an event, a change
//! of state, a bad input. tests/engine/views/coverage.rs holds these to the list of components.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

use wasm_bindgen_test::wasm_bindgen_test_configure;

mod answer_now;
mod answers;
mod browser_model;
mod compose;
mod composer;
mod conversation;
mod endings;
mod fields;
mod figures;
mod files;
mod find;
mod format;
mod guard;
mod history;
mod kept;
mod menus;
mod mounted;
mod own_events;
mod pace;
mod page;
mod race;
mod sample;
mod servers;
mod setting_fields;
mod settings;
mod side_bar;
mod tools;
mod turn_tools;
mod turns;
mod watch;
mod watch_form;

wasm_bindgen_test_configure!(run_in_browser);
