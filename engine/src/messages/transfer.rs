//! Words about conversations that go out as files and come in.

/// The button that exports a conversation, and the dialog's heading.
pub const EXPORT: &str = "Export";
/// Exports all conversations.
pub const EXPORT_ALL: &str = "Export all";
/// Imports a file, and the dialog's heading.
pub const IMPORT: &str = "Import";
/// Closes the dialog.
pub const CLOSE: &str = "Close";
/// Breaks off what is being done.
pub const CANCEL: &str = "Cancel";

// Export.

/// What is exported if it is all.
pub const ALL_CONVERSATIONS: &str = "All conversations of this browser, as one file.";
/// The form that can be imported again.
pub const JSONL: &str = "JSONL";
/// What that form is for.
pub const JSONL_IS: &str = "All of it, with thoughts and other versions of questions and answers. It can be imported here and in llama.cpp’s web page.";
/// The form for people.
pub const MARKDOWN: &str = "Markdown";
/// What that form is for.
pub const MARKDOWN_IS: &str = "What is on show, to be read or passed on. It cannot be imported.";
/// No file could be made.
pub const NOT_SAVED: &str = "The browser could not make the file. There may be no room left on this device.";
/// The conversation is not there any more.
pub const NOTHING_TO_EXPORT: &str =
    "There is nothing to export: no conversation is kept in this browser any more.";

/// A conversation is exported.
#[must_use]
pub fn of_title(title: &str) -> String {
    format!("“{title}”")
}

/// The file is being put together.
#[must_use]
pub fn exporting(done: usize, total: usize) -> String {
    format!("{done} of {} written", conversations(total))
}

/// The file was handed to the browser.
#[must_use]
pub fn saved(name: &str, number: usize) -> String {
    format!("{} saved as {name}.", conversations(number))
}

// Import.

/// The file is being read; of 100.
#[must_use]
pub fn reading(percent: u32) -> String {
    format!("{percent} % of the file read. Nothing has been changed yet.")
}

/// What the file holds; `days` are those of the first message and the last change.
#[must_use]
pub fn holds(number: usize, messages: usize, days: Option<(&str, &str)>) -> String {
    let messages = if messages == 1 { "1 message".to_owned() } else { format!("{messages} messages") };
    let days = match days {
        Some((first, last)) if first == last => format!(", of {first}"),
        Some((first, last)) => format!(", from {first} to {last}"),
        None => String::new(),
    };
    format!("{} with {messages}{days}.", conversations(number))
}

/// More conversations than those whose titles are shown.
#[must_use]
pub fn and_more(number: usize) -> String {
    format!("and {number} more")
}

/// Some, or all, are here already.
#[must_use]
pub fn here_already(here: usize, total: usize) -> String {
    match (here, total) {
        (1, 1) => "It is here already.".to_owned(),
        _ if here == total => "All of them are here already.".to_owned(),
        (1, _) => "1 is here already, and is left out.".to_owned(),
        _ => format!("{here} are here already, and are left out."),
    }
}

/// Imports also those that are here already.
pub const IMPORT_COPIES: &str = "Import them once more, as copies";

/// The button that imports.
#[must_use]
pub fn import(number: usize) -> String {
    format!("Import {}", conversations(number))
}

/// They are being written.
#[must_use]
pub fn importing(done: usize, total: usize) -> String {
    format!("{done} of {} imported. All of them are kept, or none.", conversations(total))
}

/// They are here.
#[must_use]
pub fn imported(number: usize, left_out: usize) -> String {
    let imported = format!("{} imported.", conversations(number));
    match left_out {
        0 => imported,
        1 => format!("{imported} 1 was here already."),
        _ => format!("{imported} {left_out} were here already."),
    }
}

/// What to do with a file that cannot be imported.
pub const WHICH_FILES: &str =
    "Files that can be imported: JSONL that was exported here, and JSONL or JSON of llama.cpp’s web page.";
/// The file was changed or moved while it was read.
pub const FILE_IS_GONE: &str =
    "The browser can no longer read the file. It may have been changed, moved or deleted. Choose it again.";
/// Nothing is stored in this browser.
pub const NO_STORE: &str =
    "Nothing can be imported, since this browser keeps no conversations for this page.";
/// The part of the page that does it could not be fetched.
pub const PART_MISSING: &str = "The part of this page that reads and writes files could not be fetched. Check the connection, and try again.";

/// The database could not take it.
#[must_use]
pub fn undone(problem: &str) -> String {
    format!("Nothing was imported. {problem}")
}

fn conversations(number: usize) -> String {
    if number == 1 { "1 conversation".to_owned() } else { format!("{number} conversations") }
}
