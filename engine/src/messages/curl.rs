//! Words for a pasted `curl` command that is refused, and for what a browser does otherwise.

/// There is nothing.
pub const EMPTY: &str = "Paste a curl command here.";
/// It is another program's command.
pub const NOT_CURL: &str = "This does not begin with curl.";
/// It is PowerShell's.
pub const POWERSHELL: &str =
    "This is a command for PowerShell. In the browser's tools choose “Copy as cURL (bash)” or “(cmd)”.";
/// It is JavaScript.
pub const FETCH: &str =
    "This is JavaScript. In the browser's tools choose “Copy as cURL” in place of “Copy as fetch”.";
/// More follows than the command.
pub const SECOND_COMMAND: &str = "A second command begins here. Paste one, and end each of its lines but the last with \\ (in cmd with ^).";
/// A program is to run inside of it.
pub const SUBSTITUTION: &str = "Here the shell would run or compute something. Put its result in this place.";
/// A backslash is the last character.
pub const ESCAPE_AT_END: &str = "The command ends in the middle of an escape.";
/// An escape of `$'…'` names no character.
pub const BAD_ESCAPE: &str = "This escape is no character.";
/// The bytes of `$'…'` are no text.
pub const NOT_TEXT: &str = "The bytes in these quotes are no text in UTF-8.";
/// An option wants a value.
pub const VALUE_MISSING: &str = "This option needs a value behind it.";
/// There is no address.
pub const URL_MISSING: &str = "The command has no address.";
/// There are two addresses.
pub const SECOND_URL: &str = "This is a second address. Paste a command with one.";
/// The address is none.
pub const BAD_URL: &str = "This is no address, as in https://api.example.com/v1.";
/// The address is a pattern.
pub const GLOB: &str = "curl would make several addresses of this one. Write the one that is meant.";
/// The method cannot be sent.
pub const BAD_METHOD: &str = "A browser cannot send this method.";
/// A body goes with GET or HEAD.
pub const BODY_WITH_GET: &str =
    "A browser cannot send a body with GET or HEAD. Use POST, or leave the body out.";
/// A header is none.
pub const BAD_HEADER: &str = "This is no header, as in Name: value.";
/// A value comes from a file.
pub const FILE: &str = "This reads a file, which the page cannot see. Put its content in this place.";
/// A form is uploaded.
pub const FORM: &str = "Forms with parts and files are not sent from here. Give the body with --data.";
/// A proxy, an interface, a resolver.
pub const NETWORK: &str = "The way through the network is the browser's to choose: leave this option out.";
/// A client's certificate.
pub const CERTIFICATE: &str = "Certificates are the browser's to choose: leave this option out.";
/// Another scheme of authentication.
pub const AUTHENTICATION: &str =
    "This way to log in is not known here. Use a header, or --user with a name and a password.";
/// Anything else.
pub const UNKNOWN_OPTION: &str =
    "This option is not known here. Leave it out if the request does not need it.";
/// `-k` was given.
pub const INSECURE: &str = "A browser always checks certificates, whatever --insecure says.";

/// A quotation mark that is never closed.
#[must_use]
pub fn open_quote(mark: char) -> String {
    format!("The quotation mark {mark} that stands here is never closed.")
}

/// A sign that ends or redirects a command.
#[must_use]
pub fn shell_sign(sign: char) -> String {
    format!(
        "A shell ends or redirects the command at {sign}. Leave out what follows, or put quotes around the word."
    )
}

/// A variable where no key stands.
#[must_use]
pub fn variable(name: &str) -> String {
    format!("The value of {name} is not known here. Put it in this place.")
}

/// A header that only the browser itself can send.
#[must_use]
pub fn unsendable(name: &str) -> String {
    format!("A browser sends {name} by itself, or not at all: what the command says of it has no effect.")
}

/// A problem with its place, both counted from 1.
#[must_use]
pub fn at_place(line: usize, column: usize, what: &str) -> String {
    format!("Line {line}, column {column}: {what}")
}
