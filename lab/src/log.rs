//! The record of what clients asked, what they said over sockets, and when they left, for tests to read.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use crate::{listener::lock, wire::Request};

/// Requests kept, and messages; older ones are forgotten.
const LIMIT: usize = 4096;

/// A request and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// The scenario's name; `elsewhere` for the port redirects point to.
    pub scenario: String,
    /// The request.
    pub request: Request,
    /// How the answer went so far.
    pub outcome: Outcome,
}

/// A message of a client over a socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientMessage {
    /// The scenario's name.
    pub scenario: String,
    /// Which connection it came over: a number that grows from one to the next.
    pub connection: usize,
    /// The message.
    pub said: Said,
}

/// What a message is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Text.
    Text(String),
    /// Bytes.
    Binary(Vec<u8>),
    /// A close frame, with code and reason if it has them. Also the answer to ours.
    Close(Option<(u16, String)>),
}

impl Said {
    /// Returns the message's `type`, where it is a JSON object that has one.
    pub fn kind(&self) -> Option<String> {
        Some(self.json()?.get("type")?.as_str()?.to_owned())
    }

    /// Returns the message as JSON.
    pub fn json(&self) -> Option<serde_json::Value> {
        match self {
            Self::Text(text) => serde_json::from_str(text).ok(),
            Self::Binary(_) | Self::Close(_) => None,
        }
    }
}

/// How the playing of an answer went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The answer is being sent, or held.
    Playing,
    /// Every step was played and the connection ended as the script says.
    Played,
    /// The client closed the connection first. Over a socket that is the only end of what goes on for ever.
    ClientLeft {
        /// Time from the complete request to the moment the client was seen to have left.
        after: Duration,
        /// Bytes of the body handed to the kernel before.
        sent: usize,
    },
}

/// The log, shared by the connections.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log {
    entries: Arc<Mutex<Entries>>,
}

#[derive(Debug, Default)]
struct Entries {
    first: usize,
    kept: VecDeque<Logged>,
    messages: VecDeque<ClientMessage>,
}

impl Log {
    /// Adds a request; the number names it in [`Log::set`].
    pub(crate) fn add(&self, scenario: &str, request: Request) -> usize {
        let mut entries = lock(&self.entries);
        if entries.kept.len() >= LIMIT {
            entries.kept.pop_front();
            entries.first += 1;
        }
        entries.kept.push_back(Logged { scenario: scenario.to_owned(), request, outcome: Outcome::Playing });
        entries.first + entries.kept.len() - 1
    }

    /// Records what became of a request.
    pub(crate) fn set(&self, number: usize, outcome: Outcome) {
        let mut entries = lock(&self.entries);
        let Some(index) = number.checked_sub(entries.first) else { return };
        if let Some(entry) = entries.kept.get_mut(index) {
            entry.outcome = outcome;
        }
    }

    /// Adds a message that came over the socket of that number.
    pub(crate) fn say(&self, number: usize, said: Said) {
        let mut entries = lock(&self.entries);
        let entry = number.checked_sub(entries.first).and_then(|index| entries.kept.get(index));
        let Some(scenario) = entry.map(|entry| entry.scenario.clone()) else { return };
        if entries.messages.len() >= LIMIT {
            entries.messages.pop_front();
        }
        entries.messages.push_back(ClientMessage { scenario, connection: number, said });
    }

    /// Copies what was said to one scenario, oldest first.
    pub(crate) fn messages_to(&self, scenario: &str) -> Vec<ClientMessage> {
        lock(&self.entries).messages.iter().filter(|message| message.scenario == scenario).cloned().collect()
    }

    /// Copies what one scenario was asked, oldest first.
    pub(crate) fn of(&self, scenario: &str) -> Vec<Logged> {
        lock(&self.entries).kept.iter().filter(|entry| entry.scenario == scenario).cloned().collect()
    }

    /// Whether a request behind that one, to the same scenario, has ended the reasoning of the completion of that id.
    pub(crate) fn has_ended_reasoning(&self, number: usize, id: &str) -> bool {
        let entries = lock(&self.entries);
        let Some(at) = number.checked_sub(entries.first) else { return false };
        let Some(asked) = entries.kept.get(at) else { return false };
        let later = entries.kept.iter().skip(at + 1).filter(|entry| entry.scenario == asked.scenario);
        later.into_iter().any(|entry| entry.request.ends_reasoning(id))
    }

    /// How many requests of a method a scenario got.
    pub(crate) fn count(&self, scenario: &str, method: &str) -> usize {
        let entries = lock(&self.entries);
        let counts = |entry: &&Logged| entry.scenario == scenario && entry.request.method == method;
        entries.kept.iter().filter(counts).count()
    }
}
