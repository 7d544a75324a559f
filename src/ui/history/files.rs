//! Files of conversations are written and read by the part `extras`: few people ever do either.

use crate::engine::archive::{
    ConversationRecord, ImportProblem, Imported, Importer, MarkdownExport, Preview, ReadyImport, TurnRecord,
    export_jsonl,
};
use crate::ui::lazy::lazy_part;

/// A form in which conversations go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// All of it, to be imported again.
    Jsonl,
    /// What is on show, for people.
    Markdown,
}

impl Form {
    /// Returns the ending of such a file's name.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Form::Jsonl => "jsonl",
            Form::Markdown => "md",
        }
    }
}

/// What the part brings. All of it is called by these members only: what the history called by itself would be in a file that both
/// parts share.
pub(super) struct Files {
    /// Writes a conversation, with what a guard withheld of answers or without it; times are told for a place that is so many
    /// minutes ahead of UTC.
    pub(super) write: fn(Form, &ConversationRecord, Vec<TurnRecord>, bool, i32) -> String,
    /// Begins to read a file.
    pub(super) read: fn() -> Box<dyn ReadFile>,
}

/// A file that is being read.
pub(super) trait ReadFile {
    /// Takes the next piece.
    fn push(&mut self, piece: &[u8]) -> Result<(), ImportProblem>;
    /// Ends the file.
    fn end(self: Box<Self>) -> Result<Box<dyn ReadyFile>, ImportProblem>;
}

/// A file that was read and is good.
pub(super) trait ReadyFile {
    /// Returns what it holds.
    fn preview(&self) -> Preview;
    /// Returns its conversations, each under the id that `new_id` gives.
    fn finish(self: Box<Self>, new_id: NewId, now: u64) -> Box<dyn Iterator<Item = Imported>>;
}

/// Gives a conversation's id for the one that it has in the file; `None` for one that is left out.
pub(super) type NewId = Box<dyn FnMut(&str) -> Option<String>>;

/// Takes what the part brings.
type TakeFiles = Box<dyn FnOnce(Files)>;

lazy_part!(
    /// Brings what writes and reads files.
    extras,
    pub(super) fn bring_files(take: TakeFiles) = bring
);

fn bring(take: TakeFiles) {
    take(Files { write, read: || Box::new(Importer::new()) });
}

fn write(
    form: Form,
    record: &ConversationRecord,
    mut turns: Vec<TurnRecord>,
    with_withheld: bool,
    offset_minutes: i32,
) -> String {
    for guard in turns.iter_mut().filter_map(|turn| turn.guard.as_mut()).filter(|_| !with_withheld) {
        guard.blocks.clear();
        guard.can_release = false;
    }
    match form {
        Form::Jsonl => {
            let mut lines = String::new();
            export_jsonl(record, &turns, &mut lines);
            lines
        }
        Form::Markdown => {
            let mut text = MarkdownExport { has_thoughts: true, offset_minutes }.write(record, turns);
            // Another one may follow.
            text.push('\n');
            text
        }
    }
}

impl ReadFile for Importer {
    fn push(&mut self, piece: &[u8]) -> Result<(), ImportProblem> {
        Importer::push(self, piece)
    }

    fn end(self: Box<Self>) -> Result<Box<dyn ReadyFile>, ImportProblem> {
        Ok(Box::new(Importer::end(*self)?))
    }
}

impl ReadyFile for ReadyImport {
    fn preview(&self) -> Preview {
        ReadyImport::preview(self)
    }

    fn finish(self: Box<Self>, new_id: NewId, now: u64) -> Box<dyn Iterator<Item = Imported>> {
        Box::new(ReadyImport::finish(*self, new_id, now))
    }
}
