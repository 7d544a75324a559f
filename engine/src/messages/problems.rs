//! Words for problems with what was entered or kept: addresses, keys, models, stored records, recordings.

// Addresses.

/// It begins with no scheme that is known.
pub const ADDRESS_SCHEME: &str =
    "The address must begin with https:// (or http:// for a server on this machine).";
/// It has no host.
pub const ADDRESS_HOST: &str = "The address has no valid host name, as in https://api.example.com/v1.";
/// It has a user name, a query or a fragment.
pub const ADDRESS_EXTRAS: &str =
    "The address may not hold a user name, a ? or a #. Put the key into its own field.";
/// It would send the key over plain http.
pub const ADDRESS_KEY_IN_THE_CLEAR: &str =
    "A key is not sent over plain http to another machine. Use https, or leave the key empty.";

// Keys, models, parameters.

/// A character of the key cannot stand in a header; its place counts from 1.
#[must_use]
pub fn key_character(place: usize) -> String {
    format!(
        "The key's character {place} is a space or an invisible or foreign character. Copy the key again, without anything around it."
    )
}

/// A provider answers nobody without a key; `page` is where it gives them out.
#[must_use]
pub fn key_missing(provider: &str, page: &str) -> String {
    format!("{provider} needs an API key. Create one at {page}")
}

/// No model is named.
pub const MODEL_MISSING: &str = "Name a model, or load the server's list and choose one.";
/// The limit of an answer is 0.
pub const LIMIT_IS_ZERO: &str = "The limit must be at least 1 token.";
/// The extra JSON is no object.
pub const EXTRA_IS_NO_OBJECT: &str = r#"The extra JSON must be an object, as in {"top_p": 0.9}."#;

/// The extra JSON is none; `cause` is the parser's words.
#[must_use]
pub fn extra_unreadable(cause: &str) -> String {
    format!("The extra JSON cannot be read: {cause}.")
}

// Stored records and the deployment's file.

/// The browser refuses this page any storage.
pub const STORAGE_REFUSED: &str =
    "The browser does not let this page keep anything: settings last until you close it.";
/// The storage is full.
pub const STORAGE_FULL: &str = "The browser's storage is full: settings last until you close this page.";

/// A record is damaged; `cause` is one of those below, or the parser's words.
#[must_use]
pub fn record_unreadable(name: &str, cause: &str) -> String {
    format!("{name} cannot be read: {cause}. The page goes on without it, and your next change replaces it.")
}

/// A newer version of the page wrote a record.
#[must_use]
pub fn record_newer(name: &str, version: u32, known: u32) -> String {
    let cause = super::archive::newer_version(version, known);
    format!(
        "{name} cannot be read: {cause}. It stays as it is, and servers that you set up now last until you close this page."
    )
}

/// A cause: the text is no JSON.
pub const NO_JSON: &str = "it is no JSON";
/// A cause: a value is of another kind than expected, as a number in the place of a list.
pub const OTHER_SHAPE: &str = "it has another shape than expected";
/// A cause: a number is below 0, or not finite.
pub const NEGATIVE: &str = "the number is negative";

/// A cause: a later version of the page wrote it.
#[must_use]
pub fn unknown_version(version: u64) -> String {
    format!("version {version} is not known")
}

// Recordings.

/// A recording holds nothing.
pub const FILE_EMPTY: &str = "the file is empty";

/// A line of a recording cannot be read; lines count from 1.
#[must_use]
pub fn line_of_tape(line: usize, what: &str) -> String {
    format!("line {line} of the tape: {what}")
}

/// A stored piece of a recording cannot be read; pieces count from 1.
#[must_use]
pub fn batch_of_tape(batch: usize, what: &str) -> String {
    format!("piece {batch} of the stored tape: {what}")
}

/// A cause: a piece before it is missing.
pub const BATCH_GAP: &str = "what comes before it is missing";
/// A cause: it is not as it was written.
pub const BATCH_DAMAGED: &str = "it is damaged";

/// A cause: a record or a file names a protocol that this page does not know.
#[must_use]
pub fn unknown_dialect(name: &str) -> String {
    format!("`{name}` is no protocol known here")
}

/// A rule for a server's own events cannot be read, from this character on (counted from 1).
#[must_use]
pub fn rule_refused(fault: &str, place: usize) -> String {
    if place > 1 { format!("Character {place}: {fault}") } else { fault.to_owned() }
}

/// A key cannot be sent over a socket.
pub const KEY_IS_NO_TOKEN: &str = "This key holds a character that cannot be sent over a socket: over one a browser can send letters, figures and few signs.";
