//! The archive is what outlives the tab: records of conversations, their list, what goes out as files and comes in.
//!
//! Records are plain data with serde derives; who stores them reads and writes them one by one, so that a damaged one costs
//! nothing but itself. Ids and times (Unix milliseconds) come from outside.

mod date;
mod find;
mod list;
mod record;
mod title;
mod transfer;

pub use find::{Excerpt, Found, Hit, Search, SearchText};
pub use list::{Calendar, Group, groups, sort};
pub use record::{
    BlockRecord, BranchRecord, CitationRecord, ConversationRecord, FailureRecord, GuardRecord, LANES,
    LaneRecord, NumbersRecord, OpaqueRecord, PaceRecord, PlaceRecord, RECORD_VERSION, Restored, ServerRecord,
    SpokenTurn, StopRecord, TURN_LIMIT, ToolRecord, TurnRecord, UnknownRecord, UsageRecord, WithheldRecord,
    restore,
};
pub use title::{TITLE_LIMIT, own_title, title_of};
pub use transfer::{
    IMPORT_LIMIT, ImportProblem, Imported, Importer, MarkdownExport, Preview, ReadyImport, export_jsonl,
    file_name,
};
