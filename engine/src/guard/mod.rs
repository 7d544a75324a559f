//! The guard checks an answer by rules before any of it is shown.

mod rules;

pub use rules::{Hold, Judge, Rule, RuleKind, Rules};
