//! Records of conversations and turns, as they are stored.
//!
//! They cross into IndexedDB by serde-wasm-bindgen: numbers are exact as doubles, there are no maps and no enums with
//! content. Unknown members are ignored, a missing one takes its default, and what is at its default is not written. A
//! version that is newer is refused with both versions.

mod conversation;
mod failure;
mod guard;
mod numbers;
mod parts;
mod spoken;
mod turn;

pub use conversation::{BranchRecord, ConversationRecord, LANES, LaneRecord, Restored, restore};
pub use failure::{FailureRecord, ServerRecord};
pub use guard::{GuardRecord, PlaceRecord, WithheldRecord};
pub use numbers::{NumbersRecord, PaceRecord};
pub use parts::{
    BlockRecord, CitationRecord, OpaqueRecord, StopRecord, ToolRecord, UnknownRecord, UsageRecord,
};
pub use spoken::SpokenTurn;
pub use turn::TurnRecord;

use crate::messages::archive as words;
use serde::{Deserialize, Deserializer, de::Error};
use std::time::Duration;

/// The version written into stored records.
pub const RECORD_VERSION: u32 = 1;

/// The highest number of a turn, exclusive: a record with a higher one is damaged.
pub const TURN_LIMIT: u32 = 1 << 30;

/// The highest integer that a double holds exactly.
const EXACT: u64 = (1 << 53) - 1;

/// Returns a count as a record holds it.
pub(super) fn exact(count: u64) -> u64 {
    count.min(EXACT)
}

fn micros(time: Duration) -> u64 {
    exact(u64::try_from(time.as_micros()).unwrap_or(u64::MAX))
}

/// Tells members that are not written.
pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

fn known_version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let version = u32::deserialize(deserializer)?;
    if (1..=RECORD_VERSION).contains(&version) {
        Ok(version)
    } else {
        Err(D::Error::custom(words::newer_version(version, RECORD_VERSION)))
    }
}

fn turn_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let number = u32::deserialize(deserializer)?;
    if number < TURN_LIMIT { Ok(number) } else { Err(D::Error::custom(words::TURN_NUMBER)) }
}

fn optional_turn_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    match Option::<u32>::deserialize(deserializer)? {
        Some(number) if number >= TURN_LIMIT => Err(D::Error::custom(words::TURN_NUMBER)),
        number => Ok(number),
    }
}
