//! [`Plan`] describes a request to its session.

use crate::chat::Server;
use crate::tape::Tape;
use crate::wire::{Dialect, Key, OwnEventFields};

/// A request, as far as the session has to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The protocol of the answer.
    pub dialect: Dialect,
    /// Whether a stream was asked for.
    pub stream: bool,
    /// Name of the recording: the model asked for.
    pub title: String,
    /// The server that is asked, for messages.
    pub server: Server,
    /// The key that is sent along: what repeats it is not to be shown.
    pub key: Option<Key>,
    /// The rules by which a server's own events are read, for the recording.
    pub events: Option<OwnEventFields>,
}

impl Plan {
    /// Creates a plan for a request to that server, with that key.
    pub fn new(dialect: Dialect, stream: bool, title: &str, server: Server, key: Option<Key>) -> Plan {
        Plan { dialect, stream, title: title.to_owned(), server, key, events: None }
    }

    /// Returns a plan for playing a tape, which has no server.
    pub fn for_tape(tape: &Tape) -> Plan {
        let server = Server { host: "the recording".to_owned(), ..Server::default() };
        let plan = Plan::new(tape.dialect, tape.stream, &tape.title, server, None);
        Plan { events: tape.events.clone(), ..plan }
    }
}
