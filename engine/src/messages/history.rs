//! Words of the history of conversations: the side bar, and what can be done with a turn.

/// The button that shows or hides the side bar, and the side bar.
pub const CONVERSATIONS: &str = "Conversations";
/// The button that hides the side bar.
pub const CLOSE: &str = "Hide conversations";
/// Begins a conversation that is not kept.
pub const TEMPORARY: &str = "New temporary conversation";
/// What that is.
pub const TEMPORARY_TITLE: &str = "A conversation that is never stored";
/// Said of a conversation that is not kept.
pub const IS_TEMPORARY: &str =
    "Temporary: nothing of this conversation is stored, and it is gone when you leave it.";
/// Keeps it after all.
pub const KEEP_IT: &str = "Keep it";
/// Said of a conversation in which another tab is writing an answer.
pub const IS_FOLLOWED: &str = "Another tab is writing this answer.";
/// The field that finds conversations.
pub const FIND: &str = "Find in conversations";
/// Stands in the place of the list where there are none.
pub const NONE_YET: &str = "What you ask is kept here, in this browser only.";
/// Stands in the place of the list where none was found.
pub const NONE_FOUND: &str = "Nothing found in titles and texts.";
/// Said while conversations are being searched.
pub const SEARCHING: &str = "Searching…";
/// The button at the end of the list.
pub const SHOW_EARLIER: &str = "Show earlier";
/// Said of a conversation in which an answer is being written.
pub const ANSWERING: &str = "An answer is being written";
/// Puts a conversation above the others.
pub const PIN: &str = "Pin";
/// Puts it back among the others.
pub const UNPIN: &str = "Unpin";
/// Changes a conversation's title.
pub const RENAME: &str = "Rename";
/// The field with a conversation's title.
pub const TITLE: &str = "Title";
/// Deletes a conversation.
pub const DELETE: &str = "Delete";
/// Deletes all conversations.
pub const DELETE_ALL: &str = "Delete everything";
/// Asked before that.
pub const DELETE_ALL_SURE: &str = "Delete all conversations? This cannot be undone.";
/// The browser keeps what is stored.
pub const PERSISTS: &str = "Kept in this browser until you delete it.";
/// The browser may clear what is stored.
pub const MAY_BE_CLEARED: &str = "Kept in this browser, which may clear it when it runs out of room.";
/// Hides what was told.
pub const HIDE: &str = "Hide";
/// Takes the last deletion back.
pub const UNDO: &str = "Undo";
/// A conversation was deleted.
pub const CONVERSATION_DELETED: &str = "Conversation deleted.";
/// Changes a question: the old one stays beside it.
pub const EDIT: &str = "Edit the question";
/// The way to the question that stood here before.
pub const QUESTION_BEFORE: &str = "The question before";
/// The way to the one that came after it.
pub const QUESTION_AFTER: &str = "The question after";
/// The field with the question that is being edited.
pub const EDITED: &str = "Edited question";
/// Asks what was edited.
pub const ASK: &str = "Ask";
/// Leaves what was edited.
pub const CANCEL: &str = "Cancel";
/// Deletes a question or an answer, with what follows it.
pub const DELETE_TURN: &str = "Delete from here on";
/// Copies the conversation up to here into a new one.
pub const FORK: &str = "Continue from here in a new conversation";
/// Asks an old question again.
pub const ASK_AGAIN: &str = "Ask again";

/// Says in how many conversations something was found; more may follow while it `is_searching`.
#[must_use]
pub fn found(number: usize, is_searching: bool) -> String {
    let number = if number == 1 { "1 conversation".to_owned() } else { format!("{number} conversations") };
    if is_searching { format!("Found in {number}, searching on…") } else { format!("Found in {number}.") }
}

/// Parts of a conversation were deleted.
#[must_use]
pub fn turns_deleted(number: usize) -> String {
    if number == 1 { "1 message deleted.".to_owned() } else { format!("{number} messages deleted.") }
}

/// Says who answered, where, and when; what is not known is left out.
#[must_use]
pub fn answered_by(model: &str, server: &str, time: &str) -> String {
    let known = [model, server, time].into_iter().filter(|part| !part.is_empty());
    known.collect::<Vec<_>>().join(" · ")
}

/// Says the same, and that the person ended the reasoning ahead of the answer, where that is so.
#[must_use]
pub fn answered_how(about: &str, has_ended_thinking: bool) -> String {
    let ended = if has_ended_thinking { "You ended the thinking" } else { "" };
    answered_by(ended, about, "")
}
