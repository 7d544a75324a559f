//! The guard checks an answer by rules before any of it is shown.

pub use crate::checks::{Action, Hold, Judge, Rule, RuleKind, Rules};
