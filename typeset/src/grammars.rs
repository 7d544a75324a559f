//! Takes the grammars that the page offers out of two-face's two hundred: a dump for each language, with those it embeds.
//!
//! In a dump grammars point to one another by number. syntect has no call that takes some of them out, so the numbers
//! are changed here, in the dump's own data: `grammars.txt` names the grammars, one of its lines for each language.

use crate::code::{GRAMMARS, MARK};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use syntect::dumps;
use syntect::parsing::syntax_definition::{Context, ContextId};
use syntect::parsing::{Scope, SyntaxSet};

/// The grammar without any class.
const PLAIN: &str = "Plain Text";

/// Embedded grammars that no answer needs: what would be in them is plain text.
const LEFT_OUT: [&str; 7] = [
    "Graphviz (DOT)",
    "Javadoc",
    "Objective-C",
    "Objective-C++",
    "Protocol Buffer (TEXT)",
    "Puppet",
    "Regular Expression",
];

/// Markdown embeds most of the others: of those it keeps what may stand outside of its blocks of code.
const IN_MARKDOWN: [&str; 5] = ["Markdown", "HTML", "CSS", "JavaScript", PLAIN];

/// The name of a language's file, and what is in it.
pub type Dump = (&'static str, Vec<u8>);

/// Returns the dump for each language, in the order of their numbers.
///
/// # Errors
/// When two-face lacks a grammar, or syntect's dumps have another shape.
pub fn dumps() -> Result<Vec<Dump>, Box<dyn Error>> {
    let all: Set = bincode::deserialize(&bincode::serialize(&two_face::syntax::extra_newlines())?)?;
    let contexts: Vec<Contexts> =
        all.syntaxes.iter().map(|syntax| dumps::from_binary(&syntax.serialized_lazy_contexts)).collect();
    let named = GRAMMARS.lines().filter_map(|line| line.split_once(' '));
    named.map(|(name, grammar)| Ok((name, dump(&all, &contexts, grammar)?))).collect()
}

fn dump(all: &Set, contexts: &[Contexts], grammar: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let kept = closure(all, contexts, &[grammar, PLAIN])?;
    let plain = all.number(PLAIN)?;
    let mut few = Set { syntaxes: Vec::new(), path_syntaxes: Vec::new() };
    for (number, syntax) in all.syntaxes.iter().enumerate().filter(|(number, _)| kept.contains(number)) {
        let mut tree = serde_json::to_value(contexts.get(number).ok_or("a grammar without contexts")?)?;
        each_id(&mut tree, &mut |id| match kept.iter().position(|kept| *kept as u64 == id.0) {
            Some(at) => (at as u64, id.1),
            // The first context of plain text takes the place of what is left out.
            None => (kept.iter().position(|kept| *kept == plain).unwrap_or_default() as u64, 0),
        });
        let contexts: Contexts = serde_json::from_value(tree)?;
        few.syntaxes
            .push(Syntax { serialized_lazy_contexts: dumps::dump_binary(&contexts), ..syntax.clone() });
    }
    let set: SyntaxSet = bincode::deserialize(&bincode::serialize(&few)?)?;
    Ok([MARK, &bincode::serialize(&set)?].concat())
}

/// syntect's `SyntaxSet`, field by field.
#[derive(Deserialize, Serialize)]
struct Set {
    syntaxes: Vec<Syntax>,
    path_syntaxes: Vec<(String, usize)>,
}

impl Set {
    fn number(&self, name: &str) -> Result<usize, String> {
        let at = self.syntaxes.iter().position(|syntax| syntax.name == name);
        at.ok_or_else(|| format!("two-face has no grammar named {name}"))
    }
}

/// syntect's `SyntaxReference`.
#[derive(Clone, Deserialize, Serialize)]
struct Syntax {
    name: String,
    file_extensions: Vec<String>,
    scope: Scope,
    first_line_match: Option<String>,
    hidden: bool,
    variables: BTreeMap<String, String>,
    serialized_lazy_contexts: Vec<u8>,
}

/// syntect's `LazyContexts`.
#[derive(Deserialize, Serialize)]
struct Contexts {
    context_ids: BTreeMap<String, ContextId>,
    contexts: Vec<Context>,
}

/// Returns the numbers of the grammars wanted and of those they embed, in order.
fn closure(all: &Set, contexts: &[Contexts], wanted: &[&str]) -> Result<Vec<usize>, Box<dyn Error>> {
    let left_out = LEFT_OUT.map(|name| all.number(name));
    let is_markdown = wanted.contains(&IN_MARKDOWN[0]);
    let only = IN_MARKDOWN.map(|name| all.number(name));
    let mut open = wanted.iter().map(|name| all.number(name)).collect::<Result<Vec<_>, _>>()?;
    let mut kept = BTreeSet::new();
    while let Some(number) = open.pop() {
        let is_out = left_out.contains(&Ok(number)) || (is_markdown && !only.contains(&Ok(number)));
        if is_out || !kept.insert(number) {
            continue;
        }
        let mut tree = serde_json::to_value(contexts.get(number).ok_or("a grammar without contexts")?)?;
        each_id(&mut tree, &mut |id| {
            open.extend(usize::try_from(id.0));
            id
        });
    }
    Ok(kept.into_iter().collect())
}

/// Replaces every context's id, a pair of the grammar's number and its own in it, by what `change` makes of it.
fn each_id(tree: &mut Value, change: &mut dyn FnMut((u64, u64)) -> (u64, u64)) {
    match tree {
        Value::Object(fields) => {
            let number = |name| fields.get(name).and_then(Value::as_u64);
            if let (Some(syntax), Some(context)) = (number("syntax_index"), number("context_index")) {
                let (syntax, context) = change((syntax, context));
                fields.insert("syntax_index".to_owned(), syntax.into());
                fields.insert("context_index".to_owned(), context.into());
            }
            fields.values_mut().for_each(|value| each_id(value, change));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| each_id(value, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use syntect::parsing::Regex;

    /// Every regular expression in `tree`, as it is when what it refers to has matched a letter.
    fn each_regex(tree: &Value, found: &mut BTreeSet<String>) {
        match tree {
            Value::Object(fields) => {
                for (name, value) in fields {
                    match (name.as_str(), value) {
                        ("regex", Value::String(regex)) => {
                            let refers = fields.get("has_captures").is_some_and(|it| it == true);
                            let filled = (1..=9).fold(regex.clone(), |regex, number| {
                                if refers { regex.replace(&format!("\\{number}"), "x") } else { regex }
                            });
                            found.insert(filled);
                        }
                        (_, value) => each_regex(value, found),
                    }
                }
            }
            Value::Array(values) => values.iter().for_each(|value| each_regex(value, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    #[test]
    fn every_regular_expression_is_one_for_our_engine_which_breaks_the_worker_otherwise() {
        let mut found = BTreeSet::new();
        for (name, dump) in dumps().unwrap() {
            let set: Set = bincode::deserialize(dump.strip_prefix(MARK).unwrap()).unwrap();
            for syntax in &set.syntaxes {
                let contexts: Contexts = dumps::from_binary(&syntax.serialized_lazy_contexts);
                each_regex(&serde_json::to_value(contexts).unwrap(), &mut found);
            }
            assert!(!found.is_empty(), "{name}");
        }
        let refused: Vec<_> =
            found.iter().filter_map(|regex| Some((regex, Regex::try_compile(regex)?))).collect();
        assert!(
            1_000 < found.len() && refused.is_empty(),
            "{} of {}: {refused:#?}",
            refused.len(),
            found.len()
        );
    }
}
