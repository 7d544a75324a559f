//! [`Form`] is what a person filled in, and [`Form::read`] makes a [`Target`] of it, or tells field by field what is wrong.

use super::address::{self, check, is_refused_from_https};
use super::kind::Kind;
use crate::curl::{Curl, Secret, SecretPlace, is_forbidden, is_token, is_value};
use crate::messages::curl::at_place;
use crate::messages::watch as words;
use crate::messages::watch_page::at_character;
use crate::wire::{HttpRequest, read_subprotocols, socket_address};

/// What a person filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// The kind.
    pub kind: Kind,
    /// The address.
    pub address: String,
    /// The method, of one request.
    pub method: String,
    /// The headers, one a line.
    pub headers: String,
    /// The body, of one request.
    pub body: String,
    /// The names of events, parted by commas, for the browser's `EventSource`.
    pub names: String,
    /// The sub-protocols of a socket, parted by commas.
    pub subprotocols: String,
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormField {
    /// The address, or a command.
    Address,
    /// The method.
    Method,
    /// The headers.
    Headers,
    /// The body.
    Body,
    /// The names of events.
    Names,
    /// The sub-protocols.
    Subprotocols,
    /// The secret at that place of the list.
    Secret(usize),
}

/// A field that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormProblem {
    /// The field.
    pub field: FormField,
    /// The byte of its text.
    pub at: usize,
    /// What is wrong, in words.
    pub sentence: String,
}

impl FormProblem {
    /// Returns what is wrong with its place in `text`, which is the field's.
    #[must_use]
    pub fn told(&self, text: &str) -> String {
        told(text, self.at, &self.sentence)
    }
}

/// Returns what is wrong with a text, with the place: by line and column where there are several lines.
#[must_use]
pub fn told(text: &str, at: usize, sentence: &str) -> String {
    if text.trim().is_empty() {
        return sentence.to_owned();
    }
    let before = &text[..text.floor_char_boundary(at)];
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let column = before[start..].chars().count() + 1;
    if text.trim_end().contains('\n') {
        at_place(before.matches('\n').count() + 1, column, sentence)
    } else {
        at_character(column, sentence)
    }
}

/// What is to be watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// One request.
    Once(HttpRequest),
    /// A stream of events, by `fetch`.
    Events(HttpRequest),
    /// A stream of events, by the browser.
    EventSource {
        /// The address.
        url: String,
        /// The names of the events that are listened to, beside `message`.
        names: Vec<String>,
    },
    /// A socket.
    Socket {
        /// The address.
        address: String,
        /// The sub-protocols that are offered.
        subprotocols: Vec<String>,
    },
}

impl Target {
    /// Returns the host and the port, for messages.
    #[must_use]
    pub fn host(&self) -> &str {
        match self {
            Target::Once(request) | Target::Events(request) => address::host(&request.url),
            Target::EventSource { url, .. } => address::host(url),
            Target::Socket { address, .. } => address::host(address),
        }
    }
}

impl Form {
    /// Reads the form. Fields that the kind does not use are not looked at.
    ///
    /// # Errors
    /// Each field that is wrong, in their order.
    pub fn read(&self, secrets: &[Secret]) -> Result<Target, Vec<FormProblem>> {
        let mut problems = Vec::new();
        let mut keep = |found: Result<(), FormProblem>| problems.extend(found.err());
        let mut address = String::new();
        keep(self.address().map(|read| address = read));
        let is_request = matches!(self.kind, Kind::Once | Kind::Events);
        let (mut method, mut headers) = ("GET".to_owned(), Vec::new());
        if self.kind == Kind::Once {
            keep(self.method().map(|read| method = read));
        }
        if is_request {
            keep(self.headers().map(|read| headers = read));
        }
        if self.kind == Kind::Once {
            keep(self.body_of(&method));
        }
        let (mut names, mut subprotocols) = (Vec::new(), Vec::new());
        if self.kind == Kind::EventSource {
            keep(self.names().map(|read| names = read));
        }
        if self.kind == Kind::Socket {
            keep(self.subprotocols().map(|read| subprotocols = read));
        }
        for (index, secret) in secrets.iter().enumerate() {
            keep(self.secret(index, secret));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let curl = Curl {
            method,
            url: address,
            headers,
            body: (!self.body.is_empty() && self.kind == Kind::Once).then(|| self.body.clone()),
            secrets: Vec::new(),
            unsendable: Vec::new(),
            subprotocols,
            insecure: false,
        };
        Ok(match self.kind {
            Kind::Once => Target::Once(curl.request(secrets)),
            Kind::Events => Target::Events(curl.request(secrets)),
            Kind::EventSource => Target::EventSource { url: curl.url_with(secrets), names },
            Kind::Socket => Target::Socket {
                address: curl.url_with(secrets),
                subprotocols: curl.subprotocols_with(secrets),
            },
        })
    }

    fn address(&self) -> Result<String, FormProblem> {
        let problem = |at: usize, sentence: String| FormProblem { field: FormField::Address, at, sentence };
        let address =
            check(&self.address, self.kind).map_err(|found| problem(found.at, found.fault.to_string()))?;
        if self.kind != Kind::Socket {
            return Ok(address);
        }
        socket_address(&address).map_err(|found| problem(found.at, found.fault.to_string()))
    }

    fn method(&self) -> Result<String, FormProblem> {
        let start = self.method.len() - self.method.trim_start().len();
        let method = self.method.trim();
        let problem = |at: usize, sentence: &str| FormProblem {
            field: FormField::Method,
            at: start + at,
            sentence: sentence.to_owned(),
        };
        if method.is_empty() {
            return Err(problem(0, words::METHOD_EMPTY));
        }
        if !is_token(method) {
            let at = method.char_indices().find(|(_, sign)| !is_token(sign.encode_utf8(&mut [0; 4])));
            return Err(problem(at.map_or(0, |(at, _)| at), words::METHOD_CHARACTER));
        }
        if ["CONNECT", "TRACE", "TRACK"].iter().any(|bad| method.eq_ignore_ascii_case(bad)) {
            return Err(problem(0, words::METHOD_FORBIDDEN));
        }
        // These are the same to a browser in any case, others are not.
        let known = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH"];
        let known = known.into_iter().find(|known| known.eq_ignore_ascii_case(method));
        Ok(known.unwrap_or(method).to_owned())
    }

    fn headers(&self) -> Result<Vec<(String, String)>, FormProblem> {
        let mut headers: Vec<(String, String)> = Vec::new();
        let mut at = 0;
        for line in self.headers.split('\n') {
            let begin = at;
            at += line.len() + 1;
            let line = line.strip_suffix('\r').unwrap_or(line);
            if line.trim().is_empty() {
                continue;
            }
            let problem = |at: usize, sentence: String| FormProblem {
                field: FormField::Headers,
                at: begin + at,
                sentence,
            };
            let Some((name, value)) = line.split_once(':') else {
                return Err(problem(0, words::HEADER_NO_COLON.to_owned()));
            };
            let (start, name) = (line.len() - line.trim_start().len(), name.trim());
            if name.is_empty() {
                return Err(problem(0, words::HEADER_NO_NAME.to_owned()));
            }
            if !is_token(name) {
                let wrong = name.char_indices().find(|(_, sign)| !is_token(sign.encode_utf8(&mut [0; 4])));
                let wrong = wrong.map_or(0, |(wrong, _)| wrong);
                return Err(problem(start + wrong, words::HEADER_NAME.to_owned()));
            }
            if is_forbidden(name) {
                return Err(problem(start, words::header_forbidden(name)));
            }
            if !is_value(value.trim()) {
                let wrong = value.char_indices().find(|(_, sign)| !is_value(sign.encode_utf8(&mut [0; 4])));
                let wrong = line.len() - value.len() + wrong.map_or(0, |(wrong, _)| wrong);
                return Err(problem(wrong, words::HEADER_VALUE.to_owned()));
            }
            headers.push((name.to_owned(), value.trim().to_owned()));
        }
        Ok(headers)
    }

    fn body_of(&self, method: &str) -> Result<(), FormProblem> {
        let is_bodiless = ["GET", "HEAD"].contains(&method);
        if is_bodiless && !self.body.is_empty() {
            let sentence = words::body_with(method);
            return Err(FormProblem { field: FormField::Body, at: 0, sentence });
        }
        Ok(())
    }

    fn names(&self) -> Result<Vec<String>, FormProblem> {
        let mut names: Vec<String> = Vec::new();
        if self.names.trim().is_empty() {
            return Ok(names);
        }
        let mut at = 0;
        for part in self.names.split(',') {
            let start = at + part.len() - part.trim_start().len();
            at += part.len() + 1;
            let name = part.trim();
            let problem = |sentence: &str| FormProblem {
                field: FormField::Names,
                at: start,
                sentence: sentence.to_owned(),
            };
            if name.is_empty() {
                return Err(problem(words::NAME_EMPTY));
            }
            if name.contains(['\r', '\n', '\0']) || name.starts_with("event:") {
                return Err(problem(words::NAME_WRONG));
            }
            if names.iter().any(|known| known == name) {
                return Err(problem(words::NAME_TWICE));
            }
            names.push(name.to_owned());
        }
        Ok(names)
    }

    fn subprotocols(&self) -> Result<Vec<String>, FormProblem> {
        read_subprotocols(&self.subprotocols).map_err(|found| FormProblem {
            field: FormField::Subprotocols,
            at: found.at,
            sentence: found.fault.to_string(),
        })
    }

    /// Checks a secret where it is sent at all.
    fn secret(&self, index: usize, secret: &Secret) -> Result<(), FormProblem> {
        let value = secret.value.trim();
        let problem = |at: usize, sentence: &str| {
            Err(FormProblem { field: FormField::Secret(index), at, sentence: sentence.to_owned() })
        };
        if !self.kind.sends(&secret.place) {
            return Ok(());
        }
        if value.is_empty() {
            return problem(0, words::SECRET_MISSING);
        }
        if is_refused_from_https(&self.address) {
            return problem(0, words::SECRET_IN_THE_CLEAR);
        }
        let is_good: fn(&str) -> bool = match secret.place {
            SecretPlace::Header(_) | SecretPlace::Cookie => is_value,
            SecretPlace::Query(_) => |sign| !sign.contains(['&', '#', ' ', '\t', '\n', '\r']),
            SecretPlace::Subprotocol => is_token,
        };
        let wrong = secret.value.char_indices().find(|(_, sign)| !is_good(sign.encode_utf8(&mut [0; 4])));
        match wrong {
            Some((at, _)) => problem(at, words::SECRET_CHARACTER),
            None => Ok(()),
        }
    }
}
