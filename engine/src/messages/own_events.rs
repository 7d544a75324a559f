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
