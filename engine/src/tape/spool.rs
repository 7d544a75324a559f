//! [`Spool`] keeps stamped pieces of data in little memory.
//!
//! In a stream most events are the bytes of the one before but for their text. So of each piece only what lies between the
//! part that begins and the part that ends as the piece before is kept: about 30 bytes a token instead of 300. Nothing is
//! lost: pieces are given back byte for byte, in their order.

use crate::timestamp::Timestamp;
use serde::{Deserialize, Serialize};

/// The kind of a piece of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A part of a response's body, cut where the transport did.
    Chunk,
    /// A whole message of a connection that has them.
    Message(Direction, Form),
}

/// The way that a message went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From the server.
    In,
    /// To the server.
    Out,
}

/// The form of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Text, in UTF-8.
    Text,
    /// Bytes.
    Binary,
}

/// Stamped pieces, bounded.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Spool {
    entries: Vec<Entry>,
    /// The bytes that pieces do not share with the ones before them.
    bytes: Vec<u8>,
    /// The piece that came last.
    last: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    at: Timestamp,
    /// Number of bytes that the piece shares with the beginning and with the end of the one before it.
    prefix: u32,
    suffix: u32,
    /// End of its own bytes.
    end: u32,
    kind: Kind,
}

/// A piece, told by what differs from the one before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Difference<'a> {
    pub(super) at: Timestamp,
    pub(super) kind: Kind,
    pub(super) prefix: u32,
    pub(super) suffix: u32,
    pub(super) own: &'a [u8],
}

impl Difference<'_> {
    /// Makes the piece of the one before it.
    pub(super) fn apply(&self, piece: &mut Vec<u8>) {
        let behind = piece.len() - self.suffix as usize;
        piece.splice(self.prefix as usize..behind, self.own.iter().copied());
    }
}

impl Spool {
    /// Takes a piece, unless all together would then need more than `limit` bytes. Returns whether it did.
    pub(super) fn push(&mut self, at: Timestamp, kind: Kind, piece: &[u8], limit: usize) -> bool {
        let prefix = shared(piece.iter(), self.last.iter());
        let suffix = shared(piece[prefix..].iter().rev(), self.last[prefix..].iter().rev());
        let own = &piece[prefix..piece.len() - suffix];
        if self.size() + size_of::<Entry>() + own.len() > limit {
            return false;
        }
        self.bytes.extend_from_slice(own);
        let end = self.bytes.len();
        // All of them are below the limit, which is below 4 GiB.
        let (prefix, suffix, end) = (prefix as u32, suffix as u32, end as u32);
        self.entries.push(Entry { at, prefix, suffix, end, kind });
        self.last.clear();
        self.last.extend_from_slice(piece);
        true
    }

    /// Takes a piece as [`Spool::difference`] gave it. The caller has seen to it that it fits behind the last one.
    pub(super) fn push_difference(&mut self, piece: Difference<'_>) {
        let Difference { at, kind, prefix, suffix, own } = piece;
        self.bytes.extend_from_slice(own);
        self.entries.push(Entry { at, prefix, suffix, end: self.bytes.len() as u32, kind });
        piece.apply(&mut self.last);
    }

    /// Returns a piece as what differs from the one before it.
    pub(super) fn difference(&self, index: usize) -> Option<Difference<'_>> {
        let Entry { at, prefix, suffix, end, kind } = *self.entries.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.entries[before].end as usize);
        Some(Difference { at, kind, prefix, suffix, own: &self.bytes[start..end as usize] })
    }

    /// Returns the length of the piece that came last.
    pub(super) fn last_len(&self) -> usize {
        self.last.len()
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns how many bytes of memory it takes, but for the piece that came last.
    pub(super) fn size(&self) -> usize {
        self.entries.len() * size_of::<Entry>() + self.bytes.len()
    }

    /// Returns the time of a piece.
    pub(super) fn at(&self, index: usize) -> Option<Timestamp> {
        self.entries.get(index).map(|entry| entry.at)
    }

    /// Makes the piece `index` of the one before it, of nothing for the first, and returns its kind.
    pub(super) fn unwind(&self, index: usize, piece: &mut Vec<u8>) -> Kind {
        let Some(difference) = self.difference(index) else { return Kind::Chunk };
        difference.apply(piece);
        difference.kind
    }

    pub(super) fn pieces(&self) -> impl Iterator<Item = (Timestamp, Kind, Vec<u8>)> {
        let mut piece = Vec::new();
        self.entries.iter().enumerate().map(move |(index, entry)| {
            self.unwind(index, &mut piece);
            (entry.at, entry.kind, piece.clone())
        })
    }
}

fn shared<'a>(one: impl Iterator<Item = &'a u8>, other: impl Iterator<Item = &'a u8>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).count()
}
