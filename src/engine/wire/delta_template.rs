//! [`Repeat`]: events that say what the one before said, but for their text, are not parsed again.
//!
//! A mapper is a function of its state and the event. Two events in a row that are equal but for the text, and of which
//! each came to nothing but one fragment of the same block, leave it in a state in which a third comes to that as well:
//! all that an event sets is set by what the two have in common. So the third is not asked about. Every event that is
//! mapped in the ordinary way ends this, and two equal ones begin it anew. A block whose fragments may be held back or changed
//! (`again.rs`, `tags.rs`, `arguments.rs`) is none of this: its events are always mapped in the ordinary way.

use super::blocks::Blocks;
use super::{BlockIndex, Deltas};
use crate::engine::bytes::is_equal;
use crate::engine::json::{EventTemplate, Text, Value};

/// After so many events that were not like the one before, only one of as many is kept.
const HOPE: u32 = 16;

/// The newest fragment, and how far it may stand for those behind it.
#[derive(Debug, Default)]
pub(super) struct Repeat {
    template: EventTemplate,
    /// The SSE name of the event in the template.
    name: String,
    /// What it came to.
    source: Option<Source>,
    /// A second one came to the same.
    is_proven: bool,
    /// So many in a row came to something else than the one before.
    strangers: u32,
}

/// Where a fragment was put, and where it begins in its event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) block: BlockIndex,
    pub(super) start: usize,
}

/// The blocks of a mapper, whatever its keys are.
pub(super) trait Speak {
    /// What the event came to, if it was one fragment and no more was appended; asked before an event, it forgets.
    fn take_source(&mut self) -> Option<Source>;

    /// Whether a fragment would be appended to that block just as it is.
    fn is_plain(&self, block: BlockIndex) -> bool;

    /// Appends a fragment to a block that was opened.
    fn speak(&mut self, block: BlockIndex, text: Text<'_>, out: &mut Deltas);
}

impl<K: PartialEq> Speak for Blocks<K> {
    fn take_source(&mut self) -> Option<Source> {
        self.take_said()
    }

    fn is_plain(&self, block: BlockIndex) -> bool {
        Blocks::is_plain(self, block)
    }

    fn speak(&mut self, block: BlockIndex, text: Text<'_>, out: &mut Deltas) {
        self.append(block, text, out);
    }
}

impl Repeat {
    /// What the event must come to, if that is known without parsing it.
    #[inline]
    pub(super) fn known<'a>(&self, name: &str, data: &'a [u8]) -> Option<(BlockIndex, Text<'a>)> {
        let source = self.source.filter(|_| self.is_proven)?;
        // Where nothing is added a mapper may say so in its own way, and waiting halves are for `append` to tell.
        let text = self.fit(name, data).filter(|text| !text.may_be_silent())?;
        Some((source.block, text))
    }

    /// An event is about to be mapped in the ordinary way: until it has come to the same, nothing is proven. Gives back
    /// what it must come to for that.
    pub(super) fn doubt(&mut self, name: &str, data: &[u8]) -> Option<Source> {
        self.is_proven = false;
        let source = self.source.take()?;
        let start = self.fit(name, data)?.start();
        Some(Source { start, ..source })
    }

    /// The event was mapped in the ordinary way and came to that one fragment; `expected` is what [`Repeat::doubt`] gave.
    pub(super) fn learn(
        &mut self,
        name: &str,
        event: Value<'_>,
        idle: &[&str],
        source: Source,
        expected: Option<Source>,
    ) {
        self.is_proven = expected == Some(source);
        self.strangers = if self.is_proven { 0 } else { self.strangers.saturating_add(1) };
        // In some streams no event is like its neighbour. There looking for one would be work for nothing.
        let is_hopeful = self.strangers <= HOPE || self.strangers.is_multiple_of(HOPE);
        if self.is_proven || (is_hopeful && self.template.learn(event, source.start, idle)) {
            self.source = Some(source);
            self.name.clear();
            self.name.push_str(name);
        }
    }

    /// Forgets, so that the next event is mapped in the ordinary way.
    pub(super) fn forget(&mut self) {
        self.source = None;
        self.is_proven = false;
    }

    fn fit<'a>(&self, name: &str, data: &'a [u8]) -> Option<Text<'a>> {
        if is_equal(name.as_bytes(), self.name.as_bytes()) { self.template.match_event(data) } else { None }
    }
}
