//! Makes a guard of the rules that hold for an answer, and keeps their automata.

use super::slices::in_slices;
use crate::engine::chat::Guard;
use crate::engine::checks::{Checks, Rules, WholeCheck};
use crate::engine::guard::{AnswerForm, Automata, RuleProblem, Ruleset};
use crate::engine::messages::checks as words;
use crate::engine::settings::{Field, Problem, Settings};
use crate::ui::state::Making;
use std::rc::Rc;

thread_local! {
    /// The automata of rules that were met in this tab.
    static AUTOMATA: Automata = Automata::default();
}

/// Makes a set of rules ready to be followed.
///
/// # Errors
/// The first field with something wrong.
pub(super) fn compile(rules: &Rules, form: AnswerForm) -> Result<Ruleset, RuleProblem> {
    AUTOMATA.with(|automata| Ruleset::compile_with(automata, rules, form))
}

/// Returns whether rules can be followed without making automata first.
pub(super) fn is_ready(rules: &Rules) -> bool {
    AUTOMATA.with(|automata| automata.next_missing(rules).is_none())
}

/// Makes the automata of rules, one after the other, so that nothing else waits for all of them.
pub(super) fn make_ready(rules: Rules) -> Making {
    let automata = AUTOMATA.with(Automata::clone);
    Box::pin(in_slices(move || {
        let Some(rule) = automata.next_missing(&rules) else { return false };
        automata.make(rule);
        true
    }))
}

/// Returns the rules of an answer: the conversation's own, and where it has none those of the settings.
///
/// # Errors
/// Rules of the settings that cannot be read: then no question goes out, since nothing would check its answer.
pub(super) fn rules_of(settings: &Settings, own: &Checks) -> Result<Option<Rules>, Problem> {
    let rules = match &own.rules {
        Some(rules) => Some(rules.clone()),
        None if settings.rules.is_empty() => None,
        None => {
            let unreadable = || Problem { field: Field::Rules, sentence: words::UNREADABLE_RULES.to_owned() };
            Some(Rules::from_json(&settings.rules).ok_or_else(unreadable)?)
        }
    };
    Ok(rules.filter(|rules| !rules.is_empty()))
}

/// Makes the guard of an answer, which also asks the check about the whole of it.
///
/// # Errors
/// A rule that cannot be used.
pub(super) fn guard_of(checks: &Checks, whole: Option<WholeCheck>) -> Result<Rc<dyn Guard>, Problem> {
    let rules = checks.rules.clone().unwrap_or_default();
    let form = AnswerForm { whole, is_json: checks.schema.is_some() };
    let ruleset = compile(&rules, form)
        .map_err(|problem| Problem { field: Field::Rules, sentence: words::unusable_rule(&problem.words) })?;
    Ok(Rc::new(ruleset))
}
