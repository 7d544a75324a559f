//! [`StoredTurn`] is a turn with its place in the tree, and [`TurnId`] names it there.

use super::metadata::TurnMetadata;
use super::turn::Turn;

/// Names a turn within its conversation, for ever: the number of a turn that was deleted is not given again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TurnId(u32);

impl TurnId {
    /// Returns the turn of that number.
    pub const fn from_number(number: u32) -> TurnId {
        TurnId(number)
    }

    /// Returns its number, as stored.
    pub const fn number(self) -> u32 {
        self.0
    }
}

/// A turn as it was stored, with its place in the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredTurn {
    /// Its id.
    pub id: TurnId,
    /// The turn before it.
    pub parent: Option<TurnId>,
    /// The time of its deletion, in Unix milliseconds.
    pub deleted: Option<u64>,
    /// What was said.
    pub turn: Turn,
    /// What is known of it besides.
    pub metadata: TurnMetadata,
}

/// The turn that was seen last behind another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The turn before; `None` for first turns.
    pub parent: Option<TurnId>,
    /// The one seen last behind it.
    pub child: TurnId,
}
