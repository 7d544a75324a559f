//! Newline-delimited JSON out of bytes: Ollama's `/api/chat` and its kin.
//!
//! A frame is one line that is not blank. The last line may lack its line end: [`NdjsonDecoder::finish`] hands it out.

use super::lines::{LineEnds, Lines};
use super::sse::utf8;
use super::{Event, FRAME_LIMIT, Frame, FrameTooLarge};
use std::ops::Range;

/// Decodes newline-delimited JSON, with the same calls as [`SseDecoder`](super::SseDecoder).
#[derive(Debug)]
pub struct NdjsonDecoder {
    lines: Lines,
    limit: usize,
    text: String,
}

impl Default for NdjsonDecoder {
    fn default() -> NdjsonDecoder {
        NdjsonDecoder::new()
    }
}

impl NdjsonDecoder {
    /// A decoder that holds at most [`FRAME_LIMIT`] bytes of one line.
    pub fn new() -> NdjsonDecoder {
        NdjsonDecoder::with_limit(FRAME_LIMIT)
    }

    /// A decoder with another bound on one line, in bytes.
    pub fn with_limit(limit: usize) -> NdjsonDecoder {
        NdjsonDecoder { lines: Lines::new(LineEnds::LineFeed), limit, text: String::new() }
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
        while let Some(line) = self.lines.next_line() {
            let line = self.trimmed(line);
            self.lines.release();
            if !line.is_empty() {
                return Ok(Some(Frame::Event(self.lend(line, true))));
            }
        }
        if self.lines.held() > self.limit {
            return Err(FrameTooLarge { limit: self.limit });
        }
        Ok(None)
    }

    /// At the end of the body: lends the line whose end never came, marked as unterminated.
    pub fn finish(&mut self) -> Option<Event<'_>> {
        let rest = self.lines.partial();
        let rest = self.trimmed(rest);
        (!rest.is_empty()).then(|| self.lend(rest, false))
    }

    fn trimmed(&self, line: Range<usize>) -> Range<usize> {
        let bytes = self.lines.slice(line.clone());
        let front = bytes.len() - bytes.trim_ascii_start().len();
        line.start + front..line.start + front + bytes.trim_ascii().len()
    }

    fn lend(&mut self, line: Range<usize>, terminated: bool) -> Event<'_> {
        let data = utf8(self.lines.slice(line), &mut self.text);
        Event { name: "message", data, last_event_id: "", terminated }
    }
}
