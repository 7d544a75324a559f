//! [`ConversationRecord`] is a conversation as it is stored, without its turns.

use super::turn::state_of;
use super::{RECORD_VERSION, TurnRecord, is_default, known_version, optional_turn_number, turn_number};
use crate::chat::{Choice, Conversation, DraftText, TurnId, TurnState};
use crate::checks::Checks;
use crate::wire::Role;
use serde::{Deserialize, Serialize};

/// A stored conversation: what its list shows, and what is needed to go on. Times are Unix milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConversationRecord {
    /// [`RECORD_VERSION`].
    #[serde(deserialize_with = "known_version")]
    pub version: u32,
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// Whether the person chose the title; else it follows the first question.
    #[serde(skip_serializing_if = "is_default")]
    pub has_own_title: bool,
    /// The time at which it began.
    pub created: u64,
    /// The time at which something was last said in it.
    pub changed: u64,
    /// Whether it stands above the others.
    #[serde(skip_serializing_if = "is_default")]
    pub pinned: bool,
    /// The last turn of the line on show.
    #[serde(deserialize_with = "optional_turn_number", skip_serializing_if = "Option::is_none")]
    pub head: Option<u32>,
    /// Number of turns, without those that are deleted.
    pub turns: u32,
    /// The number of the next turn.
    #[serde(deserialize_with = "turn_number")]
    pub next_turn: u32,
    /// The turns seen last where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub branches: Vec<BranchRecord>,
    /// Instructions of its own that stand above it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub system: String,
    /// Whether it has no instructions although the settings have: an empty `system` else means those of the settings.
    #[serde(skip_serializing_if = "is_default")]
    pub has_no_system: bool,
    /// What its answers are checked by. Without rules of its own those of the settings hold.
    #[serde(skip_serializing_if = "is_default")]
    pub checks: Checks,
    /// The profile of the server that is asked; empty if none was chosen.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub profile: String,
    /// The model that is asked.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub model: String,
    /// The question that was not sent yet.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub draft: String,
    /// The long texts that were pasted beside it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pastes: Vec<String>,
    /// The questions that wait for an answer, the next one first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub queue: Vec<DraftText>,
    /// The state of the last answer on show, as [`TurnState::name`] gives it; empty without one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub state: String,
    /// The conversation that it was forked from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forked_from: Option<String>,
    /// The lanes of the race that it was kept of; none for any other conversation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub race: Vec<LaneRecord>,
}

/// The most lanes of a race.
pub const LANES: usize = 4;

/// A lane of a race: one of the answers to its question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LaneRecord {
    /// The number of the answer.
    #[serde(deserialize_with = "turn_number")]
    pub turn: u32,
    /// The lane's name.
    pub name: String,
}

/// The turn that was seen last behind another one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BranchRecord {
    /// The number of the turn before; `None` for first turns.
    pub parent: Option<u32>,
    /// The number of the turn seen last.
    pub child: u32,
}

impl Default for ConversationRecord {
    fn default() -> ConversationRecord {
        ConversationRecord {
            version: RECORD_VERSION,
            id: String::new(),
            title: String::new(),
            has_own_title: false,
            created: 0,
            changed: 0,
            pinned: false,
            head: None,
            turns: 0,
            next_turn: 0,
            branches: Vec::new(),
            system: String::new(),
            has_no_system: false,
            checks: Checks::default(),
            profile: String::new(),
            model: String::new(),
            draft: String::new(),
            pastes: Vec::new(),
            queue: Vec::new(),
            state: String::new(),
            forked_from: None,
            race: Vec::new(),
        }
    }
}

impl ConversationRecord {
    /// Takes over what follows from the turns: the line on show, their number, the state of the last answer. Work in the
    /// number of branches, not of turns.
    pub fn update(&mut self, conversation: &Conversation) {
        let head = conversation.head();
        self.head = head.map(TurnId::number);
        self.turns = u32::try_from(conversation.len()).unwrap_or(u32::MAX);
        self.next_turn = conversation.next_number();
        let branch = |choice: &Choice| BranchRecord {
            parent: choice.parent.map(TurnId::number),
            child: choice.child.number(),
        };
        self.branches = conversation.choices().iter().map(branch).collect();
        let turns = [head, head.and_then(|head| conversation.parent(head))].into_iter().flatten();
        let mut answers =
            turns.filter_map(|id| conversation.turn(id)).filter(|turn| turn.role == Role::Assistant);
        self.state = answers.next().map_or_else(String::new, |turn| turn.state.name().to_owned());
    }

    /// Returns the instructions of its own; `None` where those of the settings stand above it.
    #[must_use]
    pub fn own_system(&self) -> Option<&str> {
        (self.has_no_system || !self.system.is_empty()).then_some(self.system.as_str())
    }

    /// Gives it instructions of its own, empty ones for none; `None` for those of the settings.
    pub fn set_own_system(&mut self, system: Option<&str>) {
        self.has_no_system = system == Some("");
        self.system = system.unwrap_or_default().to_owned();
    }

    /// Returns the question that was not sent yet.
    #[must_use]
    pub fn draft(&self) -> DraftText {
        DraftText { typed: self.draft.clone(), pastes: self.pastes.clone() }
    }

    /// Returns the state of the last answer. One that was not finished when it was stored is interrupted, unless
    /// another tab still writes it.
    #[must_use]
    pub fn last_state(&self) -> Option<TurnState> {
        state_of(&self.state)
    }
}

/// A conversation that was put together from its records.
#[derive(Clone, Debug)]
pub struct Restored {
    /// The turns.
    pub conversation: Conversation,
    /// Empty turns that stand in for those whose record is lost or damaged.
    pub stand_ins: Vec<TurnId>,
}

/// Puts a conversation together from its record and those of its turns, in any order: see [`Conversation::restore`].
/// Records of other conversations are left out.
#[must_use]
pub fn restore(record: &ConversationRecord, turns: Vec<TurnRecord>) -> Restored {
    let own = turns.into_iter().filter(|turn| turn.conversation == record.id);
    let turns = own.map(TurnRecord::into_turn).collect();
    let choice = |branch: &BranchRecord| Choice {
        parent: branch.parent.map(TurnId::from_number),
        child: TurnId::from_number(branch.child),
    };
    let choices = record.branches.iter().map(choice).collect();
    let head = record.head.map(TurnId::from_number);
    let (conversation, stand_ins) = Conversation::restore(turns, head, choices, record.next_turn);
    Restored { conversation, stand_ins }
}
