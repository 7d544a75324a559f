//! Says in a sentence whether what came is a stream. What cannot be known is not claimed.

use super::kind::Kind;
use super::{Burst, Shape, Watch};
use crate::messages::watch as words;
use crate::timestamp::Timestamp;
use std::time::Duration;

/// Pieces whose sizes differ by a fiftieth at most count as of one size.
const SAME_SIZE: usize = 50;
/// A buffer is at least so large.
const LEAST_BUFFER: usize = 512;
/// Bursts further apart than this were held back by something, not by the network.
const HELD_BACK: Duration = Duration::from_millis(100);

impl Watch {
    /// Returns a sentence that says whether it streams, as far as is known at the moment `now`.
    pub fn verdict(&self, now: Timestamp) -> String {
        let arrivals = self.arrivals();
        let is_over = self.ending().is_some();
        let (Some(first), Some(last)) = (arrivals.first(), arrivals.last()) else {
            return if is_over {
                words::NOTHING_CAME.to_owned()
            } else {
                words::nothing_yet(self.elapsed(now))
            };
        };
        let span = last.saturating_sub(first);
        let gap = arrivals.longest_gap().map(|gap| gap.length);
        let events = self.event_count();
        if self.setup().kind == Kind::Socket {
            return words::messages(events, first, span, gap);
        }
        if self.is_read_by_browser() {
            return words::by_browser(events, first, span, gap);
        }
        if arrivals.burst_count() == 1 {
            return self.one_burst(first, span, is_over);
        }
        if let Some((bytes, each)) = buffer(arrivals.bursts()) {
            return words::buffered(bytes, each, first, arrivals.burst_count());
        }
        let of_them = (self.shape() != Shape::Unknown).then_some((events, self.shape() == Shape::Lines));
        words::streams(first, arrivals.burst_count(), span, of_them, gap)
    }

    fn one_burst(&self, first: Duration, span: Duration, is_over: bool) -> String {
        let (bytes, events) = (self.arrivals().bytes(), self.event_count());
        if !is_over {
            return words::one_piece_so_far(first, bytes);
        }
        if events < 2 {
            return words::one_event(first, bytes);
        }
        if HELD_BACK * 3 < first {
            words::one_piece(first, bytes, events)
        } else {
            words::too_fast(first + span, bytes, events)
        }
    }
}

/// Returns the size and the interval of bursts that look as if a buffer was filled and emptied.
fn buffer(bursts: &[Burst]) -> Option<(usize, Duration)> {
    let (_, full) = bursts.split_last()?;
    if full.len() < 3 {
        return None;
    }
    let mut sizes: Vec<_> = full.iter().map(|burst| burst.bytes).collect();
    sizes.sort_unstable();
    let size = sizes[sizes.len() / 2];
    let alike = sizes.iter().filter(|other| other.abs_diff(size) * SAME_SIZE <= size).count();
    let mut waits: Vec<_> = bursts.windows(2).map(|pair| pair[1].at.saturating_sub(pair[0].until)).collect();
    waits.sort_unstable();
    let wait = waits[waits.len() / 2];
    let events: u64 = full.iter().map(|burst| burst.events).sum();
    let has_many = full.len() as u64 * 2 <= events;
    let is_buffer = size >= LEAST_BUFFER && alike * 4 >= full.len() * 3 && wait >= HELD_BACK && has_many;
    is_buffer.then_some((size, wait))
}
