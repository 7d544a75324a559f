//! Asks a server for JSON by a schema, as its protocol wants it.

use super::Schema;
use super::strict::is_strict;
use crate::wire::{Dialect, Extra};
use serde_json::{Map, Value, json};

/// The name of a schema that has no title of its own.
const NAME: &str = "answer";
/// The longest name of a schema.
const NAME_LIMIT: usize = 64;
/// What Google's servers call JSON.
const JSON: &str = "application/json";

/// Returns whether a server that speaks the protocol can be asked for a schema. Others get [`instructions`](super::instructions).
#[must_use]
pub const fn can_ask(dialect: Dialect) -> bool {
    match dialect {
        Dialect::Responses
        | Dialect::ChatCompletions
        | Dialect::Anthropic
        | Dialect::Gemini
        | Dialect::Interactions
        | Dialect::Ollama
        | Dialect::Cohere => true,
        Dialect::PlainText
        | Dialect::OwnEvents
        | Dialect::OwnLines
        | Dialect::UiMessages
        | Dialect::AgUi
        | Dialect::Realtime
        | Dialect::BrowserModel => false,
    }
}

/// Returns the members of a request's body that ask for JSON by the schema; `None` where the protocol has none.
#[must_use]
pub fn request_members(dialect: Dialect, schema: &Schema) -> Option<Value> {
    let value = schema.value();
    Some(match dialect {
        Dialect::Responses => {
            let mut format = named(value);
            format.insert("type".to_owned(), json!("json_schema"));
            json!({ "text": { "format": format } })
        }
        Dialect::ChatCompletions => {
            json!({ "response_format": { "type": "json_schema", "json_schema": named(value) } })
        }
        Dialect::Anthropic => {
            json!({ "output_config": { "format": { "type": "json_schema", "schema": value } } })
        }
        Dialect::Gemini => {
            json!({ "generationConfig": { "responseMimeType": JSON, "responseJsonSchema": value } })
        }
        Dialect::Interactions => {
            json!({ "response_format": { "type": "text", "mime_type": JSON, "schema": value } })
        }
        Dialect::Ollama => json!({ "format": value }),
        Dialect::Cohere => {
            json!({ "response_format": { "type": "json_object", "json_schema": value } })
        }
        Dialect::PlainText
        | Dialect::OwnEvents
        | Dialect::OwnLines
        | Dialect::UiMessages
        | Dialect::AgUi
        | Dialect::Realtime
        | Dialect::BrowserModel => return None,
    })
}

/// Returns what is merged over a request's body: the members, and over them the person's own JSON.
#[must_use]
pub fn merge(members: Option<&Value>, own: Option<&Extra>) -> Option<Extra> {
    let Some(members) = members else { return own.cloned() };
    let members = Extra::parse(&members.to_string()).ok();
    match (members, own) {
        (Some(members), Some(own)) => Some(members.under(own)),
        (members, own) => members.or_else(|| own.cloned()),
    }
}

/// Returns a schema with the name that OpenAI's protocols demand. They refuse `strict` where a schema does not keep to its rules.
fn named(schema: &Value) -> Map<String, Value> {
    let mut members = Map::new();
    members.insert("name".to_owned(), json!(name(schema)));
    members.insert("schema".to_owned(), schema.clone());
    if is_strict(schema) {
        members.insert("strict".to_owned(), json!(true));
    }
    members
}

/// Returns the schema's title in the characters that a name may have.
fn name(schema: &Value) -> String {
    let title = schema.get("title").and_then(Value::as_str).unwrap_or_default();
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let name: String = title.chars().map(|c| if is_allowed(c) { c } else { '_' }).take(NAME_LIMIT).collect();
    if name.chars().any(|c| c.is_ascii_alphanumeric()) { name } else { NAME.to_owned() }
}
