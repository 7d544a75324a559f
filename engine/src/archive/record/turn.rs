//! [`TurnRecord`] is a turn as it is stored.

use super::parts::names;
use super::{
    BlockRecord, FailureRecord, GuardRecord, NumbersRecord, PaceRecord, RECORD_VERSION, StopRecord,
    UnknownRecord, UsageRecord, exact, is_default, known_version, optional_turn_number, turn_number,
};
use crate::chat::{Conversation, StoredTurn, Turn, TurnId, TurnMetadata, TurnState};
use crate::checks::Checks;
use crate::messages::archive as words;
use crate::wire::{Identity, Role};
use serde::{Deserialize, Deserializer, Serialize, de::Error};

names!(role_name, role_of, Role {
    Role::User => "user",
    Role::Assistant => "assistant",
});

/// A turn of a stored conversation. Times are Unix milliseconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TurnRecord {
    /// [`RECORD_VERSION`].
    #[serde(deserialize_with = "known_version")]
    pub version: u32,
    /// The conversation's id.
    pub conversation: String,
    /// The turn's number in its conversation.
    #[serde(deserialize_with = "turn_number")]
    pub turn: u32,
    /// The number of the turn before it.
    #[serde(deserialize_with = "optional_turn_number", skip_serializing_if = "Option::is_none")]
    pub parent: Option<u32>,
    /// `user` or `assistant`.
    #[serde(deserialize_with = "known_role")]
    pub role: String,
    /// The state's name, as [`TurnState::name`] gives it.
    #[serde(deserialize_with = "known_state")]
    pub state: String,
    /// The blocks.
    pub blocks: Vec<BlockRecord>,
    /// The provider's id of the response.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_id: Option<String>,
    /// The model that answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<String>,
    /// The model that was asked.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub model: String,
    /// Host and port of the server that was asked.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub server: String,
    /// Token counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<UsageRecord>,
    /// The reason for which the model stopped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop: Option<StopRecord>,
    /// The failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<FailureRecord>,
    /// Events that were not understood.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<UnknownRecord>,
    /// Their number.
    #[serde(skip_serializing_if = "is_default")]
    pub unknown_count: u32,
    /// Number of events that could not be read.
    #[serde(skip_serializing_if = "is_default")]
    pub unreadable_count: u32,
    /// Whether it arrived as one answer rather than as a stream.
    #[serde(skip_serializing_if = "is_default")]
    pub whole: bool,
    /// Whether the protocol's own end marker was seen.
    #[serde(skip_serializing_if = "is_default")]
    pub ended: bool,
    /// The figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numbers: Option<NumbersRecord>,
    /// How much of it came when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pace: Option<PaceRecord>,
    /// What a guard did with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guard: Option<GuardRecord>,
    /// What the answer was checked by.
    #[serde(skip_serializing_if = "is_default")]
    pub checks: Checks,
    /// The time at which it was written or asked for; 0 if that is not known.
    pub created: u64,
    /// The time at which it was finished.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished: Option<u64>,
    /// The time of its deletion. What is behind it has gone with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted: Option<u64>,
}

impl Default for TurnRecord {
    fn default() -> TurnRecord {
        let turn = Turn { state: TurnState::Interrupted, ..Turn::answer() };
        TurnRecord::from_parts("", TurnId::from_number(0), None, &turn, &TurnMetadata::default())
    }
}

impl TurnRecord {
    /// Returns the record of a turn of a conversation; `None` if there is no such turn.
    #[must_use]
    pub fn new(conversation_id: &str, conversation: &Conversation, id: TurnId) -> Option<TurnRecord> {
        let (turn, metadata) = (conversation.turn(id)?, conversation.metadata(id)?);
        let parent = conversation.parent(id);
        let record = TurnRecord::from_parts(conversation_id, id, parent, turn, metadata);
        Some(TurnRecord { deleted: conversation.deleted(id), ..record })
    }

    /// Returns the record of a turn that may still be written: what is here so far, and its state.
    #[must_use]
    pub fn from_parts(
        conversation_id: &str,
        id: TurnId,
        parent: Option<TurnId>,
        turn: &Turn,
        metadata: &TurnMetadata,
    ) -> TurnRecord {
        TurnRecord {
            version: RECORD_VERSION,
            conversation: conversation_id.to_owned(),
            turn: id.number(),
            parent: parent.map(TurnId::number),
            role: role_name(turn.role).to_owned(),
            state: turn.state.name().to_owned(),
            blocks: turn.blocks.iter().map(BlockRecord::new).collect(),
            response_id: turn.identity.id.clone(),
            answered_by: turn.identity.model.clone(),
            model: metadata.model.clone(),
            server: metadata.server.clone(),
            usage: turn.usage.as_ref().map(UsageRecord::new),
            stop: turn.stop.as_ref().map(StopRecord::new),
            failure: turn.failure.as_ref().map(FailureRecord::new),
            unknown: turn.unknown.iter().map(UnknownRecord::new).collect(),
            unknown_count: turn.unknown_count,
            unreadable_count: turn.unreadable_count,
            whole: turn.whole,
            ended: turn.ended,
            numbers: metadata.numbers.as_ref().map(NumbersRecord::new),
            pace: metadata.pace.as_ref().map(PaceRecord::new),
            guard: turn.guard.as_deref().map(GuardRecord::new),
            checks: metadata.checks.clone(),
            created: exact(metadata.created),
            finished: metadata.finished.map(exact),
            deleted: None,
        }
    }

    /// Returns whether it was still being written when it was stored.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        state_of(&self.state).is_some_and(|state| !state.is_final())
    }

    /// Returns the visible text of the first choice, and where there is none the refusal.
    #[must_use]
    pub fn words(&self) -> String {
        let text = self.text_of("text");
        if text.trim().is_empty() { self.text_of("refusal") } else { text }
    }

    /// Returns the text of the first choice's blocks of a kind.
    #[must_use]
    pub fn text_of(&self, kind: &str) -> String {
        let own = self.blocks.iter().filter(|block| block.kind == kind && block.choice == 0);
        own.map(|block| block.text.as_str()).collect()
    }

    /// Returns the turn. One that was not finished when it was stored is interrupted: nobody writes on.
    #[must_use]
    pub fn into_turn(self) -> StoredTurn {
        let state = state_of(&self.state).filter(|state| state.is_final()).unwrap_or(TurnState::Interrupted);
        let blocks = self.blocks.into_iter().enumerate();
        let turn = Turn {
            role: role_of(&self.role).unwrap_or(Role::Assistant),
            state,
            blocks: blocks.map(|(place, block)| block.into_block(place)).collect(),
            identity: Identity { id: self.response_id, model: self.answered_by },
            usage: self.usage.map(UsageRecord::into_usage),
            stop: self.stop.map(StopRecord::into_stop),
            failure: self.failure.map(FailureRecord::into_failure),
            unknown: self.unknown.into_iter().map(UnknownRecord::into_unknown).collect(),
            unknown_count: self.unknown_count,
            unreadable_count: self.unreadable_count,
            whole: self.whole,
            ended: self.ended,
            guard: self.guard.map(|guard| Box::new(guard.into_report())),
            ..Turn::answer()
        };
        let metadata = TurnMetadata {
            created: self.created,
            finished: self.finished,
            model: self.model,
            server: self.server,
            numbers: self.numbers.map(NumbersRecord::into_numbers),
            pace: self.pace.and_then(PaceRecord::into_pace),
            checks: self.checks,
        };
        StoredTurn {
            id: TurnId::from_number(self.turn),
            parent: self.parent.map(TurnId::from_number),
            deleted: self.deleted,
            turn,
            metadata,
        }
    }
}

/// Returns the state of that stored name.
pub(super) fn state_of(name: &str) -> Option<TurnState> {
    const ALL: [TurnState; 11] = [
        TurnState::Sending,
        TurnState::Waiting,
        TurnState::Streaming,
        TurnState::Complete,
        TurnState::Stopped,
        TurnState::Interrupted,
        TurnState::Failed,
        TurnState::Truncated,
        TurnState::Filtered,
        TurnState::Paused,
        TurnState::Halted,
    ];
    ALL.into_iter().find(|state| state.name() == name)
}

fn known_role<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let name = String::deserialize(deserializer)?;
    if role_of(&name).is_some() { Ok(name) } else { Err(D::Error::custom(words::unknown_role(&name))) }
}

fn known_state<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let name = String::deserialize(deserializer)?;
    if state_of(&name).is_some() { Ok(name) } else { Err(D::Error::custom(words::unknown_state(&name))) }
}
