//! [`Batch`] is what was added to a tape between two moments, as it is stored: a journal of batches is the tape.
//!
//! [`Tape::batch_since`] costs time in the length of what is new, and a batch is about as long as that takes on the tape: a
//! piece is told by what differs from the one before it. Its bytes are entries behind one another, numbers as LEB128:
//!
//! ```text
//! 0, length, a line of the file (the header, or a record: see `line`)
//! 1…5, time since the piece before, prefix, suffix, length, bytes    a chunk; a message: text in, text out, binary in and out
//! ```
//!
//! What was stored may be damaged or incomplete. Each batch says where it begins and has a check sum, and is taken whole or not
//! at all.

use super::line::{Content, read_line, record_line};
use super::spool::Difference;
use super::{Direction, Form, Kind, Record, Tape};
use crate::messages::problems as words;
use crate::timestamp::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A place on a tape, between two entries. The default is the beginning, before the header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Number of pieces before it.
    pieces: u32,
    /// Number of lines before it: the header, and records.
    lines: u32,
}

/// The entries between two marks, to be stored or sent to another tab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// The version of this form.
    version: u32,
    /// The end of the batch before it.
    from: Mark,
    /// The entries.
    #[serde(with = "serde_bytes")]
    entries: Vec<u8>,
    /// The check sum of all this (FNV-1a).
    check: u32,
}

/// The reason for which a batch was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// A batch before it is missing, or it is there twice.
    Gap,
    /// A later version of the page wrote it.
    Version(u32),
    /// It is not as it was written.
    Damaged,
}

/// A tape that could be rebuilt up to a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct BrokenTape {
    /// What the batches before it hold; `None` if it is the first.
    pub tape: Option<Box<Tape>>,
    /// The batch's index.
    pub batch: usize,
    /// What is wrong with it.
    pub damage: Damage,
}

impl fmt::Display for BrokenTape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.damage {
            Damage::Gap => words::BATCH_GAP.to_owned(),
            Damage::Version(version) => words::unknown_version(u64::from(version)),
            Damage::Damaged => words::BATCH_DAMAGED.to_owned(),
        };
        f.write_str(&words::batch_of_tape(self.batch + 1, &what))
    }
}

impl std::error::Error for BrokenTape {}

/// The version that is written.
const VERSION: u32 = 2;

/// The kinds of pieces, by the number that stands for each behind 0, which is a line.
const KINDS: [Kind; 5] = [
    Kind::Chunk,
    Kind::Message(Direction::In, Form::Text),
    Kind::Message(Direction::Out, Form::Text),
    Kind::Message(Direction::In, Form::Binary),
    Kind::Message(Direction::Out, Form::Binary),
];

/// An entry of a batch, read.
pub(super) enum Stored<'a> {
    Piece(Difference<'a>),
    Record(Record),
}

impl Tape {
    /// Returns the mark behind everything that was recorded.
    pub fn mark(&self) -> Mark {
        Mark { pieces: self.pieces.len() as u32, lines: self.records.len() as u32 + 1 }
    }

    /// Returns what was recorded since the mark, and the mark for the next call; `None` if that is nothing. A mark is one of
    /// this tape's.
    pub fn batch_since(&self, mark: Mark) -> Option<(Batch, Mark)> {
        let end = self.mark();
        if mark == end {
            return None;
        }
        let mut entries = Vec::new();
        if mark.lines == 0 {
            put_line(&mut entries, &self.header_line());
        }
        let records = self.records.get((mark.lines as usize).saturating_sub(1)..).unwrap_or_default();
        let mut records = records.iter().peekable();
        let mut last = Timestamp::ORIGIN;
        for index in mark.pieces as usize..=self.pieces.len() {
            while let Some(placed) = records.next_if(|placed| placed.behind <= index) {
                put_line(&mut entries, &record_line(placed.at, &placed.record));
            }
            if let Some(piece) = self.pieces.difference(index) {
                put_piece(&mut entries, piece, last);
                last = piece.at;
            }
        }
        let check = check_sum(mark, &entries);
        Some((Batch { version: VERSION, from: mark, entries, check }, end))
    }

    /// Takes a batch that follows on what is there: from another tab, or from a journal. It is taken whole or not at all.
    ///
    /// # Errors
    /// See [`Damage`].
    pub fn append(&mut self, batch: &Batch) -> Result<(), Damage> {
        let stored = batch.entries_behind(&mut self.mark(), self.pieces.last_len())?;
        self.take(stored);
        Ok(())
    }

    /// Rebuilds a tape of its batches in their order. Without the last ones it is a tape without an end.
    ///
    /// # Errors
    /// The first batch that does not follow on the ones before it or is damaged, with the tape up to there.
    pub fn from_batches<'a>(batches: impl IntoIterator<Item = &'a Batch>) -> Result<Tape, BrokenTape> {
        let mut tape = None;
        for (index, batch) in batches.into_iter().enumerate() {
            let taken = match &mut tape {
                Some(tape) => Tape::append(tape, batch),
                None => first(batch).map(|first| tape = Some(first)),
            };
            if let Err(damage) = taken {
                return Err(BrokenTape { tape: tape.map(Box::new), batch: index, damage });
            }
        }
        tape.ok_or(BrokenTape { tape: None, batch: 0, damage: Damage::Gap })
    }

    fn take(&mut self, stored: Vec<(Timestamp, Stored<'_>)>) {
        for (at, entry) in stored {
            match entry {
                Stored::Piece(piece) => self.pieces.push_difference(piece),
                Stored::Record(record) => self.add(at, record),
            }
        }
    }
}

/// Returns the tape that begins with that batch.
fn first(batch: &Batch) -> Result<Tape, Damage> {
    let stored = batch.entries_behind(&mut Mark::default(), 0)?;
    let header = Entries(&batch.entries).header();
    let mut tape = header.and_then(|line| Tape::from_header(line).ok()).ok_or(Damage::Damaged)?;
    tape.take(stored);
    Ok(tape)
}

impl Batch {
    /// Returns the number of bytes of its entries.
    pub fn size(&self) -> usize {
        self.entries.len()
    }

    /// Returns what stands in a batch that begins at the mark, which is then its end: all of it is read before any is taken.
    /// `length` is that of the piece before.
    pub(super) fn entries_behind(
        &self,
        mark: &mut Mark,
        length: usize,
    ) -> Result<Vec<(Timestamp, Stored<'_>)>, Damage> {
        let mut entries = self.check()?;
        if self.from != *mark {
            return Err(Damage::Gap);
        }
        let mut end = *mark;
        if end == Mark::default() {
            entries.header().ok_or(Damage::Damaged)?;
            end.lines = 1;
        }
        let stored = entries.read(length).ok_or(Damage::Damaged)?;
        for (_, entry) in &stored {
            match entry {
                Stored::Piece(_) => end.pieces += 1,
                Stored::Record(_) => end.lines += 1,
            }
        }
        *mark = end;
        Ok(stored)
    }

    /// Returns the entries, if they are as they were written.
    fn check(&self) -> Result<Entries<'_>, Damage> {
        if self.version != VERSION {
            Err(Damage::Version(self.version))
        } else if self.check != check_sum(self.from, &self.entries) {
            Err(Damage::Damaged)
        } else {
            Ok(Entries(&self.entries))
        }
    }
}

/// What is left to read of a batch.
struct Entries<'a>(&'a [u8]);

impl<'a> Entries<'a> {
    /// Reads all of it. `length` is that of the piece before. `None` for what this code does not write.
    fn read(mut self, mut length: usize) -> Option<Vec<(Timestamp, Stored<'a>)>> {
        let mut stored = Vec::new();
        let mut last = Timestamp::ORIGIN;
        while !self.0.is_empty() {
            let tag = usize::try_from(self.number()?).ok()?;
            let Some(kind) = tag.checked_sub(1) else {
                let (at, content) = read_line(self.line()?).ok()?;
                let Content::Record(record) = content else { return None };
                stored.push((at, Stored::Record(record)));
                continue;
            };
            let kind = *KINDS.get(kind)?;
            let at = Timestamp::from_micros(last.micros().wrapping_add(self.number()?));
            let prefix = u32::try_from(self.number()?).ok()?;
            let suffix = u32::try_from(self.number()?).ok()?;
            let own = self.bytes()?;
            let shared = (prefix as usize).checked_add(suffix as usize)?;
            if shared > length {
                return None;
            }
            length = shared.checked_add(own.len())?;
            last = at;
            stored.push((at, Stored::Piece(Difference { at, kind, prefix, suffix, own })));
        }
        Some(stored)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    /// Reads the header, with which the first batch begins.
    fn header(&mut self) -> Option<&'a str> {
        self.number().filter(|tag| *tag == 0)?;
        self.line()
    }

    fn line(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }
}

fn put_piece(entries: &mut Vec<u8>, piece: Difference<'_>, last: Timestamp) {
    let Difference { at, kind, prefix, suffix, own } = piece;
    let tag = KINDS.iter().position(|known| *known == kind).map_or(0, |place| place as u64 + 1);
    put(entries, tag);
    // A clock that went back makes a large number, which comes out right.
    put(entries, at.micros().wrapping_sub(last.micros()));
    put(entries, u64::from(prefix));
    put(entries, u64::from(suffix));
    put_bytes(entries, own);
}

fn put_line(entries: &mut Vec<u8>, line: &str) {
    put(entries, 0);
    put_bytes(entries, line.as_bytes());
}

fn put_bytes(entries: &mut Vec<u8>, bytes: &[u8]) {
    put(entries, bytes.len() as u64);
    entries.extend_from_slice(bytes);
}

/// Writes a number in LEB128.
fn put(entries: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        entries.push(number as u8 | 0x80);
        number >>= 7;
    }
    entries.push(number as u8);
}

fn check_sum(from: Mark, entries: &[u8]) -> u32 {
    let place = [from.pieces, from.lines].map(u32::to_le_bytes);
    let bytes = place.iter().flatten().chain(entries);
    bytes.fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
