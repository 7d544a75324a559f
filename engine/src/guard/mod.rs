//! The guard checks an answer by rules before any of it is shown.

mod automata;
mod bounds;
mod code;
mod fold;
mod json_shape;
mod judge_prompt;
mod line;
mod machine;
mod names;
mod parts;
mod patterns;
mod problem;
mod reader;
mod ready;
mod rule_gate;
mod ruleset;
mod scanner;
mod trial;
mod verify;

pub use crate::checks::{Action, Hold, Judge, Rule, RuleKind, Rules};
pub use automata::Automata;
pub use judge_prompt::{judge_prompt, read_verdict};
pub use names::{ACTIONS, action_words, rule_names};
pub use problem::{RuleField, RuleProblem};
pub use ready::AnswerForm;
pub use rule_gate::RuleGate;
pub use ruleset::Ruleset;
pub use trial::{Trial, TriedPiece, paced};
