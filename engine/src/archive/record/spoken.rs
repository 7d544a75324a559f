//! [`SpokenTurn`] is what a stored turn says: as much of its record as a search reads.

use super::TurnRecord;
use serde::Deserialize;

/// The words of a stored turn, with its place in the conversation. All else of the record is passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct SpokenTurn {
    /// The turn's number in its conversation.
    pub turn: u32,
    /// The number of the turn before it.
    pub parent: Option<u32>,
    /// The time of its deletion.
    pub deleted: Option<u64>,
    blocks: Vec<SpokenBlock>,
}

/// A block's text, with what says whether it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
struct SpokenBlock {
    kind: String,
    text: String,
    choice: u32,
}

impl SpokenTurn {
    /// Returns the visible text of the first choice, and where there is none the refusal, as [`TurnRecord::words`] does.
    #[must_use]
    pub fn words(&self) -> String {
        let text = self.text_of("text");
        if text.trim().is_empty() { self.text_of("refusal") } else { text }
    }

    fn text_of(&self, kind: &str) -> String {
        let own = self.blocks.iter().filter(|block| block.kind == kind && block.choice == 0);
        own.map(|block| block.text.as_str()).collect()
    }
}

impl From<&TurnRecord> for SpokenTurn {
    fn from(record: &TurnRecord) -> SpokenTurn {
        let blocks = record.blocks.iter().map(|block| SpokenBlock {
            kind: block.kind.clone(),
            text: block.text.clone(),
            choice: block.choice,
        });
        SpokenTurn {
            turn: record.turn,
            parent: record.parent,
            deleted: record.deleted,
            blocks: blocks.collect(),
        }
    }
}
