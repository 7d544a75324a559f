//! [`Live`] owns a connection of any kind, and [`Status`] is what it tells of itself.

use crate::browser::pump::Connection;
use crate::engine::event_source::ReadyState;
use crate::engine::messages::sockets as words;
use crate::engine::timestamp::Timestamp;
use std::fmt;
use std::rc::Rc;
use std::time::Duration;

/// An open connection. Dropping it closes it and ends the sink as cancelled.
pub struct Live {
    kind: Rc<dyn Kind>,
}

/// What each kind of connection does.
pub(super) trait Kind {
    /// Returns what the page can tell of it.
    fn status(&self) -> Status;

    /// Sends a text.
    fn send(&self, _text: &str) -> Result<(), NotSent> {
        Err(NotSent::ReadsOnly)
    }

    /// Connects again now, where it waits.
    fn hurry(&self) {}

    /// Closes it, and ends the sink as cancelled unless it has ended.
    fn stop(&self);
}

/// What the page can tell of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The state, as browsers name it.
    pub ready_state: ReadyState,
    /// Number of connections, the first one apart.
    pub reconnections: u32,
    /// Time at which it connects again; `None` where it does not wait, or the browser does not say.
    pub connects_again_at: Option<Timestamp>,
    /// The whole time that it waits until then.
    pub wait: Option<Duration>,
    /// The last event ID.
    pub last_event_id: String,
    /// Whether it waits for the network.
    pub waits_for_network: bool,
    /// The reason for which it is over, in words; `None` as long as it is not.
    pub stopped: Option<String>,
    /// The sub-protocol that the server chose; empty where it chose none.
    pub subprotocol: String,
    /// Number of bytes that wait to go out.
    pub unsent_bytes: u32,
    /// Number of messages that came and were not read, since too many were waiting.
    pub dropped: u32,
}

impl Status {
    /// Creates the status of a connection of which no more is known.
    pub(super) fn new(ready_state: ReadyState) -> Status {
        Status {
            ready_state,
            reconnections: 0,
            connects_again_at: None,
            wait: None,
            last_event_id: String::new(),
            waits_for_network: false,
            stopped: None,
            subprotocol: String::new(),
            unsent_bytes: 0,
            dropped: 0,
        }
    }
}

/// The reason for which a text did not go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSent {
    /// The socket does not stand yet.
    NotOpen,
    /// The connection is over.
    Closed,
    /// The connection only reads.
    ReadsOnly,
    /// So many bytes wait to go out already.
    Full(u32),
}

impl fmt::Display for NotSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotSent::NotOpen => f.write_str(words::NOT_OPEN),
            NotSent::Closed => f.write_str(words::OVER),
            NotSent::ReadsOnly => f.write_str(words::READS_ONLY),
            NotSent::Full(waiting) => f.write_str(&words::full(*waiting)),
        }
    }
}

impl std::error::Error for NotSent {}

impl Live {
    pub(super) fn new(kind: Rc<dyn Kind>) -> Live {
        Live { kind }
    }

    /// Returns what the page can tell of the connection now.
    #[must_use]
    pub fn status(&self) -> Status {
        self.kind.status()
    }

    /// Sends a text over a socket.
    ///
    /// # Errors
    /// A socket that does not stand, one over which too much waits to go out, another kind of connection.
    pub fn send(&self, text: &str) -> Result<(), NotSent> {
        self.kind.send(text)
    }

    /// Connects again now, where it waits.
    pub fn hurry(&self) {
        self.kind.hurry();
    }

    /// Closes the connection; what came is kept.
    pub fn close(self) {}
}

impl Drop for Live {
    fn drop(&mut self) {
        self.kind.stop();
    }
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Live").field("status", &self.status()).finish()
    }
}

impl Connection for Live {
    fn stop(&self) {
        self.kind.stop();
    }

    fn say(&self, text: &str) -> bool {
        self.send(text).is_ok()
    }
}
