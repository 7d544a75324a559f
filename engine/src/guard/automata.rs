//! [`Automata`] keeps the automata of rules, so that each is made once: making those of fifty rules takes longer than a frame.

use super::machine::Machine;
use super::patterns;
use super::problem::TextProblem;
use crate::checks::{Rule, RuleKind, Rules};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// The most rules that are kept: twice as many as there may be in one set.
const MOST_KEPT: usize = 400;

/// What a rule looks for: its automata, or what is wrong with it.
type Made = Result<Rc<[Rc<Machine>]>, TextProblem>;

/// Keeps the automata of rules by kind and text. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Automata(Rc<RefCell<HashMap<(RuleKind, String), Made>>>);

impl Automata {
    /// Returns the first rule that is followed and was not made ready. Work in the number of rules.
    #[must_use]
    pub fn next_missing<'a>(&self, rules: &'a Rules) -> Option<&'a Rule> {
        let kept = self.0.borrow();
        rules.rules.iter().find(|rule| !rule.is_off && !kept.contains_key(&key(rule)))
    }

    /// Makes a rule ready. What is wrong with it is told when it is to be followed.
    pub fn make(&self, rule: &Rule) {
        let _ = self.of(rule);
    }

    /// Returns the automata of a rule, and makes them if they are not there.
    pub(super) fn of(&self, rule: &Rule) -> Made {
        if let Some(made) = self.0.borrow().get(&key(rule)) {
            return made.clone();
        }
        let made = make(rule);
        let mut kept = self.0.borrow_mut();
        if MOST_KEPT <= kept.len() {
            kept.clear();
        }
        kept.insert(key(rule), made.clone());
        made
    }
}

fn key(rule: &Rule) -> (RuleKind, String) {
    (rule.kind, rule.text.clone())
}

fn make(rule: &Rule) -> Made {
    let machines = match rule.kind {
        RuleKind::Words => patterns::words(&rule.text)?,
        RuleKind::Pattern => patterns::own(&rule.text)?,
        RuleKind::Email => patterns::email()?,
        RuleKind::Phone => patterns::phone()?,
        RuleKind::Card => patterns::card()?,
        RuleKind::Iban => patterns::iban()?,
        RuleKind::Secrets => patterns::secrets()?,
        RuleKind::Links => patterns::links(&rule.text)?,
        RuleKind::Length | RuleKind::Code | RuleKind::Json => Vec::new(),
    };
    Ok(machines.into_iter().map(Rc::new).collect())
}
