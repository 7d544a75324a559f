//! Words for a race: what two lanes come to, and what is not known.

use std::time::Duration;

/// The figure's lane still runs.
pub const NOT_YET: &str = "not yet";
/// Nothing of the kind came.
pub const NEVER: &str = "none";
/// The server does not say it, or it cannot be measured here.
pub const NOT_TOLD: &str = "n/a";
/// Neither lane has shown a word.
pub const NEITHER: &str = "Neither showed a word";

/// The two answers are the same, letter by letter.
pub const IDENTICAL: &str = "The same answer, letter by letter.";
/// The two answers differ in blanks alone.
pub const SAME_WORDS: &str = "The same words; only blanks and line ends differ.";

/// One lane showed the first word so much earlier than the other.
#[must_use]
pub fn earlier(name: &str, by: Duration) -> String {
    format!("{name} showed the first word {} earlier", span(by))
}

/// Both showed the first word at about the same time.
#[must_use]
pub fn together(after: Duration) -> String {
    format!("Both showed the first word after {}", span(after))
}

/// One lane showed a word, the other none: so far, if it still runs.
#[must_use]
pub fn alone(name: &str, after: Duration, other: &str, still_runs: bool) -> String {
    let none = if still_runs { "none yet" } else { "none" };
    format!("{name} showed the first word after {}, {other} {none}", span(after))
}

/// Both took about the same time.
#[must_use]
pub fn both_took(total: Duration) -> String {
    format!("both took {} in all", span(total))
}

/// A lane took so long.
#[must_use]
pub fn took(name: &str, total: Duration) -> String {
    format!("{name} took {} in all", span(total))
}

/// A lane broke off.
#[must_use]
pub fn broke_off(name: &str, after: Duration) -> String {
    format!("{name} broke off after {}", span(after))
}

/// A lane was stopped.
#[must_use]
pub fn stopped(name: &str, after: Duration) -> String {
    format!("{name} was stopped after {}", span(after))
}

/// A lane still runs.
#[must_use]
pub fn runs(name: &str, since: Duration) -> String {
    format!("{name} is at it for {}", span(since))
}

/// Joins the half about the first word and the one about the whole.
#[must_use]
pub fn sentence(first: &str, whole: &str) -> String {
    format!("{first}; {whole}.")
}

/// Joins what is said of two lanes.
#[must_use]
pub fn and(one: &str, other: &str) -> String {
    format!("{one}, {other}")
}

/// The two answers share some words.
#[must_use]
pub fn shared_words(shared: usize, first: usize, second: usize) -> String {
    format!("Another answer: {shared} words are the same, of {first} and {second}.")
}

/// The beginnings of two long answers share some words.
#[must_use]
pub fn shared_words_of_beginning(shared: usize, words: usize) -> String {
    format!("Of the first {words} words {shared} are the same. The rest was not compared.")
}

/// More requests run to one host than a browser makes at once.
#[must_use]
pub fn crowded(host: &str, requests: usize, limit: usize) -> String {
    format!(
        "{requests} requests run to {host}. Over HTTP/1.1 a browser makes {limit} at once: the others wait, and their times with them."
    )
}

/// A time as a person reads it, cut and never rounded up: `40 ms`, `3.2 s`, `2 min 05 s`.
#[must_use]
pub fn span(time: Duration) -> String {
    let millis = time.as_millis() as u64;
    match millis {
        0..100 => format!("{millis} ms"),
        100..60_000 => format!("{}.{} s", millis / 1_000, millis % 1_000 / 100),
        _ => format!("{} min {:02} s", millis / 60_000, millis % 60_000 / 1_000),
    }
}
