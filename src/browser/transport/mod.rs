//! Requests become bodies of chunks.

mod chunks;
mod fetch;

pub use chunks::{Chunks, Lost};
pub use fetch::{fetch_asset, fetch_text};

pub(super) use fetch::Fetch;
