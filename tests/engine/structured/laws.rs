//! Laws of the tree over generated JSON: at every cut it agrees with readers of others, and its work is linear.

use super::{dripped, schema};
use jiter::{JsonValue, PartialMode};
use proptest::prelude::*;
use serde_json::Value;
use tokenfall::engine::structured::{ClosedValue, Node, NodeId, OpenValue, Outcome, Tree};

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e6..1e6f64).prop_map(Value::from),
        "[a-z\"\\\\\n/é😀 ]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::hash_map("[a-c\"é]{0,3}", inner, 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// What a tree has so far, as jiter's partial mode sees it: open texts count, open numbers and words do not.
fn partial(tree: &Tree, node: NodeId) -> Option<Value> {
    let list =
        |items: &[NodeId]| Value::Array(items.iter().filter_map(|item| partial(tree, *item)).collect());
    let object = |members: &[NodeId]| {
        let named = members.iter().filter_map(|member| {
            let pointer = tree.pointer(*member);
            let name = pointer.rsplit('/').next().unwrap().replace("~1", "/").replace("~0", "~");
            partial(tree, *member).map(|value| (name, value))
        });
        Value::Object(named.collect())
    };
    match tree.node(node) {
        Node::Open(OpenValue::Text(text)) | Node::Closed(ClosedValue::Text(text)) => Some(Value::from(text)),
        Node::Open(OpenValue::Scalar(_)) => None,
        Node::Open(OpenValue::Object { members, .. }) | Node::Closed(ClosedValue::Object(members)) => {
            Some(object(members))
        }
        Node::Open(OpenValue::Array(items)) | Node::Closed(ClosedValue::Array(items)) => Some(list(items)),
        Node::Closed(ClosedValue::Number(_) | ClosedValue::Bool(_) | ClosedValue::Null) => tree.value(node),
    }
}

/// jiter's value as ours.
fn plain(value: &JsonValue<'_>) -> Value {
    match value {
        JsonValue::Null => Value::Null,
        JsonValue::Bool(value) => Value::from(*value),
        JsonValue::Int(value) => Value::from(*value),
        JsonValue::BigInt(value) => serde_json::from_str(&value.to_string()).unwrap(),
        JsonValue::Float(value) => Value::from(*value),
        JsonValue::Str(text) => Value::from(text.as_ref()),
        JsonValue::Array(items) => Value::Array(items.iter().map(plain).collect()),
        JsonValue::Object(members) => {
            Value::Object(members.iter().map(|(name, value)| (name.to_string(), plain(value))).collect())
        }
    }
}

/// Numbers by their value, since one reader keeps how they are written.
fn by_value(value: &Value) -> Value {
    match value {
        Value::Number(number) => Value::from(format!("{}", number.as_f64().unwrap())),
        Value::Array(items) => Value::Array(items.iter().map(by_value).collect()),
        Value::Object(members) => {
            Value::Object(members.iter().map(|(name, value)| (name.clone(), by_value(value))).collect())
        }
        Value::Null | Value::Bool(_) | Value::String(_) => value.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_whole_is_what_serde_json_reads_however_it_is_cut(value in json(), is_pretty: bool) {
        let text = if is_pretty { serde_json::to_string_pretty(&value).unwrap() } else { value.to_string() };
        let mut tree = dripped(None, &text);
        prop_assert_eq!(tree.finish(), Outcome::Valid);
        prop_assert_eq!(tree.value(tree.root().unwrap()).unwrap(), serde_json::from_str::<Value>(&text).unwrap());
    }

    #[test]
    fn each_beginning_is_what_the_partial_mode_of_jiter_reads(value in json()) {
        let text = Value::Array(vec![value]).to_string();
        let mut tree = Tree::new(None);
        for (at, sign) in text.char_indices() {
            tree.push(sign.encode_utf8(&mut [0; 4]));
            let end = at + sign.len_utf8();
            let ours = partial(&tree, tree.root().unwrap()).unwrap();
            // A cut inside of an escape is told differently: jiter gives up the text, we show it without the escape.
            if let Ok(theirs) = JsonValue::parse_with_config(&text.as_bytes()[..end], true, PartialMode::TrailingStrings) {
                let is_escape = text[..end].ends_with('\\') || text[..end].rfind("\\u").is_some_and(|from| end - from < 6);
                if !is_escape && !is_in_number(&text[..end]) {
                    prop_assert_eq!(by_value(&ours), by_value(&plain(&theirs)), "{}", &text[..end]);
                }
            }
        }
    }

    #[test]
    fn no_text_breaks_the_reader_and_any_cut_says_the_same(text in "[\\[\\]{}\",:0-9a-f\\\\u`\n .tre-]{0,40}") {
        let mut whole = Tree::new(None);
        whole.push(&text);
        let outcome = whole.finish();
        let mut dripped = dripped(None, &text);
        prop_assert_eq!(dripped.finish(), outcome.clone());
        prop_assert_eq!(dripped.surroundings(), whole.surroundings());
        if let Ok(value) = serde_json::from_str::<Value>(&text) && !matches!(outcome, Outcome::Invalid(_)) {
            prop_assert_eq!(whole.value(whole.root().unwrap()), Some(value));
        }
    }
}

/// jiter takes a number at the end for whole; here it is open.
fn is_in_number(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E'))
}

/// JSON of about that many bytes.
fn records(bytes: usize) -> String {
    let record = r#"{"id": 12345, "name": "Some name or other", "tags": ["a", "bc", "def"], "at": {"x": 1.5, "y": -2e3, "ok": true}}"#;
    let count = bytes / (record.len() + 2);
    format!("[{}]", vec![record; count].join(",\n"))
}

const RECORDS: &str = r##"{"type": "array", "items": {"$ref": "#/$defs/r"}, "$defs": {"r": {"type": "object", "required": ["id", "name"],
    "properties": {"id": {"type": "integer"}, "name": {"type": "string", "minLength": 3}, "tags": {"type": "array", "uniqueItems": true, "items": {"type": "string"}},
    "at": {"anyOf": [{"type": "null"}, {"type": "object", "properties": {"x": {"type": "number"}}}]}}}}}"##;

#[test]
fn work_is_linear_in_the_text_whatever_the_pieces() {
    let schema = schema(RECORDS);
    let mut per_byte = Vec::new();
    for bytes in [50_000, 400_000] {
        let text = records(bytes);
        for piece in [20, 1024] {
            let mut tree = Tree::new(Some(schema.clone()));
            text.as_bytes().chunks(piece).for_each(|piece| tree.push(std::str::from_utf8(piece).unwrap()));
            assert_eq!(tree.finish(), Outcome::Valid);
            per_byte.push(tree.steps() as f64 / text.len() as f64);
        }
    }
    assert!(per_byte.iter().all(|steps| *steps < 12.0), "{per_byte:?}");
    assert!((per_byte[2] / per_byte[0] - 1.0).abs() < 0.1, "{per_byte:?}");
}

#[test]
fn brackets_that_are_no_json_cost_no_more_than_their_length() {
    for text in [
        "[".repeat(100_000),
        "[\"[".repeat(50_000),
        "{\"a\":".repeat(50_000),
        "[1 ".repeat(50_000),
        "```\n".repeat(50_000),
    ] {
        let mut tree = Tree::new(None);
        tree.push(&text);
        tree.finish();
        assert!(tree.steps() < 12 * text.len() as u64, "{} steps for {}", tree.steps(), &text[..6]);
    }
}

#[test]
fn nested_alternatives_do_not_make_early_judging_more_than_linear() {
    let schema = schema(
        r##"{"anyOf": [{"type": "integer"}, {"type": "array", "items": {"$ref": "#"}}], "items": {"$ref": "#"}}"##,
    );
    let text = format!("{}{}{}", "[".repeat(100), vec!["1"; 50_000].join(","), "]".repeat(100));
    let mut tree = Tree::new(Some(schema));
    tree.push(&text);
    assert!(tree.steps() < 30 * text.len() as u64, "{} steps for {}", tree.steps(), text.len());
    assert!(tree.faults().is_empty());
}
