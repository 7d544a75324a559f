//! Words of the list of keys.

/// The name of the list.
pub const TITLE: &str = "Keys";
/// The button that shows it.
pub const SHOW: &str = "List of keys";
/// The button that closes it.
pub const CLOSE: &str = "Close the list of keys";

/// All keys, with what they do.
pub const ALL: [(&str, &str); 9] = [
    ("Enter", "Send the question"),
    ("Shift + Enter", "New line in the question"),
    ("Ctrl + Enter", "Send from a touch keyboard, where Enter makes a new line"),
    ("↑ ↓", "In the empty field: recall former questions"),
    ("Esc", "Stop the answer, or close what is open"),
    ("Tab", "To the next control; an earlier answer is one stop"),
    ("Enter", "In an earlier answer: to its links and buttons; Esc leads out again"),
    ("↑ ↓", "In the menu of models: to the next one"),
    ("?", "This list, unless you are typing"),
];
