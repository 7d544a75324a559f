//! Retries decide whether and when a question goes out again by itself (policy P of the reliability reference).
//!
//! Only while not one byte of an answer has come: a provider may have billed what it began to write, and a person must
//! never see a second answer take the place of a first one.

use super::Session;
use super::gates::Gates;
use crate::chat::{Cause, Turn, TurnState};
use crate::error::Category;
use crate::tape::{Record, Tape, Try};
use crate::timestamp::Timestamp;
use std::borrow::Cow;
use std::time::Duration;

/// Number of times that a question goes out again.
const TRIES: u32 = 2;
/// The shortest and the longest wait that a server may ask for (limit L6); for a longer one the person decides.
const FLOOR: Duration = Duration::from_millis(500);
const CEILING: Duration = Duration::from_secs(60);
/// The longest wait where the server named none.
const LONGEST_GUESS: Duration = Duration::from_secs(8);

impl Session {
    /// Takes back a failure if the question may go out again by itself, and says whether it may: [`Session::due`] is
    /// when, and then comes [`Session::restart`]. An [`End`](crate::tape::End) before that makes the failure final.
    pub fn postpone(&mut self, at: Timestamp) -> bool {
        let accumulator = &mut self.accumulator;
        let wait =
            wait(&accumulator.turn, accumulator.head.status, accumulator.meter.bytes(), self.retries, at);
        if let Some(wait) = wait {
            let state = std::mem::replace(&mut accumulator.turn.state, TurnState::Sending);
            self.postponed = Some((at.after(wait), state));
        }
        self.postponed.is_some()
    }

    /// Returns the time at which the question goes out again, if that was put off.
    pub fn due(&self) -> Option<Timestamp> {
        self.postponed.map(|(due, _)| due)
    }

    /// Does not wait any longer, at the person's wish.
    pub fn hurry(&mut self, now: Timestamp) {
        if let Some((due, _)) = &mut self.postponed {
            *due = now;
        }
    }

    /// Sends the question again at `started`: forgets what was received before, except for its tape, which goes on.
    pub fn restart(&mut self, started: Timestamp) {
        let plan = self.accumulator.plan.clone();
        let protocol = self.protocol.clone();
        let guard = self.accumulator.gates.as_ref().map(Gates::guard);
        let mut tape = std::mem::replace(&mut self.tape, Tape::new(plan.dialect, plan.stream, ""));
        let why = Cow::Borrowed(
            self.accumulator.turn.failure.as_ref().map_or("", |failure| reason(&failure.cause)),
        );
        tape.add(self.on_tape(started), Record::Try(Try { why, resumes: false }));
        *self = Session {
            tape,
            recorded_from: self.recorded_from,
            looked: (started, self.looked.1),
            retries: self.retries + 1,
            ..Session::with_protocol(plan, protocol, started).guarded_by(guard)
        };
    }
}

/// Returns the reason for another try, in the tape's word for it.
const fn reason(cause: &Cause) -> &'static str {
    match cause {
        Cause::Unreachable => "unreachable",
        Cause::Lost => "lost",
        Cause::Empty => "empty",
        Cause::Provider(_)
        | Cause::Redirected
        | Cause::Offline
        | Cause::WebPage { .. }
        | Cause::OwnPage { .. }
        | Cause::CutOff
        | Cause::PageClosed
        | Cause::Silent
        | Cause::Unreadable { .. }
        | Cause::TooLarge { .. } => "refused",
    }
}

/// Returns how long to wait before the question goes out again; `None` if it must not. `status` is that of the
/// response, `bytes` the length of its body so far, `earlier` how often the question went out again before.
///
/// Clients that were refused together must not come back together. The engine knows no chance: the low digits of
/// `at` spread them.
fn wait(turn: &Turn, status: u16, bytes: u64, earlier: u32, at: Timestamp) -> Option<Duration> {
    let failure = turn.failure.as_ref()?;
    let tries = match &failure.cause {
        Cause::Unreachable => TRIES,
        Cause::Lost if bytes == 0 => TRIES,
        Cause::Empty if bytes == 0 => 1,
        // No wait fills an account or shortens a conversation.
        Cause::Provider(error) if matches!(error.category, Category::Billing | Category::TooLong) => 0,
        // A proxy's page is no byte of an answer, and proxies say nearly always so that a server is away.
        Cause::Provider(_) | Cause::WebPage { .. } if is_passing(status) => TRIES,
        Cause::Provider(_)
        | Cause::Empty
        | Cause::Lost
        | Cause::PageClosed
        | Cause::Redirected
        | Cause::Offline
        | Cause::WebPage { .. }
        | Cause::OwnPage { .. }
        | Cause::CutOff
        | Cause::Silent
        | Cause::Unreadable { .. }
        | Cause::TooLarge { .. } => 0,
    };
    if earlier >= tries {
        return None;
    }
    match failure.retry_after {
        Some(wait) if !wait.is_zero() => Some(wait.max(FLOOR)).filter(|wait| *wait <= CEILING),
        Some(_) | None => {
            let guess = (FLOOR * (1 << earlier)).min(LONGEST_GUESS);
            // Up to a quarter less.
            Some(guess - guess / 1_024 * (at.micros() % 256) as u32)
        }
    }
}

/// Returns whether the status is one of those that pass by themselves.
const fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 409 | 425 | 429 | 500 | 502..=504 | 520..=524 | 529)
}
