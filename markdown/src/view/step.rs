//! Steps of a sink as values, and the place where parsing resumes.

use crate::containers::Container;
use crate::element::Element;

/// What [`Sink`](crate::Sink) is told, as a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Open(Element),
    Close,
    Text(String),
    Loosen,
    Note(usize),
}

/// Where parsing resumes: all before it is settled.
#[derive(Clone, Debug, Default)]
pub(crate) struct Anchor {
    /// Its place in the whole text, in bytes.
    pub(crate) offset: usize,
    /// The containers open there.
    pub(crate) containers: Vec<Container>,
    /// How many elements are open there.
    pub(crate) depth: usize,
    /// How many top-level blocks began before it.
    pub(crate) blocks: usize,
    /// How many closing brackets stand before it.
    pub(crate) brackets: usize,
}
