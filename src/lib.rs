//! Tokenfall: a streaming client for language models that lives in one static page.
//!
//! Three layers: [`engine`] is a package of its own, pure, and knows no browser; `browser` (feature `browser`) gives it
//! bytes and time; `ui` (feature `ui`) shows it. ARCHITECTURE.md tells the walk of one delta through them.

pub use tokenfall_engine as engine;

#[cfg(feature = "browser")]
pub mod browser;
#[cfg(feature = "ui")]
pub mod ui;
