//! [`TextBy`] says how the text of a stream is read: by nobody, by a dialect, or by pointers of the person's own.

use crate::chat::Server;
use crate::session::{Plan, Session};
use crate::timestamp::Timestamp;
use crate::wire::{Dialect, OwnEvents, Protocol};

/// The reader of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum TextBy {
    /// Nobody: the stream is shown as it comes.
    #[default]
    Nothing,
    /// A protocol that is known.
    Dialect(Dialect),
    /// Pointers of the person's own, in events or, if the flag is set, in lines.
    Own(OwnEvents, bool),
}

impl TextBy {
    /// Returns the dialect.
    pub(super) fn dialect(&self) -> Option<Dialect> {
        match self {
            TextBy::Nothing => None,
            TextBy::Dialect(dialect) => Some(*dialect),
            TextBy::Own(_, false) => Some(Dialect::OwnEvents),
            TextBy::Own(_, true) => Some(Dialect::OwnLines),
        }
    }

    /// Returns a session that reads it. The keys are out of what it gets.
    pub(super) fn session(&self, started: Timestamp) -> Option<Session> {
        let dialect = self.dialect()?;
        let protocol = match self {
            TextBy::Own(rules, has_lines) => Protocol::own_events(rules.clone(), *has_lines),
            TextBy::Nothing | TextBy::Dialect(_) => Protocol::of(dialect),
        };
        let plan = Plan::new(dialect, true, "", Server::default(), None);
        Some(Session::with_protocol(plan, protocol, started))
    }
}
