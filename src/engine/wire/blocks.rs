//! [`Blocks`]: which of the provider's own keys is which block of ours.
//!
//! Providers address parts of an answer by indices, by ids, by both, or by nothing but order. A mapper turns whatever it
//! gets into a key of its own type `K`, and this table gives each key a dense [`BlockIndex`], opens the block when the
//! key is new, and keeps the half surrogate that may wait between two fragments of the same block.

use super::delta::{BlockIndex, BlockKind, Deltas};
use super::repeat::Source;
use crate::engine::json::{Carry, Text, Value};

/// So many blocks are searched, from the end: the last ones are the busy ones, and a stream that opens blocks without
/// end must not cost a look at all of them for each event.
const REACH: usize = 256;

/// The blocks of one response, by provider key.
#[derive(Debug)]
pub(super) struct Blocks<K> {
    entries: Vec<Entry<K>>,
    said: Said,
}

/// What was appended since somebody last asked.
#[derive(Clone, Copy, Debug, Default)]
enum Said {
    #[default]
    Nothing,
    /// One string of the event, which became one fragment.
    Once(Source),
    /// Anything else.
    More,
}

#[derive(Debug)]
struct Entry<K> {
    key: K,
    kind: BlockKind,
    carry: Carry,
    has_text: bool,
    closed: bool,
}

impl<K> Default for Blocks<K> {
    fn default() -> Blocks<K> {
        Blocks { entries: Vec::new(), said: Said::Nothing }
    }
}

impl<K: PartialEq> Blocks<K> {
    /// The newest block of that key, if there is one among the last [`REACH`].
    pub(super) fn find(&self, key: &K) -> Option<BlockIndex> {
        let start = self.entries.len().saturating_sub(REACH);
        let at = start + self.entries[start..].iter().rposition(|entry| entry.key == *key)?;
        Some(BlockIndex(at as u32))
    }

    /// The block of that key, opened now if it is new.
    pub(super) fn at(&mut self, key: K, kind: BlockKind, choice: u32, out: &mut Deltas) -> BlockIndex {
        match self.find(&key) {
            Some(block) => block,
            None => self.open(key, kind, choice, out),
        }
    }

    /// A new block, whether or not the key was used before.
    pub(super) fn open(&mut self, key: K, kind: BlockKind, choice: u32, out: &mut Deltas) -> BlockIndex {
        let block = BlockIndex(self.entries.len() as u32);
        self.entries.push(Entry { key, kind, carry: Carry::default(), has_text: false, closed: false });
        out.open(block, kind, choice);
        block
    }

    /// The kind a block was opened with.
    pub(super) fn kind(&self, block: BlockIndex) -> BlockKind {
        self.entries[block.0 as usize].kind
    }

    /// Whether any text was given to the block, as a fragment or whole.
    pub(super) fn has_text(&self, block: BlockIndex) -> bool {
        self.entries[block.0 as usize].has_text
    }

    /// Appends a fragment as the event holds it.
    pub(super) fn append(&mut self, block: BlockIndex, text: Text<'_>, out: &mut Deltas) {
        let entry = &mut self.entries[block.0 as usize];
        entry.has_text = true;
        let before = out.len();
        out.fragment(block, entry.kind, |into| text.push_to(into, &mut entry.carry));
        self.said = match self.said {
            Said::Nothing if out.len() > before => Said::Once(Source { block, start: text.start() }),
            Said::Nothing | Said::Once(_) | Said::More => Said::More,
        };
    }

    /// Appends text that is already decoded.
    pub(super) fn append_str(&mut self, block: BlockIndex, text: &str, out: &mut Deltas) {
        self.said = Said::More;
        let entry = &mut self.entries[block.0 as usize];
        entry.has_text = true;
        out.fragment(block, entry.kind, |into| {
            entry.carry.finish(into);
            into.push_str(text);
        });
    }

    /// Appends a value of whatever type the server put there: a string's text, nothing for `null`, else the raw JSON.
    pub(super) fn append_value(&mut self, block: BlockIndex, value: Value<'_>, out: &mut Deltas) {
        match value.as_text() {
            // Nothing was said yet: an empty first piece of arguments does not make them known.
            Some(text) if text.is_empty() => {}
            Some(text) => self.append(block, text, out),
            None if value.is_null() => {}
            None => self.append_str(block, value.raw(), out),
        }
    }

    /// States the whole text of a block, as the provider's closing event has it.
    pub(super) fn snapshot(&mut self, block: BlockIndex, text: Text<'_>, out: &mut Deltas) {
        self.said = Said::More;
        let entry = &mut self.entries[block.0 as usize];
        entry.has_text = true;
        entry.carry = Carry::default();
        out.snapshot(block, entry.kind, |into| {
            let mut carry = Carry::default();
            text.push_to(into, &mut carry);
            carry.finish(into);
        });
    }

    /// The block is complete: a half character that still waits is given up.
    pub(super) fn close(&mut self, block: BlockIndex, out: &mut Deltas) {
        let entry = &mut self.entries[block.0 as usize];
        if !std::mem::replace(&mut entry.closed, true) {
            self.said = Said::More;
            out.fragment(block, entry.kind, |into| entry.carry.finish(into));
            out.close(block);
        }
    }

    /// Closes whatever is still open: the response has ended.
    pub(super) fn close_all(&mut self, out: &mut Deltas) {
        for at in 0..self.entries.len() {
            self.close(BlockIndex(at as u32), out);
        }
    }

    /// The same where the stream was cut, with [`Blocks::drop_halves`].
    pub(super) fn close_cut(&mut self, out: &mut Deltas) {
        self.drop_halves();
        self.close_all(out);
    }
}

impl<K> Blocks<K> {
    /// The stream was cut: half a character that waits was never sent whole, so it is dropped rather than given up.
    pub(super) fn drop_halves(&mut self) {
        for entry in &mut self.entries {
            entry.carry = Carry::default();
        }
    }

    /// Where the one fragment came from that was appended since the last call; `None` for nothing, and for more.
    pub(super) fn take_said(&mut self) -> Option<Source> {
        match std::mem::take(&mut self.said) {
            Said::Once(source) => Some(source),
            Said::Nothing | Said::More => None,
        }
    }

    /// The block opened last.
    pub(super) fn last(&self) -> Option<BlockIndex> {
        self.entries.len().checked_sub(1).map(|at| BlockIndex(at as u32))
    }
}
