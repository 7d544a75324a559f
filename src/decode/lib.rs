//! Modules `bytes`, `frame` and `json` of the engine, which every byte of an answer passes.
//!
//! They are a package of their own because a package is the smallest thing that can have an optimisation level of its
//! own: the page is compiled for size, these for speed. `tokenfall::engine` re-exports them, their files lie in
//! its folder, and nothing else should name this crate.

#[path = "../engine/bytes.rs"]
pub mod bytes;
#[path = "../engine/frame/mod.rs"]
pub mod frame;
#[path = "../engine/json/mod.rs"]
pub mod json;
