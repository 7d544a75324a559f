//! Writes one conversation or all of them as a file, one after the other.

use super::files::Form;
use super::list::calendar;
use super::restore::load;
use super::transfer::{Source, Step, Transfer, part_missing};
use crate::browser::clock::unix_millis;
use crate::browser::files::FileWriter;
use crate::browser::store::{Store, StoreProblem};
use crate::engine::archive::{ConversationRecord, TurnRecord, file_name};
use crate::engine::messages::{page, transfer as words};
use crate::ui::chat::Chat;
use leptos::prelude::*;
use leptos::task::spawn_local;

impl Transfer {
    /// Writes the file, and has the browser save it. What a guard withheld of answers is in it only where the person wants that.
    pub fn export(self, source: Source, form: Form, with_withheld: bool) {
        // What was typed or said last is to be in it.
        self.keeper.save();
        let run = self.begin(Step::Exporting);
        spawn_local(async move {
            let step = match self.write(run, &source, form, with_withheld).await {
                Ok(step) => step,
                Err(sentence) => Some(Step::Failed { is_import: false, sentence, is_file: false }),
            };
            if let Some(step) = step {
                self.end(run, step);
            }
        });
    }

    /// Returns what came of it, `None` if it was broken off, or why it could not be done.
    async fn write(
        self,
        run: u32,
        source: &Source,
        form: Form,
        with_withheld: bool,
    ) -> Result<Option<Step>, String> {
        let Some(files) = Transfer::files().await else { return Ok(Some(part_missing(false))) };
        let store = self.keeper.store().ok_or_else(|| StoreProblem::Closed.to_string())?;
        let ids = match source {
            Source::One { id, .. } => vec![id.clone()],
            Source::All => store.ids().await.map_err(told)?,
        };
        let offset_minutes = calendar().offset_minutes;
        let mut file = FileWriter::default();
        let mut written = 0;
        for (at, id) in ids.iter().enumerate() {
            if self.is_over(run) {
                return Ok(None);
            }
            self.progress.set((at as f64, ids.len() as f64));
            // One may have been deleted meanwhile.
            if let Some((record, turns)) = read(self.keeper.chat, &store, id).await.map_err(told)? {
                let text = (files.write)(form, &record, turns, with_withheld, offset_minutes);
                file.push(&text).map_err(|_| words::NOT_SAVED.to_owned())?;
                written += 1;
            }
        }
        if self.is_over(run) {
            return Ok(None);
        }
        if written == 0 {
            return Err(words::NOTHING_TO_EXPORT.to_owned());
        }
        let title = match source {
            Source::One { title, .. } => title,
            Source::All => page::NAME,
        };
        let name = file_name(title, unix_millis(), offset_minutes, form.ending());
        file.save(&name).map_err(|_| words::NOT_SAVED.to_owned())?;
        Ok(Some(Step::Done { is_import: false, sentence: words::saved(&name, written) }))
    }
}

/// Reads a conversation as it is to be exported: an answer that was cut by the end of its page with what was recorded of it.
async fn read(
    chat: Chat,
    store: &Store,
    id: &str,
) -> Result<Option<(ConversationRecord, Vec<TurnRecord>)>, StoreProblem> {
    let Some(loaded) = store.load(id).await? else { return Ok(None) };
    if loaded.turns.iter().any(TurnRecord::is_unfinished) {
        match load(chat, store, id).await {
            Ok(Some((entry, turns))) => {
                let conversation = &turns.conversation;
                let turns = conversation.ids().filter_map(|turn| {
                    // What another tab has written of an answer up to now.
                    let Some(run) = turns.run.as_ref().filter(|run| run.id == turn) else {
                        return TurnRecord::new(id, conversation, turn);
                    };
                    let (parent, metadata) = (conversation.parent(turn), conversation.metadata(turn)?);
                    let session = run.session.borrow();
                    Some(TurnRecord::from_parts(id, turn, parent, session.turn(), metadata))
                });
                return Ok(Some((entry.record, turns.collect())));
            }
            // What is stored of it, without what was recorded.
            Ok(None) | Err(StoreProblem::PartMissing) => {}
            Err(problem) => return Err(problem),
        }
    }
    Ok(Some((loaded.record, loaded.turns)))
}

fn told(problem: StoreProblem) -> String {
    problem.to_string()
}
