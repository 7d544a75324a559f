//! [`Stamp`]: a point in time, given from outside.
//!
//! The engine has no clock. Whoever feeds it says when each chunk came, so a recorded stream gives the same
//! numbers as the live one did. A stamp knows nothing of dates: it counts from an origin its maker chose.

use std::time::Duration;

/// Microseconds since an origin chosen by the caller (in the page: the time origin of `performance.now()`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp(u64);

impl Stamp {
    /// The origin itself.
    pub const ORIGIN: Stamp = Stamp(0);

    /// A stamp `micros` microseconds after the origin.
    pub const fn from_micros(micros: u64) -> Stamp {
        Stamp(micros)
    }

    /// A stamp from fractional milliseconds, as browsers give them. Negative and non-finite values become the origin.
    pub fn from_millis(millis: f64) -> Stamp {
        // The cast saturates and maps NaN to zero, which is just what is promised.
        Stamp((millis * 1_000.0) as u64)
    }

    /// Microseconds since the origin.
    pub const fn micros(self) -> u64 {
        self.0
    }

    /// The time from `earlier` to this stamp; zero if `earlier` is in fact later, since clocks do jump.
    pub const fn since(self, earlier: Stamp) -> Duration {
        Duration::from_micros(self.0.saturating_sub(earlier.0))
    }

    /// This stamp moved later by `by`.
    pub fn after(self, by: Duration) -> Stamp {
        Stamp(self.0.saturating_add(u64::try_from(by.as_micros()).unwrap_or(u64::MAX)))
    }
}
