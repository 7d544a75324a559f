//! [`Blocks`] maps the provider's own keys to blocks of ours.
//!
//! Providers address parts of an answer by indices, by ids, by both, or by nothing but order. A mapper turns whatever it
//! gets into a key of its own type `K`, and this table gives each key a dense [`BlockIndex`], opens the block when the
//! key is new, and keeps the half surrogate that may wait between two fragments of the same block.

use super::again::{Again, Taken, comes_at_once};
use super::arguments::{Arguments, Piece};
use super::delta::{BlockIndex, BlockKind, Deltas};
use super::source::{LastAppend, Source};
use super::tags::{Split, Tags};
use crate::json::{Carry, Text, Value};

/// The most blocks that are searched, from the end: the last ones are the busy ones, and a stream that opens blocks
/// without end must not cost a look at all of them for each event.
const REACH: usize = 256;

/// The blocks of one response, by provider key.
#[derive(Debug)]
pub(super) struct Blocks<K> {
    entries: Vec<Entry<K>>,
    /// The choices that have a text block.
    begun: Vec<u32>,
    last_append: LastAppend,
}

#[derive(Debug)]
struct Entry<K> {
    /// `None` for a block that no event names: the reasoning that stood in a text.
    key: Option<K>,
    kind: BlockKind,
    choice: u32,
    carry: Carry,
    has_text: bool,
    closed: bool,
    /// Whether it is the first text of its choice, in which reasoning may stand.
    is_first: bool,
    /// The block of that reasoning.
    aside: Option<BlockIndex>,
    /// The watch over its fragments; `None` once they are known to be plain.
    watch: Option<Box<Watch>>,
}

/// A fault that fragments may have.
#[derive(Debug)]
enum Watch {
    /// Each may state all text so far, and the first may hold reasoning in tags.
    Text { again: Again, tags: Option<Tags> },
    /// Arguments may be said again.
    Call(Arguments),
}

impl<K> Default for Blocks<K> {
    fn default() -> Blocks<K> {
        Blocks { entries: Vec::new(), begun: Vec::new(), last_append: LastAppend::Nothing }
    }
}

impl<K: PartialEq> Blocks<K> {
    /// Returns the newest block of that key, if there is one among the last [`REACH`].
    pub(super) fn find(&self, key: &K) -> Option<BlockIndex> {
        let start = self.entries.len().saturating_sub(REACH);
        let at = start + self.entries[start..].iter().rposition(|entry| entry.key.as_ref() == Some(key))?;
        Some(BlockIndex(at as u32))
    }

    /// Returns the block of that key, opened now if it is new.
    pub(super) fn at(&mut self, key: K, kind: BlockKind, choice: u32, out: &mut Deltas) -> BlockIndex {
        match self.find(&key) {
            Some(block) => block,
            None => self.open(key, kind, choice, out),
        }
    }

    /// Opens a new block, whether or not the key was used before.
    pub(super) fn open(&mut self, key: K, kind: BlockKind, choice: u32, out: &mut Deltas) -> BlockIndex {
        let is_first = kind == BlockKind::Text && !self.begun.contains(&choice);
        if is_first {
            self.begun.push(choice);
        }
        let watch = match kind {
            BlockKind::Text | BlockKind::Reasoning | BlockKind::Refusal => {
                Some(Watch::Text { again: Again::of_text(), tags: is_first.then(Tags::default) })
            }
            BlockKind::ToolCall => Some(Watch::Call(Arguments::default())),
            BlockKind::Said | BlockKind::Other => None,
        };
        self.push(Some(key), kind, choice, watch, out)
    }

    /// Opens a block of visible text that comes as the network has cut it.
    pub(super) fn open_in_chunks(&mut self, key: K, out: &mut Deltas) -> BlockIndex {
        self.begun.push(0);
        let watch = Watch::Text { again: Again::of_chunks(), tags: Some(Tags::default()) };
        self.push(Some(key), BlockKind::Text, 0, Some(watch), out)
    }

    fn push(
        &mut self,
        key: Option<K>,
        kind: BlockKind,
        choice: u32,
        watch: Option<Watch>,
        out: &mut Deltas,
    ) -> BlockIndex {
        let block = BlockIndex(self.entries.len() as u32);
        let is_first = matches!(watch, Some(Watch::Text { tags: Some(_), .. }));
        self.entries.push(Entry {
            key,
            kind,
            choice,
            carry: Carry::default(),
            has_text: false,
            closed: false,
            is_first,
            aside: None,
            watch: watch.map(Box::new),
        });
        out.open(block, kind, choice);
        block
    }

    /// Returns the kind that a block was opened with.
    pub(super) fn kind(&self, block: BlockIndex) -> BlockKind {
        self.entries[block.0 as usize].kind
    }

    /// Returns whether any text was given to the block, as a fragment or whole.
    pub(super) fn has_text(&self, block: BlockIndex) -> bool {
        self.entries[block.0 as usize].has_text
    }

    /// Returns whether a call's arguments are a whole JSON object.
    pub(super) fn is_whole_call(&self, block: BlockIndex) -> bool {
        let watch = self.entries[block.0 as usize].watch.as_deref();
        matches!(watch, Some(Watch::Call(arguments)) if arguments.is_whole())
    }

    /// Appends a fragment as the event holds it.
    pub(super) fn append(&mut self, block: BlockIndex, text: Text<'_>, out: &mut Deltas) {
        let entry = &mut self.entries[block.0 as usize];
        let is_text = matches!(entry.watch.as_deref(), Some(Watch::Text { .. }));
        if is_text && !entry.has_text && comes_at_once(text) {
            entry.watch = None;
        }
        entry.has_text = true;
        let before = out.len();
        let is_plain = if entry.watch.is_none() {
            out.fragment(block, entry.kind, |into| text.push_to(into, &mut entry.carry));
            true
        } else {
            let mut piece = String::new();
            text.push_to(&mut piece, &mut entry.carry);
            self.pass(block, &piece, out)
        };
        self.last_append = match self.last_append {
            LastAppend::Nothing if is_plain && out.len() > before => {
                LastAppend::OneFragment(Source { block, start: text.start() })
            }
            LastAppend::Nothing | LastAppend::OneFragment(_) | LastAppend::Other => LastAppend::Other,
        };
    }

    /// Appends text that is already decoded.
    pub(super) fn append_str(&mut self, block: BlockIndex, text: &str, out: &mut Deltas) {
        self.last_append = LastAppend::Other;
        let entry = &mut self.entries[block.0 as usize];
        entry.has_text = true;
        let mut piece = String::new();
        entry.carry.finish(&mut piece);
        if piece.is_empty() {
            self.pass(block, text, out);
        } else {
            self.pass(block, &(piece + text), out);
        }
    }

    /// Appends what is new in a piece of text. Whether that was just the piece.
    fn pass(&mut self, block: BlockIndex, piece: &str, out: &mut Deltas) -> bool {
        let entry = &mut self.entries[block.0 as usize];
        let kind = entry.kind;
        let mut say = |text: &str| out.fragment(block, kind, |into| into.push_str(text));
        if piece.is_empty() {
            return false;
        }
        match entry.watch.as_deref_mut() {
            None => {
                say(piece);
                true
            }
            Some(Watch::Call(arguments)) => match arguments.take(piece) {
                None => {
                    entry.watch = None;
                    say(piece);
                    true
                }
                Some(Piece::Whole) => {
                    say(piece);
                    true
                }
                Some(Piece::Part(part)) => {
                    say(&part);
                    false
                }
                Some(Piece::Instead { text, before }) => {
                    out.snapshot(block, kind, |into| into.push_str(&text));
                    // `{}` only held the place.
                    if before.trim() != "{}" {
                        out.unknown("arguments", &before);
                    }
                    false
                }
            },
            Some(Watch::Text { again, tags }) => {
                let taken = again.take(piece);
                let new = match &taken {
                    Taken::Whole => piece,
                    Taken::Part(part) => part,
                };
                let mut split = Split::default();
                match tags {
                    Some(tags) => tags.push(new, &mut split),
                    None => split.text.push_str(new),
                }
                tags.take_if(|tags| tags.is_over());
                if tags.is_none() && again.is_plain() {
                    entry.watch = None;
                }
                let is_plain = split.reasoning.is_empty() && split.text == piece;
                self.say_split(block, &split, out);
                is_plain
            }
        }
    }

    fn say_split(&mut self, block: BlockIndex, split: &Split, out: &mut Deltas) {
        if !split.reasoning.is_empty() {
            let aside = self.aside(block, out);
            self.entries[aside.0 as usize].has_text = true;
            out.fragment(aside, BlockKind::Reasoning, |into| into.push_str(&split.reasoning));
        }
        let kind = self.entries[block.0 as usize].kind;
        out.fragment(block, kind, |into| into.push_str(&split.text));
    }

    /// Returns the block of the reasoning that stands in a text, opened now if it is new.
    fn aside(&mut self, block: BlockIndex, out: &mut Deltas) -> BlockIndex {
        let entry = &self.entries[block.0 as usize];
        if let Some(aside) = entry.aside {
            return aside;
        }
        let choice = entry.choice;
        let aside = self.push(None, BlockKind::Reasoning, choice, None, out);
        self.entries[block.0 as usize].aside = Some(aside);
        aside
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
        self.last_append = LastAppend::Other;
        let entry = &mut self.entries[block.0 as usize];
        entry.has_text = true;
        entry.carry = Carry::default();
        entry.watch = None;
        let kind = entry.kind;
        let whole = text.decode();
        let split = if entry.is_first { Tags::split(&whole) } else { None };
        if let Some(reasoning) = split.as_ref().map(|split| &split.reasoning).filter(|text| !text.is_empty())
        {
            let aside = self.aside(block, out);
            self.entries[aside.0 as usize].has_text = true;
            out.snapshot(aside, BlockKind::Reasoning, |into| into.push_str(reasoning));
        }
        let text = split.as_ref().map_or(&*whole, |split| &split.text);
        out.snapshot(block, kind, |into| into.push_str(text));
    }

    /// Takes back what a call was said to be called with: what follows states it again.
    pub(super) fn restart(&mut self, block: BlockIndex, out: &mut Deltas) {
        self.last_append = LastAppend::Other;
        let entry = &mut self.entries[block.0 as usize];
        entry.watch = Some(Box::new(Watch::Call(Arguments::default())));
        out.snapshot(block, entry.kind, |_| {});
    }

    /// Closes a block: releases what was held back, and gives up a half character that still waits.
    pub(super) fn close(&mut self, block: BlockIndex, out: &mut Deltas) {
        let entry = &mut self.entries[block.0 as usize];
        if std::mem::replace(&mut entry.closed, true) {
            return;
        }
        self.last_append = LastAppend::Other;
        self.release(block, out);
        let entry = &mut self.entries[block.0 as usize];
        out.fragment(block, entry.kind, |into| entry.carry.finish(into));
        out.close(block);
        if let Some(aside) = entry.aside {
            self.close(aside, out);
        }
    }

    fn release(&mut self, block: BlockIndex, out: &mut Deltas) {
        let entry = &mut self.entries[block.0 as usize];
        match entry.watch.take().map(|watch| *watch) {
            None => {}
            Some(Watch::Call(mut arguments)) => {
                let (rest, behind) = arguments.finish();
                out.fragment(block, entry.kind, |into| into.push_str(&rest));
                if !behind.is_empty() {
                    out.unknown("arguments", &behind);
                }
            }
            Some(Watch::Text { mut again, tags }) => {
                let rest = again.finish();
                let mut split = Split::default();
                match tags {
                    Some(mut tags) => {
                        tags.push(&rest, &mut split);
                        tags.finish(&mut split);
                    }
                    None => split.text = rest,
                }
                self.say_split(block, &split, out);
            }
        }
    }

    /// Closes whatever is still open: the response has ended.
    pub(super) fn close_all(&mut self, out: &mut Deltas) {
        for at in 0..self.entries.len() {
            self.close(BlockIndex(at as u32), out);
        }
    }

    /// Closes them where the stream was cut, with [`Blocks::drop_half_surrogates`].
    pub(super) fn close_cut(&mut self, out: &mut Deltas) {
        self.drop_half_surrogates();
        self.close_all(out);
    }
}

impl<K> Blocks<K> {
    /// Drops the half surrogate pairs that wait where a stream was cut: their characters were never sent whole.
    pub(super) fn drop_half_surrogates(&mut self) {
        for entry in &mut self.entries {
            entry.carry = Carry::default();
        }
    }

    /// Marks the last append as one that hung on the text itself: an event that differs in its text alone may come to
    /// something else.
    pub(super) fn spoil(&mut self) {
        self.last_append = LastAppend::Other;
    }

    /// Takes the place of the one fragment that was appended since the last call; `None` for nothing, and for more.
    pub(super) fn take_last_append(&mut self) -> Option<Source> {
        match std::mem::take(&mut self.last_append) {
            LastAppend::OneFragment(source) => Some(source),
            LastAppend::Nothing | LastAppend::Other => None,
        }
    }

    /// Returns the block opened last by an event.
    pub(super) fn last(&self) -> Option<BlockIndex> {
        let start = self.entries.len().saturating_sub(REACH);
        let at = start + self.entries[start..].iter().rposition(|entry| entry.key.is_some())?;
        Some(BlockIndex(at as u32))
    }

    /// Returns whether a fragment would be appended to the block just as it is.
    pub(super) fn is_plain(&self, block: BlockIndex) -> bool {
        match self.entries[block.0 as usize].watch.as_deref() {
            None => true,
            Some(Watch::Call(arguments)) => arguments.is_plain(),
            Some(Watch::Text { .. }) => false,
        }
    }
}
