//! Words of the page for structured output: the schema of a conversation, and the JSON of an answer as tree, text and table.

use std::fmt::Write as _;

// The schema of a conversation.

/// The dialog's heading, and the button that opens it.
pub const JSON_BY_SCHEMA: &str = "JSON by a schema";
/// Below the heading.
pub const ABOUT_SCHEMA: &str = "Answers of this conversation are to be JSON that follows this schema. The server is asked for it, and each value is checked here while it comes.";
/// The server cannot be asked for it otherwise.
pub const IN_INSTRUCTIONS: &str = "This server cannot be asked for a schema by a request of its own. The schema goes into the instructions, and the model may or may not follow it: the check here tells.";
/// The field for the schema.
pub const SCHEMA: &str = "JSON Schema";
/// What an empty field for the schema asks for.
pub const SCHEMA_EMPTY: &str =
    "Paste or type a JSON Schema, begin with the example, or make one from JSON that you have.";
/// The schema can be used.
pub const SCHEMA_GOOD: &str = "This schema can be used.";
/// Puts a schema into the empty field.
pub const EXAMPLE: &str = "Example";
/// Shows the field for JSON that a schema is made of.
pub const FROM_EXAMPLE: &str = "Make it from JSON …";
/// The field for JSON that a schema is made of.
pub const EXAMPLE_JSON: &str = "JSON as you want it";
/// Below that field.
pub const ABOUT_EXAMPLE: &str =
    "Objects get the members that they have here and no others; items of a list are taken to be alike.";
/// Makes a schema of that JSON.
pub const MAKE_SCHEMA: &str = "Make the schema";
/// Puts the schema back that stood in the field before.
pub const PUT_BACK: &str = "Put the former schema back";
/// Nothing is shown before the whole is valid.
pub const HELD: &str = "Hold everything until it is valid";
/// The first wrong value ends the answer.
pub const STOPS_EARLY: &str = "Stop the answer at the first wrong value";
/// Takes the schema up.
pub const SAVE: &str = "Use it";
/// Takes the schema away.
pub const NO_SCHEMA: &str = "No schema any more";
/// The closing button.
pub const CLOSE_SCHEMA: &str = "Close the schema";
/// The schema with which a newcomer begins.
pub const EXAMPLE_SCHEMA: &str = r#"{
  "type": "object",
  "properties": {
    "title": { "type": "string" },
    "year": { "type": "integer" },
    "is_recommended": { "type": "boolean" },
    "tags": { "type": "array", "items": { "type": "string" } }
  },
  "required": ["title", "year", "is_recommended", "tags"],
  "additionalProperties": false
}
"#;

/// The folded schema above a conversation.
#[must_use]
pub fn answers_are_json(properties: Option<usize>) -> String {
    match properties {
        None => "Answers are JSON by a schema".to_owned(),
        Some(1) => "Answers are JSON: 1 property".to_owned(),
        Some(count) => format!("Answers are JSON: {count} properties"),
    }
}

// The JSON of an answer.

/// The name of the list of views.
pub const VIEWS: &str = "Views of the JSON";
/// The view as a tree.
pub const TREE: &str = "Tree";
/// The view as text.
pub const RAW: &str = "Raw";
/// The view as a table.
pub const TABLE: &str = "Table";
/// Copies the JSON.
pub const COPY: &str = "Copy the JSON";
/// Saves the JSON as a file.
pub const SAVE_FILE: &str = "Save the JSON as a file";
/// The name of that file.
pub const FILE: &str = "answer.json";
/// A value that is not whole, while the answer is written.
pub const OPEN: &str = "still being written";
/// A value that is not whole, once the answer is over.
pub const CUT: &str = "cut off here";
/// Asks for a better answer.
pub const ASK_AGAIN: &str = "Ask again with these errors";
/// Above the list of what is wrong.
pub const ERRORS: &str = "What is wrong";
/// Shows more of a long text.
pub const MORE_TEXT: &str = "Show more of this text";
/// The list was none of objects after all.
pub const NO_TABLE: &str = "This is no list of objects.";
/// For screen readers, when an answer begins.
pub const BEGINS: &str = "The answer is JSON, which is checked while it comes.";
/// The words for `true`, `false` and `null`.
pub const WORDS: [&str; 3] = ["true", "false", "null"];
/// Nothing of JSON has come.
pub const NO_JSON_YET: &str = "No JSON yet.";
/// The answer was valid.
pub const NO_TEXT: &str = "The answer has no text, so there is no JSON to check.";
/// The schema that the answer was asked with cannot be read.
pub const SCHEMA_LOST: &str =
    "The schema of this answer cannot be used here, so nothing is checked but that it is JSON.";

/// How many values there are, with a verb.
fn values_are(count: usize, number: &str) -> String {
    if count == 1 { "1 value is".to_owned() } else { format!("{number} values are") }
}

/// The state while the answer is written. `wrong` of the `closed` values are wrong; the figures come as they are shown.
#[must_use]
pub fn being_written(closed: (usize, &str), wrong: (usize, &str), is_judged: bool) -> String {
    let complete = values_are(closed.0, closed.1);
    match wrong.0 {
        _ if !is_judged => format!("Being written: {complete} complete."),
        0 => format!("Being written: {complete} complete and valid."),
        _ => format!("Being written: {complete} complete, {} wrong.", values_are(wrong.0, wrong.1)),
    }
}

/// The answer is valid.
#[must_use]
pub fn valid(count: usize, number: &str, is_judged: bool) -> String {
    let values = if count == 1 { "1 value".to_owned() } else { format!("{number} values") };
    if is_judged {
        format!("Valid: all of it follows the schema ({values}).")
    } else {
        format!("JSON ({values}).")
    }
}

/// The answer does not follow the schema.
#[must_use]
pub fn invalid(errors: usize) -> String {
    match errors {
        1 => "Not valid: 1 error.".to_owned(),
        _ => format!("Not valid: {errors} errors."),
    }
}

/// The answer broke off.
#[must_use]
pub fn cut_off(count: usize, number: &str) -> String {
    format!("Cut off: {} complete, the rest is missing.", values_are(count, number))
}

/// The answer was ended by its first wrong value.
#[must_use]
pub fn stopped_early(count: usize, number: &str) -> String {
    format!("Stopped at the first wrong value: {} complete.", values_are(count, number))
}

/// The answer is no JSON.
#[must_use]
pub fn not_json(problem: &str) -> String {
    format!("This is not JSON. {problem}")
}

/// What stands around the JSON.
#[must_use]
pub fn around(has_fence: bool, before: bool, after: bool) -> String {
    let mut told = String::from("The JSON did not come alone: ");
    let words = match (before, after) {
        (true, true) => "words stand before and behind it",
        (true, false) => "words stand before it",
        (false, true) => "words stand behind it",
        (false, false) => "",
    };
    let fence = if has_fence { "it stands in a code fence" } else { "" };
    let and = if words.is_empty() || fence.is_empty() { "" } else { ", " };
    let _ = write!(told, "{fence}{and}{words}. The JSON inside is taken; “{RAW}” shows all of it.");
    told
}

/// More JSON follows, which is not looked at.
pub const MORE_JSON: &str = "More JSON follows behind the first one; only the first one is looked at.";

/// What the schema says of a value.
#[must_use]
pub fn wrong(words: &[String]) -> String {
    format!("Wrong: {}", words.join(" "))
}

/// How much is in an object.
#[must_use]
pub fn members(count: usize, number: &str) -> String {
    if count == 1 { "1 member".to_owned() } else { format!("{number} members") }
}

/// How much is in a list.
#[must_use]
pub fn items(count: usize, number: &str) -> String {
    if count == 1 { "1 item".to_owned() } else { format!("{number} items") }
}

/// A group of items or members that is folded.
#[must_use]
pub fn group(from: &str) -> String {
    format!("From number {from} on")
}

/// Shows more rows of a table.
#[must_use]
pub fn more_rows(count: usize, left: &str) -> String {
    format!("Show {count} more rows of {left}")
}

/// A table that does not have all.
#[must_use]
pub fn left_out(rows: usize, columns: usize) -> String {
    match (rows, columns) {
        (0, columns) => format!("{columns} more columns are not in this table."),
        (rows, 0) => format!("{rows} more rows are not in this table."),
        (rows, columns) => format!("{rows} more rows and {columns} more columns are not in this table."),
    }
}

/// The name of the table, for screen readers.
pub const TABLE_OF_JSON: &str = "The JSON as a table";
/// The name of the tree, for screen readers.
pub const TREE_OF_JSON: &str = "The JSON as a tree";
/// The name of the text, for screen readers.
pub const TEXT_OF_JSON: &str = "The answer as it came";
