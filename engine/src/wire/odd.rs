//! Reads events that are no JSON or say nothing: signs of life in any format, and frames that a gateway has run
//! together.
//!
//! Read in the slow way only: what parses and says something never comes here.

use crate::json::{Document, Value};
use std::borrow::Cow;

/// The most cut frames behind which another is looked for: each time costs a look at the rest.
const LOST_LIMIT: usize = 64;
/// A longer word is none of those that only keep a connection alive.
const WORD_LIMIT: usize = 24;

/// Parts of words that say that something is wrong: such a word is shown, not taken for a sign of life.
const WRONG: [&str; 16] = [
    "error", "fail", "unauth", "forbid", "denied", "invalid", "timeout", "timedout", "overload", "limit",
    "exceed", "unavail", "abort", "expired", "refused", "notfound",
];

/// Returns whether the data is the sentinel that ends a stream, in whatever case.
pub(super) fn is_done(data: &str) -> bool {
    data.eq_ignore_ascii_case("[DONE]")
}

/// Returns whether data that is no JSON only keeps the connection alive: a comment where data should be, or one short
/// bare word.
pub(super) fn is_alive(name: &str, data: &str) -> bool {
    let data = without_field(data);
    if name == "error" {
        return false;
    }
    data.is_empty() || data.starts_with(':') || is_alive_name(name) || is_word(data)
}

/// Returns whether a JSON value only keeps the connection alive: nothing in it, one bare word, or a type that says so.
pub(super) fn is_idle(name: &str, value: Value<'_>) -> bool {
    if value.is_object() {
        let (mut is_bare, mut is_named) = (true, is_alive_name(name));
        for (member, value) in value.members() {
            // Most events say something in an object or a list of theirs.
            if value.members().next().is_some() || value.items().next().is_some() {
                return false;
            }
            is_bare = false;
            match member {
                "type" | "event" | "event_type" | "object" | "status" => {
                    is_named |= is_alive_name(value.word())
                }
                "error" if value.is_truthy() => return false,
                _ => {}
            }
        }
        return is_named || is_bare;
    }
    match value.as_text() {
        _ if name == "error" => false,
        Some(text) => text.plain().is_some_and(is_word) || text.is_empty(),
        None => !value.is_array() || value.items().next().is_none(),
    }
}

fn is_word(data: &str) -> bool {
    let lower = data.to_ascii_lowercase();
    let plain: String = lower.chars().filter(|c| !matches!(c, '-' | '_')).collect();
    data.len() <= WORD_LIMIT
        && data.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
        && !WRONG.iter().any(|wrong| plain.contains(wrong))
}

fn is_alive_name(name: &str) -> bool {
    const NAMES: [&str; 6] = ["ping", "pong", "heartbeat", "keepalive", "keep-alive", "keep_alive"];
    NAMES.iter().any(|alive| name.eq_ignore_ascii_case(alive))
}

/// A part of data in which several frames stand.
pub(super) enum Piece {
    /// JSON, or the sentinel.
    Whole(String),
    /// Text before the next frame that is none.
    Lost(String),
}

/// Returns the frames in data that is no JSON: behind `data:` written twice, two on one line, several parted by one
/// line end, or with the numbers that JSON has not. `None` if there is no whole one.
pub(super) fn pieces(data: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut lost = 0;
    let mut rest = data;
    loop {
        rest = without_field(rest);
        if rest.is_empty() {
            break;
        }
        let (taken, is_whole) = next(rest, lost < LOST_LIMIT);
        let piece = rest[..taken].trim();
        if is_whole {
            pieces.push(Piece::Whole(with_null(piece).into_owned()));
        } else {
            lost += 1;
            if !is_word(piece) && !piece.starts_with(':') {
                pieces.push(Piece::Lost(piece.to_owned()));
            }
        }
        rest = &rest[taken..];
    }
    pieces.iter().any(|piece| matches!(piece, Piece::Whole(_))).then_some(pieces)
}

/// Returns the length of what stands first, and whether it is a whole frame.
fn next(text: &str, is_wanted: bool) -> (usize, bool) {
    if !is_wanted {
        return (text.len(), false);
    }
    let line = text.find('\n').unwrap_or(text.len());
    if is_done(text[..line].trim()) {
        return (line, true);
    }
    if let Some(end) = end_of_value(text)
        && Document::default().parse(&with_null(&text[..end])).is_ok()
    {
        return (end, true);
    }
    // A frame that was cut, with a whole one behind it.
    let starts = ["data:", "\n"].iter().filter_map(|mark| {
        text.match_indices(mark).map(|(at, _)| at).filter(|at| *at > 0).find(|at| {
            let rest = text[at + mark.len()..].trim_start_matches([' ', '\t']);
            rest.starts_with(['{', '[']) || rest.starts_with("data:")
        })
    });
    (starts.min().unwrap_or(text.len()), false)
}

/// Returns the end of the object or array that the text begins with.
fn end_of_value(text: &str) -> Option<usize> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// Returns the text without white space before it and without the name of the field, written once more by a proxy.
fn without_field(text: &str) -> &str {
    let mut text = text.trim();
    while let Some(rest) = text.strip_prefix("data:") {
        text = rest.trim_start();
    }
    text
}

/// Returns JSON with `null` for the numbers that it has not: some servers write what their language prints.
fn with_null(json: &str) -> Cow<'_, str> {
    if !["NaN", "Infinity"].iter().any(|word| json.contains(word)) {
        return Cow::Borrowed(json);
    }
    let mut mended = String::with_capacity(json.len());
    let (mut in_string, mut escaped) = (false, false);
    let mut at = 0;
    while let Some(character) = json[at..].chars().next() {
        let rest = &json[at..];
        let found = ["-Infinity", "Infinity", "NaN"].into_iter().find(|word| rest.starts_with(word));
        if let Some(word) = found.filter(|_| !in_string) {
            mended.push_str("null");
            at += word.len();
            continue;
        }
        match character {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            _ => {}
        }
        mended.push(character);
        at += character.len_utf8();
    }
    Cow::Owned(mended)
}
