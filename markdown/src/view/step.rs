//! [`Step`] and [`Anchor`] hold the steps of a sink as values, and the place where parsing resumes.

use crate::containers::Container;
use crate::element::Element;

/// A call of [`Sink`](crate::Sink), as a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Open(Element),
    Close,
    Text(String),
    Loosen,
    Note(usize),
}

/// The place at which parsing resumes: all before it is settled.
#[derive(Clone, Debug, Default)]
pub(crate) struct Anchor {
    /// Offset in the whole text, in bytes.
    pub(crate) offset: usize,
    /// The containers open there.
    pub(crate) containers: Vec<Container>,
    /// Number of elements that are open there.
    pub(crate) depth: usize,
    /// Number of top-level blocks that began before it.
    pub(crate) blocks: usize,
    /// Number of closing brackets before it.
    pub(crate) brackets: usize,
}
