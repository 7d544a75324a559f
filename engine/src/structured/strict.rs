//! Tells whether a schema keeps to the rules under which OpenAI's servers follow one strictly.

use serde_json::Value;

/// The deepest nesting of objects.
const DEPTH_LIMIT: usize = 10;
/// The most members of all objects together.
const MEMBER_LIMIT: usize = 5000;
/// Keywords that are known there, beside those whose values are schemas.
const KNOWN: [&str; 27] = [
    "$schema",
    "$id",
    "$comment",
    "$defs",
    "definitions",
    "$ref",
    "type",
    "title",
    "description",
    "enum",
    "const",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "anyOf",
    "pattern",
    "format",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "minLength",
    "maxLength",
];

/// Returns whether a schema can be asked for with `strict`: an object at its root, in all objects each member required and no
/// other allowed, and no keyword beyond those that are known there.
pub(super) fn is_strict(schema: &Value) -> bool {
    let mut members = 0;
    let is_object = schema.get("type").is_some_and(|kind| kind == "object");
    is_object && keeps_rules(schema, 0, &mut members) && members <= MEMBER_LIMIT
}

fn keeps_rules(schema: &Value, depth: usize, members: &mut usize) -> bool {
    let Value::Object(keywords) = schema else { return false };
    if depth > DEPTH_LIMIT || !keywords.keys().all(|name| KNOWN.contains(&name.as_str())) {
        return false;
    }
    let is_object = match keywords.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "object"),
        Some(kind) => kind == "object",
        None => keywords.contains_key("properties"),
    };
    if is_object && !is_closed(schema) {
        return false;
    }
    let inner = usize::from(is_object) + depth;
    let named = ["properties", "$defs", "definitions"];
    let named = named.iter().filter_map(|name| keywords.get(*name)).filter_map(Value::as_object);
    let listed = keywords.get("anyOf").and_then(Value::as_array).into_iter().flatten();
    *members += keywords.get("properties").and_then(Value::as_object).map_or(0, serde_json::Map::len);
    named
        .flat_map(|schemas| schemas.values())
        .chain(listed)
        .chain(keywords.get("items"))
        .all(|schema| keeps_rules(schema, inner, members))
}

/// Returns whether an object's members are all required, and no others allowed.
fn is_closed(schema: &Value) -> bool {
    let required = schema.get("required").and_then(Value::as_array);
    let is_required = |name: &String| required.is_some_and(|names| names.iter().any(|known| known == name));
    let members = schema.get("properties").and_then(Value::as_object);
    schema.get("additionalProperties") == Some(&Value::Bool(false))
        && members.is_none_or(|members| members.keys().all(is_required))
}
