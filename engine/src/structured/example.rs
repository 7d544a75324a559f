//! Makes a schema of an example.

use serde_json::{Map, Value, json};

/// Returns the text of a schema that an example follows.
pub(super) fn schema_of(example: &Value) -> String {
    let schema = schema(&[example]);
    serde_json::to_string_pretty(&schema).unwrap_or_default()
}

/// Returns a schema that all of the values follow.
fn schema(values: &[&Value]) -> Value {
    let mut names: Vec<&str> = Vec::new();
    let kinds = values.iter().map(|value| kind(value));
    for name in kinds {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.contains(&"number") {
        names.retain(|name| *name != "integer");
    }
    let mut members = Map::new();
    match names.as_slice() {
        [] => {}
        [name] => drop(members.insert("type".to_owned(), json!(name))),
        names => drop(members.insert("type".to_owned(), json!(names))),
    }
    if names.contains(&"object") {
        members.append(&mut object(values));
    }
    if names.contains(&"array") {
        let items: Vec<&Value> = values.iter().filter_map(|value| value.as_array()).flatten().collect();
        if !items.is_empty() {
            members.insert("items".to_owned(), schema(&items));
        }
    }
    Value::Object(members)
}

/// Returns the keywords for objects: all members that any of them has, required where all have them.
fn object(values: &[&Value]) -> Map<String, Value> {
    let objects: Vec<&Map<String, Value>> = values.iter().filter_map(|value| value.as_object()).collect();
    let mut by_name: Map<String, Value> = Map::new();
    let mut required = Vec::new();
    for name in objects.iter().flat_map(|object| object.keys()) {
        if by_name.contains_key(name) {
            continue;
        }
        let found: Vec<&Value> = objects.iter().filter_map(|object| object.get(name)).collect();
        if found.len() == objects.len() {
            required.push(name.clone());
        }
        by_name.insert(name.clone(), schema(&found));
    }
    let mut keywords = Map::new();
    keywords.insert("properties".to_owned(), Value::Object(by_name));
    keywords.insert("required".to_owned(), json!(required));
    keywords.insert("additionalProperties".to_owned(), Value::Bool(false));
    keywords
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.to_string().contains(['.', 'e', 'E']) => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
