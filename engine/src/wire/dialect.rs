//! [`Dialect`]: which protocol an endpoint speaks.

use crate::messages::{problems as words, servers};
use serde::{Deserialize, Serialize};

/// The protocol that an endpoint speaks. Settings and tapes store it by its [`name`](Dialect::name).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum Dialect {
    /// OpenAI Responses, `POST /responses`.
    Responses,
    /// OpenAI Chat Completions and all that copy it, `POST /chat/completions`.
    ChatCompletions,
    /// Anthropic Messages, `POST /messages`.
    Anthropic,
    /// Gemini `streamGenerateContent`.
    Gemini,
    /// Gemini Interactions, `POST /interactions`.
    Interactions,
    /// Ollama's own `POST /api/chat`, in NDJSON.
    Ollama,
    /// Cohere v2, `POST /chat`.
    Cohere,
    /// A body that is the answer's text and nothing else.
    PlainText,
    /// Server-Sent Events of a server's own, read by [`OwnEvents`](super::OwnEvents).
    OwnEvents,
    /// Lines of a server's own, read by [`OwnEvents`](super::OwnEvents): NDJSON, mostly.
    OwnLines,
    /// The UI message stream of Vercel's AI SDK, version 1.
    UiMessages,
    /// AG-UI, the protocol between agents and front ends.
    AgUi,
    /// OpenAI Realtime over a WebSocket, text alone.
    Realtime,
    /// The browser's own model (Prompt API): lines that the page writes of what it brings.
    BrowserModel,
}

impl From<Dialect> for &'static str {
    fn from(dialect: Dialect) -> &'static str {
        dialect.name()
    }
}

impl TryFrom<String> for Dialect {
    type Error = String;

    fn try_from(name: String) -> Result<Dialect, String> {
        Dialect::from_name(&name).ok_or_else(|| words::unknown_dialect(&name))
    }
}

impl Dialect {
    /// All of them, those of [`Dialect::SERVERS`] first.
    pub const ALL: [Dialect; 14] = [
        Dialect::ChatCompletions,
        Dialect::Responses,
        Dialect::Anthropic,
        Dialect::Gemini,
        Dialect::Interactions,
        Dialect::Ollama,
        Dialect::Cohere,
        Dialect::PlainText,
        Dialect::OwnEvents,
        Dialect::OwnLines,
        Dialect::UiMessages,
        Dialect::AgUi,
        Dialect::Realtime,
        Dialect::BrowserModel,
    ];

    /// Those that servers of models speak, in the order in which they are offered for one: they have a list of models, and a
    /// conversation goes out as they want it.
    pub const SERVERS: [Dialect; 7] = [
        Dialect::ChatCompletions,
        Dialect::Responses,
        Dialect::Anthropic,
        Dialect::Gemini,
        Dialect::Interactions,
        Dialect::Ollama,
        Dialect::Cohere,
    ];

    /// Returns the name used in stored settings and tapes.
    pub const fn name(self) -> &'static str {
        match self {
            Dialect::Responses => "responses",
            Dialect::ChatCompletions => "chat-completions",
            Dialect::Anthropic => "anthropic",
            Dialect::Gemini => "gemini",
            Dialect::Interactions => "interactions",
            Dialect::Ollama => "ollama",
            Dialect::Cohere => "cohere",
            Dialect::PlainText => "plain-text",
            Dialect::OwnEvents => "own-events",
            Dialect::OwnLines => "own-lines",
            Dialect::UiMessages => "ui-messages",
            Dialect::AgUi => "ag-ui",
            Dialect::Realtime => "realtime",
            Dialect::BrowserModel => "browser-model",
        }
    }

    /// Returns its name for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
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

    /// Returns whether it is read by rules that the person gives ([`OwnEvents`](super::OwnEvents)).
    #[must_use]
    pub const fn has_own_rules(self) -> bool {
        matches!(self, Dialect::OwnEvents | Dialect::OwnLines)
    }

    /// Returns the dialect of that stored name.
    pub fn from_name(name: &str) -> Option<Dialect> {
        Dialect::ALL.into_iter().find(|dialect| dialect.name() == name)
    }

    /// Returns whether a request names a model: a server of one's own has the one that it has.
    pub const fn names_model(self) -> bool {
        match self {
            Dialect::Responses
            | Dialect::ChatCompletions
            | Dialect::Anthropic
            | Dialect::Gemini
            | Dialect::Interactions
            | Dialect::Ollama
            | Dialect::Cohere
            | Dialect::Realtime => true,
            Dialect::PlainText
            | Dialect::OwnEvents
            | Dialect::OwnLines
            | Dialect::UiMessages
            | Dialect::AgUi
            | Dialect::BrowserModel => false,
        }
    }

    /// Returns whether there is a server with an address, and perhaps a key.
    pub const fn has_address(self) -> bool {
        !matches!(self, Dialect::BrowserModel)
    }

    /// Returns whether it is asked by a request: others have a socket or a call of the browser's in its place.
    pub const fn has_requests(self) -> bool {
        !matches!(self, Dialect::Realtime | Dialect::BrowserModel)
    }

    /// Returns whether a streamed answer is newline-delimited JSON rather than Server-Sent Events.
    pub const fn is_ndjson(self) -> bool {
        match self {
            Dialect::Ollama | Dialect::OwnLines | Dialect::BrowserModel => true,
            Dialect::Responses
            | Dialect::ChatCompletions
            | Dialect::Anthropic
            | Dialect::Gemini
            | Dialect::Interactions
            | Dialect::Cohere
            | Dialect::PlainText
            | Dialect::OwnEvents
            | Dialect::UiMessages
            | Dialect::AgUi
            | Dialect::Realtime => false,
        }
    }

    /// Members of an event that its mapper never reads and that differ from event to event: strings and numbers there
    /// are no reason to read an event whole that repeats the one before.
    pub(super) const fn idle(self) -> &'static [&'static str] {
        match self {
            Dialect::Responses => &["sequence_number", "obfuscation"],
            Dialect::ChatCompletions => &["created", "obfuscation"],
            Dialect::Interactions => &["event_id"],
            Dialect::Ollama => &["created_at"],
            Dialect::Anthropic
            | Dialect::Gemini
            | Dialect::Cohere
            | Dialect::PlainText
            | Dialect::OwnEvents
            | Dialect::OwnLines
            | Dialect::UiMessages
            | Dialect::BrowserModel => &[],
            Dialect::AgUi => &["timestamp"],
            Dialect::Realtime => &["event_id"],
        }
    }
}
