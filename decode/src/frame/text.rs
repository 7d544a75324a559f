//! Decodes a body that is text and nothing else: each frame is what came of it, cut between characters.

use super::sse::BYTE_ORDER_MARK;
use super::{Event, Frame};
use std::str;

/// The most bytes of a character whose end has not come.
const LONGEST_PART: usize = 3;

/// Decodes plain text, with the same calls as [`SseDecoder`](super::SseDecoder). A frame's data is UTF-8 as far as the body
/// is; what is not stays for [`Event::text`] to replace, which gives the same text however the body was cut.
#[derive(Debug, Default)]
pub struct TextDecoder {
    /// What came and was not lent yet, behind what was.
    buffer: Vec<u8>,
    /// Length of what was lent.
    lent: usize,
    /// Behind a byte order mark, or where none stands.
    is_begun: bool,
}

impl TextDecoder {
    /// Takes the bytes of one chunk.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.drain(..self.lent);
        self.lent = 0;
        self.buffer.extend_from_slice(bytes);
    }

    /// Lends what is whole of what came, or `None` until more bytes come.
    pub fn next_frame(&mut self) -> Option<Frame<'_>> {
        if !self.is_begun {
            let start = &self.buffer[self.lent..];
            if start.len() < BYTE_ORDER_MARK.len() && BYTE_ORDER_MARK.starts_with(start) {
                return None;
            }
            self.is_begun = true;
            if start.starts_with(BYTE_ORDER_MARK) {
                self.lent += BYTE_ORDER_MARK.len();
            }
        }
        let end = self.buffer.len() - part_of_character(&self.buffer[self.lent..]);
        self.lend(end).map(Frame::Event)
    }

    /// Returns whether what was not lent is a part of a character: at the end of a body, a sign that it was cut.
    pub fn has_part(&self) -> bool {
        self.lent < self.buffer.len() && self.is_begun
    }

    fn lend(&mut self, end: usize) -> Option<Event<'_>> {
        let start = std::mem::replace(&mut self.lent, end);
        let data = &self.buffer[start..end];
        (!data.is_empty()).then_some(Event { name: "message", data, last_event_id: "", terminated: true })
    }
}

/// Returns the length of the character at the end of which more bytes are needed; 0 if there is none.
fn part_of_character(bytes: &[u8]) -> usize {
    let from = bytes.len().saturating_sub(LONGEST_PART);
    let is_lead = |byte: &u8| *byte >= 0xc0;
    let Some(lead) = bytes[from..].iter().rposition(is_lead) else { return 0 };
    let part = &bytes[from + lead..];
    match str::from_utf8(part) {
        Err(error) if error.valid_up_to() == 0 && error.error_len().is_none() => part.len(),
        Ok(_) | Err(_) => 0,
    }
}
