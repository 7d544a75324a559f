//! Words for rules that say what a server's own events mean.

/// A pointer does not begin as one.
pub const NO_SLASH: &str = "A pointer begins with a slash, as in /choices/0/text.";
/// It is the form for addresses.
pub const FRAGMENT: &str = "Leave the # out: a pointer begins with a slash, as in /choices/0/text.";
/// A tilde stands alone.
pub const TILDE: &str = "Behind ~ must stand 0 (for ~ itself) or 1 (for a slash).";
/// A hyphen stands for an element.
pub const BEHIND_THE_END: &str =
    "A - is the place behind a list's end, where nothing ever stands. Use a number from 0 on.";
/// It has too many steps.
pub const TOO_LONG: &str = "A pointer has at most 128 steps.";
/// Nothing is to be read.
pub const NOTHING_TO_READ: &str =
    "Say where the text is (or the reasoning): a pointer as in /text, or the word data for all of it.";
/// Two rules are the same.
pub const SAME_AS_TEXT: &str = "This is where the text is. Reasoning needs a place of its own.";
/// An equals sign has nothing behind it.
pub const VALUE_MISSING: &str = "Behind = must stand the value that means the end, as in /type=stop.";
/// `event:` has nothing behind it.
pub const NAME_MISSING: &str = "Behind event: must stand the name of the event that means the end.";
/// `data` stands for a pointer.
pub const ONLY_POINTERS: &str =
    "Only the text can be all of the data. Here a pointer is needed, as in /error.";

/// A path of another notation.
#[must_use]
pub fn no_slash_but(meant: &str) -> String {
    format!("A pointer begins with a slash. Perhaps you mean {meant}.")
}

// The fields of the settings.

/// The rule for text.
pub const TEXT: &str = "Where the text is";
/// What it may hold.
pub const TEXT_HINT: &str =
    "A JSON Pointer, as in /choices/0/text, or the word data for all of an event's data.";
/// The rule for reasoning.
pub const REASONING: &str = "Where the reasoning is";
/// What it may hold.
pub const REASONING_HINT: &str = "A JSON Pointer. You can leave it empty.";
/// The rule for errors.
pub const ERROR: &str = "Where an error is";
/// What it may hold.
pub const ERROR_HINT: &str =
    "A JSON Pointer to what is there only if the server failed. You can leave it empty.";
/// The rule for the end.
pub const END: &str = "What says that it is the end";
/// What it may hold.
pub const END_HINT: &str = "Data as it stands ([DONE]), a pointer (/done), a pointer and its value (/type=stop), or an event's name (event: done). Without one the end of the connection is the end.";
/// Lines to try the rules on.
pub const SAMPLE: &str = "Try the rules on lines of a stream";
/// Where they go.
pub const SAMPLE_HINT: &str =
    "Paste lines as they come, with data: in front or without. They are kept nowhere.";
/// How they may look.
pub const SAMPLE_PLACEHOLDER: &str = r#"data: {"choices":[{"text":"Hello"}]}"#;
/// The rules cannot be read yet.
pub const RULES_FIRST: &str = "Mend the rules above first.";

/// A line gave text.
pub const GAVE_TEXT: &str = "text";
/// A line gave reasoning.
pub const GAVE_REASONING: &str = "reasoning";
/// A line is an error.
pub const GAVE_ERROR: &str = "error";
/// A line is the end.
pub const GAVE_END: &str = "end: what is behind it would not be read";
/// A line has a member that a rule names, with nothing in it.
pub const GAVE_NOTHING: &str = "nothing in it";
/// A line has nothing that a rule names.
pub const GAVE_NOT_FOUND: &str = "no rule finds anything here";
/// A line is a field of the stream.
pub const GAVE_FIELD: &str = "no data";
/// A line is no JSON.
pub const GAVE_NO_JSON: &str = "no JSON";

/// From this byte of a line on.
#[must_use]
pub fn from_byte(at: usize) -> String {
    format!("from byte {} on", at + 1)
}
