//! The laboratory: a loopback HTTP server that serves the page, plays streams and breaks them on purpose.
//!
//! [`site::serve`] gives a folder of static files an address; [`Lab::start`] gives every scenario of the library
//! a base URL that a client can be pointed at. Both speak HTTP/1.1 over raw sockets, so that a test decides each
//! byte on the wire, and both listen on 127.0.0.1 only. Nothing here knows the page or a provider's client.

mod listener;
mod wire;

pub mod site;

pub use wire::Request;
