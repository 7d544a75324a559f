//! [`Secret`]s are taken out of a request, so that it can be kept without them.

use super::header::{Given, is_forbidden};
use super::problem::{CurlProblem, Refusal};
use super::word::Variable;
use std::fmt;

/// A key, a login or a cookie. It shows its value to nobody who does not ask for it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    /// The place where it is sent.
    pub place: SecretPlace,
    /// What was sent there, as written: of a header all of it (`Bearer …`). A variable's value is not in it.
    pub value: String,
    /// The variable that held (a part of) it: the person has to enter that.
    pub variable: Option<String>,
}

/// The place where a secret is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretPlace {
    /// The header of that name.
    Header(String),
    /// The header `Cookie`, which no page can set: a browser sends the cookies that it has itself.
    Cookie,
    /// The member of the address' query with that name.
    Query(String),
    /// A sub-protocol of a socket: pages have no header to put a key into.
    Subprotocol,
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secret")
            .field("place", &self.place)
            .field("variable", &self.variable)
            .finish_non_exhaustive()
    }
}

/// Returns whether what is called so may be a secret.
pub(crate) fn is_secret_name(name: &str) -> bool {
    const NAMES: [&str; 14] = [
        "key",
        "auth",
        "authkey",
        "authorization",
        "proxyauthorization",
        "cookie",
        "jwt",
        "sig",
        "ticket",
        "xauthkey",
        "xfunctionskey",
        "code",
        "session",
        "sessionid",
    ];
    const ENDINGS: [&str; 8] =
        ["apikey", "accesskey", "subscriptionkey", "token", "secret", "password", "signature", "credential"];
    let plain: String =
        name.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect();
    // What a list is turned over with is no secret.
    !plain.ends_with("pagetoken")
        && (NAMES.contains(&plain.as_str()) || ENDINGS.iter().any(|ending| plain.ends_with(ending)))
}

/// Takes the secrets out of headers.
///
/// # Errors
/// A variable in a header that is no secret.
pub(super) fn take_from_headers(headers: &mut Vec<Given>) -> Result<Vec<Secret>, CurlProblem> {
    let mut secrets = Vec::new();
    let mut rest = Vec::new();
    for header in std::mem::take(headers) {
        if !is_secret_name(&header.name) {
            unknown(header.variables.first())?;
            rest.push(header);
        } else if header.name.eq_ignore_ascii_case("cookie") {
            secrets.push(secret(SecretPlace::Cookie, header.value, header.variables.first()));
        } else if is_forbidden(&header.name) {
            rest.push(header);
        } else {
            let place = SecretPlace::Header(header.name);
            secrets.push(secret(place, header.value, header.variables.first()));
        }
    }
    *headers = rest;
    Ok(secrets)
}

/// Returns whether a sub-protocol may carry a key.
pub(crate) fn is_secret_subprotocol(name: &str) -> bool {
    /// Parts of the names under which servers take keys so.
    const SIGNS: [&str; 6] = ["key", "secret", "token", "bearer", "auth", "password"];
    /// No name of a protocol is so long.
    const LONGEST_NAME: usize = 40;
    let lower = name.to_ascii_lowercase();
    LONGEST_NAME < name.len() || SIGNS.iter().any(|sign| lower.contains(sign))
}

/// Takes the sub-protocols of a socket out of headers: keys, and the others.
///
/// # Errors
/// A variable among those that are no keys.
pub(super) fn take_subprotocols(headers: &mut Vec<Given>) -> Result<(Vec<Secret>, Vec<String>), CurlProblem> {
    let is_header = |header: &Given| header.name.eq_ignore_ascii_case("sec-websocket-protocol");
    let (found, rest) = std::mem::take(headers).into_iter().partition::<Vec<_>, _>(is_header);
    *headers = rest;
    let (mut keys, mut names) = (Vec::new(), Vec::new());
    for header in found {
        let mut variable = header.variables.first();
        for name in header.value.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            if is_secret_subprotocol(name) {
                keys.push(secret(SecretPlace::Subprotocol, name.to_owned(), variable.take()));
            } else {
                names.push(name.to_owned());
            }
        }
        unknown(variable)?;
    }
    Ok((keys, names))
}

/// Creates a secret with a variable that may stand in it.
pub(super) fn secret(place: SecretPlace, value: String, variable: Option<&Variable>) -> Secret {
    Secret { place, value, variable: variable.map(|variable| variable.name.clone()) }
}

/// Refuses a variable where nobody would enter its value.
pub(super) fn unknown(variable: Option<&Variable>) -> Result<(), CurlProblem> {
    match variable {
        Some(variable) => Err(Refusal::Variable(variable.name.clone()).at(variable.at)),
        None => Ok(()),
    }
}

/// Returns the login of a name and a password (RFC 7617).
pub(super) fn login(pair: &str, variable: Option<&Variable>) -> Secret {
    let pair = if pair.contains(':') { pair.to_owned() } else { format!("{pair}:") };
    // What a variable holds cannot be encoded with the rest.
    let value = variable.map_or_else(|| format!("Basic {}", base64(pair.as_bytes())), |_| String::new());
    secret(SecretPlace::Header("Authorization".to_owned()), value, variable)
}

/// Encodes bytes as base64 (RFC 4648 §4).
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let number = (0..3).fold(0_u32, |sum, at| sum << 8 | u32::from(three.get(at).copied().unwrap_or(0)));
        for at in 0..4 {
            let sign = SIGNS[(number >> (18 - 6 * at)) as usize & 63];
            text.push(if at <= three.len() { char::from(sign) } else { '=' });
        }
    }
    text
}
