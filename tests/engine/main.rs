//! Tests of the engine, native: one module for each module of the engine, and what holds stylesheets and ARCHITECTURE.md
//! to it.
// wasm-pack compiles every test target for wasm32 before it runs the one it was asked for; this one stays empty there.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a helper of a test fails it and tells of it as the test itself would; clippy lets only the tests themselves"
)]

mod architecture;
mod archive;
mod cases;
mod chat;
mod colours;
mod curl;
mod cuts;
mod endpoint;
mod error;
mod event_source;
mod fixtures;
mod frame;
mod guard;
mod json;
mod laws;
mod markdown;
mod messages;
mod meter;
mod race;
mod session;
mod settings;
mod structured;
mod support;
mod tape;
mod views;
mod watch;
mod wire;
