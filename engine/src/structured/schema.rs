//! [`Schema`] is a JSON Schema that was found to be one.

use super::problem::{Place, SchemaProblem};
use super::validator::{Documents, Refusal, Validator};
use super::{Fault, keywords, kinds};
use crate::messages::structured as words;
use jsonschema::error::ValidationErrorKind;
use serde_json::{Value, json};
use std::cell::OnceCell;

/// The longest text of a schema.
const LENGTH_LIMIT: usize = 1024 * 1024;

/// A JSON Schema, draft 2020-12 unless its `$schema` says otherwise.
#[derive(Debug)]
pub struct Schema {
    text: String,
    value: Value,
    validator: Validator,
    documents: OnceCell<Documents>,
    longest_prefix: usize,
}

impl Schema {
    /// Reads the text of a schema. Nothing is ever fetched: a `$ref` to another document is refused.
    ///
    /// # Errors
    /// A text that is no JSON, or no schema that can be used.
    pub fn parse(text: &str) -> Result<Schema, SchemaProblem> {
        let value = read(text)?;
        if !value.is_object() && !value.is_boolean() {
            return Err(SchemaProblem::keyword("", words::NO_SCHEMA.to_owned()));
        }
        let validator = Validator::new(&value).map_err(|refusal| problem(&refusal, &value))?;
        let longest_prefix = keywords::longest_prefix(&value);
        Ok(Schema { text: text.to_owned(), value, validator, documents: OnceCell::new(), longest_prefix })
    }

    /// Does a step of what the first schema of a page's life costs once, so that none of them takes longer than a frame or two.
    /// Returns whether there is another step.
    #[must_use]
    pub fn warm_up(step: usize) -> bool {
        let any = Value::Bool(true);
        match step {
            0 => drop(Documents::of(&any)),
            1 => drop(Validator::new(&any)),
            // Which needs the schema of schemas.
            _ => drop(Validator::new(&json!({ "type": "null" }))),
        }
        step < 2
    }

    /// Returns the text of a schema that an example follows: objects have the members that they have there and no others,
    /// the items of a list are alike.
    ///
    /// # Errors
    /// An example that is no JSON.
    pub fn from_example(text: &str) -> Result<String, SchemaProblem> {
        Ok(super::example::schema_of(&read(text)?))
    }

    /// Returns the text as it was typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the schema as a value.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Returns what of a value the schema does not allow, at most 100 faults.
    #[must_use]
    pub fn validate(&self, value: &Value) -> Vec<Fault> {
        self.validator.faults(value)
    }

    /// Returns the schema as something that can be referred to.
    pub(super) fn documents(&self) -> &Documents {
        self.documents.get_or_init(|| Documents::of(&self.value))
    }

    /// Returns how many items of a list may have places of their own.
    pub(super) fn longest_prefix(&self) -> usize {
        self.longest_prefix
    }
}

/// Reads a text as JSON.
fn read(text: &str) -> Result<Value, SchemaProblem> {
    if text.len() > LENGTH_LIMIT {
        return Err(SchemaProblem::keyword("", words::SCHEMA_TOO_LONG.to_owned()));
    }
    serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        let what = message.split_once(" at line ").map_or(message.as_str(), |(what, _)| what);
        let place = Place::Text { line: error.line().max(1), column: error.column().max(1) };
        SchemaProblem { place, words: words::no_json(what) }
    })
}

/// Tells why a schema cannot be used.
fn problem(refusal: &Refusal, schema: &Value) -> SchemaProblem {
    if let ValidationErrorKind::Referencing(error) = &refusal.kind {
        return lost_reference(error, schema);
    }
    if let ValidationErrorKind::Format { format } = &refusal.kind
        && format == "regex"
    {
        let pattern = refusal.value.as_str().unwrap_or_default();
        let pointer = if refusal.pointer.is_empty() {
            find(schema, "", &|name, value| name == "pattern" && value.as_str() == Some(pattern))
        } else {
            Some(refusal.pointer.clone())
        };
        return SchemaProblem::keyword(
            &pointer.unwrap_or_default(),
            words::bad_pattern(looks_around(pattern)).to_owned(),
        );
    }
    SchemaProblem::keyword(&refusal.pointer, kinds::in_words(&refusal.kind))
}

fn lost_reference(error: &jsonschema::ReferencingError, schema: &Value) -> SchemaProblem {
    use jsonschema::ReferencingError as Lost;
    let (told, is_remote) = match error {
        Lost::Unretrievable { uri, .. } => (uri.clone(), true),
        Lost::PointerToNowhere { pointer } => (pointer.clone(), false),
        Lost::InvalidPercentEncoding { pointer, .. } | Lost::InvalidArrayIndex { pointer, .. } => {
            (pointer.clone(), false)
        }
        Lost::NoSuchAnchor { anchor } | Lost::InvalidAnchor { anchor } => (anchor.clone(), false),
        Lost::UnknownSpecification { specification } => (specification.clone(), true),
        Lost::CircularMetaschema { uri } => (uri.clone(), true),
        Lost::InvalidUri(_) => (String::new(), false),
    };
    let is_meant = |name: &str, value: &Value| {
        matches!(name, "$ref" | "$dynamicRef" | "$schema")
            && value.as_str().is_some_and(|address| {
                address.trim_end_matches('#') == told
                    || told.ends_with(address.trim_end_matches('#')) && is_remote
                    || address.split_once('#').is_some_and(|(before, behind)| {
                        behind == told || (is_remote && !before.is_empty() && told.ends_with(before))
                    })
            })
    };
    let pointer = find(schema, "", &is_meant).unwrap_or_default();
    let words = if is_remote { words::REMOTE_REFERENCE } else { words::REFERENCE_LOST };
    SchemaProblem::keyword(&pointer, words.to_owned())
}

fn looks_around(pattern: &str) -> bool {
    ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|sign| pattern.contains(sign))
        || (1..=9).any(|number| pattern.contains(&format!("\\{number}")))
}

/// Returns the first place whose name and value are meant.
fn find(value: &Value, pointer: &str, is_meant: &dyn Fn(&str, &Value) -> bool) -> Option<String> {
    match value {
        Value::Object(members) => members.iter().find_map(|(name, member)| {
            let inner = format!("{pointer}/{}", keywords::escaped(name));
            if is_meant(name, member) { Some(inner) } else { find(member, &inner, is_meant) }
        }),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(index, item)| find(item, &format!("{pointer}/{index}"), is_meant)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}
