//! [`Protocol`] says how a prompt becomes a request's body, and an answer's events become deltas.
//!
//! It is a value, so that a program can hold the one that it needs and fetch the others when somebody wants them.

use super::body::Body;
use super::dialect::Dialect;
use super::own_events::{self, OwnEvents};
use super::prompt::Prompt;
use super::read_events::ReadEvents;
use super::{
    ag_ui, anthropic, browser_model, chat_completions, cohere, gemini, interactions, ollama, plain_text,
    realtime, responses, ui_messages,
};
use std::fmt;
use std::sync::Arc;

/// A wire protocol.
#[derive(Clone)]
pub struct Protocol {
    pub(super) dialect: Dialect,
    pub(super) request: fn(&Prompt) -> (String, Body),
    reader: Reader,
}

/// Creates the reader for a response.
#[derive(Clone)]
enum Reader {
    Known(fn() -> Box<dyn ReadEvents>),
    /// By rules of the person's own.
    Ruled {
        rules: Arc<OwnEvents>,
        create: fn(&Arc<OwnEvents>) -> Box<dyn ReadEvents>,
        is_raw: bool,
    },
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
        reader: Reader::Known(|| Box::<chat_completions::Mapper>::default()),
    };

    /// Returns the dialect that it speaks.
    #[must_use]
    pub const fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Returns the protocol of a dialect.
    #[must_use]
    pub fn of(dialect: Dialect) -> Protocol {
        let new = |request, reader| Protocol { dialect, request, reader: Reader::Known(reader) };
        match dialect {
            Dialect::ChatCompletions => Protocol::CHAT_COMPLETIONS,
            Dialect::Responses => new(responses::request, || Box::<responses::Mapper>::default()),
            Dialect::Anthropic => new(anthropic::request, || Box::<anthropic::Mapper>::default()),
            Dialect::Gemini => new(gemini::request, || Box::<gemini::Mapper>::default()),
            Dialect::Interactions => new(interactions::request, || Box::<interactions::Mapper>::default()),
            Dialect::Ollama => new(ollama::request, || Box::<ollama::Mapper>::default()),
            Dialect::Cohere => new(cohere::request, || Box::<cohere::Mapper>::default()),
            Dialect::PlainText => new(plain_text::request, || Box::<plain_text::Mapper>::default()),
            Dialect::UiMessages => new(ui_messages::request, || Box::<ui_messages::Mapper>::default()),
            Dialect::Realtime => new(realtime::request, || Box::<realtime::Mapper>::default()),
            Dialect::BrowserModel => new(browser_model::request, || Box::<browser_model::Mapper>::default()),
            Dialect::AgUi => new(ag_ui::request, || Box::<ag_ui::Mapper>::default()),
            Dialect::OwnEvents | Dialect::OwnLines => {
                Protocol { dialect, ..Protocol::own_events(OwnEvents::default(), false) }
            }
        }
    }

    /// Creates a protocol whose events are read by rules: Server-Sent Events, or lines.
    #[must_use]
    pub fn own_events(rules: OwnEvents, has_lines: bool) -> Protocol {
        let is_raw = rules.is_raw();
        Protocol {
            dialect: if has_lines { Dialect::OwnLines } else { Dialect::OwnEvents },
            request: plain_text::request,
            reader: Reader::Ruled { rules: Arc::new(rules), create: own_events::reader, is_raw },
        }
    }

    /// Returns whether an event's data may be no JSON and count all the same.
    pub(super) fn is_raw(&self) -> bool {
        match &self.reader {
            Reader::Known(_) => self.dialect == Dialect::PlainText,
            Reader::Ruled { is_raw, .. } => *is_raw,
        }
    }

    /// Creates the reader for a response.
    pub(super) fn into_reader(self) -> Box<dyn ReadEvents> {
        match self.reader {
            Reader::Known(create) => create(),
            Reader::Ruled { rules, create, .. } => create(&rules),
        }
    }
}
