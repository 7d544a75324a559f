//! [`Notice`] is what a tab tells the others.

use crate::engine::archive::ConversationRecord;
use crate::ui::state::Wish;
use serde::{Deserialize, Serialize};

/// What a tab tells the others, once it stands in the database.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Notice {
    /// A conversation was written.
    Saved {
        /// Its record.
        record: Box<ConversationRecord>,
        /// Whether an answer is being written in it.
        is_answering: bool,
    },
    /// A piece of an answer was written.
    Appended { conversation: String },
    /// A conversation was deleted.
    Deleted { conversation: String },
    /// Everything was deleted.
    Cleared,
    /// Conversations came out of a file.
    Imported,
    /// The person wants something of the answer that is being written there.
    Wanted { conversation: String, wish: Wish },
}

impl Notice {
    pub(super) fn saved(record: ConversationRecord, is_answering: bool) -> Notice {
        Notice::Saved { record: Box::new(record), is_answering }
    }
}
