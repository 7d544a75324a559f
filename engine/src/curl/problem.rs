//! [`CurlProblem`] tells why a command is refused, and where.

use crate::messages::curl as words;
use std::fmt;

/// The reason for which a command is refused, and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurlProblem {
    /// The byte of the command at which it stands.
    pub at: usize,
    /// The reason.
    pub refusal: Refusal,
}

/// The reason for which a command is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no command.
    Empty,
    /// It is another program's.
    NotCurl,
    /// It is for PowerShell.
    PowerShell,
    /// It is JavaScript.
    Fetch,
    /// Behind it another command begins.
    SecondCommand,
    /// The shell would compute something.
    Substitution,
    /// The shell would end or redirect it at this sign.
    ShellSign(char),
    /// This quotation mark is never closed.
    OpenQuote(char),
    /// It ends in the middle of an escape.
    EscapeAtEnd,
    /// An escape is no character.
    BadEscape,
    /// Bytes are no UTF-8.
    NotText,
    /// A variable's value would be needed.
    Variable(String),
    /// An option lacks its value.
    ValueMissing,
    /// An option is not known.
    UnknownOption,
    /// There is no address.
    UrlMissing,
    /// There is more than one address.
    SecondUrl,
    /// The address is none.
    BadUrl,
    /// The address stands for several.
    Glob,
    /// The method is none, or one that a browser cannot send.
    BadMethod,
    /// A body would go with GET or HEAD.
    BodyWithGet,
    /// A header is none.
    BadHeader,
    /// A file would be read.
    File,
    /// A form of several parts would be sent.
    Form,
    /// A proxy, an interface or another way would be taken.
    Network,
    /// A certificate would be used.
    Certificate,
    /// A way to log in that is not known.
    Authentication,
}

impl Refusal {
    /// Gives it a place.
    pub(super) fn at(self, at: usize) -> CurlProblem {
        CurlProblem { at, refusal: self }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Refusal::ShellSign(sign) => return f.write_str(&words::shell_sign(*sign)),
            Refusal::OpenQuote(mark) => return f.write_str(&words::open_quote(*mark)),
            Refusal::Variable(name) => return f.write_str(&words::variable(name)),
            Refusal::Empty => words::EMPTY,
            Refusal::NotCurl => words::NOT_CURL,
            Refusal::PowerShell => words::POWERSHELL,
            Refusal::Fetch => words::FETCH,
            Refusal::SecondCommand => words::SECOND_COMMAND,
            Refusal::Substitution => words::SUBSTITUTION,
            Refusal::EscapeAtEnd => words::ESCAPE_AT_END,
            Refusal::BadEscape => words::BAD_ESCAPE,
            Refusal::NotText => words::NOT_TEXT,
            Refusal::ValueMissing => words::VALUE_MISSING,
            Refusal::UnknownOption => words::UNKNOWN_OPTION,
            Refusal::UrlMissing => words::URL_MISSING,
            Refusal::SecondUrl => words::SECOND_URL,
            Refusal::BadUrl => words::BAD_URL,
            Refusal::Glob => words::GLOB,
            Refusal::BadMethod => words::BAD_METHOD,
            Refusal::BodyWithGet => words::BODY_WITH_GET,
            Refusal::BadHeader => words::BAD_HEADER,
            Refusal::File => words::FILE,
            Refusal::Form => words::FORM,
            Refusal::Network => words::NETWORK,
            Refusal::Certificate => words::CERTIFICATE,
            Refusal::Authentication => words::AUTHENTICATION,
        })
    }
}

impl CurlProblem {
    /// Returns the line and the column of its place in the command, both counted from 1; columns count characters.
    #[must_use]
    pub fn line_and_column(&self, command: &str) -> (usize, usize) {
        let before = &command[..command.floor_char_boundary(self.at)];
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        (line, before[start..].chars().count() + 1)
    }

    /// Returns the sentence for it, with its place in the command.
    #[must_use]
    pub fn sentence(&self, command: &str) -> String {
        let (line, column) = self.line_and_column(command);
        words::at_place(line, column, &self.refusal.to_string())
    }
}
