//! Words about stored conversations: damaged records, the list, files that go out and come in.

// Records.

/// A later version of the page wrote a record.
#[must_use]
pub fn newer_version(version: u32, known: u32) -> String {
    format!("it is of version {version}, and this page knows versions up to {known}")
}

/// A turn's number is out of range.
pub const TURN_NUMBER: &str = "the number of a turn is too high";

/// A record names somebody who speaks that is not known.
#[must_use]
pub fn unknown_role(name: &str) -> String {
    format!("nobody here is called “{name}”")
}

/// A record names a state that is not known.
#[must_use]
pub fn unknown_state(name: &str) -> String {
    format!("the state “{name}” is not known")
}

/// Stands where a turn was whose record cannot be read.
pub const TURN_DAMAGED: &str =
    "This part of the conversation could not be read from the browser's storage. The rest is here.";
