//! [`Axis`] is the axis of time that all lanes share.

use crate::messages::race as words;
use std::time::Duration;

/// The most steps of an axis: more ticks run into each other on a phone.
const STEPS: u64 = 6;
/// The length of a step, in milliseconds, without its noughts.
const ROUND: [u64; 3] = [1, 2, 5];
/// The shortest step, in milliseconds.
const SHORTEST: u64 = 100;

/// An axis of time from nought on, in round steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    /// The time between two ticks.
    pub step: Duration,
    /// Number of steps.
    pub steps: u32,
}

impl Axis {
    /// Returns the shortest axis on which that time has a place.
    #[must_use]
    pub fn up_to(time: Duration) -> Axis {
        // Times are those of answers: a thousand years have room.
        let millis = u64::try_from(time.as_millis()).unwrap_or(u64::MAX / 1_000);
        let mut scale = SHORTEST;
        loop {
            for step in ROUND.map(|round| round * scale) {
                let steps = millis.div_ceil(step).max(1);
                if steps <= STEPS {
                    return Axis { step: Duration::from_millis(step), steps: steps as u32 };
                }
            }
            scale *= 10;
        }
    }

    /// Returns the time at its end.
    #[must_use]
    pub fn length(self) -> Duration {
        self.step * self.steps
    }

    /// Returns the words at its ticks, from nought on.
    #[must_use]
    pub fn ticks(self) -> Vec<String> {
        (0..=self.steps).map(|at| words::tick(self.step * at)).collect()
    }
}
