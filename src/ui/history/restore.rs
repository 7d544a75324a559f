//! Puts a conversation together from what was stored of it, and recovers an answer that was cut when the page was closed.

use super::entry::{Entry, Storing, lock_of};
use super::followed::Following;
use crate::browser::lock;
use crate::browser::store::{Store, StoreProblem};
use crate::browser::timer::sleep;
use crate::engine::archive::restore;
use crate::engine::chat::{Conversation, Queue, Server, Turn, TurnId, TurnMetadata};
use crate::engine::session::recover;
use crate::engine::tape::{Batch, Tape};
use crate::engine::wire::{Dialect, Protocol};
use crate::ui::chat::Chat;
use crate::ui::state::{ConversationStore, TurnSignals, has_reasoning};
use leptos::prelude::*;
use std::time::Duration;

/// Time between two looks for the first piece of an answer that another tab has just begun.
const FIRST_PIECE: Duration = Duration::from_millis(100);

/// Reads a conversation; `None` if it is not there.
///
/// # Errors
/// A database that cannot be read.
pub(super) async fn load(
    chat: Chat,
    store: &Store,
    id: &str,
) -> Result<Option<(Entry, ConversationStore)>, StoreProblem> {
    let Some(loaded) = store.load(id).await? else { return Ok(None) };
    let mut cut: Vec<TurnId> = loaded
        .turns
        .iter()
        .filter(|turn| turn.is_unfinished())
        .map(|turn| TurnId::from_number(turn.turn))
        .collect();
    // What is not finished is cut only if no tab is at it.
    let running = match cut.last().copied() {
        Some(last) => batches_of_running(store, id, last).await?.map(|batches| (batches, last)),
        None => None,
    };
    if running.is_some() {
        cut.pop();
    }
    let restored = restore(&loaded.record, loaded.turns);
    let mut conversation = restored.conversation;
    for turn in cut {
        recover_turn(chat, store, id, turn, &mut conversation).await?;
    }
    let mut turns = turns_of(conversation);
    turns.queue = Queue::restored(loaded.record.queue.clone());
    turns.system = loaded.record.own_system().map(str::to_owned);
    turns.checks.clone_from(&loaded.record.checks);
    let mut entry = Entry::stored(loaded.record);
    if let Some((batches, turn)) = running {
        let (signals, metadata) = (turns.signals(turn), turns.conversation.metadata(turn).cloned());
        let (Some(signals), Some(metadata)) = (signals, metadata) else { return Ok(None) };
        let begun = Following::begin(chat, (turn, signals), &metadata, &batches).await;
        let (following, run) = begun.ok_or(StoreProblem::PartMissing)?;
        entry.storing = Storing::Elsewhere(Box::new(following));
        turns.run = Some(run);
    }
    Ok(Some((entry, turns)))
}

/// Returns what was written so far of an answer that is not finished; `None` if no tab is writing it.
async fn batches_of_running(
    store: &Store,
    id: &str,
    turn: TurnId,
) -> Result<Option<Vec<Batch>>, StoreProblem> {
    let lock = lock_of(id);
    while lock::held().await.contains(&lock) {
        let batches = store.batches(id, turn, 0).await?;
        if !batches.is_empty() {
            return Ok(Some(batches));
        }
        // The first piece is on its way.
        sleep(FIRST_PIECE).await;
    }
    Ok(None)
}

/// Returns a conversation with the signals of its turns.
pub(super) fn turns_of(conversation: Conversation) -> ConversationStore {
    let signals = conversation.ids().filter_map(|id| {
        let (turn, metadata) = (conversation.turn(id)?, conversation.metadata(id)?);
        Some((id, signals_of(turn, metadata)))
    });
    let signals = signals.collect();
    ConversationStore { conversation, signals, ..ConversationStore::default() }
}

fn signals_of(turn: &Turn, metadata: &TurnMetadata) -> TurnSignals {
    let signals = TurnSignals::new(turn.role, false, turn.state);
    signals.has_reasoning.set(has_reasoning(turn));
    if let Some(numbers) = &metadata.numbers {
        signals.numbers.set(numbers.clone());
    }
    if let Some(pace) = &metadata.pace {
        signals.pace.replace(pace.clone());
    }
    signals
}

/// Puts what the recording holds of an answer in the place of its turn.
async fn recover_turn(
    chat: Chat,
    store: &Store,
    conversation_id: &str,
    turn: TurnId,
    conversation: &mut Conversation,
) -> Result<(), StoreProblem> {
    let batches = store.batches(conversation_id, turn, 0).await?;
    let tape = match Tape::from_batches(&batches) {
        Ok(tape) => Some(tape),
        // Up to where it can be read.
        Err(broken) => broken.tape.map(|tape| *tape),
    };
    // Of nothing the answer is cut as well, and says why.
    let tape = tape.unwrap_or_else(|| Tape::new(Dialect::ChatCompletions, true, ""));
    let Some(metadata) = conversation.metadata(turn).cloned() else { return Ok(()) };
    let found = (chat.protocol_of(&tape).await, chat.guard_of(&metadata.checks).await);
    let (tape, protocol, guard) = match found {
        (Some(protocol), Some(guard)) => (tape, protocol, guard),
        // What cannot be checked is not shown.
        (None, _) | (_, None) => {
            (Tape::new(Dialect::ChatCompletions, true, ""), Protocol::CHAT_COMPLETIONS, None)
        }
    };
    let server = Server { host: metadata.server.clone(), ..Server::default() };
    let (text, numbers, pace) = recover(&tape, protocol, server, guard);
    conversation.store(turn, text);
    conversation.set_metadata(turn, TurnMetadata { numbers: Some(numbers), pace: Some(pace), ..metadata });
    Ok(())
}
