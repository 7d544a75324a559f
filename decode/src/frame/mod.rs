//! Decodes bytes to frames: Server-Sent Events, newline-delimited JSON, and plain text.
//!
//! Push for input, pull for output: [`SseDecoder::push`] takes the bytes of one chunk, then [`SseDecoder::next_frame`]
//! lends frames until it has none. A frame borrows from the decoder's buffer, so the usual path allocates nothing.
//! [`SseDecoder::finish`] hands out what stood unterminated at the end of the body. Every byte is looked at a fixed
//! number of times, however it was cut, and no more than a bound is ever held.
//!
//! This module knows neither JSON nor providers: to it a frame's data is bytes that are text.

mod lines;
mod ndjson;
mod sse;
mod text;

pub use ndjson::NdjsonDecoder;
pub use sse::SseDecoder;
pub use text::TextDecoder;

use std::borrow::Cow;
use std::fmt;

/// The most bytes one undelivered frame may hold: 16 MiB (limit L2 of the reliability reference).
pub const FRAME_LIMIT: usize = 16 << 20;

/// The most bytes of one line of an event stream: 8 MiB (limit L1).
pub const LINE_LIMIT: usize = 8 << 20;

/// One unit of a stream, borrowed from its decoder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame<'a> {
    /// A complete event (or NDJSON line, or piece of plain text).
    Event(Event<'a>),
    /// A comment line, without its colon: servers send them to keep the connection alive.
    /// At most [`COMMENT_LIMIT`] bytes of it are kept.
    Comment(&'a str),
}

/// The most bytes of a comment that are kept (limit L3): the rest is dropped as it arrives.
pub const COMMENT_LIMIT: usize = 256;

/// An event as the HTML standard defines it, or one line of NDJSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event<'a> {
    /// The event's type; `message` where the stream named none.
    pub name: &'a str,
    /// The data lines joined by LF, as they came: see [`Event::text`].
    pub data: &'a [u8],
    /// The last event ID in force when the event was dispatched; empty if none was ever set.
    pub last_event_id: &'a str,
    /// Whether the closing blank line (for NDJSON: the line end) arrived. The standard discards an event without
    /// one; several servers leave it out, so [`SseDecoder::finish`] hands it over marked, and the caller decides.
    pub terminated: bool,
}

impl<'a> Event<'a> {
    /// Returns the data as text, with U+FFFD for what is no UTF-8. It is looked through each time; who only compares it
    /// with what is known to be text need not ask.
    pub fn text(&self) -> Cow<'a, str> {
        text(self.data)
    }
}

/// Returns the bytes as text; `from_utf8_lossy` alone goes byte by byte through what is good.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(bytes),
    }
}

/// The one way decoding can fail: a frame that grew over the bound. What came before it was delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameTooLarge {
    /// The bound in bytes.
    pub limit: usize,
}

impl fmt::Display for FrameTooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a single event of the stream is larger than {} MiB", self.limit >> 20)
    }
}

impl std::error::Error for FrameTooLarge {}
