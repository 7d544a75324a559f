//! Watches any stream, without a conversation around it: what comes, when, and whether that is a stream.
//!
//! All of it is in the part `extras`. `open` is its split point; [`dialog`] has the view, [`fill`] what was typed, and
//! [`run`] the connection, whose rows and text go past the reactive graph.

mod choices;
pub mod dialog;
pub mod field;
pub mod fill;
pub mod form_view;
mod open;
pub mod pointers;
pub mod results;
mod rows;
pub mod run;
pub mod secrets;
pub mod send_box;
mod snapshot;
mod text_view;
