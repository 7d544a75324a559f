//! [`Tape`] records a stream: its data in the pieces in which it came, what happened beside them, and the time of each.
//!
//! A tape holds pieces (chunks of a body, messages) and [`Record`]s (the request without its secrets, heads, tries, times,
//! notes, ends). Feeding the pieces of its last try to a [`Session`](super::session::Session) gives the same turn and the same
//! numbers as the live stream did. [`Tape::to_jsonl`] and [`Tape::from_jsonl`] move it to a file and back (docs/tape.md);
//! [`Tape::batch_since`] and [`Tape::append`] store it bit by bit while it grows; [`Replay`] says which chunk is due at which
//! moment. It knows no key: whoever records has taken that out.

mod batch;
mod jsonl;
mod line;
mod reader;
mod record;
mod replay;
mod spool;

pub use batch::{Batch, BrokenTape, Damage, Mark};
pub use jsonl::TapeProblem;
pub use reader::BatchReader;
pub use record::{End, Head, Headers, LeftOut, Note, Record, Request, Timing, Try};
pub use replay::{Replay, Speed, Step};
pub use spool::{Direction, Form, Kind};

use super::timestamp::Timestamp;
use super::wire::{Dialect, OwnEventFields, OwnEvents, Protocol};
use spool::Spool;

/// The most bytes of memory that a tape's pieces may take. What comes later is not recorded, which is noted
/// ([`Note::Full`]), and then the tape counts as without an end: it is a recording that broke off, and is played as one.
pub const TAPE_LIMIT: usize = 16 << 20;

/// The most records beside which notes are still taken: who hides and shows a tab all day fills no memory.
const NOTES_LIMIT: usize = 1_000;

/// A recorded request.
///
/// All times count from the start of the first try in [`Tape::entries`], and from the start of the last one in
/// [`Tape::head`], [`Tape::chunks`] and [`Tape::end`]: these show the answer that counts. A try that resumes an answer is a
/// part of the one before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tape {
    /// The protocol of the body.
    pub dialect: Dialect,
    /// Whether a stream was asked for.
    pub stream: bool,
    /// The model asked for, or what else names the recording to a person.
    pub title: String,
    /// The question, for a tape that is played as a sample; may be empty.
    pub question: String,
    /// The rules by which a server's own events are read, where the dialect is one of those.
    pub events: Option<OwnEventFields>,
    records: Vec<Placed>,
    pieces: Spool,
    is_full: bool,
    /// What came since it was full.
    left_out: LeftOut,
}

/// A record, and its place between the pieces.
#[derive(Clone, Debug, PartialEq)]
struct Placed {
    at: Timestamp,
    /// Number of pieces before it.
    behind: usize,
    record: Record,
}

/// An entry of a tape.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry<'a> {
    /// A piece of data.
    Piece(Kind, Vec<u8>),
    /// Something else that happened.
    Record(&'a Record),
}

/// The beginning of the try whose answer counts.
#[derive(Clone, Copy, Debug, Default)]
struct Beginning {
    at: Timestamp,
    /// Number of records and pieces that are none of it.
    records: usize,
    pieces: usize,
}

impl Tape {
    /// Creates an empty tape. Its timestamps count from the start of the request.
    pub fn new(dialect: Dialect, stream: bool, title: &str) -> Tape {
        Tape {
            dialect,
            stream,
            title: title.to_owned(),
            question: String::new(),
            events: None,
            records: Vec::new(),
            pieces: Spool::default(),
            is_full: false,
            left_out: LeftOut::default(),
        }
    }

    /// Records the beginning of the response.
    pub fn record_head(&mut self, at: Timestamp, head: Head) {
        self.add(at, Record::Head(head));
    }

    /// Records a chunk of the body.
    pub fn record(&mut self, at: Timestamp, bytes: &[u8]) {
        self.record_piece(at, Kind::Chunk, bytes);
    }

    /// Records a piece of data. Beyond [`TAPE_LIMIT`] bytes nothing more is kept: that one and all behind it are left out, so
    /// that there is no hole.
    pub fn record_piece(&mut self, at: Timestamp, kind: Kind, bytes: &[u8]) {
        if !self.is_full && !self.pieces.push(at, kind, bytes, TAPE_LIMIT) {
            self.add(at, Record::Note(Note::Full));
        }
        if self.is_full {
            self.left_out.pieces += 1;
            self.left_out.bytes += bytes.len() as u64;
        }
    }

    /// Records the end of the body, once for each try.
    pub fn record_end(&mut self, at: Timestamp, end: End) {
        if self.first_end().is_none() {
            if let Some(left_out) = self.take_left_out() {
                self.add(at, Record::LeftOut(left_out));
            }
            self.add(at, Record::End(end));
        }
    }

    /// Records that the tab was hidden or shown, or what else has to be noted; the first thousand times.
    pub fn note(&mut self, at: Timestamp, note: Note) {
        if self.records.len() < NOTES_LIMIT {
            self.add(at, Record::Note(note));
        }
    }

    /// Records anything else. The caller has taken secrets out of it, and bounded it.
    pub fn add(&mut self, at: Timestamp, record: Record) {
        self.is_full = self.is_full || matches!(record, Record::Note(Note::Full));
        self.records.push(Placed { at, behind: self.pieces.len(), record });
    }

    /// Returns the head and when it came.
    pub fn head(&self) -> Option<(Timestamp, &Head)> {
        let beginning = self.beginning();
        self.records[beginning.records..].iter().find_map(|placed| {
            let Record::Head(head) = &placed.record else { return None };
            Some((beginning.since(placed.at), head))
        })
    }

    /// Returns the number of pieces.
    pub fn len(&self) -> usize {
        self.pieces.len() - self.beginning().pieces
    }

    /// Returns whether there are no pieces.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns how many bytes of memory the pieces take, of all tries.
    pub fn size(&self) -> usize {
        self.pieces.size()
    }

    /// Returns the pieces in their order, with when they came.
    pub fn pieces(&self) -> impl Iterator<Item = (Timestamp, Kind, Vec<u8>)> {
        let beginning = self.beginning();
        let pieces = self.pieces.pieces().skip(beginning.pieces);
        pieces.map(move |(at, kind, bytes)| (beginning.since(at), kind, bytes))
    }

    /// Returns the chunks of the body among them.
    pub fn chunks(&self) -> impl Iterator<Item = (Timestamp, Vec<u8>)> {
        let chunks = self.pieces().filter(|(_, kind, _)| *kind == Kind::Chunk);
        chunks.map(|(at, _, bytes)| (at, bytes))
    }

    /// Returns the protocol of the body, by the rules for a server's own events if there are any.
    #[must_use]
    pub fn protocol(&self) -> Protocol {
        match self.events.as_ref().map(OwnEvents::parse) {
            Some(Ok(rules)) => Protocol::own_events(rules, self.dialect.is_ndjson()),
            Some(Err(_)) | None => Protocol::of(self.dialect),
        }
    }

    /// Returns the time and the manner of the body's end; `None` while it runs or if the recording broke off.
    pub fn end(&self) -> Option<(Timestamp, End)> {
        self.first_end().filter(|_| !self.is_full)
    }

    /// Returns whether it takes no more pieces: what came later is not on it.
    pub fn is_full(&self) -> bool {
        self.is_full
    }

    /// Returns everything that was recorded, in its order.
    pub fn entries(&self) -> impl Iterator<Item = (Timestamp, Entry<'_>)> {
        let mut records = self.records.iter().peekable();
        let mut pieces = self.pieces.pieces();
        let mut count = 0;
        std::iter::from_fn(move || {
            if let Some(placed) = records.next_if(|placed| placed.behind <= count) {
                return Some((placed.at, Entry::Record(&placed.record)));
            }
            count += 1;
            pieces.next().map(|(at, kind, bytes)| (at, Entry::Piece(kind, bytes)))
        })
    }

    fn first_end(&self) -> Option<(Timestamp, End)> {
        let beginning = self.beginning();
        let records = &self.records[beginning.records..];
        // A try that resumes has an end of its own.
        let last = records.iter().rposition(|placed| matches!(placed.record, Record::Try(_)));
        records[last.unwrap_or_default()..].iter().find_map(|placed| {
            let Record::End(end) = placed.record else { return None };
            Some((beginning.since(placed.at), end))
        })
    }

    /// Takes what was left out since the tape was full, if anything was.
    fn take_left_out(&mut self) -> Option<LeftOut> {
        let left_out = std::mem::take(&mut self.left_out);
        (left_out.pieces > 0).then_some(left_out)
    }

    fn beginning(&self) -> Beginning {
        let is_anew = |placed: &Placed| matches!(&placed.record, Record::Try(again) if !again.resumes);
        self.records.iter().rposition(is_anew).map_or(Beginning::default(), |index| {
            let Placed { at, behind, .. } = self.records[index];
            Beginning { at, records: index + 1, pieces: behind }
        })
    }
}

impl Beginning {
    /// Returns a time of the tape counted from here.
    fn since(self, at: Timestamp) -> Timestamp {
        Timestamp::ORIGIN.after(at.duration_since(self.at))
    }
}
