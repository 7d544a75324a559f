//! [`Spool`] keeps stamped chunks in little memory.
//!
//! In a stream most events are the bytes of the one before but for their text. So of each chunk only what lies between the
//! part that begins and the part that ends as the chunk before is kept: about 30 bytes a token instead of 300. Nothing is
//! lost: chunks are given back byte for byte, in their order.

use crate::timestamp::Timestamp;

/// Stamped chunks, bounded.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Spool {
    entries: Vec<Entry>,
    /// The bytes that chunks do not share with the ones before them.
    bytes: Vec<u8>,
    /// The chunk that came last.
    last: Vec<u8>,
    /// A chunk did not fit, and none is taken any more.
    is_cut: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    at: Timestamp,
    /// Number of bytes that the chunk shares with the beginning and with the end of the one before it.
    prefix: u32,
    suffix: u32,
    /// End of its own bytes.
    end: u32,
}

impl Spool {
    /// Takes a chunk, unless all together would then need more than `limit` bytes: that one and all behind it are left out,
    /// so that there is no hole.
    pub(super) fn push(&mut self, at: Timestamp, chunk: &[u8], limit: usize) {
        let prefix = shared(chunk.iter(), self.last.iter());
        let suffix = shared(chunk[prefix..].iter().rev(), self.last[prefix..].iter().rev());
        let own = &chunk[prefix..chunk.len() - suffix];
        self.is_cut |= self.size() + size_of::<Entry>() + own.len() > limit;
        if self.is_cut {
            return;
        }
        self.bytes.extend_from_slice(own);
        let end = self.bytes.len();
        // All of them are below the limit, which is below 4 GiB.
        self.entries.push(Entry { at, prefix: prefix as u32, suffix: suffix as u32, end: end as u32 });
        self.last.clear();
        self.last.extend_from_slice(chunk);
    }

    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns how many bytes of memory it takes, but for the chunk that came last.
    pub(super) fn size(&self) -> usize {
        self.entries.len() * size_of::<Entry>() + self.bytes.len()
    }

    /// Returns the time of a chunk.
    pub(super) fn at(&self, index: usize) -> Option<Timestamp> {
        self.entries.get(index).map(|entry| entry.at)
    }

    /// Makes the chunk `index` of the one before it; of nothing, for the first.
    pub(super) fn unwind(&self, index: usize, chunk: &mut Vec<u8>) {
        let Some(entry) = self.entries.get(index) else { return };
        let start = index.checked_sub(1).map_or(0, |before| self.entries[before].end as usize);
        let own = &self.bytes[start..entry.end as usize];
        let behind = chunk.len() - entry.suffix as usize;
        chunk.splice(entry.prefix as usize..behind, own.iter().copied());
    }

    pub(super) fn chunks(&self) -> impl Iterator<Item = (Timestamp, Vec<u8>)> {
        let mut chunk = Vec::new();
        self.entries.iter().enumerate().map(move |(index, entry)| {
            self.unwind(index, &mut chunk);
            (entry.at, chunk.clone())
        })
    }
}

fn shared<'a>(one: impl Iterator<Item = &'a u8>, other: impl Iterator<Item = &'a u8>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).count()
}
