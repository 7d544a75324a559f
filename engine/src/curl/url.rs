//! [`Address`] is the address of a command, and what is secret in it.

use super::problem::{CurlProblem, Refusal};
use super::secret::{Secret, SecretPlace, is_secret_name, login, secret};
use super::word::{Variable, Word};
use crate::authority::{is_literal, is_port, split_port};

/// An address without login, fragment and secrets.
#[derive(Debug)]
pub(super) struct Address {
    pub(super) text: String,
    pub(super) secrets: Vec<Secret>,
    /// The login that stood in front of the host.
    pub(super) login: Option<Secret>,
}

impl Address {
    /// Reads an address as curl does: without a scheme it is `http`.
    ///
    /// # Errors
    /// What is no address of HTTP or a WebSocket, a pattern where curl would see one, and variables outside of secrets.
    pub(super) fn parse(word: &Word, has_globs: bool) -> Result<Address, CurlProblem> {
        let bad = || match word.variables.first() {
            Some(variable) => Refusal::Variable(variable.name.clone()).at(variable.at),
            None => Refusal::BadUrl.at(word.at),
        };
        let word = if has_globs { without_globs(word)? } else { word.clone() };
        let text = word.text.split('#').next().unwrap_or_default();
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(bad());
        }
        let (scheme, start) = match text.find("://") {
            Some(end) => (text[..end].to_ascii_lowercase(), end + 3),
            None => ("http".to_owned(), 0),
        };
        if !["http", "https", "ws", "wss"].contains(&scheme.as_str()) {
            return Err(bad());
        }
        let path = start + text[start..].find(['/', '?']).unwrap_or(text.len() - start);
        let host = text[start..path].rfind('@').map_or(start, |at| start + at + 1);
        if !is_authority(&text[host..path]) {
            return Err(bad());
        }
        let query = text.find('?').unwrap_or(text.len());
        let mut taken = Vec::new();
        let mut within = |range: std::ops::Range<usize>| {
            let variable =
                word.variables.iter().find(|variable| (range.start..=range.end).contains(&variable.within));
            taken.extend(variable.map(|variable| variable.at));
            variable
        };
        let login = (host > start).then(|| {
            let variable = within(start..host - 1);
            login(&percent_decoded(&text[start..host - 1]), variable)
        });
        let mut address = Address {
            text: format!("{scheme}://{}", &text[host..query.max(path)]),
            secrets: Vec::new(),
            login,
        };
        let mut at = query + 1;
        for part in text.get(at..).into_iter().flat_map(|query| query.split('&')) {
            let range = at..at + part.len();
            at = range.end + 1;
            match part.split_once('=') {
                Some((name, value)) if is_secret_name(name) => {
                    let place = SecretPlace::Query(name.to_owned());
                    let variable = within(range.end - value.len()..range.end);
                    address.secrets.push(secret(place, value.to_owned(), variable));
                }
                Some(_) | None => address.add_query(part),
            }
        }
        match word.variables.iter().find(|variable| !taken.contains(&variable.at)) {
            Some(variable) => Err(Refusal::Variable(variable.name.clone()).at(variable.at)),
            None => Ok(address),
        }
    }

    /// Adds to the query.
    pub(super) fn add_query(&mut self, part: &str) {
        if !part.is_empty() {
            self.text.push(if self.text.contains('?') { '&' } else { '?' });
            self.text.push_str(part);
        }
    }
}

/// Takes the backslashes out that stand before brackets, and refuses brackets without: curl makes several addresses of those.
fn without_globs(word: &Word) -> Result<Word, CurlProblem> {
    let mut plain = Word { at: word.at, ..Word::default() };
    // The address of a host (`[::1]`) is no pattern.
    let literal = word.text.find("://").map_or(0, |end| end + 3);
    let literal = if word.text[literal..].starts_with('[') { literal } else { usize::MAX };
    let mut is_host = false;
    let mut left_out = 0;
    let mut variables = word.variables.iter().peekable();
    let mut chars = word.text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        while let Some(variable) = variables.next_if(|variable| variable.within <= at) {
            plain.variables.push(Variable { within: variable.within - left_out, ..variable.clone() });
        }
        match c {
            '\\' if chars.peek().is_some_and(|(_, next)| "[]{}".contains(*next)) => {
                left_out += 1;
                plain.text.extend(chars.next().map(|(_, bracket)| bracket));
            }
            '[' if at == literal => {
                is_host = true;
                plain.text.push(c);
            }
            ']' if is_host => {
                is_host = false;
                plain.text.push(c);
            }
            '[' | ']' | '{' | '}' => return Err(Refusal::Glob.at(word.at)),
            other => plain.text.push(other),
        }
    }
    plain.variables.extend(
        variables.map(|variable| Variable { within: variable.within - left_out, ..variable.clone() }),
    );
    Ok(plain)
}

fn is_authority(text: &str) -> bool {
    let (host, port) = split_port(text);
    // Names in other scripts are the browser's to encode.
    let is_name = || {
        !host.is_empty() && host.chars().all(|c| c.is_alphanumeric() || !c.is_ascii() || ".-_".contains(c))
    };
    is_literal(host).unwrap_or_else(is_name) && is_port(port)
}

pub(crate) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let code = rest.get(1..3).filter(|_| next == '%').and_then(|code| u8::from_str_radix(code, 16).ok());
        match code {
            Some(byte) => bytes.push(byte),
            None => bytes.extend_from_slice(next.encode_utf8(&mut [0; 4]).as_bytes()),
        }
        rest = &rest[if code.is_some() { 3 } else { next.len_utf8() }..];
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
