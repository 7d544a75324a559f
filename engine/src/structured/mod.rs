//! Structured output: JSON that follows a schema, checked while it streams.
//!
//! A [`Schema`] is what a person asks for. It goes out as a protocol wants it ([`request_members`]) or in words
//! ([`instructions`]). The answer's text goes into a [`Tree`], which knows at every moment what is [open](Node::Open) and
//! what is [closed](Node::Closed), and judges each value when it closes. At the end there is an [`Outcome`], and
//! [`ask_again`] makes the next question of it.

mod example;
mod fault;
mod instructions;
mod keywords;
mod kinds;
mod locations;
mod outcome;
mod problem;
mod request;
mod rows;
mod schema;
mod strict;
mod summary;
mod tree;
mod validator;

pub use crate::checks::SchemaChoice;
pub use fault::Fault;
pub use instructions::{ask_again, instructions};
pub use outcome::{Outcome, Spot};
pub use problem::{Place, SchemaProblem};
pub use request::{can_ask, merge, request_members};
pub use rows::{Rows, rows};
pub use schema::Schema;
pub use summary::property_count;
pub use tree::{Change, ClosedValue, Judgement, Label, Node, NodeId, OpenValue, Surroundings, Tree};
