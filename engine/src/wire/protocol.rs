//! [`Protocol`]: how a prompt becomes a request's body, and an answer's events become deltas.
//!
//! It is a value, so that a program can hold the one that it needs and fetch the others when somebody wants them.

use super::body::Body;
use super::delta::Deltas;
use super::delta_template::AppendFragment;
use super::dialect::Dialect;
use super::prompt::Prompt;
use super::{anthropic, chat_completions, cohere, gemini, interactions, ollama, responses};
use crate::json::Value;
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

    /// The dialect that it speaks.
    #[must_use]
    pub const fn dialect(self) -> Dialect {
        self.dialect
    }

    /// The protocol of that dialect.
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

/// Reads the events of one response. It keeps only keys and flags, and never fails: what it does not understand it passes
/// on as [`Delta::Unknown`](super::Delta::Unknown).
pub(super) trait ReadEvents {
    /// Reads an event.
    fn map(&mut self, name: &str, event: Value<'_>, out: &mut Deltas);
    /// Reads a `[DONE]` sentinel.
    fn done(&mut self, out: &mut Deltas);
    /// Reads a whole answer that was not streamed.
    fn whole(&mut self, answer: Value<'_>, out: &mut Deltas);
    /// Reads the end of the body.
    fn finish(&mut self, out: &mut Deltas);
    /// Its blocks, to which a fragment that repeats goes straight.
    fn blocks(&mut self) -> &mut dyn AppendFragment;
}

/// Has each protocol's mapper read events by its own methods of the same names.
macro_rules! read_events {
    ($($protocol:ident),*) => {$(
        impl ReadEvents for $protocol::Mapper {
            fn map(&mut self, name: &str, event: Value<'_>, out: &mut Deltas) {
                $protocol::Mapper::map(self, name, event, out);
            }

            fn done(&mut self, out: &mut Deltas) {
                $protocol::Mapper::done(self, out);
            }

            fn whole(&mut self, answer: Value<'_>, out: &mut Deltas) {
                $protocol::Mapper::whole(self, answer, out);
            }

            fn finish(&mut self, out: &mut Deltas) {
                $protocol::Mapper::finish(self, out);
            }

            fn blocks(&mut self) -> &mut dyn AppendFragment {
                $protocol::Mapper::blocks(self)
            }
        }
    )*};
}

read_events!(anthropic, chat_completions, cohere, gemini, interactions, ollama, responses);
