//! Words of the guard.

/// Why text stayed withheld: the answer was stopped first.
pub const STOPPED_BEFORE_VERDICT: &str = "you stopped the answer before the judge had seen it";
/// Why text stayed withheld: the page was closed first.
pub const CLOSED_BEFORE_VERDICT: &str = "the page was closed before the judge had seen it";

/// Says which rule ended an answer.
#[must_use]
pub fn stopped_by(rule: &str) -> String {
    format!("Your rule ended this answer: {rule}. What it found was not shown.")
}
