//! [`Replay`] gives a tape's chunks again, at its own pace or another.

use super::{End, Head, Tape};
use crate::timestamp::Timestamp;
use std::time::Duration;

/// The speed at which a tape is played.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Speed {
    /// A factor of the recorded speed. Zero, negative and non-finite factors count as 1.
    Times(f64),
    /// The speed at which it can be taken.
    Instant,
}

/// The next step of a tape.
#[derive(Clone, Debug, PartialEq)]
pub enum Step<'a> {
    /// The response begins.
    Head(&'a Head),
    /// A chunk.
    Chunk(&'a [u8]),
    /// The body ends.
    End(End),
}

/// Plays a tape: asks nothing of a clock, but says for each step when it is due.
#[derive(Clone, Debug)]
pub struct Replay {
    tape: Tape,
    speed: Speed,
    /// 0 is the head, then the chunks, then the end.
    next: usize,
    /// The chunk that was played last: the next one is told by what differs.
    chunk: Vec<u8>,
}

impl Replay {
    /// Plays from the beginning.
    pub fn new(tape: Tape, speed: Speed) -> Replay {
        Replay { tape, speed, next: 0, chunk: Vec::new() }
    }

    /// Returns the tape that is played.
    pub fn tape(&self) -> &Tape {
        &self.tape
    }

    /// Returns the time at which the next step is due, counted from the start of the replay; `None` at the end of the
    /// tape.
    pub fn due(&self) -> Option<Duration> {
        let at = self.recorded()?;
        Some(match self.speed {
            Speed::Instant => Duration::ZERO,
            Speed::Times(factor) if factor.is_finite() && factor > 0.0 => {
                Duration::try_from_secs_f64(at.duration_since(Timestamp::ORIGIN).as_secs_f64() / factor)
                    .unwrap_or(Duration::MAX)
            }
            Speed::Times(_) => at.duration_since(Timestamp::ORIGIN),
        })
    }

    /// Returns the time at which the next step was recorded, counted from the start of the request. A replay that
    /// stamps with this gives the numbers of the recording, however fast it is played.
    pub fn recorded(&self) -> Option<Timestamp> {
        let chunks = &self.tape.chunks;
        let head = self.tape.head.as_ref().map_or(Timestamp::ORIGIN, |(at, _)| *at);
        match self.next {
            0 => Some(head),
            n if n <= chunks.len() => chunks.at(n - 1),
            n if n == chunks.len() + 1 => {
                let last = chunks.len().checked_sub(1).and_then(|last| chunks.at(last));
                Some(self.tape.end.map_or(last.unwrap_or(head), |(at, _)| at))
            }
            _ => None,
        }
    }

    /// Returns the next step; `None` behind the end. A tape without a head gives a plain 200, one without an end is
    /// lost.
    pub fn step(&mut self) -> Option<Step<'_>> {
        static PLAIN: Head = Head { status: 200, content_type: String::new(), retry_after: None };
        let at = self.next;
        self.next += 1;
        match at {
            0 => Some(Step::Head(self.tape.head.as_ref().map_or(&PLAIN, |(_, head)| head))),
            n if n <= self.tape.chunks.len() => {
                self.tape.chunks.unwind(n - 1, &mut self.chunk);
                Some(Step::Chunk(&self.chunk))
            }
            n if n == self.tape.chunks.len() + 1 => {
                Some(Step::End(self.tape.end.map_or(End::Lost, |(_, end)| end)))
            }
            _ => None,
        }
    }
}
