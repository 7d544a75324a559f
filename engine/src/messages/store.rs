//! Words about what the browser keeps of conversations.

/// The browser gives the page no database.
pub const REFUSED: &str = "This browser keeps nothing for this page (a private window, or a setting). Conversations last until the tab is closed.";
/// There is no room left.
pub const FULL: &str =
    "The browser's storage is full. New text is not kept: delete conversations you no longer need.";
/// A later version of the page wrote the database.
pub const NEWER: &str = "Your conversations were kept by a newer version of this page. Reload to get it; nothing is kept until then.";
/// An older version of the page holds the database.
pub const BLOCKED: &str = "An older version of this page is open in another tab. Close that tab, and your conversations will open here.";
/// A later version took over, or the browser closed the database.
pub const CLOSED: &str = "This tab can no longer keep conversations: a newer version of the page is open, or the browser has cleared its storage. Reload this tab.";
/// The address names a conversation that is not there.
pub const MISSING: &str =
    "This conversation is not in this browser: it was deleted, or begun in another one.";
/// A part of the page could not be fetched.
pub const PART_MISSING: &str = "This conversation could not be shown: a part of the page is missing. Check the connection, and open it again.";
/// Another tab has deleted the conversation on show.
pub const DELETED: &str = "This conversation was deleted in another tab. It stays here until you leave it; if you go on with it, it is kept as a new one.";
/// Another tab wrote first.
pub const CONFLICT: &str =
    "Another tab has gone on with this conversation. What was said here is kept as a copy.";

/// Anything else, in the browser's words.
#[must_use]
pub fn failed(cause: &str) -> String {
    format!("This conversation could not be kept: {cause}")
}
