//! [`Connections`] keeps the connections of a watch, one behind the other, and how each ended.

use crate::tape::{End, Head};
use std::time::Duration;

/// The most connections that are kept: the newest ones.
const CONNECTIONS_KEPT: usize = 100;

/// One connection.
#[derive(Clone, Debug, Default)]
pub struct Connection {
    /// Its number, counted from 1.
    pub number: u32,
    /// The time since the start at which it was asked for.
    pub asked: Duration,
    /// The time at which it stood, once it does.
    pub opened: Option<Duration>,
    /// The beginning of the response; `None` for a socket, or before it.
    pub head: Option<Head>,
    /// The sub-protocol that a socket's server chose; empty where it chose none.
    pub subprotocol: String,
    /// Number of bytes that it brought.
    pub bytes: u64,
    /// Number of events that it brought.
    pub events: u64,
    /// How it ended, and when.
    pub ended: Option<(End, Duration)>,
}

/// The connections of a watch.
#[derive(Clone, Debug, Default)]
pub struct Connections {
    kept: Vec<Connection>,
    count: u32,
}

impl Connections {
    /// Returns the connection that stands or is asked for; makes one where there is none.
    pub(super) fn current(&mut self, at: Duration) -> &mut Connection {
        if self.kept.last().is_none_or(|last| last.ended.is_some()) {
            if self.kept.len() == CONNECTIONS_KEPT {
                self.kept.remove(0);
            }
            self.count += 1;
            self.kept.push(Connection { number: self.count, asked: at, ..Connection::default() });
        }
        let last = self.kept.len() - 1;
        &mut self.kept[last]
    }

    /// Returns the newest connection.
    pub fn last(&self) -> Option<&Connection> {
        self.kept.last()
    }

    /// Returns the newest connections, oldest first.
    pub fn kept(&self) -> &[Connection] {
        &self.kept
    }

    /// Returns the number of all connections.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Ends the connection that stands or is asked for, if there is one.
    pub(super) fn end(&mut self, how: End, at: Duration) {
        if let Some(last) = self.kept.last_mut()
            && last.ended.is_none()
        {
            last.ended = Some((how, at));
        }
    }
}
