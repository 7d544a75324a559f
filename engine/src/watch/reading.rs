//! [`Reading`] decides whether a body is a stream of events or lines, and reads it as that.

use crate::frame::SseDecoder;
use crate::tape::Head;

/// Names of fields with which a body begins that is a stream of events, whatever its label.
const FIELDS: [&[u8]; 4] = [b"data:", b"event:", b"id:", b"retry:"];

/// The shape of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Nothing is known yet.
    Unknown,
    /// Server-Sent Events.
    Events,
    /// Server-Sent Events whose label says otherwise.
    UnlabelledEvents,
    /// Lines.
    Lines,
    /// Messages of a socket.
    Messages,
}

/// The reader of one connection's body.
#[derive(Debug, Default)]
pub(super) enum Reading {
    /// There is no response.
    #[default]
    Nothing,
    /// The label says nothing, and these first bytes not yet either.
    Undecided {
        start: Vec<u8>,
    },
    Events {
        decoder: Box<SseDecoder>,
        is_labelled: bool,
        /// Whether an event was too large: then nothing more is read.
        is_broken: bool,
    },
    Lines,
    Messages,
}

impl Reading {
    /// Begins a response.
    pub(super) fn begin(head: &Head, resumed_from: Option<&str>) -> Reading {
        let essence = head.content_type.split(';').next().unwrap_or_default().trim();
        if essence.eq_ignore_ascii_case("text/event-stream") {
            return Reading::events(resumed_from, true);
        }
        Reading::Undecided { start: Vec::new() }
    }

    /// Reads a stream of events.
    pub(super) fn events(resumed_from: Option<&str>, is_labelled: bool) -> Reading {
        let decoder = Box::new(resumed_from.map_or_else(SseDecoder::new, SseDecoder::resuming));
        Reading::Events { decoder, is_labelled, is_broken: false }
    }

    /// Takes a piece. What is undecided is decided with the first bytes that tell, or with the end of the first line.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        match self {
            Reading::Nothing => {
                *self = Reading::Undecided { start: Vec::new() };
                self.push(bytes);
            }
            Reading::Undecided { start } => {
                start.extend_from_slice(bytes);
                let Some(has_events) = begins_with_field(start) else { return };
                let start = std::mem::take(start);
                *self = if has_events { Reading::events(None, false) } else { Reading::Lines };
                self.push(&start);
            }
            Reading::Events { decoder, is_broken: false, .. } => decoder.push(bytes),
            Reading::Events { .. } | Reading::Lines | Reading::Messages => {}
        }
    }

    /// Returns the shape of the body.
    pub(super) fn shape(&self) -> Shape {
        match self {
            Reading::Nothing | Reading::Undecided { .. } => Shape::Unknown,
            Reading::Events { is_labelled: true, .. } => Shape::Events,
            Reading::Events { is_labelled: false, .. } => Shape::UnlabelledEvents,
            Reading::Lines => Shape::Lines,
            Reading::Messages => Shape::Messages,
        }
    }
}

/// Returns whether a body begins with a field of an event stream; `None` as long as it may.
fn begins_with_field(start: &[u8]) -> Option<bool> {
    const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
    if start.len() < BYTE_ORDER_MARK.len() && BYTE_ORDER_MARK.starts_with(start) {
        return None;
    }
    let start = start.strip_prefix(BYTE_ORDER_MARK).unwrap_or(start);
    if FIELDS.iter().any(|field| start.starts_with(field)) {
        return Some(true);
    }
    FIELDS.iter().all(|field| !field.starts_with(start)).then_some(false)
}
