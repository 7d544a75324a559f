//! [`Plan`]: what a session knows of its request.

use crate::engine::tape::Tape;
use crate::engine::wire::{BaseUrl, Dialect};

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
}

impl Plan {
    /// A plan for a request to that address.
    pub fn new(dialect: Dialect, stream: bool, title: &str, base: &BaseUrl) -> Plan {
        Plan {
            dialect,
            stream,
            title: title.to_owned(),
            host: base.host().to_owned(),
            local: base.is_loopback(),
        }
    }

    /// A plan for playing a tape, which has no server.
    pub fn for_tape(tape: &Tape) -> Plan {
        let host = "the recording".to_owned();
        Plan { dialect: tape.dialect, stream: tape.stream, title: tape.title.clone(), host, local: true }
    }
}
