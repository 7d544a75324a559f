//! docs/tape.schema.json and docs/tape.md against the code: what is written is described, and nothing else is.

use super::second::everything;
use crate::architecture::root;
use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use tokenfall::engine::tape::Tape;

fn schema() -> Value {
    serde_json::from_str(&fs::read_to_string(root().join("docs/tape.schema.json")).unwrap()).unwrap()
}

fn compiled(schemas: &mut Schemas) -> SchemaIndex {
    let mut compiler = Compiler::new();
    compiler.add_resource("https://tokenfall.invalid/tape", schema()).unwrap();
    compiler.compile("https://tokenfall.invalid/tape", schemas).unwrap()
}

/// The members of an object, with those of objects inside of it as `outer.inner`.
fn members(value: &Value, outer: &str, to: &mut BTreeSet<String>) {
    for (name, value) in value.as_object().into_iter().flatten() {
        let name = format!("{outer}{name}");
        members(value, &format!("{name}."), to);
        to.insert(name);
    }
}

/// The members that the schema describes.
fn described(schema: &Value, outer: &str, to: &mut BTreeSet<String>) {
    for (name, value) in schema["properties"].as_object().into_iter().flatten() {
        let name = format!("{outer}{name}");
        described(value, &format!("{name}."), to);
        to.insert(name);
    }
}

fn all_described() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for definition in schema()["$defs"].as_object().unwrap().values() {
        described(definition, "", &mut all);
    }
    all
}

#[test]
fn every_line_that_is_written_is_one_of_the_schema_and_all_of_their_members_are_in_it() {
    let mut schemas = Schemas::new();
    let schema = compiled(&mut schemas);
    let mut written = BTreeSet::new();
    for line in everything().to_jsonl().lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let outcome = schemas.validate(&line, schema);
        assert!(outcome.is_ok(), "{line}: {:?}", outcome.err().map(|error| error.to_string()));
        members(&line, "", &mut written);
    }
    assert_eq!(written, all_described());
}

#[test]
fn the_bundled_sample_and_other_files_of_version_1_are_of_the_schema_too() {
    let mut schemas = Schemas::new();
    let schema = compiled(&mut schemas);
    let sample = fs::read_to_string(root().join("assets/sample.tape.jsonl")).unwrap();
    assert!(sample.starts_with("{\"tape\":1,") && Tape::from_jsonl(&sample).is_ok());
    for line in sample.lines() {
        assert!(schemas.validate(&serde_json::from_str(line).unwrap(), schema).is_ok(), "{line}");
    }
}

#[test]
fn a_line_that_the_reader_refuses_is_none_of_the_schema() {
    let mut schemas = Schemas::new();
    let schema = compiled(&mut schemas);
    for line in [
        r#"{"tape":3,"dialect":"cohere"}"#,
        r#"{"tape":2,"dialect":"novel"}"#,
        r#"{"tape":2}"#,
        r#"{"text":"a"}"#,
        r#"{"t":-1,"text":"a"}"#,
        r#"{"t":1.5,"text":"a"}"#,
        r#"{"t":1,"text":5}"#,
        r#"{"t":1,"hex":"abc"}"#,
        r#"{"t":1,"hex":"+1"}"#,
        r#"{"t":1,"status":70000}"#,
        r#"{"t":1,"status":200,"headers":[["a"]]}"#,
        r#"{"t":1,"end":"gone"}"#,
        r#"{"t":1,"direction":"up","text":"a"}"#,
        r#"{"t":1,"request":{"method":"GET"}}"#,
        r#"{"t":1,"try":{}}"#,
        r#"{"t":1,"timing":{"fetch_start":"1"}}"#,
        r#"{"t":1,"left_out":{"pieces":1}}"#,
    ] {
        let is_header = line.contains("\"tape\"");
        let file = if is_header {
            line.to_owned()
        } else {
            format!("{{\"tape\":2,\"dialect\":\"cohere\"}}\n{line}")
        };
        assert!(Tape::from_jsonl(&file).is_err(), "{line}");
        assert!(schemas.validate(&serde_json::from_str(line).unwrap(), schema).is_err(), "{line}");
    }
}

#[test]
fn the_page_for_people_names_every_member() {
    let page = fs::read_to_string(root().join("docs/tape.md")).unwrap();
    for member in all_described() {
        let name = member.rsplit('.').next().unwrap();
        assert!(page.contains(&format!("`{name}`")), "{member}");
    }
}
