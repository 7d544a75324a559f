//! Connections beside the one answer to one request: streams of events that connect again, sockets, and the
//! browser's own model.
//!
//! Each feeds a [`Receiver`](crate::engine::session::Receiver): a session makes an answer of what comes, what watches a stream
//! keeps it as it came. Only lazy parts use them.

mod connection;
mod elsewhere;
mod events;
mod feed;
mod listener;
mod once;
mod prompt_api;
mod queue;
mod realtime;
mod socket;

pub use connection::{Live, NotSent, Status};
pub use elsewhere::ask_elsewhere;
pub use events::read_events;
pub use feed::Sink;
pub use listener::listen;
pub use once::read_once;
pub use prompt_api::{Availability, ask_browser_model, availability};
pub use realtime::ask;
pub use socket::connect;
