//! Rules of WebSockets that are the same for all protocols: addresses, sub-protocols, close codes (RFC 6455, WHATWG).

use super::Key;
use crate::authority::is_token_sign;
use crate::messages::sockets as words;
use std::fmt;

/// The reason for which a field of a socket is refused, and the byte of it at which that shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SocketProblem {
    /// The byte of the field's text.
    pub at: usize,
    /// The reason.
    pub fault: SocketFault,
}

/// The reason for which a field is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SocketFault {
    /// The address begins with no scheme of a socket.
    Scheme,
    /// The address has no host, or a blank in it.
    Address,
    /// A sub-protocol holds a character that none may have.
    Character,
    /// A comma has nothing on one side.
    Empty,
    /// A sub-protocol stands twice, which browsers refuse.
    Twice,
}

impl fmt::Display for SocketFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SocketFault::Scheme => words::SCHEME,
            SocketFault::Address => words::ADDRESS,
            SocketFault::Character => words::CHARACTER,
            SocketFault::Empty => words::EMPTY,
            SocketFault::Twice => words::TWICE,
        })
    }
}

/// Checks the address of a socket, and returns it as a browser wants it: `https` is taken for `wss`, a fragment left out.
///
/// # Errors
/// Another scheme, no host, blanks.
pub fn socket_address(text: &str) -> Result<String, SocketProblem> {
    let start = text.len() - text.trim_start().len();
    let address = text.trim().split('#').next().unwrap_or_default();
    let problem = |at: usize, fault: SocketFault| Err(SocketProblem { at: start + at, fault });
    let Some((scheme, rest)) = address.split_once("://") else { return problem(0, SocketFault::Scheme) };
    let scheme = match scheme.to_ascii_lowercase().as_str() {
        "wss" | "https" => "wss",
        "ws" | "http" => "ws",
        _ => return problem(0, SocketFault::Scheme),
    };
    let begin = address.len() - rest.len();
    if let Some(blank) = rest.find(|c: char| c.is_whitespace() || c.is_control()) {
        return problem(begin + blank, SocketFault::Address);
    }
    if rest.is_empty() || rest.starts_with(['/', '?', ':', '@']) {
        return problem(begin, SocketFault::Address);
    }
    Ok(format!("{scheme}://{rest}"))
}

/// Reads sub-protocols as a person types them, parted by commas.
///
/// # Errors
/// What a browser's constructor refuses: characters that are no token's, and one that stands twice.
pub fn read_subprotocols(text: &str) -> Result<Vec<String>, SocketProblem> {
    let mut found: Vec<String> = Vec::new();
    if text.trim().is_empty() {
        return Ok(found);
    }
    let mut at = 0;
    for part in text.split(',') {
        let name = part.trim();
        let start = at + part.len() - part.trim_start().len();
        at += part.len() + 1;
        if name.is_empty() {
            return Err(SocketProblem { at: start, fault: SocketFault::Empty });
        }
        if let Some(wrong) = name.find(|sign| !is_token_sign(sign)) {
            return Err(SocketProblem { at: start + wrong, fault: SocketFault::Character });
        }
        if found.iter().any(|known| known == name) {
            return Err(SocketProblem { at: start, fault: SocketFault::Twice });
        }
        found.push(name.to_owned());
    }
    Ok(found)
}

/// Returns the sub-protocols of OpenAI Realtime: its own, and the one that carries the key, since a browser can set no header.
/// The server has to choose the first.
#[must_use]
pub fn realtime_subprotocols(key: Option<&Key>) -> Vec<String> {
    let key = key.map(|key| format!("openai-insecure-api-key.{}", key.reveal()));
    std::iter::once("realtime".to_owned()).chain(key).collect()
}

/// A socket's close code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CloseCode(pub u16);

impl CloseCode {
    /// Returns whether it is the one that says that all was said.
    #[must_use]
    pub const fn is_normal(self) -> bool {
        self.0 == 1000
    }

    /// Returns whether another try may go well: the connection, and not what was sent over it, was the trouble (protocols
    /// reference §2.8).
    #[must_use]
    pub const fn is_passing(self) -> bool {
        matches!(self.0, 1001 | 1005 | 1006 | 1011..=1015)
    }

    /// Returns a sentence for it, with the server's own reason.
    #[must_use]
    pub fn sentence(self, reason: &str) -> String {
        words::closed(self.0, reason)
    }
}
