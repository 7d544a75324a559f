//! [`Ruleset`] holds rules made ready to be followed.

use super::automata::Automata;
use super::names::rule_names;
use super::problem::{RuleField, RuleProblem};
use super::ready::{AnswerForm, Doing, Ready};
use super::rule_gate::RuleGate;
use crate::chat::{Gate, Guard};
use crate::checks::{Judge, Rule, Rules, WholeCheck};
use crate::messages::guard;
use crate::wire::BlockKind;
use std::fmt;
use std::rc::Rc;

/// The most rules.
const MOST_RULES: usize = 200;
/// The most seconds that a judge has.
const MOST_SECONDS: u32 = 600;

/// Holds rules made ready to be followed: what a session takes as its guard.
#[derive(Clone)]
pub struct Ruleset(Rc<Ready>);

impl fmt::Debug for Ruleset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ruleset")
            .field("rules", &self.0.rules)
            .field("hold", &self.0.hold)
            .finish_non_exhaustive()
    }
}

impl Ruleset {
    /// Makes rules ready, each anew. `whole` is asked about each whole answer ([`AnswerForm::whole`]).
    ///
    /// # Errors
    ///
    /// The first field with something wrong, its place and words for people.
    pub fn compile(rules: &Rules, whole: Option<WholeCheck>) -> Result<Ruleset, RuleProblem> {
        Ruleset::compile_with(&Automata::default(), rules, AnswerForm { whole, is_json: false })
    }

    /// Makes rules ready like [`Ruleset::compile`], with the automata that were made before.
    ///
    /// # Errors
    ///
    /// The first field with something wrong, its place and words for people.
    pub fn compile_with(
        automata: &Automata,
        rules: &Rules,
        form: AnswerForm,
    ) -> Result<Ruleset, RuleProblem> {
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
            form,
        };
        for (number, rule) in rules.rules.iter().enumerate().filter(|(_, rule)| !rule.is_off) {
            ready.add(number, rule, automata).map_err(|problem| problem.of(RuleField::Rule(number)))?;
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
