//! The part `checks`: what answers are checked by before they are shown.

mod judge;
mod part;
mod wiring;

pub use part::bring_checks;
