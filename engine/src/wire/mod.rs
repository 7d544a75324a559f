//! Providers' protocols turn prompts into requests and events into deltas.
//!
//! One file a protocol, each with a mapper that reads events (the trait `ReadEvents`), and `request` for the way out.
//! [`Protocol`] picks the right ones. A mapper keeps only keys and flags: text is stored by the turn, nowhere else. It never
//! decides what is shown, and it never fails: what it does not understand it passes on as [`Delta::Unknown`].

mod ag_ui;
mod again;
mod anthropic;
mod arguments;
mod base_url;
mod blocks;
mod body;
pub mod browser_model;
mod chat_completions;
mod cohere;
mod decimal;
mod delta;
mod delta_template;
mod dialect;
mod end_state;
mod endpoint;
mod error;
mod extra;
mod gemini;
mod interactions;
mod mapper;
mod models;
mod names;
mod odd;
mod ollama;
mod own_events;
mod plain_text;
mod prompt;
mod protocol;
mod read_events;
pub mod realtime;
mod responses;
mod socket;
mod source;
mod stop;
mod tags;
mod ui_messages;

pub use base_url::{BaseUrl, BaseUrlProblem};
pub use chat_completions::control::{end_reasoning_request, read_end_of_reasoning};
pub use decimal::Decimal;
pub use delta::{
    BlockIndex, BlockKind, Citation, Delta, Deltas, Identity, Opaque, Stop, StopReason, ToolIdentity,
    Unknown, Usage,
};
pub use dialect::Dialect;
pub use endpoint::{Endpoint, HttpRequest, Key, KeyProblem};
pub use error::{ProviderError, RAW_LIMIT, is_html};
pub use extra::{Extra, ExtraProblem};
pub use mapper::Mapper;
pub use models::{Models, models_request, read_models};
pub use own_events::{
    Given, JsonPointer, OwnEventField, OwnEventFields, OwnEvents, OwnEventsFault, OwnEventsProblem,
    PointerFault, PointerProblem, TriedLine, try_lines,
};
pub use prompt::{Message, Prompt, Role};
pub use protocol::Protocol;
pub use socket::{
    CloseCode, SocketFault, SocketProblem, read_subprotocols, realtime_subprotocols, socket_address,
};
pub(crate) use tags::TAGS;
