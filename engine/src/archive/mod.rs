//! The archive is what outlives the tab: records of conversations, their list, what goes out as files and comes in.
//!
//! Records are plain data with serde derives; who stores them reads and writes them one by one, so that a damaged one costs
//! nothing but itself. Ids and times (Unix milliseconds) come from outside.

mod record;

pub use record::{
    BlockRecord, BranchRecord, CitationRecord, ConversationRecord, FailureRecord, NumbersRecord,
    OpaqueRecord, PaceRecord, RECORD_VERSION, Restored, ServerRecord, StopRecord, TURN_LIMIT, ToolRecord,
    TurnRecord, UnknownRecord, UsageRecord, restore,
};
