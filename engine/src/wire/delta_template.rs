//! [`DeltaTemplate`] maps events that repeat the one before, but for their text, without parsing them again.
//!
//! A mapper is a function of its state and the event. Two events in a row that are equal but for the text, and of which
//! each came to nothing but one fragment of the same block, leave it in a state in which a third comes to that as well:
//! all that an event sets is set by what the two have in common. So the third is not given to the mapper. Every event
//! that is mapped in the ordinary way ends this, and two equal ones begin it anew. Events of a block whose fragments may be
//! held back or changed (`again.rs`, `tags.rs`, `arguments.rs`) are always mapped in the ordinary way.

use super::blocks::Blocks;
use super::source::Source;
use super::{BlockIndex, Deltas};
use crate::bytes::is_equal;
use crate::json::{EventTemplate, Text, Value};

/// Number of events that were not like the one before, behind which only one of as many is kept.
const HOPE: u32 = 16;

/// Keeps the event of the newest fragment, and whether events like it may be mapped by it.
#[derive(Debug, Default)]
pub(super) struct DeltaTemplate {
    event: EventTemplate,
    /// The SSE name of that event.
    name: String,
    /// The fragment that it was mapped to.
    source: Option<Source>,
    /// Whether a second event was mapped to the same.
    is_proven: bool,
    /// Number of events in a row that were mapped to something else than the one before.
    mismatches: u32,
}

/// Appends fragments to the blocks of a mapper, whatever the type of its keys is.
pub(super) trait AppendFragment {
    /// Takes the place of the fragment that was appended since the last call; `None` for none, and for more than one
    /// fragment.
    fn take_source(&mut self) -> Option<Source>;

    /// Returns whether a fragment would be appended to that block just as it is.
    fn is_plain(&self, block: BlockIndex) -> bool;

    /// Appends a fragment to a block that was opened.
    fn append_fragment(&mut self, block: BlockIndex, text: Text<'_>, out: &mut Deltas);
}

impl<K: PartialEq> AppendFragment for Blocks<K> {
    fn take_source(&mut self) -> Option<Source> {
        self.take_last_append()
    }

    fn is_plain(&self, block: BlockIndex) -> bool {
        Blocks::is_plain(self, block)
    }

    fn append_fragment(&mut self, block: BlockIndex, text: Text<'_>, out: &mut Deltas) {
        self.append(block, text, out);
    }
}

impl DeltaTemplate {
    /// Maps an event without parsing it: the fragment that it holds, or `None` if it has to be mapped in the ordinary way.
    #[inline]
    pub(super) fn match_event<'a>(&self, name: &str, data: &'a [u8]) -> Option<(BlockIndex, Text<'a>)> {
        let source = self.source.filter(|_| self.is_proven)?;
        // Some mappers have a delta of their own for an empty text, and half a surrogate pair is for `append` to join.
        let text = self.text_of(name, data).filter(|text| !text.may_be_silent())?;
        Some((source.block, text))
    }

    /// Takes back the proof before an event is mapped in the ordinary way. Gives the fragment that the event has to be
    /// mapped to for a new one.
    pub(super) fn retract(&mut self, name: &str, data: &[u8]) -> Option<Source> {
        self.is_proven = false;
        let source = self.source.take()?;
        let start = self.text_of(name, data)?.start();
        Some(Source { start, ..source })
    }

    /// Learns an event that was mapped in the ordinary way to the one fragment at `source`; `expected` is what
    /// [`DeltaTemplate::retract`] gave.
    pub(super) fn learn(
        &mut self,
        name: &str,
        event: Value<'_>,
        idle: &[&str],
        source: Source,
        expected: Option<Source>,
    ) {
        self.is_proven = expected == Some(source);
        self.mismatches = if self.is_proven { 0 } else { self.mismatches.saturating_add(1) };
        // In some streams no event is like its neighbour. There looking for one would be work for nothing.
        let is_hopeful = self.mismatches <= HOPE || self.mismatches.is_multiple_of(HOPE);
        if self.is_proven || (is_hopeful && self.event.learn(event, source.start, idle)) {
            self.source = Some(source);
            self.name.clear();
            self.name.push_str(name);
        }
    }

    /// Forgets the event, so that the next one is mapped in the ordinary way.
    pub(super) fn forget(&mut self) {
        self.source = None;
        self.is_proven = false;
    }

    fn text_of<'a>(&self, name: &str, data: &'a [u8]) -> Option<Text<'a>> {
        if is_equal(name.as_bytes(), self.name.as_bytes()) { self.event.match_event(data) } else { None }
    }
}
