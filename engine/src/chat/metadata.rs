//! [`TurnMetadata`] holds what is known of a turn besides what was said.

use crate::checks::Checks;
use crate::meter::{Numbers, Pace};

/// What is known of a turn besides what was said: when, by whom, how fast. It is given from outside.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TurnMetadata {
    /// The time at which it was written or asked for, in Unix milliseconds; 0 if that is not known.
    pub created: u64,
    /// The time at which it was finished, in Unix milliseconds.
    pub finished: Option<u64>,
    /// The model that was asked; the one that answered is in [`Turn::identity`](super::Turn::identity).
    pub model: String,
    /// Host and port of the server that was asked.
    pub server: String,
    /// The figures of the answer.
    pub numbers: Option<Numbers>,
    /// How much of it came when.
    pub pace: Option<Pace>,
    /// What the answer was checked by.
    pub checks: Checks,
}
