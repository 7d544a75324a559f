//! [`Timestamp`] tells a point in time that the caller gives.
//!
//! The engine has no clock. Whoever feeds it says when each chunk came, so a recorded stream gives the same
//! numbers as the live one did. A timestamp knows nothing of dates: it counts from an origin its maker chose.

use std::time::Duration;

/// Counts microseconds since an origin chosen by the caller (in the page: the time origin of `performance.now()`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(u64);

impl Timestamp {
    /// The origin itself.
    pub const ORIGIN: Timestamp = Timestamp(0);

    /// Makes the timestamp `micros` microseconds after the origin.
    pub const fn from_micros(micros: u64) -> Timestamp {
        Timestamp(micros)
    }

    /// Makes a timestamp of fractional milliseconds, as browsers give them. Negative and non-finite values become the origin.
    pub fn from_millis(millis: f64) -> Timestamp {
        // The cast saturates and maps NaN to zero, which is just what is promised.
        Timestamp((millis * 1_000.0) as u64)
    }

    /// Microseconds since the origin.
    pub const fn micros(self) -> u64 {
        self.0
    }

    /// Returns the time from `earlier` to this timestamp; zero if `earlier` is in fact later, since clocks do jump.
    pub const fn duration_since(self, earlier: Timestamp) -> Duration {
        Duration::from_micros(self.0.saturating_sub(earlier.0))
    }

    /// Returns the timestamp that is later than this one by `by`.
    pub fn after(self, by: Duration) -> Timestamp {
        Timestamp(self.0.saturating_add(u64::try_from(by.as_micros()).unwrap_or(u64::MAX)))
    }
}
