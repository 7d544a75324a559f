//! [`Follower`] follows an answer that is being written elsewhere, by the batches of its recording.

use super::Session;
use crate::tape::{Batch, BatchReader, Damage, End, Entry, Note, Record};
use crate::timestamp::Timestamp;
use std::time::Duration;

/// Feeds a session what another one records, so that it comes to the same answer.
#[derive(Clone, Debug)]
pub struct Follower {
    reader: BatchReader,
    clock: Clock,
}

/// Tells a tape's times on the clock of whoever follows it.
#[derive(Clone, Copy, Debug)]
struct Clock {
    /// A moment on that clock.
    now: Timestamp,
    /// Time for which the tape had been running by then.
    age: Duration,
}

impl Clock {
    /// Returns a moment of the tape. One from before the clock began is its beginning.
    fn read(self, at: Timestamp) -> Timestamp {
        let since_tape_began = at.duration_since(Timestamp::ORIGIN);
        let moment = self.now.after(since_tape_began);
        Timestamp::ORIGIN.after(moment.duration_since(Timestamp::ORIGIN.after(self.age)))
    }
}

impl Follower {
    /// Follows an answer whose recording is `age` old at the moment `now`.
    #[must_use]
    pub fn new(now: Timestamp, age: Duration) -> Follower {
        Follower { reader: BatchReader::default(), clock: Clock { now, age } }
    }

    /// Returns when the recording began, on the clock of whoever follows it: the session is to be created for that time.
    #[must_use]
    pub fn started(&self) -> Timestamp {
        self.clock.read(Timestamp::ORIGIN)
    }

    /// Feeds what a batch holds. Batches come in their order, from the first on; each is taken whole or not at all.
    ///
    /// # Errors
    /// See [`Damage`].
    pub fn take(&mut self, batch: &Batch, session: &mut Session) -> Result<(), Damage> {
        let clock = self.clock;
        self.reader.read(batch, |at, entry| {
            let at = clock.read(at);
            match entry {
                Entry::Piece(kind, bytes) => session.take_recorded(kind, &bytes, at),
                Entry::Record(record) => follow(session, record, at),
            }
        })
    }
}

fn follow(session: &mut Session, record: &Record, at: Timestamp) {
    match record {
        Record::Head(head) => session.head(head.clone(), at),
        Record::Try(again) if !again.resumes => session.restart(at),
        Record::End(end) => {
            session.end(*end, false, at);
            // As the other one does: what may go out again by itself is no failure yet.
            let _ = *end != End::Cancelled && session.postpone(at);
        }
        // Stopped while it waited for another try.
        Record::Note(Note::Cancelled) => session.end(End::Cancelled, false, at),
        Record::Note(Note::Hidden | Note::Shown | Note::Full | Note::Flooded)
        | Record::Request(_)
        | Record::Timing(_)
        | Record::Try(_)
        | Record::LeftOut(_)
        | Record::Other(_) => {}
    }
}
