//! [`Guard`] decides what of an answer may be shown, and makes a [`Gate`] for each of its blocks.
//!
//! A block's text goes through its gate before it reaches the [`Turn`](super::Turn). So whoever reads a turn (views, copies,
//! files, prompts, screen readers) reads what may be shown and nothing else; the text as it came is in the [`GuardReport`] alone.

use crate::timestamp::Timestamp;
use crate::wire::{BlockIndex, BlockKind};
use std::fmt;
use std::ops::Range;
use std::time::Duration;

/// Decides what of an answer may be shown.
pub trait Guard: fmt::Debug {
    /// Creates the gate for a block of that kind.
    fn gate(&self, kind: BlockKind) -> Box<dyn Gate>;
}

/// Holds a block's text back until it is known to be harmless.
pub trait Gate: fmt::Debug {
    /// Takes new text, which came at that moment, and appends to `out` what may be shown by now.
    fn push(&mut self, text: &str, at: Timestamp, out: &mut String) -> Step;

    /// Ends the text: nothing more comes. What waits for a verdict still waits.
    fn finish(&mut self, at: Timestamp, out: &mut String) -> Step;

    /// Returns the next part that somebody else has to judge before it may be shown, once.
    fn next_part(&mut self) -> Option<Part>;

    /// Returns whether text waits for a verdict.
    fn is_waiting(&self) -> bool;

    /// Takes the verdict on a part. Verdicts may come in any order; text is shown in its own.
    fn judge(&mut self, number: u32, verdict: &Verdict, at: Timestamp, out: &mut String) -> Step;

    /// Withholds whatever still waits for a verdict, since nobody waits any more.
    fn give_up(&mut self, reason: &str);

    /// Returns what went through so far.
    fn report(&self) -> &GateReport;
}

/// Says whether an answer goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It goes on.
    GoOn,
    /// A rule ends it: see [`GateReport::stopped_by`].
    Stop,
}

/// A part of a block's text, for a judge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its number in its block, from nought.
    pub number: u32,
    /// The text, after the other rules.
    pub text: String,
}

/// What a judge said of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may be shown.
    Allow,
    /// It may not be shown.
    Withhold,
    /// The judge failed, for that reason: the rules say what follows.
    Failed(String),
}

/// What is done with text that a rule forbids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// A mark takes its place, and the answer goes on.
    #[default]
    Redact,
    /// The answer ends before it.
    Stop,
    /// It and all behind it waits until the person looks.
    Withhold,
}

/// Text that was not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// The place in the text as it came, in bytes.
    pub place: Range<usize>,
    /// The rule's name.
    pub rule: String,
    /// What was done.
    pub action: Action,
}

/// What went through a gate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GateReport {
    /// The text as it came.
    pub text: String,
    /// What of it was not shown, in order.
    pub withheld: Vec<Withheld>,
    /// The longest time for which text that was shown had been held back.
    pub longest_hold: Duration,
    /// The rule that ended the answer.
    pub stopped_by: Option<String>,
}

/// What a guard did with an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GuardReport {
    /// The gates' reports, for the blocks as the provider counts them. Those that withheld nothing hold no text.
    pub blocks: Vec<(BlockIndex, GateReport)>,
}

impl GuardReport {
    /// Returns whether anything was not shown.
    #[must_use]
    pub fn has_withheld(&self) -> bool {
        self.blocks.iter().any(|(_, report)| !report.withheld.is_empty())
    }

    /// Returns the rule that ended the answer, if one did.
    #[must_use]
    pub fn stopped_by(&self) -> Option<&str> {
        self.blocks.iter().find_map(|(_, report)| report.stopped_by.as_deref())
    }

    /// Returns the longest time for which text was held back before it was shown.
    #[must_use]
    pub fn longest_hold(&self) -> Duration {
        self.blocks.iter().map(|(_, report)| report.longest_hold).max().unwrap_or_default()
    }
}
