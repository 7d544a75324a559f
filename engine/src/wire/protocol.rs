//! [`Protocol`] says how a prompt becomes a request's body, and an answer's events become deltas.
//!
//! It is a value, so that a program can hold the one that it needs and fetch the others when somebody wants them.

use super::body::Body;
use super::dialect::Dialect;
use super::prompt::Prompt;
use super::read_events::ReadEvents;
use super::{anthropic, chat_completions, cohere, gemini, interactions, ollama, responses};
use std::fmt;

/// A wire protocol.
#[derive(Clone, Copy)]
pub struct Protocol {
    pub(super) dialect: Dialect,
    pub(super) request: fn(&Prompt) -> (String, Body),
    pub(super) reader: fn() -> Box<dyn ReadEvents>,
}

impl fmt::Debug for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Protocol").field(&self.dialect).finish()
    }
}

impl Protocol {
    /// OpenAI Chat Completions, which most servers speak.
    pub const CHAT_COMPLETIONS: Protocol = Protocol {
        dialect: Dialect::ChatCompletions,
        request: chat_completions::request,
        reader: || Box::<chat_completions::Mapper>::default(),
    };

    /// Returns the dialect that it speaks.
    #[must_use]
    pub const fn dialect(self) -> Dialect {
        self.dialect
    }

    /// Returns the protocol of a dialect.
    #[must_use]
    pub fn of(dialect: Dialect) -> Protocol {
        let new = |request, reader| Protocol { dialect, request, reader };
        match dialect {
            Dialect::ChatCompletions => Protocol::CHAT_COMPLETIONS,
            Dialect::Responses => new(responses::request, || Box::<responses::Mapper>::default()),
            Dialect::Anthropic => new(anthropic::request, || Box::<anthropic::Mapper>::default()),
            Dialect::Gemini => new(gemini::request, || Box::<gemini::Mapper>::default()),
            Dialect::Interactions => new(interactions::request, || Box::<interactions::Mapper>::default()),
            Dialect::Ollama => new(ollama::request, || Box::<ollama::Mapper>::default()),
            Dialect::Cohere => new(cohere::request, || Box::<cohere::Mapper>::default()),
        }
    }
}
