//! Words in rendered answers: calls of tools, the buttons over code and tables, images, formulas, and the prompt ahead of a
//! doubtful link.

// Calls of tools, ahead of their arguments.

/// A call of a tool by its name, as Markdown; the name holds no backtick.
#[must_use]
pub fn calls_tool(name: &str) -> String {
    format!("Calls `{name}`")
}

/// A call of a tool that has no name.
pub const CALLS_NAMELESS_TOOL: &str = "Calls a tool that has no name";

// Boxes and buttons, for those who do not see them.

/// The box before an item of a list of tasks: checked or not.
pub const TASK: &str = "Task";
/// Wraps the lines of a block of code.
pub const WRAP: &str = "Wrap long lines";
/// Saves a block of code as a file.
pub const SAVE_CODE: &str = "Download the code";
/// Copies a block of code.
pub const COPY_CODE: &str = "Copy the code";
/// Copies a table as CSV.
pub const COPY_CSV: &str = "Copy the table as CSV";
/// Copies a table as Markdown.
pub const COPY_MARKDOWN: &str = "Copy the table as Markdown";
/// Loads an image.
pub const LOAD_IMAGE: &str = "Load the image";
/// Goes from a footnote's mark to the note.
pub const TO_NOTE: &str = "To the note";
/// Goes from a note back to its mark.
pub const BACK_TO_TEXT: &str = "Back to the text";

// Images and formulas.

/// The image is written into its address: there is no host to name.
pub const IMAGE_IN_TEXT: &str = "picture in the text";
/// The image's address was refused.
pub const IMAGE_WITHOUT_ADDRESS: &str = "no address";
/// A formula stays source, for its length.
pub const FORMULA_TOO_LONG: &str = "the formula is too long to be drawn";

/// A formula nests deeper than the worker reads.
pub const FORMULA_TOO_DEEP: &str = "the formula is nested too deep";
/// A formula needs an element or an attribute that is in no list.
pub const FORMULA_NOT_DRAWN: &str = "the formula uses something that is not drawn here";
/// A formula becomes too many steps.
pub const FORMULA_TOO_LARGE: &str = "the formula is too large";

/// A formula is longer than the worker reads.
#[must_use]
pub fn formula_longer_than(bytes: usize) -> String {
    format!("the formula is longer than {bytes} bytes")
}

// Titles of alerts, GitHub's five.

/// `[!NOTE]`
pub const ALERT_NOTE: &str = "Note";
/// `[!TIP]`
pub const ALERT_TIP: &str = "Tip";
/// `[!IMPORTANT]`
pub const ALERT_IMPORTANT: &str = "Important";
/// `[!WARNING]`
pub const ALERT_WARNING: &str = "Warning";
/// `[!CAUTION]`
pub const ALERT_CAUTION: &str = "Caution";

// The prompt ahead of a doubtful link.

/// Its heading.
pub const LINK_QUESTION: &str = "Open this link?";
/// The answer that stays.
pub const LINK_STAY: &str = "Stay here";
/// The answer that follows the link.
pub const LINK_OPEN: &str = "Open it";
/// The link's text names another host.
pub const LINK_TEXT: &str = "What the link says is the address of another host than the one it leads to.";
/// The address has a user name, which reads like a host.
pub const LINK_USER: &str = "What stands before the @ is not where it leads: only what is set in bold is.";
/// The host is written in letters of other scripts.
pub const LINK_LETTERS: &str =
    "The host has letters that can look like others. This is its name in plain ones.";
/// The host is a number or a name of a local network.
pub const LINK_PLACE: &str =
    "The host has no public name. It may be a machine in your own network, or hide whose it is.";
/// The address has a long query.
pub const LINK_QUERY: &str =
    "The address carries a long text along. It may hold something of this conversation, which the host gets.";
