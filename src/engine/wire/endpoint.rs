//! [`Endpoint`]: where to ask, and with which key; checked before anything is sent.
//!
//! A base URL is a decision of trust, so it is parsed strictly (reliability reference R13, R14): no user part, query or
//! fragment; plain http with a key only to this machine. A key is refused if a header cannot carry it.

use super::{Dialect, Prompt};
use std::fmt;

/// A request, ready for a transport.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The full address. Never holds a key.
    pub url: String,
    /// Header names and values, the key's among them.
    pub headers: Vec<(&'static str, String)>,
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

/// Where to ask.
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
    /// The request that asks the prompt.
    pub fn request(&self, prompt: &Prompt) -> HttpRequest {
        let (path, body) = match self.dialect {
            Dialect::Responses => super::responses::request(prompt),
            Dialect::ChatCompletions => super::chat_completions::request(prompt),
            Dialect::Anthropic => super::anthropic::request(prompt),
            Dialect::Gemini => super::gemini::request(prompt),
            Dialect::Interactions => super::interactions::request(prompt),
            Dialect::Ollama => super::ollama::request(prompt),
            Dialect::Cohere => super::cohere::request(prompt),
        };
        let body = Some(body.into_text(prompt.extra.as_ref()));
        let mut headers = self.headers();
        headers.push(("content-type", "application/json".to_owned()));
        HttpRequest { method: "POST", url: self.base.join(&path), headers, body }
    }

    /// The headers every request to this endpoint carries: the key and what the provider demands, nothing else, since
    /// each further header can break a CORS preflight.
    pub(super) fn headers(&self) -> Vec<(&'static str, String)> {
        let mut headers = Vec::new();
        if let Some(key) = &self.key {
            headers.push(match self.dialect {
                Dialect::Anthropic => ("x-api-key", key.0.clone()),
                Dialect::Gemini | Dialect::Interactions => ("x-goog-api-key", key.0.clone()),
                Dialect::Responses | Dialect::ChatCompletions | Dialect::Ollama | Dialect::Cohere => {
                    ("authorization", format!("Bearer {}", key.0))
                }
            });
        }
        if self.dialect == Dialect::Anthropic {
            headers.push(("anthropic-version", "2023-06-01".to_owned()));
            // Without it the API answers a browser's preflight without CORS headers.
            headers.push(("anthropic-dangerous-direct-browser-access", "true".to_owned()));
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

/// Why a key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyProblem {
    /// It holds a space, a control character or a character that is not ASCII, at this place (counted from 1).
    BadCharacter(usize),
}

impl fmt::Display for KeyProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeyProblem::BadCharacter(at) => write!(
                f,
                "The key's character {at} is a space or an invisible or foreign character. Copy the key again, without anything around it."
            ),
        }
    }
}

impl Key {
    /// Takes a key as the person pasted it; blanks around it are dropped. `None` for an empty one.
    ///
    /// # Errors
    /// A character that no header can carry: `fetch` would throw, and say it badly.
    pub fn new(text: &str) -> Result<Option<Key>, KeyProblem> {
        let text = text.trim();
        match text.chars().position(|c| !c.is_ascii_graphic()) {
            Some(at) => Err(KeyProblem::BadCharacter(at + 1)),
            None => Ok((!text.is_empty()).then(|| Key(text.to_owned()))),
        }
    }

    /// The key itself, for whoever has to find it in what a server sends.
    pub(in crate::engine) fn reveal(&self) -> &str {
        &self.0
    }
}

/// A checked address: `https://host[:port][/path]` without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    /// Length of `scheme://host[:port]`.
    origin: usize,
}

/// Why an address cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseUrlProblem {
    /// It does not begin with http:// or https://.
    Scheme,
    /// There is no host, or it holds characters that no host has.
    Host,
    /// It holds a user name, a query or a fragment.
    Extras,
    /// Plain http to another machine, with a key.
    KeyInTheClear,
}

impl fmt::Display for BaseUrlProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BaseUrlProblem::Scheme => {
                "The address must begin with https:// (or http:// for a server on this machine)."
            }
            BaseUrlProblem::Host => "The address has no valid host name, as in https://api.example.com/v1.",
            BaseUrlProblem::Extras => {
                "The address may not hold a user name, a ? or a #. Put the key into its own field."
            }
            BaseUrlProblem::KeyInTheClear => {
                "A key is not sent over plain http to another machine. Use https, or leave the key empty."
            }
        })
    }
}

impl BaseUrl {
    /// Checks an address as the person typed it.
    ///
    /// # Errors
    /// See [`BaseUrlProblem`]; `has_key` decides whether plain http to another machine is refused.
    pub fn parse(text: &str, has_key: bool) -> Result<BaseUrl, BaseUrlProblem> {
        let text = text.trim().trim_end_matches('/');
        let lower = text.to_ascii_lowercase();
        let scheme = ["https://", "http://"]
            .into_iter()
            .find(|scheme| lower.starts_with(scheme))
            .ok_or(BaseUrlProblem::Scheme)?;
        let rest = &text[scheme.len()..];
        if rest.contains(['@', '?', '#', '\\']) {
            return Err(BaseUrlProblem::Extras);
        }
        let authority = rest.split('/').next().unwrap_or_default();
        let host = host_of(authority);
        let port = &authority[host.len()..];
        let literal = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let host_is_good = match literal {
            Some(v6) => v6.contains(':') && v6.bytes().all(|b| b.is_ascii_hexdigit() || b":.".contains(&b)),
            None => {
                !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b))
            }
        };
        let port_is_good = port.is_empty()
            || port.strip_prefix(':').is_some_and(|port| {
                port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok()
            });
        if !host_is_good || !port_is_good || rest.bytes().any(|byte| byte <= b' ' || byte == 0x7f) {
            return Err(BaseUrlProblem::Host);
        }
        let url = BaseUrl { text: format!("{scheme}{rest}"), origin: scheme.len() + authority.len() };
        if has_key && scheme == "http://" && !url.is_loopback() {
            return Err(BaseUrlProblem::KeyInTheClear);
        }
        Ok(url)
    }

    /// Scheme, host and port: what a key is bound to.
    pub fn origin(&self) -> &str {
        &self.text[..self.origin]
    }

    /// The host and port, as shown to a person.
    pub fn host(&self) -> &str {
        self.origin().split("//").nth(1).unwrap_or_default()
    }

    /// Whether browsers refuse it to a page that came over https.
    pub fn is_refused_from_https(&self) -> bool {
        self.text.starts_with("http://") && !self.is_loopback()
    }

    /// Whether the address is this machine's own.
    pub fn is_loopback(&self) -> bool {
        let host = host_of(self.host()).to_ascii_lowercase();
        host == "localhost"
            || host == "[::1]"
            || host.ends_with(".localhost")
            // `127.example.co.uk` is somebody else's.
            || (host.starts_with("127.") && host.split('.').count() == 4 && host.split('.').all(is_octet))
    }

    /// This address with a path behind it.
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.text)
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

fn is_octet(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_digit()) && part.parse::<u8>().is_ok()
}

/// An authority without its port.
fn host_of(authority: &str) -> &str {
    match authority.strip_prefix('[') {
        Some(rest) => rest.find(']').map_or(authority, |end| &authority[..end + 2]),
        None => authority.split(':').next().unwrap_or_default(),
    }
}
