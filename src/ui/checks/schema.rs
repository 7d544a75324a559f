//! Asks servers for JSON by a schema, and makes of the schema what checks a whole answer.

use crate::engine::checks::{SchemaChoice, WholeCheck};
use crate::engine::messages::checks as words;
use crate::engine::settings::{Field, Problem};
use crate::engine::structured::{Outcome, Schema, Tree, ask_again, instructions, merge, request_members};
use crate::engine::wire::{Dialect, Prompt};
use std::rc::Rc;

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
