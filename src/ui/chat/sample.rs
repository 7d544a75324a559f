//! Reads the sample, the recording that greets a newcomer. It is in the part `extras`.

use crate::engine::tape::Tape;
use crate::ui::lazy::lazy_part;

/// Takes a recording; `None` where the file is none.
pub(super) type TakeTape = Box<dyn FnOnce(Option<Tape>)>;

lazy_part!(
    /// Reads a recording from its file. What is done with it belongs to the part `chat`: nothing of that is called here, or
    /// both would share it in files of their own.
    extras,
    pub(super) fn read_recording(file: String, take: TakeTape) = read
);

fn read(file: String, take: TakeTape) {
    take(Tape::from_jsonl(&file).ok());
}
