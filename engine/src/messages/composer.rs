//! Words of what stands above the field for questions: the end of the model's thinking, questions that wait, texts that were
//! pasted; and of what is told while nobody looks.

// The end of the model's thinking.

/// Ends it, so that the answer comes at once.
pub const ANSWER_NOW: &str = "Answer now";
/// Beside that button.
pub const STILL_THINKING: &str = "The model is still thinking.";
/// The server was told.
pub const ASKED_TO_ANSWER: &str = "Asked to end the thinking and answer …";
/// The server has ended it, for screen readers.
pub const THINKING_ENDED: &str = "You ended the thinking. The answer follows.";

/// The server refuses to end it, in words of its own if it had any.
#[must_use]
pub fn answer_now_refused(said: &str) -> String {
    let said = said.trim_end_matches('.');
    let colon = if said.is_empty() { "" } else { ": " };
    format!(
        "The server does not take this{colon}{said}. Update llama.cpp, and use a model whose chat template marks its reasoning; or let it think."
    )
}

/// The server said nothing to it.
#[must_use]
pub fn no_answer_to_answer_now(host: &str) -> String {
    format!("{host} gave no answer to “{ANSWER_NOW}”. The model goes on thinking: press again, or let it.")
}

// Questions that wait.

/// The list of questions that wait.
pub const WAITING: &str = "Questions that wait";
/// Above the list, while an answer is being written.
pub const NEXT: &str = "Asked once this answer is done:";
/// Sends a question at once, and stops the answer that is being written.
pub const SEND_NOW: &str = "Send now";
/// Puts a question back into the field.
pub const EDIT: &str = "Edit";
/// Takes a question out of the list.
pub const DROP: &str = "Drop";
/// Sends the first question that waits.
pub const SEND: &str = "Send";

/// The questions wait because the person stopped the answer before.
pub const HELD_BY_STOP: &str = "You stopped the answer, so this waits for you.";
/// They wait because of the end of the answer before.
pub const HELD_BY_FAILURE: &str = "The answer did not come to a good end, so this waits for you.";
/// They wait because nobody looked.
pub const HELD_BY_ABSENCE: &str = "Not asked yet. It waits for you.";
/// The first one could not be sent.
pub const HELD_BY_REFUSAL: &str = "This could not be sent yet.";

/// A question waits now, for screen readers.
#[must_use]
pub fn queued(waiting: usize) -> String {
    match waiting {
        1 => "Your question waits for the end of this answer.".to_owned(),
        _ => format!("Your question waits for the end of this answer. {waiting} are waiting."),
    }
}

/// A question cannot wait for an answer that another tab is writing, for screen readers.
pub const WAITS_IN_FIELD: &str =
    "Another tab is writing this answer. Your question stays in the field until it is done.";
/// A question was taken out of the list, for screen readers.
pub const DROPPED: &str = "The question was dropped.";
/// A question was put back into the field, for screen readers.
pub const BACK_IN_FIELD: &str = "The question is back in the field.";

// Texts that were pasted.

/// The name of a text that was pasted and stands above the field.
pub const PASTED: &str = "Pasted text, sent behind what you type";
/// Puts it into the field.
pub const SHOW: &str = "Show";
/// Takes it away.
pub const REMOVE: &str = "Remove";
/// A long text was pasted, for screen readers.
pub const FOLDED: &str = "The pasted text stands above the field and is sent with your question.";

/// How long a text that was pasted is.
#[must_use]
pub fn size(characters: &str, lines: &str) -> String {
    let (character, line) = (plural(characters, "character"), plural(lines, "line"));
    format!("{characters} {character}, {lines} {line}")
}

fn plural(number: &str, word: &str) -> String {
    if number == "1" { word.to_owned() } else { format!("{word}s") }
}

// Instructions of a conversation's own.

/// The fold above a conversation with instructions of its own.
pub const OWN_SYSTEM: &str = "System prompt of this conversation";
/// What an empty one means.
pub const NO_SYSTEM: &str = "None: nothing stands above this conversation.";
/// Gives the conversation those of the settings again.
pub const AS_IN_SETTINGS: &str = "Use the one from the settings";
/// Closes the fold.
pub const FOLD: &str = "Done";
/// The way to them from the settings.
pub const OTHER_SYSTEM: &str = "Another one for this conversation";

// Notifications.

/// The switch.
pub const NOTIFY: &str = "Notify me when an answer is done and this tab is hidden";
/// The browser does not allow them.
pub const REFUSED: &str = "The browser does not let this page notify you. Allow notifications for this page in the browser, then switch this on again.";
/// The browser has none.
pub const UNKNOWN: &str = "This browser shows no notifications from a page like this.";
