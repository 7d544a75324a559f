//! [`Sought`] names a turn that is to be brought into view.

use crate::engine::chat::TurnId;

/// A turn in which something was found, to be shown once its conversation is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// The conversation's id.
    pub conversation: String,
    /// The turn.
    pub turn: TurnId,
    /// What was looked for.
    pub words: String,
}
