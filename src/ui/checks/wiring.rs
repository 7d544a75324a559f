//! Makes of what a person has set up what an answer is checked by.

use crate::engine::chat::Guard;
use crate::engine::checks::{Checks, Rules};
use crate::engine::guard::Ruleset;
use crate::engine::messages::checks as words;
use crate::engine::settings::{Field, Problem, Settings};
use crate::engine::structured::{Outcome, Schema, Tree, ask_again, instructions, merge, request_members};
use crate::engine::wire::Prompt;
use std::rc::Rc;

/// Returns what an answer is checked by: the conversation's own, and where it has no rules those of the settings.
///
/// # Errors
/// Rules of the settings that cannot be read, or a rule or schema that cannot be used.
pub(super) fn checks_of(settings: &Settings, own: &Checks) -> Result<Checks, Problem> {
    let rules = match &own.rules {
        Some(rules) => Some(rules.clone()),
        None => rules_of(settings)?,
    };
    Ok(Checks { rules: rules.filter(|rules| !rules.is_empty()), schema: own.schema.clone() })
}

/// Reads the rules of the settings; `None` if there are none.
///
/// # Errors
/// Rules that cannot be read: then no question goes out, since nothing would check its answer.
pub(super) fn rules_of(settings: &Settings) -> Result<Option<Rules>, Problem> {
    if settings.rules.is_empty() {
        return Ok(None);
    }
    let unreadable = || Problem { field: Field::Rules, sentence: words::UNREADABLE_RULES.to_owned() };
    Rules::from_json(&settings.rules).map(Some).ok_or_else(unreadable)
}

/// Makes the guard of an answer; `None` where nothing is to be withheld.
///
/// # Errors
/// A rule or schema that cannot be used.
pub(super) fn guard_of(checks: &Checks) -> Result<Option<Rc<dyn Guard>>, Problem> {
    let held = checks.schema.as_ref().filter(|schema| schema.is_held);
    let whole = held.map(|choice| schema_of(&choice.text)).transpose()?.map(|schema| {
        let schema = Rc::new(schema);
        let check: Rc<dyn Fn(&str) -> Result<(), String>> = Rc::new(move |text| follows(&schema, text));
        (words::SCHEMA_RULE.to_owned(), check)
    });
    let rules = checks.rules.clone().unwrap_or_default();
    if whole.is_none() && rules.is_empty() {
        return Ok(None);
    }
    let ruleset = Ruleset::compile(&rules, whole)
        .map_err(|problem| Problem { field: Field::Rules, sentence: words::unusable_rule(&problem.words) })?;
    Ok(Some(Rc::new(ruleset)))
}

/// Returns the prompt with what asks the server for JSON by the schema: as its protocol has it, or else in the instructions.
///
/// # Errors
/// A schema that cannot be used.
pub(super) fn ask_for(settings: &Settings, checks: &Checks, prompt: Prompt) -> Result<Prompt, Problem> {
    let Some(choice) = &checks.schema else { return Ok(prompt) };
    let schema = schema_of(&choice.text)?;
    match request_members(settings.dialect, &schema) {
        Some(members) => {
            let extra = merge(Some(&members), prompt.extra.as_ref());
            Ok(Prompt { extra, ..prompt })
        }
        None => {
            let parts = [prompt.system.as_str(), &instructions(&schema)];
            let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            Ok(Prompt { system: parts.join("\n\n"), ..prompt })
        }
    }
}

/// Checks that a whole answer is JSON that follows the schema.
fn follows(schema: &Rc<Schema>, text: &str) -> Result<(), String> {
    let mut tree = Tree::new(Some(Rc::clone(schema)));
    tree.push(text);
    tree.finish();
    match tree.outcome() {
        Some(Outcome::Valid) => Ok(()),
        Some(outcome) => Err(ask_again(outcome)),
        None => Err(String::new()),
    }
}

fn schema_of(text: &str) -> Result<Schema, Problem> {
    Schema::parse(text).map_err(|problem| Problem {
        field: Field::Schema,
        sentence: words::unusable_schema(&problem.in_words()),
    })
}
