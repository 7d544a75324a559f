//! [`Queue`] holds messages that came faster than they are read, up to a bound.

use crate::engine::timestamp::Timestamp;
use std::collections::VecDeque;

/// The most messages that wait.
pub(super) const MESSAGE_LIMIT: usize = 4_096;
/// The most bytes that wait.
pub(super) const BYTE_LIMIT: usize = 16 << 20;

/// What a message is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Payload {
    Text(String),
    Binary(Vec<u8>),
}

impl Payload {
    fn len(&self) -> usize {
        match self {
            Payload::Text(text) => text.len(),
            Payload::Binary(bytes) => bytes.len(),
        }
    }
}

/// Messages and the times at which they came.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: VecDeque<(Timestamp, Payload)>,
    bytes: usize,
    /// Number of messages that found no room.
    dropped: u32,
}

impl Queue {
    /// Takes a message; returns whether there was room. One alone may be of any length: it is here already.
    pub(super) fn push(&mut self, at: Timestamp, payload: Payload) -> bool {
        let has_room = self.waiting.is_empty()
            || (self.waiting.len() < MESSAGE_LIMIT && self.bytes + payload.len() <= BYTE_LIMIT);
        // Behind a gap there is none: what is read is what came, up to one place.
        if !has_room || self.dropped > 0 {
            self.dropped = self.dropped.saturating_add(1);
            return false;
        }
        self.bytes += payload.len();
        self.waiting.push_back((at, payload));
        true
    }

    /// Returns the message that has waited longest.
    pub(super) fn pop(&mut self) -> Option<(Timestamp, Payload)> {
        let (at, payload) = self.waiting.pop_front()?;
        self.bytes -= payload.len();
        Some((at, payload))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.waiting.clear();
        self.bytes = 0;
    }

    /// Returns the number of messages that found no room.
    pub(super) fn dropped(&self) -> u32 {
        self.dropped
    }
}
