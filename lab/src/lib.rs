//! The laboratory: a loopback HTTP server that serves the page, plays streams and breaks them on purpose.
//!
//! [`site::serve`] gives a folder of static files an address. [`Lab::start`] gives every scenario of the library
//! a base URL that a client can be pointed at, and keeps a log of what the client asked: [`script::Scenario`] for what
//! is asked with POST, [`feed::Feed`] for what is fetched with GET, [`socket::Socket`] for WebSockets. Both speak
//! HTTP/1.1 over raw sockets, so that a test decides each byte on the wire, and both listen on 127.0.0.1 only. Nothing here
//! knows the page or a provider's client.
//!
//! ```
//! let lab = lab::Lab::start()?;
//! assert!(lab.base("slow-answer").ends_with("/s/slow-answer/v1"));
//! assert!(lab.requests("slow-answer").is_empty());
//! # Ok::<(), std::io::Error>(())
//! ```

mod gzip;
mod library;
mod listener;
mod log;
mod play;
mod server;
mod tape;
mod wire;

pub mod feed;
pub mod scenarios;
pub mod script;
pub mod site;
pub mod socket;

pub use log::{ClientMessage, Logged, Outcome, Said};
pub use server::Lab;
pub use wire::Request;
