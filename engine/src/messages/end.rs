//! Words for answers that ended, but not well. The provider's own word and sentence stand behind.

/// The context is full.
pub const CONTEXT_FULL: &str = "Stopped: the model's context is full";
/// The limit on tokens was met.
pub const TOKEN_LIMIT: &str = "Stopped at the token limit";
/// A filter cut it.
pub const FILTERED: &str = "A filter withheld the rest";
/// The provider paused it, and goes on when it is asked to.
pub const PAUSED: &str = "The provider paused here, and goes on when asked to";
/// The provider could not read the model's tool call.
pub const MALFORMED_CALL: &str = "The model wrote a tool call that is not valid";
/// Any other end that is not known to be good.
pub const HALTED: &str = "The provider stopped the answer for a reason of its own";

/// Joins one of the above with the provider's own word and sentence, each of which may be empty.
#[must_use]
pub fn with_providers_words(what: &str, word: &str, sentence: &str) -> String {
    let word = if word.is_empty() { String::new() } else { format!(" ({word})") };
    let gap = if sentence.is_empty() { "" } else { " " };
    format!("{what}{word}.{gap}{sentence}")
}
