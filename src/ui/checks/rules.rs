//! Makes a guard of the rules that hold for an answer.

use crate::engine::chat::Guard;
use crate::engine::checks::{Checks, Rules, WholeCheck};
use crate::engine::guard::Ruleset;
use crate::engine::messages::checks as words;
use crate::engine::settings::{Field, Problem, Settings};
use std::rc::Rc;

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
    let ruleset = Ruleset::compile(&rules, whole)
        .map_err(|problem| Problem { field: Field::Rules, sentence: words::unusable_rule(&problem.words) })?;
    Ok(Rc::new(ruleset))
}
