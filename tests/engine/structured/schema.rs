//! Tests of schemas: what is none, and what is made of an example.

use serde_json::{Value, json};
use tokenfall::engine::structured::{Place, Schema};

fn problem(text: &str) -> (Place, String) {
    let problem = Schema::parse(text).err().unwrap_or_else(|| panic!("{text} is a schema"));
    (problem.place, problem.words)
}

#[test]
fn a_text_that_is_no_schema_is_told_with_its_place() {
    assert_eq!(problem("{\n  \"type\": }").0, Place::Text { line: 2, column: 11 });
    assert_eq!(problem("[]").0, Place::Keyword(String::new()));
    for (text, pointer) in [
        (r#"{"properties": {"a": {"type": "text"}}}"#, "/properties/a/type"),
        (r#"{"properties": {"a": {"minLength": -1}}}"#, "/properties/a/minLength"),
        (r#"{"required": "a"}"#, "/required"),
        (r##"{"properties": {"a": {"$ref": "#/$defs/b"}}}"##, "/properties/a/$ref"),
        (r##"{"items": {"$ref": "#b"}}"##, "/items/$ref"),
        (r#"{"items": {"$ref": "https://example.com/a.json"}}"#, "/items/$ref"),
        (r#"{"items": {"$ref": "https://example.com/a.json#/$defs/x"}}"#, "/items/$ref"),
        (r#"{"items": {"$ref": "other.json"}}"#, "/items/$ref"),
        (r#"{"items": {"$ref": "file:///etc/hostname"}}"#, "/items/$ref"),
        (r#"{"properties": {"a": {"pattern": "(?=a)b"}}}"#, "/properties/a/pattern"),
        (r#"{"properties": {"a": {"pattern": "("}}}"#, "/properties/a/pattern"),
    ] {
        assert_eq!(problem(text).0, Place::Keyword(pointer.to_owned()), "{text}: {}", problem(text).1);
    }
    assert!(problem(r#"{"pattern": "a(?!b)"}"#).1.contains("linear time"));
    assert!(problem(r#"{"$ref": "https://example.com/a"}"#).1.contains("fetched"));
}

#[test]
fn schemas_that_refer_to_themselves_are_read_and_judged() {
    let list =
        Schema::parse(r##"{"type": "object", "properties": {"next": {"$ref": "#"}}, "required": ["v"]}"##)
            .unwrap();
    assert!(list.validate(&json!({"v": 1, "next": {"v": 2}})).is_empty());
    assert_eq!(list.validate(&json!({"v": 1, "next": {}}))[0].path, "/next");
    // A reference to itself alone says nothing, and must not run for ever.
    if let Ok(circle) = Schema::parse(r##"{"$ref": "#"}"##) {
        assert!(circle.validate(&json!(1)).len() < 2);
    }
}

#[test]
fn a_schema_of_200_members_is_read_and_each_fault_has_its_path() {
    let members: serde_json::Map<String, Value> =
        (0..200).map(|n| (format!("m{n}"), json!({"type": "string"}))).collect();
    let schema = Schema::parse(&json!({"type": "object", "properties": members}).to_string()).unwrap();
    let wrong: serde_json::Map<String, Value> = (0..200).map(|n| (format!("m{n}"), json!(n))).collect();
    let faults = schema.validate(&Value::Object(wrong));
    assert_eq!(faults.len(), 100, "no more are told");
    assert!(faults.iter().all(|fault| fault.path.starts_with("/m") && fault.words == "This must be a text."));
}

#[test]
fn an_example_makes_a_schema_that_it_follows_with_the_items_of_lists_merged() {
    let example = r#"{"name": "A", "tags": ["x"], "items": [{"n": 1}, {"n": 2.5, "s": null}], "empty": [], "odd": [1, "a"]}"#;
    let text = Schema::from_example(example).unwrap();
    let schema = Schema::parse(&text).unwrap();
    assert!(schema.validate(&serde_json::from_str(example).unwrap()).is_empty());
    let value = schema.value();
    assert_eq!(value["required"], json!(["name", "tags", "items", "empty", "odd"]));
    assert_eq!(value["additionalProperties"], json!(false));
    assert_eq!(value["properties"]["items"]["items"]["required"], json!(["n"]));
    assert_eq!(value["properties"]["items"]["items"]["properties"]["n"], json!({"type": "number"}));
    assert_eq!(value["properties"]["odd"]["items"], json!({"type": ["integer", "string"]}));
    assert_eq!(value["properties"]["empty"], json!({"type": "array"}));
    assert!(text.contains("\n  "), "pretty printed");
    assert!(Schema::from_example("{a}").is_err());
}
