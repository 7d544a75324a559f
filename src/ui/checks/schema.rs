//! Asks servers for JSON by a schema, and makes of the schema what checks a whole answer.

use super::slices::in_slices;
use crate::engine::checks::{SchemaChoice, WholeCheck};
use crate::engine::messages::checks as words;
use crate::engine::settings::{Field, Problem};
use crate::engine::structured::{Outcome, Schema, Tree, ask_again, instructions, merge, request_members};
use crate::engine::wire::{Dialect, Prompt};
use crate::ui::state::Making;
use std::cell::Cell;
use std::rc::Rc;

thread_local! {
    /// The next step of what the first schema of a tab costs; none once all were taken.
    static NEXT_STEP: Cell<Option<usize>> = const { Cell::new(Some(0)) };
}

/// Does what the first schema of a tab costs once.
pub(super) fn warm_up() -> Making {
    Box::pin(in_slices(|| {
        let Some(step) = NEXT_STEP.take() else { return false };
        let has_more = Schema::warm_up(step);
        NEXT_STEP.set(has_more.then_some(step + 1));
        has_more
    }))
}

/// Returns the prompt with what asks the server for JSON by the schema: as its protocol has it, or else in the instructions.
///
/// # Errors
/// A schema that cannot be used.
pub(super) fn ask_for(dialect: Dialect, choice: &SchemaChoice, prompt: Prompt) -> Result<Prompt, Problem> {
    let schema = parsed(choice)?;
    if let Some(members) = request_members(dialect, &schema) {
        let extra = merge(Some(&members), prompt.extra.as_ref());
        return Ok(Prompt { extra, ..prompt });
    }
    let parts = [prompt.system.as_str(), &instructions(&schema)];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Ok(Prompt { system: parts.join("\n\n"), ..prompt })
}

/// Makes the check that a whole answer follows the schema.
///
/// # Errors
/// A schema that cannot be used.
pub(super) fn check_of(choice: &SchemaChoice) -> Result<WholeCheck, Problem> {
    let schema = Rc::new(parsed(choice)?);
    Ok((words::SCHEMA_RULE.to_owned(), Rc::new(move |text| follows(&schema, text))))
}

fn follows(schema: &Rc<Schema>, text: &str) -> Result<(), String> {
    let mut tree = Tree::new(Some(Rc::clone(schema)));
    tree.push(text);
    match tree.finish() {
        Outcome::Valid => Ok(()),
        outcome @ (Outcome::Invalid(_) | Outcome::NotJson { .. } | Outcome::Incomplete | Outcome::Empty) => {
            Err(ask_again(&outcome))
        }
    }
}

fn parsed(choice: &SchemaChoice) -> Result<Schema, Problem> {
    Schema::parse(&choice.text).map_err(|problem| {
        let sentence = words::unusable_schema(&problem.in_words());
        Problem { field: Field::Schema, sentence }
    })
}
