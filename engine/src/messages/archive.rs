//! Words about stored conversations: damaged records, the list, files that go out and come in.

// Records.

/// A later version of the page wrote a record.
#[must_use]
pub fn newer_version(version: u32, known: u32) -> String {
    format!("it is of version {version}, and this page knows versions up to {known}")
}

/// A turn's number is out of range.
pub const TURN_NUMBER: &str = "the number of a turn is too high";

/// A record names somebody who speaks that is not known.
#[must_use]
pub fn unknown_role(name: &str) -> String {
    format!("nobody here is called “{name}”")
}

/// A record names a state that is not known.
#[must_use]
pub fn unknown_state(name: &str) -> String {
    format!("the state “{name}” is not known")
}

/// Stands where a turn was whose record cannot be read.
pub const TURN_DAMAGED: &str =
    "This part of the conversation could not be read from the browser's storage. The rest is here.";

// The list.

/// The title of a conversation whose first question has no words.
pub const UNTITLED: &str = "Untitled";
/// Conversations that stand above the others.
pub const PINNED: &str = "Pinned";
/// Conversations of today.
pub const TODAY: &str = "Today";
/// Conversations of yesterday.
pub const YESTERDAY: &str = "Yesterday";
/// Conversations of the seven days before yesterday's end.
pub const PREVIOUS_7_DAYS: &str = "Previous 7 days";
/// Conversations of the thirty days before that.
pub const PREVIOUS_30_DAYS: &str = "Previous 30 days";

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Conversations of a month, counted from 1.
#[must_use]
pub fn month(year: i32, month: u32) -> String {
    let name = month.checked_sub(1).and_then(|at| MONTHS.get(at as usize)).copied().unwrap_or_default();
    format!("{name} {year}")
}

// Files that go out.

/// The person, ahead of a question.
pub const YOU: &str = "You";
/// The person, ahead of what was said while an answer was being written.
pub const MEANWHILE: &str = "You, meanwhile";
/// Who answered, where no model is known.
pub const ANSWER: &str = "Answer";
/// The fold with the model's thoughts.
pub const THOUGHTS: &str = "Thoughts";
/// The list of sources.
pub const SOURCES: &str = "Sources";

// Files that come in.

/// The file is a ZIP archive.
pub const IS_ZIP: &str = "This is a ZIP file. Unpack it, and import the files in it.";
/// The file has no byte.
pub const IS_EMPTY: &str = "This file is empty. Choose another one.";
/// The file is Markdown.
pub const IS_MARKDOWN: &str =
    "This looks like Markdown, which is for reading. Export the conversation as JSONL, and import that.";
/// The file is HTML or XML.
pub const IS_WEB_PAGE: &str = "This is a web page, not a file of conversations. Choose a JSONL or JSON file.";
/// The file is a picture, a PDF or packed.
pub const IS_BINARY: &str =
    "This is no text. Choose a JSONL or JSON file; a packed one has to be unpacked first.";
/// The file is text in another encoding.
pub const IS_UTF_16: &str = "This file is written in UTF-16. Save it as UTF-8, and import that.";
/// The file holds nothing that is known.
pub const NO_CONVERSATIONS: &str = "This file holds no conversation.";

/// A line cannot be read; lines count from 1.
#[must_use]
pub fn import_line(line: u64, what: &str) -> String {
    format!("Line {line} cannot be read: {what}. Nothing was imported.")
}

/// A cause: it begins with no object.
pub const NO_OBJECT: &str = "it is no JSON object";
/// A cause: the file ends in it.
pub const FILE_IS_CUT: &str = "the file ends in its middle";
/// A cause: a message stands before any conversation.
pub const MESSAGE_WITHOUT_CONVERSATION: &str = "it is a message, and no conversation comes before it";
/// A cause: it is neither a session nor a conversation.
pub const NOT_A_CONVERSATION: &str = "it is neither a conversation nor a message";
/// A cause: somebody speaks who is not known.
pub const NO_ROLE: &str = "the message does not say who speaks";
/// A cause: an id is neither a text nor a number.
pub const NO_ID: &str = "an id is neither a text nor a number";

/// A cause: it is longer than what is read at once.
#[must_use]
pub fn line_too_long(megabytes: usize) -> String {
    format!("it is longer than {megabytes} MB")
}

/// Messages with the results of tools.
#[must_use]
pub fn tool_results_left_out(number: usize) -> String {
    left_out(number, "result of a tool", "results of tools")
}

/// A text that was attached to a question, behind its words.
#[must_use]
pub fn attached(name: &str, text: &str) -> String {
    format!("\n\n--- File: {name} ---\n{text}")
}

/// Attachments of questions that are no text.
#[must_use]
pub fn attachments_left_out(number: usize) -> String {
    left_out(number, "attachment", "attachments")
}

/// Lines of a kind that is not known.
#[must_use]
pub fn unknown_left_out(number: usize) -> String {
    left_out(number, "line of a kind that is not known here", "lines of a kind that is not known here")
}

/// Further system prompts in the middle of a conversation.
#[must_use]
pub fn systems_left_out(number: usize) -> String {
    left_out(number, "further system prompt", "further system prompts")
}

/// Messages whose place in the conversation was not told.
#[must_use]
pub fn messages_mended(number: usize) -> String {
    match number {
        1 => "1 message did not say where it belongs; it stands behind the one before it.".to_owned(),
        _ => {
            format!("{number} messages did not say where they belong; each stands behind the one before it.")
        }
    }
}

fn left_out(number: usize, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one} is left out."),
        _ => format!("{number} {many} are left out."),
    }
}
