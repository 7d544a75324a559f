//! Requests become bodies of chunks.

mod chunks;
mod fetch;

pub use chunks::{Lost, each_chunk};
pub use fetch::{fetch_asset, fetch_text};

pub(super) use fetch::Fetch;
