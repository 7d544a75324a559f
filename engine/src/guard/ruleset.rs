//! [`Ruleset`] holds rules made ready to be followed.

use super::machine::Machine;
use super::names::rule_names;
use super::patterns;
use super::problem::{RuleField, RuleProblem, TextProblem};
use super::rule_gate::RuleGate;
use crate::chat::{Action, Gate, Guard};
use crate::checks::{Hold, Judge, Rule, RuleKind, Rules};
use crate::messages::guard;
use crate::wire::BlockKind;
use std::fmt;
use std::rc::Rc;

/// The most rules.
const MOST_RULES: usize = 200;
/// The most seconds that a judge has.
const MOST_SECONDS: u32 = 600;

pub use crate::checks::WholeCheck as ExtraCheck;

/// Holds rules made ready to be followed: what a session takes as its guard.
#[derive(Clone)]
pub struct Ruleset(Rc<Ready>);

/// Rules made ready.
pub(super) struct Ready {
    /// What each does, those included that are switched off.
    pub(super) rules: Vec<Doing>,
    /// The automata, each with the number of its rule.
    pub(super) machines: Vec<(usize, Rc<Machine>)>,
    /// The rules about lengths, with the most characters.
    pub(super) lengths: Vec<(usize, usize)>,
    /// The rule about code.
    pub(super) code: Option<usize>,
    /// The rule about JSON.
    pub(super) json: Option<usize>,
    /// How much is held back at least.
    pub(super) hold: Hold,
    /// Who sees the text first.
    pub(super) judge: Option<Judge>,
    /// Who is asked about the whole text.
    pub(super) check: Option<ExtraCheck>,
}

/// What a rule does.
#[derive(Debug)]
pub(super) struct Doing {
    /// Its name.
    pub(super) name: String,
    /// The mark in the place of what it finds.
    pub(super) mark: &'static str,
    /// What follows.
    pub(super) action: Action,
}

impl fmt::Debug for Ruleset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ruleset")
            .field("rules", &self.0.rules)
            .field("hold", &self.0.hold)
            .finish_non_exhaustive()
    }
}

impl Ruleset {
    /// Makes rules ready. `extra_check` is asked about each whole answer, of which nothing is shown before; thoughts and tools'
    /// arguments it does not see.
    ///
    /// # Errors
    ///
    /// The first field with something wrong, its place and words for people.
    pub fn compile(rules: &Rules, extra_check: Option<ExtraCheck>) -> Result<Ruleset, RuleProblem> {
        if MOST_RULES < rules.rules.len() {
            let problem = guard::many_rules(MOST_RULES);
            return Err(RuleProblem::new(RuleField::Rule(MOST_RULES), problem));
        }
        let doing =
            |(rule, name): (&Rule, String)| Doing { name, mark: rule.kind.mark(), action: rule.action };
        let mut ready = Ready {
            rules: rules.rules.iter().zip(rule_names(&rules.rules)).map(doing).collect(),
            machines: Vec::new(),
            lengths: Vec::new(),
            code: None,
            json: None,
            hold: rules.hold,
            judge: rules.judge.clone(),
            check: extra_check,
        };
        for (number, rule) in rules.rules.iter().enumerate().filter(|(_, rule)| !rule.is_off) {
            ready.add(number, rule).map_err(|problem| problem.of(RuleField::Rule(number)))?;
        }
        rules.judge.as_ref().map_or(Ok(()), check_judge)?;
        Ok(Ruleset(Rc::new(ready)))
    }

    /// Returns the judge that is to be asked about each part, if there is one.
    #[must_use]
    pub fn judge(&self) -> Option<&Judge> {
        self.0.judge.as_ref()
    }

    /// Creates the gate for a block of that kind, as what it is: who tries rules asks it more than a session does.
    #[must_use]
    pub fn open(&self, kind: BlockKind) -> RuleGate {
        RuleGate::new(Rc::clone(&self.0), kind)
    }
}

impl Guard for Ruleset {
    fn gate(&self, kind: BlockKind) -> Box<dyn Gate> {
        Box::new(self.open(kind))
    }
}

impl Ready {
    fn add(&mut self, number: usize, rule: &Rule) -> Result<(), TextProblem> {
        let machines = match rule.kind {
            RuleKind::Words => patterns::words(&rule.text)?,
            RuleKind::Pattern => patterns::own(&rule.text)?,
            RuleKind::Email => patterns::email()?,
            RuleKind::Phone => patterns::phone()?,
            RuleKind::Card => patterns::card()?,
            RuleKind::Iban => patterns::iban()?,
            RuleKind::Secrets => patterns::secrets()?,
            RuleKind::Links => patterns::links(&rule.text)?,
            RuleKind::Length => {
                self.lengths.push((number, patterns::length(&rule.text)?));
                Vec::new()
            }
            RuleKind::Code => {
                self.code.get_or_insert(number);
                Vec::new()
            }
            RuleKind::Json => {
                self.json.get_or_insert(number);
                Vec::new()
            }
        };
        self.machines.extend(machines.into_iter().map(|machine| (number, Rc::new(machine))));
        Ok(())
    }
}

/// Makes sure that a judge can be asked.
fn check_judge(judge: &Judge) -> Result<(), RuleProblem> {
    if judge.profile.is_empty() {
        Err(RuleProblem::new(RuleField::JudgeProfile, guard::NO_JUDGE_PROFILE))
    } else if judge.prompt.trim().is_empty() {
        Err(RuleProblem::new(RuleField::JudgePrompt, guard::NO_JUDGE_PROMPT))
    } else if judge.seconds == 0 || MOST_SECONDS < judge.seconds {
        Err(RuleProblem::new(RuleField::JudgeSeconds, guard::bad_seconds(MOST_SECONDS)))
    } else {
        Ok(())
    }
}
