//! A race compares two to four answers to one question: figures side by side, a sentence for each pair, text over time, words.
//!
//! Everything is a function of what the lanes' sessions say; nothing is guessed: what is not known is told as that.
//! [`table`] makes the figures, [`pair`] the sentence, [`TextOverTime::of`] the curves on one axis, [`compare`] the
//! difference of two texts and [`changes`] its drawing, [`crowded`] the warning about a browser's six connections, [`names`] the
//! names of lanes. It knows no page and no clock.

mod axis;
mod changes;
mod connections;
mod curves;
mod names;
mod sentence;
mod table;
mod words;

pub use axis::Axis;
pub use changes::{Change, changes};
pub use connections::{CONNECTIONS, crowded};
pub use curves::TextOverTime;
pub use names::{Traits, names};
pub use sentence::pair;
pub use table::{Cell, Figure, Row, Unknown, table};
pub use words::{Comparison, Piece, WORD_LIMIT, compare};

use super::chat::TurnState;
use super::meter::Numbers;

/// One answer of a race.
#[derive(Clone, Copy, Debug)]
pub struct Lane<'a> {
    /// The name that tells it from the others.
    pub name: &'a str,
    /// Its figures.
    pub numbers: &'a Numbers,
    /// How far it is.
    pub progress: Progress,
}

/// How far a lane is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It still runs.
    Running,
    /// It ended by the protocol's own word, for whatever reason the model had.
    Finished,
    /// The person stopped it.
    Stopped,
    /// It failed, or its connection broke.
    BrokeOff,
}

impl Progress {
    /// Returns how far the lane of that turn is.
    #[must_use]
    pub const fn of(state: TurnState) -> Progress {
        match state {
            TurnState::Sending | TurnState::Waiting | TurnState::Streaming => Progress::Running,
            TurnState::Complete
            | TurnState::Truncated
            | TurnState::Filtered
            | TurnState::Paused
            | TurnState::Halted => Progress::Finished,
            TurnState::Stopped => Progress::Stopped,
            TurnState::Interrupted | TurnState::Failed => Progress::BrokeOff,
        }
    }
}
