//! [`Endpoint`] writes requests for a server and its key, both checked before anything is sent.
//!
//! A key is refused if a header cannot carry it; what an address may be says [`BaseUrl`].

use super::{BaseUrl, Dialect, Prompt, Protocol};
use crate::authority::is_token_sign;
use crate::messages::problems as words;
use std::borrow::Cow;
use std::fmt;

/// A request, ready for a transport.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// `GET` or `POST`, or another one of the person's own.
    pub method: Cow<'static, str>,
    /// The full address. Never holds a key.
    pub url: String,
    /// Header names and values, the key's among them.
    pub headers: Vec<(Cow<'static, str>, String)>,
    /// The body; `None` for GET.
    pub body: Option<String>,
}

/// Shows no header values: one of them is the key.
impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("headers", &names)
            .finish_non_exhaustive()
    }
}

/// A server's address, protocol and key.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// The protocol spoken there.
    pub dialect: Dialect,
    /// The address up to, not including, the protocol's own path.
    pub base: BaseUrl,
    /// The person's key, if the server wants one.
    pub key: Option<Key>,
}

impl Endpoint {
    /// Returns the request that asks the prompt.
    #[must_use]
    pub fn request(&self, prompt: &Prompt) -> HttpRequest {
        self.request_in(&Protocol::of(self.dialect), prompt)
    }

    /// The same, in a protocol that the caller holds.
    #[must_use]
    pub fn request_in(&self, protocol: &Protocol, prompt: &Prompt) -> HttpRequest {
        let (path, body) = (protocol.request)(prompt);
        let body = Some(body.into_text(prompt.extra.as_ref()));
        let mut headers = self.headers(prompt.stream);
        headers.push(("content-type".into(), "application/json".to_owned()));
        HttpRequest { method: "POST".into(), url: self.base.join(&path), headers, body }
    }

    /// Returns the headers every request to this endpoint carries: the form of the answer, the key and what the provider
    /// demands, nothing else, since each further header can break a CORS preflight. `accept` cannot: it is safelisted (Fetch
    /// §2.2.2). Without it browsers ask for anything, and programs that scan downloads hold a stream until they know what it is.
    pub(super) fn headers(&self, stream: bool) -> Vec<(Cow<'static, str>, String)> {
        let accept = match (stream, self.dialect.is_ndjson()) {
            _ if self.dialect == Dialect::PlainText => "text/plain",
            (false, _) => "application/json",
            (true, true) => "application/x-ndjson",
            (true, false) => "text/event-stream",
        };
        let mut headers = vec![("accept".into(), accept.to_owned())];
        if let Some(key) = &self.key {
            headers.push(match self.dialect {
                Dialect::Anthropic => ("x-api-key".into(), key.0.clone()),
                Dialect::Gemini | Dialect::Interactions => ("x-goog-api-key".into(), key.0.clone()),
                Dialect::Responses
                | Dialect::ChatCompletions
                | Dialect::Ollama
                | Dialect::Cohere
                | Dialect::PlainText
                | Dialect::OwnEvents
                | Dialect::OwnLines
                | Dialect::UiMessages
                | Dialect::AgUi
                | Dialect::Realtime
                | Dialect::BrowserModel => ("authorization".into(), format!("Bearer {}", key.0)),
            });
        }
        if self.dialect == Dialect::Anthropic {
            headers.push(("anthropic-version".into(), "2023-06-01".to_owned()));
            // Without it the API answers a browser's preflight without CORS headers.
            headers.push(("anthropic-dangerous-direct-browser-access".into(), "true".to_owned()));
        }
        headers
    }
}

/// A key that a header can carry. It shows itself nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(String);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// The reason for which a key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyProblem {
    /// The key holds a space, a control character or a character that is not ASCII, at this place (counted from 1).
    BadCharacter(usize),
}

impl fmt::Display for KeyProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeyProblem::BadCharacter(at) => f.write_str(&words::key_character(*at)),
        }
    }
}

impl Key {
    /// Takes a key as the person pasted it, without the blanks, quotation marks and words of a header around it. `None` for
    /// an empty one.
    ///
    /// # Errors
    /// A character that no header can carry: `fetch` would throw, and say it badly.
    pub fn new(text: &str) -> Result<Option<Key>, KeyProblem> {
        let text = bare_key(text);
        match text.chars().position(|c| !c.is_ascii_graphic()) {
            Some(at) => Err(KeyProblem::BadCharacter(at + 1)),
            None => Ok((!text.is_empty()).then(|| Key(text.to_owned()))),
        }
    }

    /// Returns whether a socket's sub-protocol can carry it (RFC 6455 §4.1).
    pub(crate) fn is_token(&self) -> bool {
        self.0.chars().all(is_token_sign)
    }

    /// Returns the key itself, for whoever has to find it in what a server sends.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

/// Returns a key without what is copied with it: `"…"` out of a script, `Authorization: Bearer …` out of an example.
fn bare_key(text: &str) -> &str {
    const HEADERS: [&str; 5] = ["authorization:", "x-api-key:", "x-goog-api-key:", "api-key:", "bearer "];
    let mut key = text;
    loop {
        let before = key.len();
        key = key.trim().trim_matches(['"', '\'', '`', '“', '”', '‘', '’']);
        let header = HEADERS
            .iter()
            .find(|header| key.get(..header.len()).is_some_and(|start| start.eq_ignore_ascii_case(header)));
        key = &key[header.map_or(0, |header| header.len())..];
        if key.len() == before {
            return key;
        }
    }
}
