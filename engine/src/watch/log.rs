//! [`Log`] keeps the newest rows of what came, for showing, and counts all of them.

use crate::tape::{Direction, Form};
use std::collections::VecDeque;
use std::time::Duration;

/// The most rows that a log keeps: the newest ones.
pub const ROWS_KEPT: usize = 2_000;
/// The most bytes of a row that are kept: its beginning.
pub const ROW_BYTES: usize = 4 << 10;

/// The kind of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A line of the body.
    Line {
        /// Whether its end came.
        is_whole: bool,
    },
    /// A comment of an event stream.
    Comment,
    /// An event of an event stream.
    Event {
        /// Its type: `message` where the stream named none.
        name: String,
        /// The last event ID in force.
        id: String,
    },
    /// A message of a socket.
    Message(Direction, Form),
    /// Something that happened to the connection, in words.
    Note,
}

/// Something that came, or happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number, counted from 0 over all rows of the log.
    pub number: u64,
    /// The time since the start.
    pub at: Duration,
    /// The time since the row before it; `None` for the first one.
    pub gap: Option<Duration>,
    /// The kind.
    pub what: What,
    /// Its text, or the beginning of a long one.
    pub text: String,
    /// Number of bytes that it had.
    pub bytes: usize,
}

impl Row {
    /// Returns whether `text` is only the beginning of it.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        match self.what {
            What::Message(_, Form::Binary) => ROW_BYTES / 2 < self.bytes,
            What::Line { .. } | What::Comment | What::Event { .. } | What::Message(..) | What::Note => {
                ROW_BYTES < self.bytes
            }
        }
    }

    /// Returns whether the words stand in it somewhere; they are small letters.
    #[must_use]
    pub fn has(&self, words: &str) -> bool {
        let is_in = |text: &str| text.to_lowercase().contains(words);
        let named = if let What::Event { name, id } = &self.what { is_in(name) || is_in(id) } else { false };
        words.is_empty() || named || is_in(&self.text)
    }
}

/// The newest rows, and the number of all.
#[derive(Clone, Debug, Default)]
pub struct Log {
    rows: VecDeque<Row>,
    count: u64,
    last: Option<Duration>,
}

impl Log {
    /// Adds a row whose text is the beginning of these bytes, of which there were `length`.
    pub(super) fn add(&mut self, at: Duration, what: What, bytes: &[u8], length: usize) {
        let text = if what == What::Message(Direction::In, Form::Binary) {
            hex(&bytes[..bytes.len().min(ROW_BYTES / 2)])
        } else {
            beginning(bytes)
        };
        if self.rows.len() == ROWS_KEPT {
            self.rows.pop_front();
        }
        let gap = self.last.map(|last| at.saturating_sub(last));
        self.rows.push_back(Row { number: self.count, at, gap, what, text, bytes: length });
        self.count += 1;
        self.last = Some(at);
    }

    /// Returns the rows that are kept, oldest first.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = &Row> + ExactSizeIterator {
        self.rows.iter()
    }

    /// Returns those of the rows whose number is `first` or a later one.
    pub fn since(&self, first: u64) -> impl Iterator<Item = &Row> {
        let skipped = first.saturating_sub(self.left_out()).min(self.rows.len() as u64);
        self.rows.range(skipped as usize..)
    }

    /// Returns the number of all rows that there were.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Returns the number of rows that are not kept any more.
    pub fn left_out(&self) -> u64 {
        self.count - self.rows.len() as u64
    }
}

/// Returns bytes as text, no more than [`ROW_BYTES`] of them.
fn beginning(bytes: &[u8]) -> String {
    if bytes.len() <= ROW_BYTES {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let mut end = ROW_BYTES;
    // Not through a character.
    while end > ROW_BYTES - 4 && bytes[end] & 0xc0 == 0x80 {
        end -= 1;
    }
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]])
        .map(char::from)
        .collect()
}
