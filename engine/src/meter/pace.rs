//! [`Pace`] counts the text that came in each of a bounded number of equal slices of time.
//!
//! When the answer outgrows the slices, neighbours are joined and each slice covers twice the time. So memory stays
//! bounded, adding is constant on average, and a pause stays visible as empty slices.

use std::time::Duration;

/// The most slices of a pace.
pub const PACE_BUCKETS: usize = 120;
const FIRST_WIDTH: Duration = Duration::from_millis(50);

/// Bytes of visible text per slice of time since the request started.
#[derive(Clone, Debug, PartialEq)]
pub struct Pace {
    width: Duration,
    buckets: Vec<u32>,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace { width: FIRST_WIDTH, buckets: Vec::new() }
    }
}

impl Pace {
    /// Returns the pace with these slices, as it was stored. `None` without a width, or with more slices than there are.
    pub fn stored(width: Duration, buckets: Vec<u32>) -> Option<Pace> {
        (FIRST_WIDTH <= width && buckets.len() <= PACE_BUCKETS).then_some(Pace { width, buckets })
    }

    /// Adds `length` bytes of text that came `at` this long after the start.
    pub fn add(&mut self, at: Duration, length: usize) {
        let mut slot = (at.as_micros() as u64 / self.width.as_micros() as u64) as usize;
        while slot >= PACE_BUCKETS {
            self.buckets = self
                .buckets
                .chunks(2)
                .map(|pair| pair.iter().fold(0, |sum: u32, n| sum.saturating_add(*n)))
                .collect();
            self.width *= 2;
            slot /= 2;
        }
        if self.buckets.len() <= slot {
            self.buckets.resize(slot + 1, 0);
        }
        self.buckets[slot] = self.buckets[slot].saturating_add(u32::try_from(length).unwrap_or(u32::MAX));
    }

    /// Returns the slices so far, oldest first.
    pub fn buckets(&self) -> &[u32] {
        &self.buckets
    }

    /// Returns how long one slice is.
    pub fn width(&self) -> Duration {
        self.width
    }
}
