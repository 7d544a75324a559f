//! The part `checks`: what answers are checked by before they are shown.

mod part;

pub use part::bring_checks;
