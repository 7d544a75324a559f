//! [`Entry`] is a conversation in the hands of this tab: its record, and how much of it was written.

use super::followed::Following;
use crate::browser::clock::unix_millis;
use crate::browser::lock::{Lock, hold};
use crate::browser::storage::new_id;
use crate::browser::store::{Store, StoreProblem};
use crate::engine::archive::{ConversationRecord, TurnRecord, title_of};
use crate::engine::chat::{Changes, DraftText, Turn, TurnId, TurnMetadata};
use crate::engine::tape::Mark;
use crate::engine::timestamp::Timestamp;
use crate::engine::wire::Role;
use crate::ui::state::ConversationStore;
use leptos::prelude::*;
use std::pin::Pin;
use std::time::Duration;

/// The most bytes of an answer that are not written yet.
const UNWRITTEN: usize = 2 << 10;
/// The longest time that a piece of an answer waits to be written, with the keeper's own step behind it.
const AGE: Duration = Duration::from_millis(700);

/// What is being written.
pub(super) type Writing = Pin<Box<dyn Future<Output = Result<(), StoreProblem>>>>;

/// Holds a conversation's record and how much of it was written.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// The record. Its id is empty as long as nothing was written.
    pub(super) record: ConversationRecord,
    /// The number of the first turn that was not written yet.
    pub(super) known: u32,
    /// Whether what is said in it is stored.
    pub(super) storing: Storing,
    journal: Option<Journal>,
    /// Whether another tab shows the answer that is being written here.
    pub(super) is_watched: bool,
    /// Whether it is being deleted: what came behind that would be left over.
    pub(super) is_being_deleted: bool,
    /// Held while an answer is being written here, for other tabs.
    lock: Option<Lock>,
}

/// Tells whether this tab stores what is said in a conversation.
#[derive(Debug, Default)]
pub(super) enum Storing {
    /// It does.
    #[default]
    Yes,
    /// Another tab does, which is writing an answer.
    Elsewhere(Box<Following>),
    /// It was deleted in another tab, when the next turn was to have that number: it is stored anew once it goes on.
    OnceGoneOn(u32),
    /// It never does: the conversation is a temporary one.
    Never,
}

/// A piece of an answer that is being written, and what was written before it.
pub(super) struct Append {
    pub(super) conversation: String,
    pub(super) before: Journal,
    pub(super) writing: Writing,
}

/// Tells how much of an answer's recording was written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Journal {
    turn: TurnId,
    mark: Mark,
    /// Number of batches.
    batches: u32,
    /// The tape's size at the last batch, in bytes.
    size: usize,
    at: Timestamp,
}

/// Turns that are being written, and what to take back if that fails.
pub(super) struct Save {
    pub(super) changes: Changes,
    pub(super) known: u32,
    pub(super) writing: Writing,
}

impl Entry {
    /// Creates the entry of a conversation of which nothing was written.
    pub(super) fn new(record: ConversationRecord, storing: Storing) -> Entry {
        Entry { record, storing, ..Entry::default() }
    }

    /// Creates the entry of a conversation that was read from the database.
    pub(super) fn stored(record: ConversationRecord) -> Entry {
        Entry { known: record.next_turn, record, ..Entry::default() }
    }

    /// Returns whether another tab is writing an answer in it.
    pub(super) fn is_followed(&self) -> bool {
        matches!(self.storing, Storing::Elsewhere(_))
    }

    /// Lets go of what was stored of it, which another tab has deleted. What is on show stays.
    pub(super) fn detach(&mut self, turns: &ConversationStore) {
        self.storing = Storing::OnceGoneOn(turns.conversation.next_number());
        self.record.id.clear();
        self.known = 0;
        self.journal = None;
        self.lock = None;
    }

    /// Writes what has changed of the conversation, if there is a database: `None` if nothing has, or it is a recording that is
    /// being played. `model` is what is asked now, `draft` the question
    /// that is being typed.
    pub(super) fn save(
        &mut self,
        store: Option<&Store>,
        turns: &mut ConversationStore,
        model: &str,
        draft: DraftText,
    ) -> Option<Save> {
        match self.storing {
            _ if self.is_being_deleted => return None,
            Storing::Yes => {}
            Storing::Elsewhere(_) | Storing::Never => return None,
            Storing::OnceGoneOn(next) if turns.conversation.next_number() <= next => return None,
            Storing::OnceGoneOn(_) => {
                self.storing = Storing::Yes;
                turns.conversation.put_back(&everything(turns));
            }
        }
        let is_redrafted = !self.record.id.is_empty() && self.waits_otherwise(turns, &draft);
        if turns.is_recorded() || !(turns.conversation.has_changes() || is_redrafted) {
            return None;
        }
        let changes = turns.conversation.take_changes();
        if self.record.id.is_empty() && changes.turns.is_empty() {
            return None;
        }
        let now = unix_millis();
        for id in &changes.turns {
            describe(turns, *id, model, now);
        }
        // The same turns: they are on their way now.
        let _ = turns.conversation.take_changes();
        (self.record.draft, self.record.pastes) = (draft.typed, draft.pastes);
        self.record.queue = turns.queue.questions().to_vec();
        self.record.set_own_system(turns.system.as_deref());
        self.record.checks.clone_from(&turns.checks);
        self.update(turns, model, now, !changes.turns.is_empty());
        let records: Vec<TurnRecord> =
            changes.turns.iter().filter_map(|id| self.turn_record(turns, *id)).collect();
        let known = std::mem::replace(&mut self.known, turns.conversation.next_number());
        self.lock = match self.lock.take() {
            _ if turns.run.is_none() => None,
            Some(lock) => Some(lock),
            None => hold(&lock_of(&self.record.id)),
        };
        // An answer that is being written comes again at its end.
        let writing: Writing = match store {
            Some(store) => Box::pin(store.save(&self.record, &records, known, turns.run.is_none())),
            None => Box::pin(std::future::ready(Ok(()))),
        };
        Some(Save { changes, known, writing })
    }

    /// Returns whether what was not sent yet, or the conversation's own instructions and checks, differ from what was written.
    fn waits_otherwise(&self, turns: &ConversationStore, draft: &DraftText) -> bool {
        let record = &self.record;
        record.draft != draft.typed
            || record.pastes != draft.pastes
            || record.queue != turns.queue.questions()
            || record.own_system() != turns.system.as_deref()
            || record.checks != turns.checks
    }

    /// Writes what is new of the answer that is being written, if it is much, old, or `is_urgent`.
    pub(super) fn append(
        &mut self,
        store: &Store,
        turns: &ConversationStore,
        is_urgent: bool,
        now: Timestamp,
    ) -> Option<Append> {
        let is_own = !self.record.id.is_empty() && !self.is_followed() && !self.is_being_deleted;
        let run = turns.run.as_ref().filter(|_| is_own)?;
        let session = run.session.borrow();
        let tape = session.tape();
        let journal = self.journal.get_or_insert_with(|| Journal::new(run.id));
        if journal.turn != run.id {
            *journal = Journal::new(run.id);
        }
        let is_much = tape.size() >= journal.size + UNWRITTEN;
        if !is_urgent && !self.is_watched && !is_much && now.duration_since(journal.at) < AGE {
            return None;
        }
        let (batch, mark) = tape.batch_since(journal.mark)?;
        let before = *journal;
        *journal = Journal { mark, batches: before.batches + 1, size: tape.size(), at: now, ..before };
        let writing = Box::pin(store.append(&self.record.id, run.id, before.batches, &batch));
        Some(Append { conversation: self.record.id.clone(), before, writing })
    }

    /// Has what came since `before` be written again.
    pub(super) fn rewind(&mut self, before: Journal) {
        if let Some(journal) = &mut self.journal
            && journal.turn == before.turn
            && before.batches < journal.batches
        {
            *journal = Journal { at: journal.at, ..before };
        }
    }

    /// Updates the record by the turns.
    fn update(&mut self, turns: &ConversationStore, model: &str, now: u64, is_said: bool) {
        let record = &mut self.record;
        if record.id.is_empty() {
            record.id = new_id();
            record.created = now;
        }
        if is_said {
            record.changed = now;
            record.model = model.to_owned();
        }
        if !record.has_own_title {
            let first = turns.conversation.path().first().and_then(|id| turns.conversation.turn(*id));
            record.title = title_of(&first.map(Turn::text).unwrap_or_default());
        }
        record.update(&turns.conversation);
    }

    fn turn_record(&self, turns: &ConversationStore, id: TurnId) -> Option<TurnRecord> {
        let conversation = &turns.conversation;
        match turns.run.as_ref().filter(|run| run.id == id) {
            Some(run) => Some(TurnRecord::from_parts(
                &self.record.id,
                id,
                conversation.parent(id),
                run.session.borrow().turn(),
                conversation.metadata(id)?,
            )),
            None => TurnRecord::new(&self.record.id, conversation, id),
        }
    }
}

impl Journal {
    /// Begins a journal. Its first piece is written at once, for tabs that follow.
    fn new(turn: TurnId) -> Journal {
        Journal { turn, mark: Mark::default(), batches: 0, size: 0, at: Timestamp::ORIGIN }
    }
}

/// Puts down when a turn was said, by whom, and how fast.
fn describe(turns: &mut ConversationStore, id: TurnId, model: &str, now: u64) {
    let Some(turn) = turns.conversation.turn(id) else { return };
    let is_answer = turn.role == Role::Assistant;
    let is_over = turn.state.is_final();
    let mut metadata: TurnMetadata = turns.conversation.metadata(id).cloned().unwrap_or_default();
    if metadata.created == 0 {
        metadata.created = now;
    }
    if let Some(run) = turns.run.as_ref().filter(|run| run.id == id) {
        metadata.model = model.to_owned();
        metadata.server.clone_from(&run.session.borrow().server().host);
    } else if is_answer && is_over && metadata.finished.is_none() {
        metadata.finished = Some(now);
        if let Some(signals) = turns.signals(id) {
            metadata.numbers = Some(signals.numbers.get_untracked());
            metadata.pace = Some(signals.pace.borrow().clone());
        }
    }
    turns.conversation.set_metadata(id, metadata);
}

/// Returns a change of all there is of a conversation, so that all of it is written.
pub(super) fn everything(turns: &ConversationStore) -> Changes {
    Changes { turns: turns.conversation.ids().collect(), is_conversation_changed: true }
}

/// What stands before a conversation's id in the name of a lock.
const ANSWER: &str = "tokenfall.answer.";

/// Returns the name of the lock that a tab holds while it writes an answer in a conversation.
pub(super) fn lock_of(id: &str) -> String {
    format!("{ANSWER}{id}")
}

/// Returns the id of the conversation that the lock of that name is for.
pub(super) fn locked_by(name: &str) -> Option<&str> {
    name.strip_prefix(ANSWER)
}
