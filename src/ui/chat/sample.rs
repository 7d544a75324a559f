//! Reads and plays the sample, the recording that greets a newcomer. It is in the part `extras`.

use crate::browser::pump::{self, Running};
use crate::engine::session::Session;
use crate::engine::tape::{Speed, Tape};
use crate::ui::lazy::lazy_part;
use std::cell::RefCell;
use std::rc::Rc;

/// Begins to feed a session, by a request or a replay. It is boxed, or else all that follows would be compiled twice.
pub(super) type Start = Box<dyn FnOnce(Rc<RefCell<Session>>, Rc<dyn Fn()>) -> Running>;

/// Plays a tape as if it were happening.
type Play = fn(Tape) -> Start;

/// Takes a recording and the function that plays it; `None` where the file is none.
pub(super) type TakeTape = Box<dyn FnOnce(Option<(Tape, Play)>)>;

lazy_part!(
    /// Reads a recording from its file. What is done with it belongs to the part `chat`: nothing of that is called here, or
    /// both would share it in files of their own.
    extras,
    pub(super) fn read_recording(file: String, take: TakeTape) = read
);

fn read(file: String, take: TakeTape) {
    let play: Play = |tape| Box::new(move |session, wake| pump::play(tape, Speed::Times(1.0), session, wake));
    take(Tape::from_jsonl(&file).ok().map(|tape| (tape, play)));
}
