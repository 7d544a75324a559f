//! Words of an answer's figures: labels, definitions, units.

/// The label and the definition of a figure.
pub type Words = (&'static str, &'static str);

/// From the request to the end.
pub const TOTAL: Words = ("Total", "From the request to the end of the answer, or to now");
/// From the request to the first byte.
pub const FIRST_BYTE: Words =
    ("First byte", "From the request to the first byte of the answer's body (time to first byte)");
/// From the request to the first text.
pub const FIRST_WORD: Words =
    ("First word", "From the request to the first visible text, reasoning included (time to first token)");
/// From the request to the first text that is no reasoning.
pub const FIRST_AFTER_THINKING: Words = (
    "First word after thinking",
    "From the request to the first visible text that is not reasoning (time to first output)",
);
/// The longest pause.
pub const LONGEST_GAP: Words = ("Longest gap", "The longest pause between two events with visible text");
/// The speed of writing.
pub const SPEED: Words = (
    "Speed",
    "Tokens of the answer as the server counts them, less one, over the time from the first to the last visible text; events per second while no count is known",
);
/// The time of a token.
pub const PER_TOKEN: Words = (
    "Per token",
    "From the first to the last visible text, over the tokens of the answer less one (time per output token)",
);
/// Events with text.
pub const EVENTS: Words = ("Events", "Events with visible text");
/// Bytes of the body.
pub const RECEIVED: Words =
    ("Received", "Bytes of the answer's body, as the browser hands them on: without compression");
/// Tokens of the prompt.
pub const PROMPT_TOKENS: Words =
    ("Prompt", "Tokens of the prompt as the server counts them, cached ones included");
/// Tokens of the answer.
pub const ANSWER_TOKENS: Words =
    ("Answer", "Tokens of the answer as the server counts them, reasoning included");
/// Tokens of reasoning.
pub const REASONING_TOKENS: Words = ("Reasoning", "Tokens of the answer that the server spent on reasoning");
/// Tokens from the cache.
pub const CACHED_TOKENS: Words = ("Cached", "Tokens of the prompt that the server read from its cache");

/// A figure that is not known.
pub const NOT_KNOWN: &str = "n/a";

/// A speed in tokens.
#[must_use]
pub fn tokens_a_second(rate: &str) -> String {
    format!("{rate} tok/s")
}

/// A speed in events.
#[must_use]
pub fn events_a_second(rate: &str) -> String {
    format!("{rate} ev/s")
}

/// A size.
#[must_use]
pub fn bytes(count: &str) -> String {
    format!("{count} B")
}

/// The heading of the dialog with all figures.
pub const ALL_NUMBERS: &str = "All numbers";
/// The name of the dialog and of the button that opens it.
pub const ALL_NUMBERS_TITLE: &str = "All numbers of this answer";
/// The figures that are times.
pub const GROUP_TIME: &str = "Time";
/// The figures about the stream.
pub const GROUP_STREAM: &str = "Stream";
/// The figures about tokens.
pub const GROUP_TOKENS: &str = "Tokens";
/// The button that closes a dialog.
pub const CLOSE: &str = "Close";
/// The name of the drawing of the pace.
pub const PACE: &str = "Pace of the answer over time";
/// What the drawing of the pace shows.
pub const PACE_HINT: &str = "How much text came when, from the request on. A gap is a pause.";
