//! The guard checks an answer by rules before any of it is shown.

mod judge_prompt;
mod names;
mod problem;
mod ruleset;
mod trial;

pub use crate::checks::{Action, Hold, Judge, Rule, RuleKind, Rules};
pub use judge_prompt::{judge_prompt, read_verdict};
pub use names::{ACTIONS, action_words, rule_names};
pub use problem::{RuleField, RuleProblem};
pub use ruleset::{ExtraCheck, Ruleset};
pub use trial::{Trial, TriedPiece, paced};
