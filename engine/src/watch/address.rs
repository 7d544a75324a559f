//! Checks an address as a person types it, and tells where it is wrong.

use super::kind::Kind;
use crate::authority::{is_literal, is_port, split_port};
use crate::curl::{Curl, Secret};
use crate::messages::watch as words;
use crate::wire::BaseUrl;
use std::fmt;

/// The reason for which an address is refused, and the byte of the text at which that shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressProblem {
    /// The byte of the text.
    pub at: usize,
    /// The reason.
    pub fault: AddressFault,
}

/// The reason for which an address is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressFault {
    /// There is none.
    Empty,
    /// It begins with no scheme.
    NoScheme,
    /// Its scheme is none that a page can ask.
    Scheme,
    /// It is a socket's, and something else is to be watched.
    OfSocket,
    /// It has no host.
    NoHost,
    /// It has a name and a password in front of the host.
    Login,
    /// The port is none.
    Port,
    /// The host is none.
    Host,
    /// There is a blank in it.
    Blank,
    /// A character is none of an address.
    Character,
    /// A percent sign has no two digits behind it.
    Percent,
}

impl fmt::Display for AddressFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            AddressFault::Empty => words::ADDRESS_EMPTY,
            AddressFault::NoScheme => words::ADDRESS_NO_SCHEME,
            AddressFault::Scheme => words::ADDRESS_SCHEME,
            AddressFault::OfSocket => words::ADDRESS_OF_SOCKET,
            AddressFault::NoHost => words::ADDRESS_NO_HOST,
            AddressFault::Login => words::ADDRESS_LOGIN,
            AddressFault::Port => words::ADDRESS_PORT,
            AddressFault::Host => words::ADDRESS_HOST,
            AddressFault::Blank => words::ADDRESS_BLANK,
            AddressFault::Character => words::ADDRESS_CHARACTER,
            AddressFault::Percent => words::ADDRESS_PERCENT,
        })
    }
}

/// Checks an address, and returns it without blanks around it and without a fragment.
///
/// # Errors
/// The first thing in it that no request can have.
pub(super) fn check(text: &str, kind: Kind) -> Result<String, AddressProblem> {
    let start = text.len() - text.trim_start().len();
    let problem = |at: usize, fault: AddressFault| Err(AddressProblem { at: start + at, fault });
    let address = text.trim();
    if address.is_empty() {
        return problem(0, AddressFault::Empty);
    }
    if let Some(at) = address.find(|c: char| c.is_whitespace() || c.is_control()) {
        return problem(at, AddressFault::Blank);
    }
    let address = address.split('#').next().unwrap_or_default();
    let lower = address.to_ascii_lowercase();
    // What this page itself made.
    if lower.starts_with("blob:") && matches!(kind, Kind::Once | Kind::Events) {
        return Ok(address.to_owned());
    }
    let Some((scheme, rest)) = lower.split_once("://") else {
        return problem(0, AddressFault::NoScheme);
    };
    match scheme {
        "http" | "https" => {}
        "ws" | "wss" if kind == Kind::Socket => {}
        "ws" | "wss" => return problem(0, AddressFault::OfSocket),
        _ => return problem(0, AddressFault::Scheme),
    }
    let begin = address.len() - rest.len();
    let end = begin + rest.find(['/', '?']).unwrap_or(rest.len());
    authority(&address[begin..end], begin)
        .map_err(|found| AddressProblem { at: start + found.at, ..found })?;
    if let Some(at) = address.find(|c| "<>\"{}|\\^`".contains(c)) {
        return problem(at, AddressFault::Character);
    }
    for (at, _) in address.match_indices('%') {
        let digits = address.as_bytes().get(at + 1..at + 3);
        if !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
            return problem(at, AddressFault::Percent);
        }
    }
    Ok(address.to_owned())
}

/// Checks host and port, which begin at a byte of the address.
fn authority(text: &str, begin: usize) -> Result<(), AddressProblem> {
    let problem = |at: usize, fault: AddressFault| Err(AddressProblem { at: begin + at, fault });
    if text.contains('@') {
        return problem(0, AddressFault::Login);
    }
    let (host, port) = split_port(text);
    if host.is_empty() {
        return problem(0, AddressFault::NoHost);
    }
    let is_host = is_literal(host).unwrap_or_else(|| {
        let is_sign = |c: char| c.is_alphanumeric() || "-._~".contains(c);
        host.chars().all(is_sign) && !host.starts_with('.') && !host.contains("..")
    });
    if !is_host {
        let at = host.find(|c: char| !c.is_alphanumeric() && !"-._~".contains(c)).unwrap_or_default();
        return problem(at, AddressFault::Host);
    }
    if !is_port(port) {
        return problem(host.len(), AddressFault::Port);
    }
    Ok(())
}

/// Returns the host and the port of an address that was checked.
pub(super) fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or("", |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or_default()
}

/// Returns whether browsers refuse an address to a page that came over https: it is plain, and not this machine's.
#[must_use]
pub fn is_refused_from_https(address: &str) -> bool {
    let lower = address.trim().to_ascii_lowercase();
    let is_plain = lower.starts_with("http://") || lower.starts_with("ws://");
    is_plain
        && BaseUrl::parse(&format!("http://{}", host(&lower)), false).is_ok_and(|base| !base.is_loopback())
}

/// Returns the origin of an address, to which a key belongs: of a socket that of its http. Empty where there is no host yet.
#[must_use]
pub fn origin(address: &str) -> String {
    let lower = address.trim().to_ascii_lowercase();
    let scheme = if lower.starts_with("https:") || lower.starts_with("wss:") { "https" } else { "http" };
    let host = host(&lower);
    let host = host.rsplit('@').next().unwrap_or_default();
    if host.is_empty() { String::new() } else { format!("{scheme}://{host}") }
}

/// Takes the secrets out of an address' query and its login: the address without them, and them; `None` where there are none.
#[must_use]
pub fn split_secrets(address: &str) -> Option<(String, Vec<Secret>)> {
    let address = address.trim();
    if !address.contains("://") || !address.contains(['=', '@']) || address.contains(['\'', '\n']) {
        return None;
    }
    let found = Curl::parse(&format!("curl -g '{address}'")).ok()?;
    (!found.secrets.is_empty()).then_some((found.url, found.secrets))
}
