//! What can be chosen in the form, with its words.

use crate::engine::messages::watch_page as words;
use crate::engine::watch::Kind;
use crate::engine::wire::Dialect;

/// The name of the choice by which the text is not read.
pub(super) const NO_TEXT: &str = "none";

/// Returns the words for a kind of connection.
pub(super) const fn kind_label(kind: Kind) -> &'static str {
    match kind {
        Kind::Once => words::KIND_ONCE,
        Kind::Events => words::KIND_EVENTS,
        Kind::EventSource => words::KIND_EVENT_SOURCE,
        Kind::Socket => words::KIND_SOCKET,
    }
}

/// Returns the choices by which the text is read: name and words.
pub(super) fn text_choices() -> Vec<(&'static str, &'static str)> {
    let none = std::iter::once((NO_TEXT, words::TEXT_BY_NOTHING));
    let spoken = Dialect::ALL.into_iter().filter(|dialect| dialect.has_address());
    none.chain(spoken.map(|dialect| (dialect.name(), dialect.label()))).collect()
}

/// Returns the dialect of a choice; `None` where the text is not read.
pub(super) fn dialect_of(choice: &str) -> Option<Dialect> {
    Dialect::from_name(choice)
}
