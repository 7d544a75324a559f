//! The record of what clients asked and when they left, for tests to read.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use crate::{listener::lock, wire::Request};

/// Requests kept; older ones are forgotten.
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

/// How the playing of an answer went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The answer is being sent, or held.
    Playing,
    /// Every step was played and the connection ended as the script says.
    Played,
    /// The client closed the connection first.
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

    /// Copies what one scenario was asked, oldest first.
    pub(crate) fn of(&self, scenario: &str) -> Vec<Logged> {
        lock(&self.entries).kept.iter().filter(|entry| entry.scenario == scenario).cloned().collect()
    }

    /// How many questions (POST) a scenario was asked.
    pub(crate) fn questions(&self, scenario: &str) -> usize {
        let entries = lock(&self.entries);
        let is_question = |entry: &&Logged| entry.scenario == scenario && entry.request.method == "POST";
        entries.kept.iter().filter(is_question).count()
    }
}
