//! [`Guard`] decides what of an answer may be shown, and makes a [`Gate`] for each of its blocks.
//!
//! A block's text goes through its gate before it reaches the [`Turn`](super::Turn). So whoever reads a turn (views, copies,
//! files, prompts, screen readers) reads what may be shown and nothing else; the text as it came is in the [`GuardReport`] alone.

use crate::checks::Action;
use crate::timestamp::Timestamp;
use crate::wire::BlockKind;
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
    /// Bytes at its end of which is not decided yet whether they are shown.
    pub held: usize,
}

/// What a guard did with an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GuardReport {
    /// The reports of the blocks of which something was withheld, with their places in the turn. They are here once the answer has
    /// ended.
    pub blocks: Vec<(usize, GateReport)>,
    /// Bytes that came and of which is not decided yet whether they are shown.
    pub held: usize,
    /// Number of places that were not shown.
    pub count: usize,
    /// The longest time for which text that was shown had been held back.
    pub longest_hold: Duration,
    /// The rule that ended the answer.
    pub stopped_by: Option<String>,
    /// What the judge did.
    pub judged: Judged,
    /// Whether the text as it came can take the place of what is shown: not where reasoning was moved out of it, or where it was
    /// put there already.
    pub can_release: bool,
}

/// What a judge did for an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// Number of parts that it was asked about.
    pub parts: u32,
    /// Number of those for which it failed.
    pub failed: u32,
    /// Tokens that it read and wrote, as far as its server said.
    pub tokens: u64,
    /// The longest time that it took.
    pub longest: Duration,
}
