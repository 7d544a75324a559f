//! The guard's own dialogs: the rules with a place to try them, and what was withheld of an answer.
//!
//! What draws the dialogs is in the part `checks`. They know neither settings nor conversations: a [`RulesHost`] gives them the
//! rules and takes what becomes of them, a [`WithheldHost`] an answer's report.

pub mod form;
pub mod hold_fields;
mod host;
pub mod judge_fields;
mod part;
mod presets;
pub mod rule_fields;
pub mod rules_dialog;
mod taped;
pub mod trial_plot;
pub mod trial_view;
pub mod withheld_dialog;

pub use host::{JudgeServer, RulesHost, WithheldHost};
pub use part::{open_rules, open_withheld};
pub use presets::RulePreset;
