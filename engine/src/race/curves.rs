//! [`TextOverTime`] is the text of several lanes on one axis of time.

use crate::meter::Pace;
use std::time::Duration;

/// How much text each lane had at the end of each slice of time since the requests went out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextOverTime {
    /// How long one slice is; zero without lanes.
    pub slice: Duration,
    /// Bytes of text so far, for each lane; all of one length.
    pub lanes: Vec<Vec<u64>>,
}

impl TextOverTime {
    /// Adds up the paces of the lanes, in slices of the longest of them.
    #[must_use]
    pub fn of(paces: &[&Pace]) -> TextOverTime {
        let slice = paces.iter().map(|pace| pace.width()).max().unwrap_or_default();
        let mut lanes: Vec<Vec<u64>> = paces.iter().map(|pace| sums(pace, slice)).collect();
        let length = lanes.iter().map(Vec::len).max().unwrap_or(0);
        for lane in &mut lanes {
            // What is over stays where it is.
            let end = lane.last().copied().unwrap_or(0);
            lane.resize(length, end);
        }
        TextOverTime { slice, lanes }
    }
}

fn sums(pace: &Pace, slice: Duration) -> Vec<u64> {
    // Each width is the shortest one doubled some times.
    let together = (slice.as_micros() / pace.width().as_micros().max(1)).max(1) as usize;
    let mut sum = 0;
    let slices = pace.buckets().chunks(together);
    slices
        .map(|buckets| {
            sum += buckets.iter().map(|bytes| u64::from(*bytes)).sum::<u64>();
            sum
        })
        .collect()
}
