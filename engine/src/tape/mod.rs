//! [`Tape`] records a stream: its chunks, and the time of each.
//!
//! A tape is a head (status, content type), stamped chunks and an end. Feeding it to a [`Session`](super::session::Session)
//! gives the same turn and the same numbers as the live stream did. [`Tape::to_jsonl`] and [`Tape::from_jsonl`] move it
//! to a file and back; [`Replay`] says which chunk is due at which moment. A tape holds no key and no request.

mod jsonl;
mod replay;
mod spool;

pub use jsonl::TapeProblem;
pub use replay::{Replay, Speed, Step};

use super::timestamp::Timestamp;
use super::wire::Dialect;
use serde::{Deserialize, Serialize};
use spool::Spool;
use std::time::Duration;

/// The most bytes of memory that a tape's chunks may take. What comes later is not recorded, and then the tape has no end: it
/// is a recording that broke off, and is played as one.
pub const TAPE_LIMIT: usize = 16 << 20;

/// The end of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum End {
    /// The transport says that the body is complete. That proves nothing about the answer.
    Closed,
    /// The transport broke.
    Lost,
    /// The person stopped it.
    Cancelled,
}

/// The facts of a response that are known before its body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The HTTP status; 0 where a browser hides it, behind a redirect that was not followed.
    pub status: u16,
    /// The `content-type` header, or empty.
    pub content_type: String,
    /// The wait that its headers ask for, where script may read them.
    pub retry_after: Option<Duration>,
}

impl Head {
    /// Returns whether the server wants the request to go elsewhere.
    pub const fn is_redirect(&self) -> bool {
        matches!(self.status, 0 | 301..=303 | 307 | 308)
    }
}

/// A recorded response.
#[derive(Clone, Debug, PartialEq)]
pub struct Tape {
    /// The protocol of the body.
    pub dialect: Dialect,
    /// Whether a stream was asked for.
    pub stream: bool,
    /// The model asked for, or what else names the recording to a person.
    pub title: String,
    /// The question, for a tape that is played as a sample; may be empty.
    pub question: String,
    head: Option<(Timestamp, Head)>,
    chunks: Spool,
    end: Option<(Timestamp, End)>,
}

impl Tape {
    /// Creates an empty tape. Its timestamps count from the start of the request.
    pub fn new(dialect: Dialect, stream: bool, title: &str) -> Tape {
        Tape {
            dialect,
            stream,
            title: title.to_owned(),
            question: String::new(),
            head: None,
            chunks: Spool::default(),
            end: None,
        }
    }

    /// Records the beginning of the response.
    pub fn record_head(&mut self, at: Timestamp, head: Head) {
        self.head = Some((at, head));
    }

    /// Records a chunk. Beyond [`TAPE_LIMIT`] bytes nothing more is kept.
    pub fn record(&mut self, at: Timestamp, bytes: &[u8]) {
        self.chunks.push(at, bytes, TAPE_LIMIT);
    }

    /// Records the end of the body. A recording that broke off before holds no end.
    pub fn record_end(&mut self, at: Timestamp, end: End) {
        if !self.chunks.is_cut() {
            self.end = Some((at, end));
        }
    }

    /// Returns the head and when it came.
    pub fn head(&self) -> Option<(Timestamp, &Head)> {
        self.head.as_ref().map(|(at, head)| (*at, head))
    }

    /// Returns how many chunks there are.
    pub fn len(&self) -> usize {
        self.chunks.len()
    }

    /// Returns whether there are no chunks.
    pub fn is_empty(&self) -> bool {
        self.chunks.len() == 0
    }

    /// Returns how many bytes of memory its chunks take.
    pub fn size(&self) -> usize {
        self.chunks.size()
    }

    /// Returns the chunks in their order, with when they came.
    pub fn chunks(&self) -> impl Iterator<Item = (Timestamp, Vec<u8>)> {
        self.chunks.chunks()
    }

    /// Returns the time and the manner of the body's end; `None` while it runs or if the recording broke off.
    pub fn end(&self) -> Option<(Timestamp, End)> {
        self.end
    }
}
