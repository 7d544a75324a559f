//! [`Replay`] gives a tape's pieces again, at its own pace or another.

use super::{Beginning, Direction, End, Form, Head, Kind, Tape};
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
    /// A message.
    Message(Direction, Form, &'a [u8]),
    /// The body ends.
    End(End),
}

/// Plays a tape's last try: asks nothing of a clock, but says for each step when it is due.
#[derive(Clone, Debug)]
pub struct Replay {
    tape: Tape,
    speed: Speed,
    beginning: Beginning,
    /// Number of its pieces.
    count: usize,
    /// 0 is the head, then the pieces, then the end.
    next: usize,
    /// The piece that was played last: the next one is told by what differs.
    piece: Vec<u8>,
}

impl Replay {
    /// Plays from the beginning of the last try.
    pub fn new(tape: Tape, speed: Speed) -> Replay {
        let beginning = tape.beginning();
        let mut piece = Vec::new();
        for earlier in 0..beginning.pieces {
            tape.pieces.unwind(earlier, &mut piece);
        }
        let count = tape.len();
        Replay { tape, speed, beginning, count, next: 0, piece }
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

    /// Returns the time at which the next step was recorded, counted from the start of the try. A replay that stamps with
    /// this gives the numbers of the recording, however fast it is played.
    pub fn recorded(&self) -> Option<Timestamp> {
        let count = self.count;
        let piece =
            |n: usize| self.tape.pieces.at(self.beginning.pieces + n).map(|at| self.beginning.since(at));
        let head = || self.tape.head().map_or(Timestamp::ORIGIN, |(at, _)| at);
        match self.next {
            0 => Some(head()),
            n if n <= count => piece(n - 1),
            n if n == count + 1 => {
                let last = count.checked_sub(1).and_then(piece);
                Some(self.tape.end().map_or_else(|| last.unwrap_or_else(head), |(at, _)| at))
            }
            _ => None,
        }
    }

    /// Returns the next step; `None` behind the end. A tape without a head gives a plain 200, one without an end is
    /// lost.
    pub fn step(&mut self) -> Option<Step<'_>> {
        static PLAIN: Head =
            Head { status: 200, content_type: String::new(), retry_after: None, headers: Vec::new() };
        let at = self.next;
        self.next += 1;
        match at {
            0 => Some(Step::Head(self.tape.head().map_or(&PLAIN, |(_, head)| head))),
            n if n <= self.count => {
                let kind = self.tape.pieces.unwind(self.beginning.pieces + n - 1, &mut self.piece);
                Some(match kind {
                    Kind::Chunk => Step::Chunk(&self.piece),
                    Kind::Message(direction, form) => Step::Message(direction, form, &self.piece),
                })
            }
            n if n == self.count + 1 => Some(Step::End(self.tape.end().map_or(End::Lost, |(_, end)| end))),
            _ => None,
        }
    }
}
