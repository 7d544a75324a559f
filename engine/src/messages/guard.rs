//! Words of the guard.

/// Why text stayed withheld: the answer was stopped first.
pub const STOPPED_BEFORE_VERDICT: &str = "you stopped the answer before the judge had seen it";
/// Why text stayed withheld: the page was closed first.
pub const CLOSED_BEFORE_VERDICT: &str = "the page was closed before the judge had seen it";
