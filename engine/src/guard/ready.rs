//! [`Ready`] is a set of rules made ready: automata, limits, and what follows a match.

use super::machine::Machine;
use super::patterns;
use super::problem::TextProblem;
use crate::chat::Action;
pub use crate::checks::WholeCheck as ExtraCheck;
use crate::checks::{Hold, Judge, Rule, RuleKind};
use std::rc::Rc;

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

impl Ready {
    /// Adds what a rule looks for.
    pub(super) fn add(&mut self, number: usize, rule: &Rule) -> Result<(), TextProblem> {
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
