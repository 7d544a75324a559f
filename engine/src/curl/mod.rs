//! [`Curl`] reads a pasted `curl` command as a request that a browser can send.
//!
//! [`Curl::parse`] understands commands as browsers' tools copy them, for a POSIX shell (with `$'…'`) and for Windows' cmd
//! (with `^`), and as people write them. What it cannot do it refuses, with the place. Keys come apart from the rest, as
//! [`Secret`]s, so that a request can be stored without them; [`Curl::url_with`] and its kin put them back.
//!
//! Nothing is run and nothing is guessed: a variable is a key that is still to be entered, or refused. Sources: the manual
//! of curl, POSIX.1-2024 (XCU 2.2) and Bash for quoting, Chromium's DevTools for what is copied, the Fetch standard for
//! what a page may send.

mod cmd;
mod header;
mod options;
mod posix;
mod problem;
mod secret;
mod url;
mod word;

pub(crate) use header::{is_forbidden, is_token, is_value};
pub use problem::{CurlProblem, Refusal};
pub use secret::{Secret, SecretPlace};
pub(crate) use secret::{is_secret_name, is_secret_subprotocol};
pub(crate) use url::percent_decoded;

use super::wire::HttpRequest;
use header::Given;
use options::Command;
use secret::{take_from_headers, take_subprotocols};
use url::Address;
use word::Word;

/// The request that a command describes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curl {
    /// The method, as written: `GET` and `POST`, mostly.
    pub method: String,
    /// The address, without secrets and without a fragment. Its scheme is `http`, `https`, `ws` or `wss`.
    pub url: String,
    /// The headers that a page can send, without secrets. Names are as written.
    pub headers: Vec<(String, String)>,
    /// The body, if there is one.
    pub body: Option<String>,
    /// The keys, in the order in which they stood.
    pub secrets: Vec<Secret>,
    /// The names of the headers that a browser sends by itself or not at all. Their values could be secret, and are not kept.
    pub unsendable: Vec<String>,
    /// The sub-protocols of a socket, without those that carry a key.
    pub subprotocols: Vec<String>,
    /// Whether certificates were not to be checked, which no browser does.
    pub insecure: bool,
}

impl Curl {
    /// Reads a command.
    ///
    /// # Errors
    /// The first thing in it that cannot be understood or done, and where it stands.
    pub fn parse(command: &str) -> Result<Curl, CurlProblem> {
        let words = words(command)?;
        let given = Command::read(&words)?;
        given.into_curl()
    }

    /// Returns the address with those of the secrets that belong to its query.
    #[must_use]
    pub fn url_with(&self, secrets: &[Secret]) -> String {
        let mut url = self.url.clone();
        for secret in secrets {
            if let SecretPlace::Query(name) = &secret.place {
                url.push(if url.contains('?') { '&' } else { '?' });
                url.push_str(name);
                url.push('=');
                url.push_str(&secret.value);
            }
        }
        url
    }

    /// Returns the headers with those of the secrets that a page can send in one.
    #[must_use]
    pub fn headers_with(&self, secrets: &[Secret]) -> Vec<(String, String)> {
        let keys = secrets.iter().filter_map(|secret| match &secret.place {
            SecretPlace::Header(name) => Some((name.clone(), secret.value.clone())),
            SecretPlace::Cookie | SecretPlace::Query(_) | SecretPlace::Subprotocol => None,
        });
        self.headers.iter().cloned().chain(keys).collect()
    }

    /// Returns the request with those of the secrets that a page can send.
    #[must_use]
    pub fn request(&self, secrets: &[Secret]) -> HttpRequest {
        let headers = self.headers_with(secrets).into_iter();
        HttpRequest {
            method: self.method.clone().into(),
            url: self.url_with(secrets),
            headers: headers.map(|(name, value)| (name.into(), value)).collect(),
            body: self.body.clone(),
        }
    }

    /// Returns the sub-protocols of a socket with those of the secrets that go there.
    #[must_use]
    pub fn subprotocols_with(&self, secrets: &[Secret]) -> Vec<String> {
        let keys = secrets.iter().filter(|secret| secret.place == SecretPlace::Subprotocol);
        self.subprotocols.iter().cloned().chain(keys.map(|secret| secret.value.clone())).collect()
    }
}

/// Splits a command into the words that its shell would hand to curl, `curl` itself left out.
fn words(command: &str) -> Result<Vec<Word>, CurlProblem> {
    let lower = command.trim().to_ascii_lowercase();
    let start = command.len() - command.trim_start().len();
    if lower.is_empty() {
        return Err(Refusal::Empty.at(0));
    }
    if lower.starts_with("fetch(") || lower.starts_with("await fetch(") {
        return Err(Refusal::Fetch.at(start));
    }
    if is_powershell(&lower) {
        return Err(Refusal::PowerShell.at(start));
    }
    let words = if cmd::is_cmd(command) { cmd::words(command)? } else { posix::words(command)? };
    match words.split_first() {
        Some((first, rest)) if is_curl(&first.text) => Ok(rest.to_vec()),
        Some((first, _)) => Err(Refusal::NotCurl.at(first.at)),
        None => Err(Refusal::NotCurl.at(start)),
    }
}

fn is_curl(word: &str) -> bool {
    let name = word.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    name == "curl" || name == "curl.exe"
}

fn is_powershell(lower: &str) -> bool {
    const BEGINNINGS: [&str; 6] =
        ["invoke-webrequest", "invoke-restmethod", "iwr ", "irm ", "$session", "$headers"];
    BEGINNINGS.iter().any(|word| lower.starts_with(word))
        || ["`\n", "`\r\n", " -uri ", "-usebasicparsing", "@{"].iter().any(|sign| {
            // In a shell's quotes these may be anything.
            lower.find(sign).is_some_and(|at| !lower[..at].contains(['\'', '"']))
        })
}

impl Command {
    /// Puts together what the options gave.
    fn into_curl(self) -> Result<Curl, CurlProblem> {
        let Some(url) = self.url else { return Err(Refusal::UrlMissing.at(self.end)) };
        let mut address = Address::parse(&url, !self.no_globs)?;
        let has_data = !self.data.is_empty();
        let data = self.data.iter().map(|given| given.text.as_str()).collect::<Vec<_>>();
        let data = data.join(if self.is_json { "" } else { "&" });
        let body = (has_data && !self.get).then_some(data.clone());
        if has_data && self.get {
            address.add_query(&data);
        }
        let method = match &self.method {
            Some(word) => method(word)?,
            None if self.head => "HEAD".to_owned(),
            None if body.is_some() => "POST".to_owned(),
            None => "GET".to_owned(),
        };
        if let Some(first) = self.data.first().filter(|_| body.is_some())
            && ["GET", "HEAD"].contains(&method.as_str())
        {
            return Err(Refusal::BodyWithGet.at(first.at));
        }
        let mut secrets = address.secrets;
        let mut headers = self.headers;
        let is_set = |headers: &[Given], name: &str| {
            headers.iter().any(|header| header.name.eq_ignore_ascii_case(name))
        };
        if body.is_some() {
            let form = if self.is_json { "application/json" } else { "application/x-www-form-urlencoded" };
            if !is_set(&headers, "content-type") {
                headers.push(Given::made("Content-Type", form));
            }
            if self.is_json && !is_set(&headers, "accept") {
                headers.push(Given::made("Accept", "application/json"));
            }
        }
        if let Some(login) = address.login.or(self.login)
            && !is_set(&headers, "authorization")
        {
            secrets.push(login);
        }
        let (keys, subprotocols) = take_subprotocols(&mut headers)?;
        secrets.extend(keys);
        secrets.extend(take_from_headers(&mut headers)?);
        let (forbidden, sendable): (Vec<_>, Vec<_>) =
            headers.into_iter().partition(|header| is_forbidden(&header.name));
        let mut unsendable: Vec<_> = forbidden.into_iter().map(|header| header.name).collect();
        if secrets.iter().any(|secret| secret.place == SecretPlace::Cookie) {
            unsendable.push("Cookie".to_owned());
        }
        Ok(Curl {
            method,
            url: address.text,
            headers: sendable.into_iter().map(Given::into_pair).collect(),
            body,
            secrets,
            unsendable,
            subprotocols,
            insecure: self.insecure,
        })
    }
}

/// Checks a method: a token (RFC 9110 §5.6.2), and none that the Fetch standard forbids.
fn method(word: &Word) -> Result<String, CurlProblem> {
    let text = word.plain()?;
    let is_forbidden = ["CONNECT", "TRACE", "TRACK"].iter().any(|bad| text.eq_ignore_ascii_case(bad));
    if is_forbidden || !header::is_token(text) {
        return Err(Refusal::BadMethod.at(word.at));
    }
    // These are the same to a browser in any case, others are not.
    let known = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH"];
    let known = known.into_iter().find(|known| known.eq_ignore_ascii_case(text));
    Ok(known.map_or_else(|| text.to_owned(), str::to_owned))
}
