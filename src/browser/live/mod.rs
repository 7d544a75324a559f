//! Connections beside the one answer to one request: streams of events that connect again, and sockets.
//!
//! Each feeds a [`Receiver`](crate::engine::session::Receiver): a session makes an answer of what comes, what watches a stream
//! keeps it as it came. Only lazy parts use them.

mod connection;
mod events;
mod feed;
mod listener;
mod once;
mod queue;
mod realtime;

mod socket;

pub use connection::{Live, NotSent, Status};
pub use events::read_events;
pub use feed::Sink;
pub use listener::listen;
pub use once::read_once;
pub use realtime::ask;
pub use socket::connect;
