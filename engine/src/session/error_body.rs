//! [`ErrorBody`] collects a body that is no answer, until it holds all that will be used.
//!
//! A server that refuses may hold its connection open, or write without end, and the person waits for the words that are
//! here already. So the body is over with its first whole JSON value or at its bound, whatever the transport says.

use crate::json::Document;

/// The most bytes of an error body that are read (limit L12).
const ERROR_BODY_LIMIT: usize = 64 << 10;

/// The beginning of an error body or a web page.
#[derive(Debug, Default)]
pub(super) struct ErrorBody {
    bytes: Vec<u8>,
    place: Place,
}

/// State of a scan for the end of the first JSON value. Parsing the bytes again with each chunk would be quadratic: brackets
/// are counted, and the one parse comes where the first of them is closed.
#[derive(Clone, Copy, Debug, Default)]
enum Place {
    /// The bytes are blanks and a byte order mark so far.
    #[default]
    Before,
    /// The value has this many open brackets.
    Within(usize),
    /// A string is open within this many brackets.
    Quoted(usize),
    /// A backslash came last in such a string.
    Escaped(usize),
    /// The body is no JSON: only the transport or the bound ends it.
    Text,
    Over,
}

impl ErrorBody {
    /// Takes a chunk, up to where the body is over: what stands behind that must not depend on how it was cut.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            if self.is_over() {
                return;
            }
            self.bytes.push(byte);
            self.place = self.behind(byte);
        }
    }

    /// Returns whether nothing that follows will be used.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.place, Place::Over) || self.bytes.len() >= ERROR_BODY_LIMIT
    }

    /// Returns the body, without a byte order mark.
    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.bytes)
    }

    fn behind(&self, byte: u8) -> Place {
        match (self.place, byte) {
            (Place::Before, b'{' | b'[') => Place::Within(1),
            (Place::Before, b' ' | b'\t' | b'\r' | b'\n' | 0xef | 0xbb | 0xbf) => Place::Before,
            (Place::Before, _) => Place::Text,
            (Place::Within(depth), b'"') => Place::Quoted(depth),
            (Place::Within(depth), b'{' | b'[') => Place::Within(depth + 1),
            (Place::Within(1), b'}' | b']') => {
                if self.is_json() {
                    Place::Over
                } else {
                    Place::Text
                }
            }
            (Place::Within(depth), b'}' | b']') => Place::Within(depth - 1),
            (Place::Quoted(depth), b'"') => Place::Within(depth),
            (Place::Quoted(depth), b'\\') => Place::Escaped(depth),
            (Place::Escaped(depth), _) => Place::Quoted(depth),
            (place @ (Place::Within(_) | Place::Quoted(_) | Place::Text | Place::Over), _) => place,
        }
    }

    fn is_json(&self) -> bool {
        Document::default().parse(&String::from_utf8_lossy(self.bytes())).is_ok()
    }
}
