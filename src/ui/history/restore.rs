//! Puts a conversation together from what was stored of it, and recovers an answer that was cut when the page was closed.

use super::entry::{Entry, lock_of};
use crate::browser::lock;
use crate::browser::store::{Store, StoreProblem};
use crate::engine::archive::restore;
use crate::engine::chat::{Conversation, Queue, Server, Turn, TurnId, TurnMetadata};
use crate::engine::session::recover;
use crate::engine::tape::Tape;
use crate::engine::wire::{Dialect, Protocol};
use crate::ui::chat::Chat;
use crate::ui::state::{ConversationStore, TurnSignals, has_reasoning};
use leptos::prelude::*;

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
    let cut: Vec<TurnId> = loaded
        .turns
        .iter()
        .filter(|turn| turn.is_unfinished())
        .map(|turn| TurnId::from_number(turn.turn))
        .collect();
    // What is not finished is cut only if no tab is at it.
    if !cut.is_empty() && lock::is_held(&lock_of(id)).await {
        return Err(StoreProblem::Answering);
    }
    let restored = restore(&loaded.record, loaded.turns);
    let mut conversation = restored.conversation;
    for turn in cut {
        recover_turn(chat, store, id, turn, &mut conversation).await?;
    }
    let mut turns = turns_of(conversation);
    turns.queue = Queue::restored(loaded.record.queue.clone());
    turns.system = loaded.record.own_system().map(str::to_owned);
    Ok(Some((Entry::stored(loaded.record), turns)))
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
    let batches = store.batches(conversation_id, turn).await?;
    let tape = match Tape::from_batches(&batches) {
        Ok(tape) => Some(tape),
        // Up to where it can be read.
        Err(broken) => broken.tape.map(|tape| *tape),
    };
    // Of nothing the answer is cut as well, and says why.
    let tape = tape.unwrap_or_else(|| Tape::new(Dialect::ChatCompletions, true, ""));
    let (tape, protocol) = match chat.protocol_of(tape.dialect).await {
        Some(protocol) => (tape, protocol),
        None => (Tape::new(Dialect::ChatCompletions, true, ""), Protocol::CHAT_COMPLETIONS),
    };
    let Some(metadata) = conversation.metadata(turn).cloned() else { return Ok(()) };
    let server = Server { host: metadata.server.clone(), ..Server::default() };
    let (text, numbers, pace) = recover(&tape, protocol, server);
    conversation.store(turn, text);
    conversation.set_metadata(turn, TurnMetadata { numbers: Some(numbers), pace: Some(pace), ..metadata });
    Ok(())
}
