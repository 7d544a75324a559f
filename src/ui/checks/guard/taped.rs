//! The text of an answer in a recording, in the pieces in which it came.

use crate::browser::files::ChosenFile;
use crate::engine::messages::guard_page as words;
use crate::engine::session::{Plan, Session};
use crate::engine::tape::Tape;
use crate::engine::timestamp::Timestamp;
use crate::engine::wire::BlockKind;

/// Text that comes in pieces.
pub(super) type Pieces = Vec<(Timestamp, String)>;

/// Reads a file as a recording.
///
/// # Errors
/// A file that cannot be read, is no recording, or has no text of an answer, in words for people.
pub(super) async fn read(file: ChosenFile) -> Result<Pieces, &'static str> {
    let bytes = file.read(0.0, file.len()).await.map_err(|_| words::FILE_GONE)?;
    let text = String::from_utf8(bytes).map_err(|_| words::NO_TAPE)?;
    let tape = Tape::from_jsonl(&text).map_err(|_| words::NO_TAPE)?;
    let pieces = pieces_of(&tape);
    if pieces.is_empty() { Err(words::NO_TEXT) } else { Ok(pieces) }
}

/// Returns the text of the recorded answer, in the pieces in which it came.
fn pieces_of(tape: &Tape) -> Pieces {
    let mut session = Session::with_protocol(Plan::for_tape(tape), tape.protocol(), Timestamp::ORIGIN);
    if let Some((at, head)) = tape.head() {
        session.head(head.clone(), at);
    }
    let mut pieces = Pieces::new();
    let mut known = String::new();
    for (at, bytes) in tape.chunks() {
        let _ = session.feed(&bytes, at);
        let text: String =
            session.turn().blocks_of(BlockKind::Text).map(|block| block.text.as_str()).collect();
        // Text that was moved or put anew is left out: what was shown of it cannot be taken back.
        if let Some(new) = text.strip_prefix(&known).filter(|new| !new.is_empty()) {
            pieces.push((at, new.to_owned()));
            known.push_str(new);
        }
    }
    pieces
}
