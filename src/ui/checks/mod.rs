//! The part `checks`: what answers are checked by before they are shown.

pub mod guard;
mod judge;
mod part;
pub mod structured;
mod wiring;

pub use part::bring_checks;
pub use structured::{SchemaOpening, SchemaPanel};
