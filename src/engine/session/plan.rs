//! [`Plan`]: what a session knows of its request.

use crate::engine::tape::Tape;
use crate::engine::wire::{BaseUrl, Dialect, Key};

/// What is asked, as far as the session has to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The protocol of the answer.
    pub dialect: Dialect,
    /// Whether a stream was asked for.
    pub stream: bool,
    /// What names the recording: the model asked for.
    pub title: String,
    /// The server's host and port, for messages.
    pub host: String,
    /// Whether that is this machine.
    pub local: bool,
    /// The key that is sent along: what repeats it is not to be shown.
    pub key: Option<Key>,
}

impl Plan {
    /// A plan for a request to that address, with that key.
    pub fn new(dialect: Dialect, stream: bool, title: &str, base: &BaseUrl, key: Option<Key>) -> Plan {
        Plan {
            dialect,
            stream,
            title: title.to_owned(),
            host: base.host().to_owned(),
            local: base.is_loopback(),
            key,
        }
    }

    /// A plan for playing a tape, which has no server.
    pub fn for_tape(tape: &Tape) -> Plan {
        let host = "the recording".to_owned();
        Plan {
            dialect: tape.dialect,
            stream: tape.stream,
            title: tape.title.clone(),
            host,
            local: true,
            key: None,
        }
    }
}
