//! [`Arrivals`] counts what came and when, in memory that does not grow with it.

use crate::meter::Pace;
use std::time::Duration;

/// The most arrivals and bursts that are kept one by one, the first ones.
pub const ARRIVALS_KEPT: usize = 4_000;

/// Pieces that lie no further apart than this are one burst: a network cuts what was written together.
const BURST: Duration = Duration::from_millis(20);

/// One piece, as it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The time since the start.
    pub at: Duration,
    /// Number of its bytes.
    pub bytes: usize,
}

/// Pieces that came one close behind the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Burst {
    /// The time of the first one since the start.
    pub at: Duration,
    /// The time of the last one.
    pub until: Duration,
    /// Number of their bytes.
    pub bytes: usize,
    /// Number of events that were complete with them.
    pub events: u64,
}

/// A time without anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The time since the start at which it began.
    pub from: Duration,
    /// Its length.
    pub length: Duration,
}

/// Counts what came. All times count from the start of the watch.
#[derive(Clone, Debug, Default)]
pub struct Arrivals {
    pace: Pace,
    kept: Vec<Arrival>,
    bursts: Vec<Burst>,
    burst_count: u64,
    pieces: u64,
    bytes: u64,
    first: Option<Duration>,
    last: Option<Duration>,
    /// Whether the connection was made anew since the last piece: the time until the next one is no gap of the stream.
    is_apart: bool,
    longest_gap: Option<Gap>,
}

impl Arrivals {
    /// Takes a piece of so many bytes.
    pub(super) fn add(&mut self, at: Duration, bytes: usize) {
        self.pace.add(at, bytes);
        self.pieces += 1;
        self.bytes += bytes as u64;
        if self.kept.len() < ARRIVALS_KEPT {
            self.kept.push(Arrival { at, bytes });
        }
        let before = self.last.filter(|_| !self.is_apart);
        let gap = before.map(|from| Gap { from, length: at.saturating_sub(from) });
        if gap.is_some_and(|gap| self.longest_gap.is_none_or(|longest| longest.length < gap.length)) {
            self.longest_gap = gap;
        }
        if gap.is_some_and(|gap| gap.length <= BURST) {
            if self.burst_count == self.bursts.len() as u64
                && let Some(burst) = self.bursts.last_mut()
            {
                burst.until = at;
                burst.bytes += bytes;
            }
        } else {
            self.burst_count += 1;
            if self.bursts.len() < ARRIVALS_KEPT {
                self.bursts.push(Burst { at, until: at, bytes, events: 0 });
            }
        }
        self.first = self.first.or(Some(at));
        self.last = Some(at);
        self.is_apart = false;
    }

    /// Counts events that were complete with the last piece.
    pub(super) fn add_events(&mut self, events: u64) {
        if self.burst_count == self.bursts.len() as u64
            && let Some(burst) = self.bursts.last_mut()
        {
            burst.events += events;
        }
    }

    /// Tells that a connection is over.
    pub(super) fn part(&mut self) {
        self.is_apart = true;
    }

    /// Returns the bytes of each slice of time.
    pub fn pace(&self) -> &Pace {
        &self.pace
    }

    /// Returns the first pieces one by one, [`ARRIVALS_KEPT`] at most.
    pub fn kept(&self) -> &[Arrival] {
        &self.kept
    }

    /// Returns the first bursts, [`ARRIVALS_KEPT`] at most.
    pub fn bursts(&self) -> &[Burst] {
        &self.bursts
    }

    /// Returns the number of bursts.
    pub fn burst_count(&self) -> u64 {
        self.burst_count
    }

    /// Returns the number of pieces.
    pub fn pieces(&self) -> u64 {
        self.pieces
    }

    /// Returns the number of bytes.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Returns the time of the first piece.
    pub fn first(&self) -> Option<Duration> {
        self.first
    }

    /// Returns the time of the last piece.
    pub fn last(&self) -> Option<Duration> {
        self.last
    }

    /// Returns the longest time between two pieces of one connection.
    pub fn longest_gap(&self) -> Option<Gap> {
        self.longest_gap
    }
}
