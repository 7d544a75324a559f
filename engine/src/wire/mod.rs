//! Providers' protocols turn prompts into requests and events into deltas.
//!
//! One file a protocol, each with the same four calls: `map` for an event, `done` for a `[DONE]` sentinel, `whole` for an
//! answer that was not streamed, `finish` for the end of the body; and `request` for the way out. [`Protocol`] picks the
//! right ones. A mapper keeps only keys and flags: text is stored by the turn, nowhere else. It never decides what is
//! shown, and it never fails: what it does not understand it passes on as [`Delta::Unknown`].

mod again;
mod anthropic;
mod arguments;
mod base_url;
mod blocks;
mod body;
mod chat_completions;
mod cohere;
mod decimal;
mod delta;
mod delta_template;
mod end_state;
mod endpoint;
mod error;
mod gemini;
mod interactions;
mod models;
mod names;
mod odd;
mod ollama;
mod prompt;
mod protocol;
mod responses;
mod stop;
mod tags;

pub use base_url::{BaseUrl, BaseUrlProblem};
pub use decimal::Decimal;
pub use delta::{
    BlockIndex, BlockKind, Citation, Delta, Deltas, Identity, Opaque, Stop, StopReason, ToolIdentity,
    Unknown, Usage,
};
pub use endpoint::{Endpoint, HttpRequest, Key, KeyProblem};
pub use error::{ProviderError, RAW_LIMIT, is_html};
pub use models::{Models, models_request, read_models};
pub use prompt::{Message, Prompt, Role};
pub use protocol::Protocol;
pub(crate) use tags::TAGS;

use super::frame::Event;
use super::json::{Document, Malformed};
use delta_template::DeltaTemplate;
use protocol::ReadEvents;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The protocol that an endpoint speaks. Settings and tapes store it by its [`name`](Dialect::name).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
}

impl Dialect {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Dialect; 7] = [
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
        }
    }

    /// Returns the dialect of that stored name.
    pub fn from_name(name: &str) -> Option<Dialect> {
        Dialect::ALL.into_iter().find(|dialect| dialect.name() == name)
    }

    /// Returns whether a streamed answer is newline-delimited JSON rather than Server-Sent Events.
    pub const fn is_ndjson(self) -> bool {
        match self {
            Dialect::Ollama => true,
            Dialect::Responses
            | Dialect::ChatCompletions
            | Dialect::Anthropic
            | Dialect::Gemini
            | Dialect::Interactions
            | Dialect::Cohere => false,
        }
    }

    /// Members of an event that its mapper never reads and that differ from event to event: strings and numbers there
    /// are no reason to read an event whole that repeats the one before.
    const fn idle(self) -> &'static [&'static str] {
        match self {
            Dialect::Responses => &["sequence_number", "obfuscation"],
            Dialect::ChatCompletions => &["created", "obfuscation"],
            Dialect::Interactions => &["event_id"],
            Dialect::Ollama => &["created_at"],
            Dialect::Anthropic | Dialect::Gemini | Dialect::Cohere => &[],
        }
    }
}

/// Maps the events of one response to deltas.
pub struct Mapper {
    document: Document,
    reader: Box<dyn ReadEvents>,
    template: DeltaTemplate,
    idle: &'static [&'static str],
    /// Events that were not parsed.
    #[cfg(debug_assertions)]
    skipped: u64,
}

impl fmt::Debug for Mapper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mapper").field("template", &self.template).finish_non_exhaustive()
    }
}

impl Mapper {
    /// A mapper for one response in that dialect.
    #[must_use]
    pub fn new(dialect: Dialect) -> Mapper {
        Mapper::with_protocol(Protocol::of(dialect))
    }

    /// A mapper for one response in that protocol.
    #[must_use]
    pub fn with_protocol(protocol: Protocol) -> Mapper {
        Mapper {
            document: Document::default(),
            reader: (protocol.reader)(),
            template: DeltaTemplate::default(),
            idle: protocol.dialect.idle(),
            #[cfg(debug_assertions)]
            skipped: 0,
        }
    }

    /// Maps one event; its deltas are added to `out`.
    ///
    /// # Errors
    /// Data that is neither JSON nor the `[DONE]` sentinel. Nothing was added to `out`, and the next event can follow.
    pub fn map(&mut self, event: &Event<'_>, out: &mut Deltas) -> Result<(), Malformed> {
        if let Some((block, text)) = self.template.match_event(event.name, event.data.trim_ascii())
            && self.reader.blocks().is_plain(block)
        {
            self.reader.blocks().append_fragment(block, text, out);
            #[cfg(debug_assertions)]
            {
                self.skipped += 1;
            }
            return Ok(());
        }
        let text = event.text();
        let data = text.trim_ascii();
        let expected = self.template.retract(event.name, data.as_bytes());
        if data.is_empty() {
            // MCP-style priming events and bare pings: a name or an id without data.
            out.keep_alive();
            return Ok(());
        }
        match self.read(event.name, data, expected, out) {
            Err(malformed) => self.read_odd(event.name, data, event.terminated, out).ok_or(malformed),
            read => read,
        }
    }

    /// Maps the data of an event: JSON, or the sentinel.
    fn read(
        &mut self,
        name: &str,
        data: &str,
        expected: Option<blocks::Source>,
        out: &mut Deltas,
    ) -> Result<(), Malformed> {
        if odd::is_done(data) {
            self.reader.done(out);
            return Ok(());
        }
        let value = self.document.parse(data)?;
        if odd::is_idle(name, value) {
            out.keep_alive();
            return Ok(());
        }
        let before = out.len();
        self.reader.blocks().take_source();
        self.reader.map(name, value, out);
        let source = self.reader.blocks().take_source();
        if let Some(source) = source.filter(|_| out.len() == before + 1) {
            self.template.learn(name, value, self.idle, source, expected);
        }
        Ok(())
    }

    /// Maps data that is no JSON as far as it holds some, or is a sign of life; `None` if it is neither.
    fn read_odd(&mut self, name: &str, data: &str, is_terminated: bool, out: &mut Deltas) -> Option<()> {
        if is_terminated && odd::is_alive(name, data) {
            out.keep_alive();
            return Some(());
        }
        let pieces = odd::pieces(data)?;
        // What was cut is no event, whatever stands before it.
        if !is_terminated && pieces.iter().any(|piece| matches!(piece, odd::Piece::Lost(_))) {
            return None;
        }
        for piece in pieces {
            let read = match &piece {
                odd::Piece::Whole(json) => self.read(name, json, None, out),
                odd::Piece::Lost(_) => Err(Malformed { at: 0 }),
            };
            self.template.forget();
            if let (Err(_), odd::Piece::Lost(text) | odd::Piece::Whole(text)) = (read, &piece) {
                out.unknown(name, text);
            }
        }
        Some(())
    }

    /// Returns how many events were not parsed, since they repeated what was known: tests hold it to what they expect.
    #[cfg(debug_assertions)]
    pub fn skipped(&self) -> u64 {
        self.skipped
    }

    /// Forgets what the events had in common, so that the next one is read whole. It changes how much work that is and
    /// nothing else; tests compare the two ways.
    pub fn forget_repeats(&mut self) {
        self.template.forget();
    }

    /// Maps a whole answer that was not streamed.
    ///
    /// # Errors
    /// A body that is no JSON.
    pub fn whole(&mut self, body: &str, out: &mut Deltas) -> Result<(), Malformed> {
        self.template.forget();
        let value = self.document.parse(body)?;
        self.reader.whole(value, out);
        Ok(())
    }

    /// Ends the body. Blocks that stayed open are closed, without the half of a surrogate pair that still waits for its
    /// other half. Where the protocol has no end marker of its own the end is added if everything it demands was seen.
    pub fn finish(&mut self, out: &mut Deltas) {
        self.template.forget();
        self.reader.finish(out);
    }
}
