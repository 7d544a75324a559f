//! The transport turns requests into bodies of chunks.

mod chunks;
mod error;
mod fetch;
mod timing;

pub use chunks::each_chunk;
pub use error::TransportError;
pub use fetch::{fetch_asset, fetch_text};

pub(super) use fetch::Fetch;
pub(super) use timing::timing;
