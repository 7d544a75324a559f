//! [`Body`] decides the shape of an answer's body, by status, first byte and, last, content type.
//!
//! Servers mislabel: SSE without a content type, JSON as an event stream, errors as octet streams, a web page with status
//! 200. So the first byte that is no white space decides, and the label only where it says nothing (protocols reference
//! §1.2).

use super::Plan;
use super::error_body::ErrorBody;
use crate::frame::{Frame, FrameTooLarge, NdjsonDecoder, SseDecoder, TextDecoder};
use crate::json::Document;
use crate::tape::Head;
use crate::wire::Dialect;

/// Whether more of the body is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Next {
    /// Go on reading.
    More,
    /// The rest is not used: the transport can be closed.
    Enough,
}

/// The most bytes of one answer (limit L4).
pub(super) const BODY_LIMIT: usize = 64 << 20;

#[derive(Debug)]
pub(super) enum Body {
    /// The body has brought white space alone: `blank` bytes of it, which are not looked at again.
    Undecided {
        start: Vec<u8>,
        blank: usize,
        label: Label,
    },
    Sse(SseDecoder),
    Ndjson(NdjsonDecoder),
    /// The answer's text itself.
    Text(TextDecoder),
    /// No body: a connection whose messages are events as they stand.
    Messages,
    /// One JSON document, the answer or an error; or the first line of several, as long as nobody knows.
    Whole(Whole),
    /// An error body or a web page: whatever it is, it is no answer.
    Error(ErrorBody),
}

/// The kind of body that the content type promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Sse,
    Ndjson,
    Other,
}

impl Body {
    pub(super) fn for_head(head: &Head) -> Body {
        let essence = head.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let label = match essence.as_str() {
            _ if head.status >= 400 => return Body::Error(ErrorBody::default()),
            "text/event-stream" => Label::Sse,
            "application/x-ndjson" | "application/stream+json" => Label::Ndjson,
            _ => Label::Other,
        };
        Body::undecided(label)
    }

    pub(super) fn undecided(label: Label) -> Body {
        Body::Undecided { start: Vec::new(), blank: 0, label }
    }

    pub(super) fn push(&mut self, bytes: &[u8], plan: &Plan) {
        match self {
            Body::Undecided { start, blank, label } => {
                start.extend_from_slice(bytes);
                let start = std::mem::take(start);
                *self = Body::sniffed(start, *blank, *label, plan);
            }
            Body::Sse(decoder) => decoder.push(bytes),
            Body::Ndjson(decoder) => decoder.push(bytes),
            Body::Text(decoder) => decoder.push(bytes),
            Body::Whole(whole) => {
                whole.bytes.extend_from_slice(bytes);
                if plan.stream && whole.is_first_of_lines() {
                    let mut lines = NdjsonDecoder::new();
                    lines.push(&whole.bytes);
                    *self = Body::Ndjson(lines);
                }
            }
            Body::Error(error) => error.push(bytes),
            Body::Messages => {}
        }
    }

    pub(super) fn next_frame(&mut self) -> Result<Option<Frame<'_>>, FrameTooLarge> {
        match self {
            Body::Sse(decoder) => decoder.next_frame(),
            Body::Ndjson(decoder) => decoder.next_frame(),
            Body::Text(decoder) => Ok(decoder.next_frame()),
            Body::Undecided { .. } | Body::Whole(_) | Body::Error(_) | Body::Messages => Ok(None),
        }
    }

    /// Decides for plain text at the end of what may have been the beginning of a web page.
    pub(super) fn decide(&mut self, plan: &Plan) {
        if let Body::Undecided { start, .. } = self
            && plan.dialect == Dialect::PlainText
            && !start.trim_ascii().is_empty()
        {
            let start = std::mem::take(start);
            *self = Body::text(&start);
        }
    }

    fn text(start: &[u8]) -> Body {
        let mut decoder = TextDecoder::default();
        decoder.push(start);
        Body::Text(decoder)
    }

    fn sniffed(start: Vec<u8>, blank: usize, label: Label, plan: &Plan) -> Body {
        // A byte order mark is no content; one that is not whole yet keeps the question open.
        const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
        if start.len() < BYTE_ORDER_MARK.len() && BYTE_ORDER_MARK.starts_with(&start) {
            return Body::Undecided { start, blank, label };
        }
        let mark = if start.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        let unseen = blank.max(mark);
        let Some(first) = start[unseen..].iter().find(|byte| !byte.is_ascii_whitespace()) else {
            let blank = start.len();
            return Body::Undecided { start, blank, label };
        };
        if plan.dialect == Dialect::PlainText {
            return match is_page(&start[unseen..]) {
                None => Body::Undecided { start, blank: unseen, label },
                Some(false) => Body::text(&start),
                Some(true) => {
                    let mut body = Body::Error(ErrorBody::default());
                    body.push(&start, plan);
                    body
                }
            };
        }
        let mut body = match first {
            b'<' => Body::Error(ErrorBody::default()),
            // The page writes its lines itself, also where the browser gives the answer as a whole.
            b'{' | b'[' if plan.dialect == Dialect::BrowserModel => Body::Ndjson(NdjsonDecoder::new()),
            b'{' | b'[' if plan.stream && (plan.dialect.is_ndjson() || label == Label::Ndjson) => {
                Body::Ndjson(NdjsonDecoder::new())
            }
            b'{' | b'[' => Body::Whole(Whole::default()),
            b':' | b'd' | b'e' | b'i' | b'r' => Body::Sse(SseDecoder::new()),
            _ if label == Label::Sse => Body::Sse(SseDecoder::new()),
            _ if label == Label::Ndjson && plan.stream => Body::Ndjson(NdjsonDecoder::new()),
            _ => Body::Whole(Whole { is_one: true, ..Whole::default() }),
        };
        // The decoders know the mark.
        let mark = if matches!(body, Body::Whole(_)) { mark } else { 0 };
        body.push(&start[mark..], plan);
        body
    }
}

/// Returns whether a text begins as a web page does; `None` as long as it may.
fn is_page(text: &[u8]) -> Option<bool> {
    let start = text.trim_ascii_start();
    let begins = |page: &[u8]| {
        let length = start.len().min(page.len());
        start[..length].eq_ignore_ascii_case(&page[..length]).then_some(length == page.len())
    };
    let found: [Option<bool>; 2] = [begins(b"<!doctype html"), begins(b"<html")];
    let is_open = found.contains(&Some(false));
    if found.contains(&Some(true)) { Some(true) } else { (!is_open).then_some(false) }
}

/// A body that is read when it is over.
#[derive(Debug, Default)]
pub(super) struct Whole {
    pub(super) bytes: Vec<u8>,
    /// The first line ends here, or does not end before here.
    scanned: usize,
    /// The first line is a whole JSON text.
    is_line: bool,
    /// Whether it is one document, on however many lines.
    is_one: bool,
}

impl Whole {
    /// Returns whether another JSON text begins on the line behind a first one that is whole: a stream of lines,
    /// whatever its label and protocol. Each byte is looked at once.
    fn is_first_of_lines(&mut self) -> bool {
        if self.is_one {
            return false;
        }
        if !self.is_line {
            let Some(found) = self.bytes[self.scanned..].iter().position(|byte| *byte == b'\n') else {
                self.scanned = self.bytes.len();
                return false;
            };
            self.scanned += found;
            let line = String::from_utf8_lossy(&self.bytes[..self.scanned]);
            self.is_line = !line.trim().is_empty() && Document::default().parse(&line).is_ok();
            self.is_one = !self.is_line && !line.trim().is_empty();
            if !self.is_line {
                self.scanned += 1;
                return !self.is_one && self.is_first_of_lines();
            }
        }
        let next = self.bytes[self.scanned..].iter().find(|byte| !byte.is_ascii_whitespace());
        let is_next = matches!(next, Some(b'{' | b'['));
        self.is_one = next.is_some() && !is_next;
        is_next
    }
}
