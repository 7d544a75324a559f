//! What `cargo xtask bench decode` and `bench checks` compare, as wasm for their pages.
//!
//! [`ours`] is the page's own path: one call a chunk, bytes copied in once. [`peers`] are Rust crates at their best:
//! all chunks lie in wasm memory before the clock starts, and typed serde structs pick the text. [`answer`] and [`tree`] are
//! the page's sessions with a guard, and its structured output.

#[cfg(feature = "checks")]
pub mod answer;
#[cfg(feature = "ours")]
pub mod ours;
#[cfg(feature = "peers")]
pub mod peers;
#[cfg(feature = "checks")]
pub mod tree;
