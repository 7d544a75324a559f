//! [`Ruleset`] holds rules made ready to be followed.

use super::problem::{RuleField, RuleProblem};
use crate::chat::{Gate, GateReport, Guard, Part, Step, Verdict};
use crate::checks::{Judge, Rules};
use crate::messages::guard;
use crate::timestamp::Timestamp;
use crate::wire::BlockKind;
use std::fmt;
use std::rc::Rc;

/// Asks somebody else about a whole text once it is there: a name for people, and a function that says what is wrong with it.
pub type ExtraCheck = (String, Rc<dyn Fn(&str) -> Result<(), String>>);

/// Holds rules made ready to be followed: what a session takes as its guard.
#[derive(Clone)]
pub struct Ruleset {
    judge: Option<Judge>,
    check: Option<ExtraCheck>,
}

impl fmt::Debug for Ruleset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ruleset").field("judge", &self.judge).finish_non_exhaustive()
    }
}

impl Ruleset {
    /// Makes rules ready. `extra_check` is asked about each whole text; nothing of one is shown before.
    ///
    /// # Errors
    ///
    /// The first field with something wrong, its place and words for people.
    pub fn compile(rules: &Rules, extra_check: Option<ExtraCheck>) -> Result<Ruleset, RuleProblem> {
        if let Some(judge) = &rules.judge
            && judge.profile.is_empty()
        {
            return Err(RuleProblem::new(RuleField::JudgeProfile, guard::NO_JUDGE_PROFILE));
        }
        Ok(Ruleset { judge: rules.judge.clone(), check: extra_check })
    }

    /// Returns the judge that is to be asked about each [`Part`], if there is one.
    #[must_use]
    pub fn judge(&self) -> Option<&Judge> {
        self.judge.as_ref()
    }
}

impl Guard for Ruleset {
    fn gate(&self, _kind: BlockKind) -> Box<dyn Gate> {
        Box::new(Whole { check: self.check.clone(), report: GateReport::default() })
    }
}

/// Shows the whole at its end.
struct Whole {
    check: Option<ExtraCheck>,
    report: GateReport,
}

impl fmt::Debug for Whole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Whole").field("report", &self.report).finish_non_exhaustive()
    }
}

impl Gate for Whole {
    fn push(&mut self, text: &str, _at: Timestamp, _out: &mut String) -> Step {
        self.report.text.push_str(text);
        Step::GoOn
    }

    fn finish(&mut self, _at: Timestamp, out: &mut String) -> Step {
        if self.check.as_ref().is_none_or(|(_, check)| check(&self.report.text).is_ok()) {
            out.push_str(&self.report.text);
        }
        Step::GoOn
    }

    fn next_part(&mut self) -> Option<Part> {
        None
    }

    fn is_waiting(&self) -> bool {
        false
    }

    fn judge(&mut self, _number: u32, _verdict: &Verdict, _at: Timestamp, _out: &mut String) -> Step {
        Step::GoOn
    }

    fn give_up(&mut self, _reason: &str) {}

    fn report(&self) -> &GateReport {
        &self.report
    }
}
