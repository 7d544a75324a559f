//! What is known of the keywords of JSON Schema: which are followed to a value's members, and what is left of a place then.

use serde_json::{Map, Value};

/// The draft whose keywords these are.
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";
/// Keywords that look at a value, at the names of its members and at their number.
const SHALLOW: [&str; 17] = [
    "type",
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "maxProperties",
    "minProperties",
    "required",
    "dependentRequired",
    "propertyNames",
    "$comment",
];
/// Keywords that look at what is in a container as well.
const DEEP: [&str; 13] = [
    "enum",
    "const",
    "uniqueItems",
    "contains",
    "minContains",
    "maxContains",
    "dependentSchemas",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
];
/// Keywords that look at what the others of their place have looked at.
const UNEVALUATED: [&str; 2] = ["unevaluatedItems", "unevaluatedProperties"];

/// What is left of a place of a schema without what is followed.
#[derive(Debug)]
pub(super) enum Local {
    /// Nothing.
    Nothing,
    /// A schema that refers to nothing.
    Alone {
        /// The schema.
        schema: Value,
        /// Whether it looks at what is in a container.
        needs_children: bool,
    },
    /// The whole place, which refers to others.
    Part,
}

impl Local {
    pub(super) fn tells(&self) -> bool {
        !matches!(self, Local::Nothing)
    }

    pub(super) fn needs_children(&self) -> bool {
        match self {
            Local::Nothing => false,
            Local::Alone { needs_children, .. } => *needs_children,
            Local::Part => true,
        }
    }
}

/// Returns whether a schema's places mean the same wherever one comes from: it is of the one draft, and neither names
/// documents inside of itself nor refers to what a caller decides.
pub(super) fn can_be_followed(schema: &Value) -> bool {
    let draft = schema.get("$schema").and_then(Value::as_str);
    draft.is_none_or(|draft| draft.trim_end_matches('#') == DRAFT) && is_plain(schema, true)
}

fn is_plain(value: &Value, is_root: bool) -> bool {
    match value {
        Value::Object(members) => members.iter().all(|(name, member)| {
            let is_odd = match name.as_str() {
                "$dynamicRef" | "$recursiveRef" => true,
                "$id" | "$schema" => !is_root && member.is_string(),
                _ => false,
            };
            !is_odd && is_plain(member, false)
        }),
        Value::Array(items) => items.iter().all(|item| is_plain(item, false)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

/// Returns the places that must hold wherever a place must.
pub(super) fn followed(root: &Value, schema: &Value, pointer: &str) -> Vec<String> {
    let all = schema.get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
    let target = schema.get("$ref").and_then(Value::as_str).and_then(|address| target(root, address));
    (0..all).map(|index| format!("{pointer}/allOf/{index}")).chain(target).collect()
}

/// Returns the places that members and items of a value may be judged by.
pub(super) fn inner(schema: &Value, pointer: &str) -> Vec<String> {
    let members = ["properties", "patternProperties"].into_iter().flat_map(|keyword| {
        let members = schema.get(keyword).and_then(Value::as_object).into_iter().flatten();
        members.map(move |(name, _)| format!("{pointer}/{keyword}/{}", escaped(name)))
    });
    let prefix = schema.get("prefixItems").and_then(Value::as_array).map_or(0, Vec::len);
    let prefix = (0..prefix).map(|index| format!("{pointer}/prefixItems/{index}"));
    let others = ["additionalProperties", "items"].into_iter();
    let others = others.filter(|keyword| schema.get(*keyword).is_some());
    members.chain(prefix).chain(others.map(|keyword| format!("{pointer}/{keyword}"))).collect()
}

/// Returns the patterns of members' names.
pub(super) fn patterns(schema: &Value) -> impl Iterator<Item = &String> {
    schema.get("patternProperties").and_then(Value::as_object).into_iter().flatten().map(|(name, _)| name)
}

/// Returns the place that a reference inside of the document means; `None` for what only the validator finds.
fn target(root: &Value, address: &str) -> Option<String> {
    let pointer = decoded(address.strip_prefix('#')?)?;
    let is_pointer = pointer.is_empty() || pointer.starts_with('/');
    (is_pointer && root.pointer(&pointer).is_some()).then_some(pointer)
}

/// Decodes what is encoded by percent.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        if *first == b'%' {
            let digits = std::str::from_utf8(behind.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &behind[2..];
        } else {
            bytes.push(*first);
            rest = behind;
        }
    }
    String::from_utf8(bytes).ok()
}

/// Returns what is left of a place.
pub(super) fn local(root: &Value, schema: &Value) -> Local {
    let Value::Object(keywords) = schema else {
        return if *schema == Value::Bool(false) {
            Local::Alone { schema: Value::Bool(false), needs_children: false }
        } else {
            Local::Nothing
        };
    };
    let is_whole = UNEVALUATED.iter().any(|name| keywords.contains_key(*name));
    let is_followed = keywords
        .get("$ref")
        .is_none_or(|address| address.as_str().and_then(|address| target(root, address)).is_some());
    if is_whole && !refers(schema) {
        return Local::Alone { schema: schema.clone(), needs_children: true };
    }
    if is_whole || !is_followed {
        return Local::Part;
    }
    let kept: Map<String, Value> = keywords
        .iter()
        .filter(|(name, _)| SHALLOW.contains(&name.as_str()) || DEEP.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    if kept.is_empty() {
        return Local::Nothing;
    }
    let needs_children = kept.keys().any(|name| DEEP.contains(&name.as_str()));
    let kept = Value::Object(kept);
    if refers(&kept) { Local::Part } else { Local::Alone { schema: kept, needs_children } }
}

fn refers(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.iter().any(|(name, member)| name == "$ref" || refers(member)),
        Value::Array(items) => items.iter().any(refers),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// Returns the length of the longest `prefixItems`.
pub(super) fn longest_prefix(value: &Value) -> usize {
    match value {
        Value::Object(members) => {
            let own = members.get("prefixItems").and_then(Value::as_array).map_or(0, Vec::len);
            members.values().map(longest_prefix).fold(own, usize::max)
        }
        Value::Array(items) => items.iter().map(longest_prefix).max().unwrap_or_default(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

/// Returns a name as a JSON Pointer has it.
pub(super) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
