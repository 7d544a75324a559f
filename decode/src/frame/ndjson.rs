//! Decodes newline-delimited JSON: Ollama's `/api/chat` and its kin.
//!
//! A frame is one line that is not blank. The last line may lack its line end: [`NdjsonDecoder::finish`] hands it out.

use super::lines::{LineEnds, Lines};
use super::sse::BYTE_ORDER_MARK;
use super::{Event, FRAME_LIMIT, Frame, FrameTooLarge};
use std::ops::Range;

/// Decodes newline-delimited JSON, with the same calls as [`SseDecoder`](super::SseDecoder).
#[derive(Debug)]
pub struct NdjsonDecoder {
    lines: Lines,
    limit: usize,
    too_large: bool,
}

impl Default for NdjsonDecoder {
    fn default() -> NdjsonDecoder {
        NdjsonDecoder::new()
    }
}

impl NdjsonDecoder {
    /// Creates a decoder that holds at most [`FRAME_LIMIT`] bytes of one line.
    pub fn new() -> NdjsonDecoder {
        NdjsonDecoder::with_limit(FRAME_LIMIT)
    }

    /// Returns a decoder with another bound on one line, in bytes.
    pub fn with_limit(limit: usize) -> NdjsonDecoder {
        NdjsonDecoder { lines: Lines::new(LineEnds::LineFeed), limit, too_large: false }
    }

    /// Takes the bytes of one chunk.
    pub fn push(&mut self, bytes: &[u8]) {
        self.lines.push(bytes);
    }

    /// Lends the next line, or `None` until more bytes come.
    ///
    /// # Errors
    /// A line over the bound. Everything before it has been lent.
    pub fn next_frame(&mut self) -> Result<Option<Frame<'_>>, FrameTooLarge> {
        while !self.too_large {
            let Some(line) = self.lines.next_line() else {
                self.too_large = self.lines.partial().len() > self.limit;
                break;
            };
            // Complete lines are measured as well, so that the same line is refused however it was cut.
            self.too_large = line.len() > self.limit;
            let line = self.trimmed(line);
            self.lines.release();
            if !line.is_empty() && !self.too_large {
                return Ok(Some(Frame::Event(self.lend(line, true))));
            }
        }
        if self.too_large { Err(FrameTooLarge { limit: self.limit }) } else { Ok(None) }
    }

    /// Ends the body: lends the line whose end never came, marked as unterminated.
    pub fn finish(&mut self) -> Option<Event<'_>> {
        let rest = self.lines.partial();
        let rest = self.trimmed(rest);
        (!rest.is_empty() && !self.too_large).then(|| self.lend(rest, false))
    }

    /// Returns how many bytes were searched, copied or moved so far, in the buffer of lines: tests hold it to be
    /// linear.
    #[cfg(debug_assertions)]
    pub fn work(&self) -> u64 {
        self.lines.work()
    }

    /// Returns the line without white space around it and without a byte order mark, which no JSON begins with.
    fn trimmed(&self, line: Range<usize>) -> Range<usize> {
        let bytes = self.lines.slice(line.clone());
        let content = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes).trim_ascii_start();
        let start = line.start + bytes.len() - content.len();
        start..start + content.trim_ascii_end().len()
    }

    fn lend(&self, line: Range<usize>, terminated: bool) -> Event<'_> {
        let data = self.lines.slice(line);
        Event { name: "message", data, last_event_id: "", terminated }
    }
}
