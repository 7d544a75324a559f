//! [`Body`]: in which shape an answer's body comes, decided by status, first byte and, last, content type.
//!
//! Servers mislabel: SSE without a content type, JSON as an event stream, errors as octet streams, a web page with status
//! 200. So the first byte that is no white space decides, and the label only where it says nothing (protocols reference
//! §1.2).

use super::Plan;
use super::refusal::Refusal;
use crate::engine::frame::{Frame, FrameTooLarge, NdjsonDecoder, SseDecoder};
use crate::engine::tape::Head;

/// The most bytes of one answer (limit L4).
pub(super) const BODY_LIMIT: usize = 64 << 20;

#[derive(Debug)]
pub(super) enum Body {
    /// Only white space so far: `blank` bytes of it, which are not looked at again.
    Undecided {
        start: Vec<u8>,
        blank: usize,
        label: Label,
    },
    Sse(SseDecoder),
    Ndjson(NdjsonDecoder),
    /// One JSON document, the answer or an error.
    Whole(Vec<u8>),
    /// An error body or a web page: whatever it is, it is no answer.
    Refusal(Refusal),
}

/// What the content type says.
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
            _ if head.status >= 400 => return Body::Refusal(Refusal::default()),
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
            Body::Whole(whole) => whole.extend_from_slice(bytes),
            Body::Refusal(refusal) => refusal.push(bytes),
        }
    }

    pub(super) fn next_frame(&mut self) -> Result<Option<Frame<'_>>, FrameTooLarge> {
        match self {
            Body::Sse(decoder) => decoder.next_frame(),
            Body::Ndjson(decoder) => decoder.next_frame(),
            Body::Undecided { .. } | Body::Whole(_) | Body::Refusal(_) => Ok(None),
        }
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
        let mut body = match first {
            b'<' => Body::Refusal(Refusal::default()),
            b'{' | b'[' if plan.stream && (plan.dialect.is_ndjson() || label == Label::Ndjson) => {
                Body::Ndjson(NdjsonDecoder::new())
            }
            b'{' | b'[' => return Body::Whole(start[mark..].to_vec()),
            b':' | b'd' | b'e' | b'i' | b'r' => Body::Sse(SseDecoder::new()),
            _ if label == Label::Sse => Body::Sse(SseDecoder::new()),
            _ if label == Label::Ndjson && plan.stream => Body::Ndjson(NdjsonDecoder::new()),
            _ => return Body::Whole(start[mark..].to_vec()),
        };
        body.push(&start, plan);
        body
    }
}
