//! Reads headers, and tells those that a page may set from those that a browser keeps to itself.

use super::problem::{CurlProblem, Refusal};
use super::word::{Variable, Word};
use crate::authority::is_token_sign;

/// Request headers that no script can set (Fetch standard, "forbidden request-header"), `user-agent`, which browsers
/// ignore in silence, and the names that tools write for HTTP/2's own fields.
const FORBIDDEN: [&str; 27] = [
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "access-control-request-private-network",
    "authority",
    "connection",
    "content-length",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    "method",
    "origin",
    "path",
    "referer",
    "scheme",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "via",
];

/// A header that an option gave.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) variables: Vec<Variable>,
}

impl Given {
    /// Creates a header that curl adds by itself.
    pub(super) fn made(name: &str, value: &str) -> Given {
        Given { name: name.to_owned(), value: value.to_owned(), variables: Vec::new() }
    }

    pub(super) fn into_pair(self) -> (String, String) {
        (self.name, self.value)
    }

    /// Reads a header; `None` for one that curl would leave out (`Name:`).
    ///
    /// # Errors
    /// What is no header, and a file of them.
    pub(super) fn read(word: &Word) -> Result<Option<Given>, CurlProblem> {
        let bad = || Refusal::BadHeader.at(word.at);
        if word.text.starts_with('@') {
            return Err(Refusal::File.at(word.at));
        }
        // HTTP/2's own fields begin with a colon.
        let text = word.text.trim_start_matches(':');
        let (name, value) = match text.split_once(':') {
            Some((_, value)) if value.trim().is_empty() && word.variables.is_empty() => return Ok(None),
            Some(pair) => pair,
            None => (text.strip_suffix(';').ok_or_else(bad)?, ""),
        };
        // Only the blanks in front: behind them a variable may have stood.
        let value = value.trim_start();
        let value = if word.variables.is_empty() { value.trim_end() } else { value };
        if !is_token(name) || !is_value(value) {
            return Err(bad());
        }
        Ok(Some(Given { name: name.to_owned(), value: value.to_owned(), variables: word.variables.clone() }))
    }
}

/// Returns whether a page cannot set the header of that name.
pub(crate) fn is_forbidden(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    FORBIDDEN.contains(&name.as_str()) || name.starts_with("proxy-") || name.starts_with("sec-")
}

/// Returns whether a text is a token, as names of headers and methods are (RFC 9110 §5.6.2).
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_token_sign)
}

/// Returns whether a text can be a header's value: what a page hands to `fetch` is Latin-1 without control characters.
pub(crate) fn is_value(text: &str) -> bool {
    text.chars().all(|c| c == '\t' || (!c.is_control() && u32::from(c) <= 0xff))
}
