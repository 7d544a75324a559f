//! [`Redactor`] covers the key in whatever a server sends back.
//!
//! Servers repeat in errors, sources and names what they were sent, plain or in an encoding of their own. So all bytes of a
//! response pass here before they are recorded, decoded or shown: one place, before any cut of an excerpt. The key is found
//! however it is written (JSON escapes, percent, HTML entities, one within another) and wherever the transport cuts; the
//! bytes that take its place are as many, so that recordings keep their offsets. What could be the beginning of the key at
//! the end of a chunk is held back until the next one: a few bytes, and never the end of an event. Text that comes in
//! pieces of its own is searched again where it is put together, see [`Blocks`]. Each byte is looked at once, but for
//! those of a beginning, which are no more than the key's longest encoding.

mod spelling;

use crate::wire::{BlockIndex, Key};
use spelling::{INTRODUCERS, readings};
use std::borrow::Cow;
use std::ops::Range;

/// The fewest bytes of a key that is looked for: a shorter one would be found in words.
const SHORTEST_SECRET: usize = 8;

/// Text that stands in the key's place; dots fill the rest. Harmless in JSON, addresses and Markdown.
const LABEL: &[u8] = b"your-key";

/// Takes a key out of bytes and texts.
#[derive(Clone)]
pub struct Redactor {
    key: Vec<u8>,
    /// The end of the last chunk that could begin the key.
    held: Vec<u8>,
    /// Whether what was given before ends in a backslash that escapes what follows.
    is_escaped: bool,
}

/// Shows no key.
impl std::fmt::Debug for Redactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Redactor").field("held", &self.held.len()).finish_non_exhaustive()
    }
}

/// Result of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The key, there.
    Key(Range<usize>),
    /// The bytes from here on could be the beginning of the key.
    Open(usize),
    Nothing,
}

impl Redactor {
    /// Creates a redactor for that key; `None` if the key is too short to be told from words.
    pub fn new(key: &Key) -> Option<Redactor> {
        let key = key.reveal().as_bytes();
        (key.len() >= SHORTEST_SECRET).then(|| Redactor {
            key: key.to_vec(),
            held: Vec::new(),
            is_escaped: false,
        })
    }

    /// Takes a chunk and gives what can be used of it and of the one before.
    pub fn push<'a>(&mut self, chunk: &'a [u8]) -> Cow<'a, [u8]> {
        let mut bytes = if self.held.is_empty() {
            Cow::Borrowed(chunk)
        } else {
            let mut joined = std::mem::take(&mut self.held);
            joined.extend_from_slice(chunk);
            Cow::Owned(joined)
        };
        if let Some(open) = self.mask(&mut bytes, true) {
            self.held = bytes[open..].to_vec();
            bytes = match bytes {
                Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[..open]),
                Cow::Owned(mut bytes) => {
                    bytes.truncate(open);
                    Cow::Owned(bytes)
                }
            };
        }
        self.is_escaped = escapes(&bytes, self.is_escaped);
        bytes
    }

    /// Ends the stream of chunks and returns the bytes that were held back.
    pub fn finish(&mut self) -> Vec<u8> {
        let mut rest = Cow::Owned(std::mem::take(&mut self.held));
        self.mask(&mut rest, false);
        rest.into_owned()
    }

    /// Returns a whole text without the key.
    pub fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.covered(text, false)
    }

    /// Returns the beginning of a longer text without the key, and without what could be the key's beginning at its end.
    pub(super) fn beginning<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.covered(text, true)
    }

    fn covered<'a>(&self, text: &'a str, more: bool) -> Cow<'a, str> {
        let mut text = Cow::Borrowed(text);
        let mut from = 0;
        loop {
            match self.find(text.as_bytes(), from, more) {
                Found::Key(place) => {
                    from = place.end;
                    let mask = mask(text.as_bytes(), &place, false);
                    text.to_mut().replace_range(place, &mask);
                }
                Found::Open(at) => text.to_mut().truncate(at),
                Found::Nothing => return text,
            }
        }
    }

    fn mask(&self, bytes: &mut Cow<'_, [u8]>, more: bool) -> Option<usize> {
        let mut from = 0;
        loop {
            match self.find(bytes, from, more) {
                Found::Key(place) => {
                    from = place.end;
                    let mask = mask(bytes, &place, self.is_escaped);
                    bytes.to_mut()[place].copy_from_slice(mask.as_bytes());
                }
                Found::Open(at) => return Some(at),
                Found::Nothing => return None,
            }
        }
    }

    /// Returns the key's first place behind `from`. `more` says whether more may follow the bytes.
    pub(super) fn find(&self, bytes: &[u8], from: usize, more: bool) -> Found {
        let mut at = from;
        while let Some(step) = bytes.get(at..).and_then(|rest| rest.iter().position(|b| self.may_begin(*b))) {
            at += step;
            match self.read(bytes, at, more) {
                Found::Nothing => {}
                found @ (Found::Key(_) | Found::Open(_)) => return found,
            }
            at += 1;
        }
        Found::Nothing
    }

    fn may_begin(&self, byte: u8) -> bool {
        byte == self.key[0] || INTRODUCERS.contains(&byte)
    }

    /// Returns whether the key stands at `start`. A character can be read in more than one way, so there may be more
    /// than one place that the reading has come to.
    fn read(&self, bytes: &[u8], start: usize, more: bool) -> Found {
        // Most of what begins as the key does goes on in another way, and most keys are written as they are.
        let rest = &bytes[start..];
        let same = |(a, b): &(&u8, &u8)| a == b && !INTRODUCERS.contains(a);
        let known = rest.iter().zip(&self.key).take_while(same).count();
        match rest.get(known) {
            _ if known == self.key.len() => return Found::Key(start..start + known),
            None if more => return Found::Open(start),
            Some(other) if INTRODUCERS.contains(other) => {}
            None | Some(_) => return Found::Nothing,
        }
        let mut ends = vec![start + known];
        let mut is_open = false;
        for wanted in &self.key[known..] {
            let mut next = Vec::new();
            for at in ends {
                let readings = readings(bytes, at, more);
                is_open |= readings.open;
                for (character, end) in readings.found {
                    if character == *wanted && !next.contains(&end) {
                        next.push(end);
                    }
                }
            }
            if next.is_empty() {
                return if is_open { Found::Open(start) } else { Found::Nothing };
            }
            ends = next;
        }
        match ends.into_iter().max() {
            _ if is_open => Found::Open(start),
            Some(end) => Found::Key(start..end),
            None => Found::Nothing,
        }
    }
}

/// Returns a text without the key, if there is one.
pub(super) fn redacted(text: &str, redactor: Option<&Redactor>) -> String {
    redactor.map_or(text.into(), |redactor| redactor.text(text)).into_owned()
}

/// Returns a mask of as many bytes as the place has. `is_escaped` is for what stands before all bytes.
fn mask(bytes: &[u8], place: &Range<usize>, is_escaped: bool) -> String {
    let mut mask = String::from_utf8_lossy(LABEL).into_owned();
    mask.extend(std::iter::repeat_n('.', place.len() - LABEL.len()));
    // Behind a lone backslash JSON allows few characters.
    if escapes(&bytes[..place.start], is_escaped) {
        mask.replace_range(..1, "/");
    }
    mask
}

/// Returns whether the bytes end in an odd number of backslashes. `before` says it of those before them.
fn escapes(bytes: &[u8], before: bool) -> bool {
    let run = bytes.iter().rev().take_while(|byte| **byte == b'\\').count();
    (run % 2 == 1) != (run == bytes.len() && before)
}

/// Finds the key in texts that come in pieces, each of which may hold a part of it. Nothing is held back: until the key is
/// whole its beginning is on show, and then it is covered in its place, which costs one look at the new piece and no delay.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// Offset in each block from which on its text could be the beginning of the key.
    open: Vec<Option<usize>>,
}

impl Blocks {
    /// Returns the places to be covered in the block's text, whose bytes behind `old` are new.
    pub(super) fn cover(
        &mut self,
        redactor: &Redactor,
        block: BlockIndex,
        text: &str,
        old: usize,
    ) -> Vec<(Range<usize>, String)> {
        let block = block.0 as usize;
        if self.open.len() <= block {
            self.open.resize(block + 1, None);
        }
        let mut from = self.open[block].take().map_or(old, |open| open.min(old));
        let mut covers = Vec::new();
        loop {
            match redactor.find(text.as_bytes(), from, true) {
                Found::Key(place) => {
                    from = place.end;
                    let mask = mask(text.as_bytes(), &place, false);
                    covers.push((place, mask));
                }
                Found::Open(at) => {
                    self.open[block] = Some(at);
                    return covers;
                }
                Found::Nothing => return covers,
            }
        }
    }
}
