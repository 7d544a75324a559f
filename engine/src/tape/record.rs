//! [`Record`] is what a tape holds beside the pieces of data: requests, heads, tries, times, notes, ends.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::time::Duration;

/// The names and values of headers, in the order in which they were listed.
pub type Headers = Vec<(String, String)>;

/// Something that happened beside the data.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// The request went out.
    Request(Box<Request>),
    /// A response began.
    Head(Head),
    /// The request goes out once more.
    Try(Try),
    /// The browser's own times of a request that is over.
    Timing(Box<Timing>),
    /// A circumstance.
    Note(Note),
    /// What came behind [`Note::Full`] until the body's end.
    LeftOut(LeftOut),
    /// The body ended. The first end of a try counts.
    End(End),
    /// A line of a kind that a later version writes, as it stood in the file.
    Other(String),
}

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
    /// All headers that script may read.
    pub headers: Headers,
}

impl Head {
    /// Returns whether the server wants the request to go elsewhere.
    pub const fn is_redirect(&self) -> bool {
        matches!(self.status, 0 | 301..=303 | 307 | 308)
    }
}

/// A request as it went out, without what is secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// `GET` or `POST`.
    pub method: String,
    /// The address; values of its query that could be secret are covered.
    pub url: String,
    /// The headers that the page set; values that could be secret are covered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Headers,
    /// The body, or the beginning of a long one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body: String,
    /// The end of a body of which the middle is left out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body_end: String,
    /// Number of bytes left out between the two.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub body_left_out: u64,
}

/// Another try of the same request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Try {
    /// The reason, in a word: `unreachable`, `lost`, `empty`, `refused`. Later versions may have others.
    pub why: Cow<'static, str>,
    /// Whether the answer goes on where it broke off: a reconnection. Otherwise what came before is of no answer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub resumes: bool,
}

/// The phases of a request as the browser measured them (W3C Resource Timing), where the server allows it
/// (`timing-allow-origin`). Times are microseconds on the tape's own clock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Timing {
    /// The fetch began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetch_start: Option<u64>,
    /// The host's name was looked up from here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain_lookup_start: Option<u64>,
    /// The host's address was known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain_lookup_end: Option<u64>,
    /// The connection was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connect_start: Option<u64>,
    /// TLS began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secure_connection_start: Option<u64>,
    /// The connection stood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connect_end: Option<u64>,
    /// The first byte of the request went out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_start: Option<u64>,
    /// The first byte of the response came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_start: Option<u64>,
    /// The last byte of the response came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_end: Option<u64>,
    /// Bytes of the response with its headers, as transferred.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transfer_size: Option<u64>,
    /// Bytes of the body as transferred.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoded_body_size: Option<u64>,
    /// Bytes of the body once it was decompressed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decoded_body_size: Option<u64>,
    /// The protocol below, as ALPN names it: `h2`, `http/1.1`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_hop_protocol: Option<String>,
}

/// A circumstance that explains what came, or did not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// The person stopped it while no body was open: between two tries.
    Cancelled,
    /// The tab was hidden.
    Hidden,
    /// The tab was shown.
    Shown,
    /// The tape was full: the piece that came now and all behind it are not on it.
    Full,
    /// Messages came faster than they were read: what was waiting is here, the socket was closed, what came behind is lost.
    Flooded,
}

impl Note {
    const NAMES: [(Note, &str); 5] = [
        (Note::Cancelled, "cancelled"),
        (Note::Hidden, "hidden"),
        (Note::Shown, "shown"),
        (Note::Full, "full"),
        (Note::Flooded, "flooded"),
    ];

    /// Returns its name in a file.
    pub(super) fn name(self) -> &'static str {
        Note::NAMES.iter().find(|(note, _)| *note == self).map_or("", |(_, name)| name)
    }

    /// Returns the note of that name; `None` for one of a later version.
    pub(super) fn by_name(name: &str) -> Option<Note> {
        Note::NAMES.iter().find(|(_, its)| *its == name).map(|(note, _)| *note)
    }
}

/// The pieces that a full tape did not take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Number of chunks and messages.
    pub pieces: u64,
    /// Number of their bytes.
    pub bytes: u64,
}

const fn is_zero(number: &u64) -> bool {
    *number == 0
}
