//! Watches the line of a request: tells silence from sleep, and gives up what has been silent for too long.

use super::Session;
use super::body::Body;
use crate::chat::Cause;
use crate::tape::Note;
use crate::timestamp::Timestamp;
use std::time::Duration;

/// The longest time without a byte; behind it the request is ended.
pub const SILENCE_LIMIT: Duration = Duration::from_secs(600);
/// The longest time without anything that can be read, whatever keeps the connection open.
pub const UNREAD_LIMIT: Duration = Duration::from_secs(1_800);

/// An error body counts as whole once nothing more came for so long.
const ERROR_BODY_PAUSE: Duration = Duration::from_secs(2);
/// An error body may be without its first byte for so long.
const WORDLESS_PAUSE: Duration = Duration::from_secs(10);

/// A page that has not looked up for so long did not run: its computer slept, or its tab was frozen.
const SLEPT: Duration = Duration::from_secs(5);
/// The longest gap between two looks that is no sleep, in a tab that nobody sees: browsers let timers run once a minute
/// there.
const SLEPT_UNSEEN: Duration = Duration::from_secs(90);

/// The state of a line that brings no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stall {
    /// No byte has come for this time.
    Silent(Duration),
    /// Bytes come, but nothing that can be read has come for so long.
    Unread(Duration),
}

impl Session {
    /// Returns the stall of the line, if that is worth a notice: nothing, or nothing that can be read, has come for
    /// `limit`, and the turn is not final.
    pub fn stall(&self, limit: Duration, now: Timestamp) -> Option<Stall> {
        let meter = &self.accumulator.meter;
        let lasting = |time: Option<Duration>| time.filter(|time| *time >= limit);
        let silent = lasting(meter.silence(now)).map(Stall::Silent);
        silent
            .or_else(|| lasting(meter.unread(now)).map(Stall::Unread))
            .filter(|_| !self.accumulator.is_over())
    }

    /// Tells sleep from silence, notes when the page is hidden and shown, and gives up a request that has been silent for too long. To be called again and again
    /// while the request runs, with whether the page is `hidden`. Returns whether it gave up: then the transport can be
    /// closed.
    pub fn look(&mut self, now: Timestamp, hidden: bool) -> bool {
        let (before, was_hidden) = std::mem::replace(&mut self.looked, (now, hidden));
        if hidden != was_hidden {
            self.tape.note(self.on_tape(now), if hidden { Note::Hidden } else { Note::Shown });
        }
        let longest = if hidden || was_hidden { SLEPT_UNSEEN } else { SLEPT };
        if now.duration_since(before) > longest {
            // Whatever came meanwhile has yet to be read, and no silence was heard.
            self.accumulator.meter.woke(now);
        }
        self.expire(now)
    }

    /// Gives up a request on which nothing came for [`SILENCE_LIMIT`], or nothing that could be read for
    /// [`UNREAD_LIMIT`]. Before that a stall is shown and nothing more: thinking models are silent for minutes.
    fn expire(&mut self, now: Timestamp) -> bool {
        let meter = &self.accumulator.meter;
        let is_over = meter.silence(now).is_some_and(|silence| silence >= SILENCE_LIMIT)
            || meter.unread(now).is_some_and(|unread| unread >= UNREAD_LIMIT);
        if is_over && !self.accumulator.is_over() {
            self.accumulator.finish(now);
            let _ = self.accumulator.fail(Cause::Silent, now);
        }
        is_over
    }

    /// Returns the time at which the error body that is being read counts as whole although its connection is open:
    /// some servers hold it, and the person waits for the words that are here. `None` while none is read. Each chunk
    /// puts it off.
    pub fn settles_at(&self) -> Option<Timestamp> {
        let is_error_body = matches!(self.body, Body::Error(_)) && !self.accumulator.is_over();
        is_error_body.then(|| match self.accumulator.meter.last_byte() {
            Some(last) => last.after(ERROR_BODY_PAUSE),
            None => self.head_at.after(WORDLESS_PAUSE),
        })
    }

    /// Takes an error body for whole if nothing more came for long enough, and says whether it did: then the transport
    /// can be closed.
    pub fn settle(&mut self, now: Timestamp) -> bool {
        if self.settles_at().is_none_or(|at| now < at) {
            return false;
        }
        self.take_held(now);
        // The last bytes may have been what it lacked.
        if let Body::Error(error) = &self.body
            && !self.accumulator.is_over()
        {
            let _ = self.accumulator.fail_with_body(error.bytes(), now);
        }
        true
    }
}
