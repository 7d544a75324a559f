//! The engine holds everything that Tokenfall knows, without a browser.
//!
//! Pure: time, randomness and bytes come in as arguments, so all of it is tested natively. It knows no clock, no async
//! runtime and no browser type. From the bottom up: [`timestamp`], [`bytes`] and [`error`], [`json`], [`frame`], [`wire`],
//! [`chat`]; [`markdown`], [`meter`], [`tape`] and [`typeset`] beside them; [`session`] on top.

pub use tokenfall_decode::{bytes, frame, json};
pub use tokenfall_markdown as markdown;

pub mod archive;
mod authority;
pub mod chat;
pub mod checks;
pub mod curl;
pub mod error;
pub mod event_source;
#[cfg(feature = "checks")]
pub mod guard;
pub mod markup;
pub mod messages;
pub mod meter;
pub mod race;
pub mod session;
pub mod settings;
#[cfg(feature = "checks")]
pub mod structured;
pub mod tape;
pub mod timestamp;
pub mod typeset;
pub mod watch;
pub mod wire;
