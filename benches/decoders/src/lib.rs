//! The decoders that `cargo xtask bench decode` compares, as wasm for its page.
//!
//! [`ours`] is the page's own path: one call a chunk, bytes copied in once. [`peers`] are Rust crates at their best:
//! all chunks lie in wasm memory before the clock starts, and typed serde structs pick the text.

#[cfg(feature = "ours")]
pub mod ours;
#[cfg(feature = "peers")]
pub mod peers;
