//! [`Splitter`] parts a body into lines: CR, LF and both end one, as in an event stream.

use super::log::ROW_BYTES;
use memchr::memchr2;

/// Parts bytes into lines. Each byte is looked at once, and of an endless line no more is held than is shown.
#[derive(Debug, Default)]
pub(super) struct Splitter {
    /// The beginning of the line that has no end yet.
    pending: Vec<u8>,
    /// Number of its bytes.
    length: usize,
    /// Whether a CR came last: an LF behind it is of the same end.
    is_behind_cr: bool,
}

impl Splitter {
    /// Takes a piece, and gives each line that ended in it: its beginning, and its length.
    pub(super) fn push(&mut self, bytes: &[u8], mut take: impl FnMut(&[u8], usize)) {
        let mut rest = bytes;
        if let [b'\n', behind @ ..] = rest
            && self.is_behind_cr
        {
            rest = behind;
        }
        if !bytes.is_empty() {
            self.is_behind_cr = bytes.last() == Some(&b'\r');
        }
        while let Some(end) = memchr2(b'\n', b'\r', rest) {
            let line = &rest[..end];
            if self.length == 0 {
                take(line, line.len());
            } else {
                self.hold(line);
                take(&self.pending, self.length);
                self.pending.clear();
                self.length = 0;
            }
            let is_pair = rest[end..].starts_with(b"\r\n");
            rest = &rest[end + if is_pair { 2 } else { 1 }..];
        }
        self.hold(rest);
    }

    /// Ends the body, and returns the line that has no end, if there is one.
    pub(super) fn finish(&mut self) -> Option<(Vec<u8>, usize)> {
        let length = std::mem::take(&mut self.length);
        let line = std::mem::take(&mut self.pending);
        self.is_behind_cr = false;
        (length > 0).then_some((line, length))
    }

    fn hold(&mut self, bytes: &[u8]) {
        // One more than is shown: then it is known that it was longer.
        let room = (ROW_BYTES + 1).saturating_sub(self.pending.len());
        self.pending.extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.length += bytes.len();
    }
}
