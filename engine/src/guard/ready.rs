//! [`Ready`] is a set of rules made ready: automata, limits, and what follows a match.

use super::automata::Automata;
use super::machine::Machine;
use super::patterns;
use super::problem::TextProblem;
use crate::chat::Action;
use crate::checks::{Hold, Judge, Rule, RuleKind, WholeCheck};
use std::fmt;
use std::rc::Rc;

/// What an answer is to be beside what the rules say of it.
#[derive(Clone, Default)]
pub struct AnswerForm {
    /// Who is asked about the whole answer, of which nothing is shown before. Thoughts and tools' arguments it does not see.
    pub whole: Option<WholeCheck>,
    /// Whether the answer is shown as JSON is read, without its escapes.
    pub is_json: bool,
}

impl fmt::Debug for AnswerForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnswerForm").field("is_json", &self.is_json).finish_non_exhaustive()
    }
}

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
    /// What the answer is to be.
    pub(super) form: AnswerForm,
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

impl Ready {
    /// Adds what a rule looks for.
    pub(super) fn add(&mut self, number: usize, rule: &Rule, automata: &Automata) -> Result<(), TextProblem> {
        match rule.kind {
            RuleKind::Length => self.lengths.push((number, patterns::length(&rule.text)?)),
            RuleKind::Code => self.code = self.code.or(Some(number)),
            RuleKind::Json => self.json = self.json.or(Some(number)),
            RuleKind::Words
            | RuleKind::Pattern
            | RuleKind::Email
            | RuleKind::Phone
            | RuleKind::Card
            | RuleKind::Iban
            | RuleKind::Secrets
            | RuleKind::Links => {
                let machines = automata.of(rule)?;
                self.machines.extend(machines.iter().map(|machine| (number, Rc::clone(machine))));
            }
        }
        Ok(())
    }
}
