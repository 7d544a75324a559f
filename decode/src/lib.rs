//! Decodes streamed HTTP bodies: Server-Sent Events, NDJSON, and the JSON inside them.
//!
//! [`frame`] turns bytes into events, whatever the network's chunks are; [`json`] reads an event's JSON into a flat list
//! of tokens, without a tree; [`bytes`] compares byte strings. None of it knows a provider, a clock or a browser.
//!
//! The crate is apart from the rest of Tokenfall's engine because Cargo gives an optimisation level to a whole package:
//! every byte of an answer passes through here, so it is compiled for speed and the page for size.

pub mod bytes;
pub mod frame;
pub mod json;

/// Holds the example of README.md to the code.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
