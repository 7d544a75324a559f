//! Conversations keep turns, and turns add up deltas.
//!
//! [`Turn::apply`] is the only place where an answer's text is stored; everyone else reads it by range. A turn never
//! loses text: errors, cuts and stops change its state and leave its blocks as they are. Nothing here knows how a
//! provider words its events or how a page draws them.

mod block;
mod conversation;
mod draft_text;
mod end;
mod failure;
mod gate;
mod metadata;
mod moved;
mod queue;
mod recall;
mod server;
mod stored_turn;
mod turn;
mod withheld;

pub use crate::checks::Action;
pub use block::Block;
pub use conversation::{Changes, Conversation, Deleted};
pub use draft_text::DraftText;
pub use failure::{Cause, Failure};
pub use gate::{Gate, GateReport, Guard, GuardReport, Judged, Part, Step, Verdict, Withheld};
pub use metadata::TurnMetadata;
pub use moved::Moved;
pub use queue::{Hold, Queue};
pub use recall::Recall;
pub use server::{Program, Server};
pub use stored_turn::{Choice, StoredTurn, TurnId};
pub use turn::{Turn, TurnState};
