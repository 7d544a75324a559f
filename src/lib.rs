//! Tokenfall: a streaming client for language models that lives in one static page.
//!
//! Three layers, held apart by features: [`engine`] is pure and knows no browser; `browser` (feature `browser`) gives it
//! bytes and time; `ui` (feature `ui`) shows it. ARCHITECTURE.md tells the walk of one delta through them.

#[cfg(feature = "browser")]
pub mod browser;
pub mod engine;
#[cfg(feature = "ui")]
pub mod ui;
