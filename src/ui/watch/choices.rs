//! What can be chosen in the form, with its words.

use crate::engine::messages::{servers, watch_page as words};
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
    none.chain(spoken.map(|dialect| (dialect.name(), dialect_label(dialect)))).collect()
}

/// Returns the dialect of a choice; `None` where the text is not read.
pub(super) fn dialect_of(choice: &str) -> Option<Dialect> {
    Dialect::from_name(choice)
}

/// Returns whether a dialect is read by pointers of the person's own.
pub(super) const fn is_own(dialect: Dialect) -> bool {
    matches!(dialect, Dialect::OwnEvents | Dialect::OwnLines)
}

const fn dialect_label(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::ChatCompletions => servers::CHAT_COMPLETIONS_PROTOCOL,
        Dialect::Responses => servers::RESPONSES_PROTOCOL,
        Dialect::Anthropic => servers::ANTHROPIC_PROTOCOL,
        Dialect::Gemini => servers::GEMINI_PROTOCOL,
        Dialect::Interactions => servers::INTERACTIONS_PROTOCOL,
        Dialect::Ollama => servers::OLLAMA_PROTOCOL,
        Dialect::Cohere => servers::COHERE_PROTOCOL,
        Dialect::PlainText => servers::PLAIN_TEXT,
        Dialect::OwnEvents => servers::OWN_EVENTS,
        Dialect::OwnLines => servers::OWN_LINES,
        Dialect::UiMessages => servers::UI_MESSAGES,
        Dialect::AgUi => servers::AG_UI,
        Dialect::Realtime => servers::REALTIME,
        Dialect::BrowserModel => servers::BROWSER_MODEL,
    }
}
