//! [`Wrong`] is what cannot stand in JSON.

use crate::messages::structured as words;
use crate::structured::outcome::Spot;

/// What cannot stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// Something that begins no value.
    Value,
    /// Something that is no name of a member.
    Name,
    /// Something in place of a colon.
    Colon,
    /// Something in place of a comma or the end of a container.
    Comma,
    /// A comma before the end of a container.
    TrailingComma,
    /// Quotation marks of another kind.
    Quotes,
    /// A word that JSON does not have, such as `NaN`.
    Word,
    /// A number in a form that JSON does not have.
    Number,
    /// An escape that JSON does not have.
    Escape,
    /// A line break or another control character in a string.
    Control,
    /// A container too deep.
    Depth,
    /// Something behind the end.
    End,
}

impl Wrong {
    /// Returns what is wrong with a byte that begins no value.
    pub(super) fn value(byte: u8) -> Wrong {
        match byte {
            b'\'' | b'`' => Wrong::Quotes,
            b'a'..=b'z' | b'A'..=b'Z' => Wrong::Word,
            b'+' | b'.' => Wrong::Number,
            _ => Wrong::Value,
        }
    }

    /// Returns what is wrong with a byte that begins no name.
    pub(super) fn name(byte: u8) -> Wrong {
        if matches!(byte, b'\'' | b'`') { Wrong::Quotes } else { Wrong::Name }
    }

    fn in_words(self) -> &'static str {
        match self {
            Wrong::Value => words::NO_VALUE,
            Wrong::Name => words::NO_NAME,
            Wrong::Colon => words::NO_COLON,
            Wrong::Comma => words::NO_COMMA,
            Wrong::TrailingComma => words::TRAILING_COMMA,
            Wrong::Quotes => words::OTHER_QUOTES,
            Wrong::Word => words::UNKNOWN_WORD,
            Wrong::Number => words::NO_NUMBER,
            Wrong::Escape => words::NO_ESCAPE,
            Wrong::Control => words::CONTROL_CHARACTER,
            Wrong::Depth => words::TOO_DEEP,
            Wrong::End => words::BEHIND_THE_END,
        }
    }
}

/// What is wrong, and where.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    pub(super) spot: Spot,
    pub(super) words: String,
}

impl Failure {
    pub(super) fn new(wrong: Wrong, at: usize, text: &str) -> Failure {
        Failure { spot: Spot::of(text, at), words: wrong.in_words().to_owned() }
    }
}
