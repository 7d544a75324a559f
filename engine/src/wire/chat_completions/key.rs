//! [`Key`] names a block in this protocol.

use crate::wire::BlockKind;

/// Key of a block in this protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// Text that grows: one block of each kind for each choice.
    Said(BlockKind, u32),
    /// A call; found through [`Calls`](super::calls::Calls).
    Call,
    /// Something sent whole.
    Whole,
}
