//! [`BaseUrl`] checks the address of a server before anything is sent.
//!
//! A base URL is a decision of trust, so it is parsed strictly (reliability reference R13, R14): no user part, no fragment and
//! no query but a version; plain http with a key only to this machine.

use crate::authority::{is_literal, is_port, split_port};
use crate::messages::problems as words;
use std::fmt;

/// Paths that a protocol adds to an address by itself; people paste addresses that end in one.
const ENDINGS: [&str; 6] =
    ["/chat/completions", "/responses", "/messages", "/api/chat", "/api/generate", "/interactions"];

/// Methods of Gemini, behind the name of a model.
const METHODS: [&str; 2] = [":streamgeneratecontent", ":generatecontent"];

/// A checked address: `https://host[:port][/path]` without a slash at its end, and the version that Azure wants with each
/// request, if it names one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    /// `api-version=…`, or empty.
    version: String,
    /// Length of `scheme://host[:port]`.
    origin: usize,
}

/// The reason for which an address cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseUrlProblem {
    /// The scheme is neither http:// nor https://.
    Scheme,
    /// The host is missing, or holds characters that no host has.
    Host,
    /// The address holds a user name, a fragment, or a query that is more than a version.
    Extras,
    /// Plain http to another machine, with a key.
    KeyInTheClear,
}

impl fmt::Display for BaseUrlProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BaseUrlProblem::Scheme => words::ADDRESS_SCHEME,
            BaseUrlProblem::Host => words::ADDRESS_HOST,
            BaseUrlProblem::Extras => words::ADDRESS_EXTRAS,
            BaseUrlProblem::KeyInTheClear => words::ADDRESS_KEY_IN_THE_CLEAR,
        })
    }
}

impl BaseUrl {
    /// No address, for what is asked without one.
    pub const NONE: BaseUrl = BaseUrl { text: String::new(), version: String::new(), origin: 0 };

    /// Checks an address as the person typed it. A protocol's own path at its end does not count: see
    /// [`BaseUrl::split_ending`].
    ///
    /// # Errors
    /// See [`BaseUrlProblem`]; `has_key` decides whether plain http to another machine is refused.
    pub fn parse(text: &str, has_key: bool) -> Result<BaseUrl, BaseUrlProblem> {
        let (text, _) = BaseUrl::split_ending(text);
        let (text, query) = text.split_once('?').unwrap_or((&text, ""));
        let text = text.trim_end_matches('/');
        let lower = text.to_ascii_lowercase();
        let scheme = ["https://", "http://"]
            .into_iter()
            .find(|scheme| lower.starts_with(scheme))
            .ok_or(BaseUrlProblem::Scheme)?;
        let rest = &text[scheme.len()..];
        if rest.contains(['@', '#', '\\']) || !is_version(query) {
            return Err(BaseUrlProblem::Extras);
        }
        let authority = rest.split('/').next().unwrap_or_default();
        let (host, port) = split_port(authority);
        let is_name =
            || !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b));
        let host_is_good = is_literal(host).unwrap_or_else(is_name);
        if !host_is_good || !is_port(port) || rest.bytes().any(|byte| byte <= b' ' || byte == 0x7f) {
            return Err(BaseUrlProblem::Host);
        }
        let url = BaseUrl {
            text: format!("{scheme}{rest}"),
            version: query.to_owned(),
            origin: scheme.len() + authority.len(),
        };
        if has_key && scheme == "http://" && !url.is_loopback() {
            return Err(BaseUrlProblem::KeyInTheClear);
        }
        Ok(url)
    }

    /// Parts an address from the path that a protocol adds by itself (`/chat/completions`, `/models/…:generateContent`), if it
    /// ends in one: the address without it, with its query, and the path, or an empty text.
    pub fn split_ending(text: &str) -> (String, String) {
        let (address, query) = text.trim().split_once('?').unwrap_or((text.trim(), ""));
        let address = address.trim_end_matches('/');
        let path = address.find("://").and_then(|at| Some(at + 3 + address[at + 3..].find('/')?));
        let path = path.map_or("", |at| &address[at..]).to_ascii_lowercase();
        let known = ENDINGS.into_iter().find(|ending| path.ends_with(ending));
        // Cohere's version belongs to the address, and `/chat` alone may be anybody's.
        let known = known.or_else(|| path.ends_with("/v2/chat").then_some("/chat")).map_or(0, str::len);
        let method = match path.rfind("/models/") {
            Some(at) if METHODS.iter().any(|method| path.ends_with(method)) => path.len() - at,
            Some(_) | None => 0,
        };
        let (base, ending) = address.split_at(address.len() - known.max(method));
        let base = if ending.is_empty() { base } else { base.trim_end_matches('/') };
        // What streams from Gemini says so in its query.
        let is_kept = !query.is_empty() && (ending.is_empty() || query != "alt=sse");
        let base = if is_kept { format!("{base}?{query}") } else { base.to_owned() };
        (base, ending.to_owned())
    }

    /// Returns the same address with `/v1` at its end, or without it if it is there; `None` where another version is
    /// named. Documentation of servers has it both ways.
    pub fn with_or_without_version(&self) -> Option<BaseUrl> {
        let path = &self.text[self.origin..];
        let names_version = |part: &str| {
            part.strip_prefix('v').is_some_and(|rest| rest.starts_with(|digit: char| digit.is_ascii_digit()))
        };
        let text = match self.text.strip_suffix("/v1") {
            Some(text) if path.ends_with("/v1") => text.to_owned(),
            Some(_) | None if path.split('/').any(names_version) => return None,
            Some(_) | None => format!("{}/v1", self.text),
        };
        Some(BaseUrl { text, ..self.clone() })
    }

    /// Returns scheme, host and port, which a key is bound to.
    pub fn origin(&self) -> &str {
        &self.text[..self.origin]
    }

    /// Returns the host and port, as shown to a person.
    pub fn host(&self) -> &str {
        self.origin().split("//").nth(1).unwrap_or_default()
    }

    /// Returns whether browsers refuse it to a page that came over https.
    pub fn is_refused_from_https(&self) -> bool {
        self.text.starts_with("http://") && !self.is_loopback()
    }

    /// Returns whether the address is this machine's own.
    pub fn is_loopback(&self) -> bool {
        let (host, _) = split_port(self.host());
        let host = host.to_ascii_lowercase();
        host == "localhost"
            || host == "[::1]"
            || host.ends_with(".localhost")
            // `127.example.co.uk` is somebody else's.
            || (host.starts_with("127.") && host.split('.').count() == 4 && host.split('.').all(is_octet))
    }

    /// Returns this address with a path behind it, and its version.
    pub fn join(&self, path: &str) -> String {
        self.versioned(format!("{}{path}", self.text))
    }

    /// Returns a URL with the version that this address names.
    pub(super) fn versioned(&self, url: String) -> String {
        match (self.version.as_str(), url.contains('?')) {
            ("", _) => url,
            (version, true) => format!("{url}&{version}"),
            (version, false) => format!("{url}?{version}"),
        }
    }

    /// Returns the address as a person would type it, with its version.
    pub fn typed(&self) -> String {
        self.versioned(self.text.clone())
    }

    /// Returns the address as text, without its version.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Returns whether a query is empty or a version and nothing else.
fn is_version(query: &str) -> bool {
    let version = query.strip_prefix("api-version=");
    query.is_empty()
        || version.is_some_and(|version| {
            !version.is_empty() && version.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
        })
}

fn is_octet(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_digit()) && part.parse::<u8>().is_ok()
}
