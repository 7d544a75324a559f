//! [`Lines`] splits chunks into lines: the buffer that both decoders share.
//!
//! It keeps all bytes from a mark on (the start of the frame being put together), so that a frame can be lent as
//! slices of the buffer. Each byte is searched for a line end once, remembered by `scanned`; moving the rest to the
//! front waits until the dead part is at least as long as the living one, so the copying is linear as well.

use crate::bytes::is_equal;
use memchr::{memchr, memchr2};
use std::ops::Range;

/// The bytes that end a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineEnds {
    /// LF, CR and CRLF, as the event-stream grammar has it.
    Any,
    /// LF only: a lone CR is white space inside JSON.
    LineFeed,
}

#[derive(Debug)]
pub(super) struct Lines {
    ends: LineEnds,
    buffer: Vec<u8>,
    /// Bytes before this are dead.
    mark: usize,
    /// Start of the current line.
    line: usize,
    /// Offset up to which `line..` was searched: it has no line end before.
    scanned: usize,
    /// The last line ended in CR at the end of what was there: an LF that comes next belongs to it.
    skip_line_feed: bool,
    /// Bytes searched, copied and moved.
    #[cfg(debug_assertions)]
    work: u64,
}

impl Lines {
    pub(super) fn new(ends: LineEnds) -> Lines {
        Lines {
            ends,
            buffer: Vec::new(),
            mark: 0,
            line: 0,
            scanned: 0,
            skip_line_feed: false,
            #[cfg(debug_assertions)]
            work: 0,
        }
    }

    #[cfg(debug_assertions)]
    pub(super) fn work(&self) -> u64 {
        self.work
    }

    /// Counts in debug builds what tests hold to be linear.
    fn count(&mut self, bytes: usize) {
        #[cfg(debug_assertions)]
        {
            self.work += bytes as u64;
        }
        #[cfg(not(debug_assertions))]
        let _ = bytes;
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        if self.mark == self.buffer.len() {
            self.buffer.clear();
            self.forget(self.mark);
        } else if self.mark >= self.buffer.len() - self.mark {
            self.count(self.buffer.len() - self.mark);
            self.buffer.drain(..self.mark);
            self.forget(self.mark);
        }
        self.count(bytes.len());
        self.buffer.extend_from_slice(bytes);
    }

    fn forget(&mut self, dead: usize) {
        self.line -= dead;
        self.scanned -= dead;
        self.mark = 0;
    }

    /// Returns the next complete line as a range of positions, without its line end; `None` until more bytes come.
    /// Positions stay valid until the next [`Lines::push`].
    pub(super) fn next_line(&mut self) -> Option<Range<usize>> {
        if self.skip_line_feed && self.line < self.buffer.len() {
            self.skip_line_feed = false;
            if self.buffer[self.line] == b'\n' {
                // A mark at the line feed would hold it as the first byte of the next frame.
                if self.mark == self.line {
                    self.mark += 1;
                }
                self.line += 1;
                self.scanned = self.scanned.max(self.line);
            }
        }
        // The blank line behind an event: setting up a search costs more than a look.
        if self.scanned == self.line && self.buffer.get(self.line) == Some(&b'\n') {
            self.count(1);
            self.line += 1;
            self.scanned = self.line;
            return Some(self.line - 1..self.line - 1);
        }
        let rest = &self.buffer[self.scanned..];
        let found = match self.ends {
            LineEnds::Any => memchr2(b'\n', b'\r', rest),
            LineEnds::LineFeed => memchr(b'\n', rest),
        };
        let searched = found.unwrap_or(rest.len());
        self.count(searched);
        let Some(offset) = found else {
            self.scanned = self.buffer.len();
            return None;
        };
        let end = self.scanned + offset;
        let line = self.line..end;
        self.line = end + 1;
        if self.buffer[end] == b'\r' {
            match self.buffer.get(end + 1) {
                Some(b'\n') => self.line += 1,
                Some(_) => {}
                None => self.skip_line_feed = true,
            }
        }
        self.scanned = self.line;
        Some(line)
    }

    /// Lets go of everything before the current line.
    pub(super) fn release(&mut self) {
        self.mark = self.line;
    }

    /// Lets go of everything before a position.
    pub(super) fn release_to(&mut self, at: usize) {
        self.mark = at;
    }

    /// Returns the beginning of the current frame.
    pub(super) fn mark(&self) -> usize {
        self.mark
    }

    /// Returns the line that has no end yet.
    pub(super) fn partial(&self) -> Range<usize> {
        self.line..self.buffer.len()
    }

    /// Drops the bytes of the unfinished line behind its first `keep`: for comments, which nobody needs whole.
    pub(super) fn shorten_partial(&mut self, keep: usize) {
        let to = self.line + keep;
        if self.buffer.len() > to {
            self.buffer.truncate(to);
            self.scanned = to;
        }
    }

    /// Skips `n` bytes at the start of the current line.
    pub(super) fn skip(&mut self, n: usize) {
        self.line += n;
        self.scanned = self.scanned.max(self.line);
    }

    /// Skips the line if it is `field` and `value` with an LF behind them, and nothing of it was looked at; gives its
    /// positions as [`Lines::next_line`] does.
    pub(super) fn skip_known(&mut self, field: &[u8], value: &[u8]) -> Option<Range<usize>> {
        let (start, end) = (self.line, self.line + field.len() + value.len());
        if self.scanned != start || self.skip_line_feed || self.buffer.get(end) != Some(&b'\n') {
            return None;
        }
        let (here, rest) = self.buffer[start..end].split_at(field.len());
        let is_known = is_equal(here, field) && is_equal(rest, value);
        is_known.then(|| {
            self.count(end - start);
            self.skip(end + 1 - start);
            start..end
        })
    }

    pub(super) fn slice(&self, range: Range<usize>) -> &[u8] {
        &self.buffer[range]
    }
}
