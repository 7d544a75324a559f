//! Requests become bodies of chunks.

mod fetch;

pub use fetch::{fetch_asset, fetch_text};

pub(super) use fetch::{Fetch, Lost};
