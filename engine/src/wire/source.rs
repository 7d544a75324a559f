//! [`Source`] is where in its event a fragment stood: what an event that repeats is told by.

use super::delta::BlockIndex;

/// The block that a fragment was appended to, and its offset in its event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) block: BlockIndex,
    pub(super) start: usize,
}

/// The fragments that were appended since the last call of `Blocks::take_last_append`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum LastAppend {
    #[default]
    Nothing,
    /// One string of the event, which became one fragment.
    OneFragment(Source),
    /// Anything else.
    Other,
}
