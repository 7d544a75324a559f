//! Tests of the way in which each protocol is asked for JSON by a schema.

use super::schema;
use serde_json::{Value, json};
use tokenfall::engine::structured::{can_ask, merge, request_members};
use tokenfall::engine::wire::{BaseUrl, Dialect, Endpoint, Extra, Message, Prompt, Role};

const SCHEMA: &str = r#"{"title": "Two words", "type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": false}"#;

/// The body of a request that asks for the schema, with the person's own JSON.
fn body(dialect: Dialect, text: &str, own: Option<&str>) -> Value {
    let schema = schema(text);
    let own = own.map(|own| Extra::parse(own).unwrap());
    let extra = merge(request_members(dialect, &schema).as_ref(), own.as_ref());
    let endpoint =
        Endpoint { dialect, base: BaseUrl::parse("http://127.0.0.1:8080/v1", false).unwrap(), key: None };
    let question = Message { role: Role::User, text: "Name it.".to_owned() };
    let prompt =
        Prompt { model: "m".to_owned(), messages: vec![question], stream: true, extra, ..Prompt::default() };
    serde_json::from_str(&endpoint.request(&prompt).body.unwrap()).unwrap()
}

fn value() -> Value {
    serde_json::from_str(SCHEMA).unwrap()
}

#[test]
fn each_protocol_that_can_is_asked_in_its_own_form_and_the_question_stays() {
    let named = json!({"name": "Two_words", "schema": value(), "strict": true});
    let mut flat = named.clone();
    flat["type"] = json!("json_schema");
    for (dialect, pointer, expected) in [
        (Dialect::Responses, "/text/format", flat),
        (Dialect::ChatCompletions, "/response_format", json!({"type": "json_schema", "json_schema": named})),
        (Dialect::Anthropic, "/output_config/format", json!({"type": "json_schema", "schema": value()})),
        (Dialect::Gemini, "/generationConfig/responseJsonSchema", value()),
        (Dialect::Gemini, "/generationConfig/responseMimeType", json!("application/json")),
        (
            Dialect::Interactions,
            "/response_format",
            json!({"type": "text", "mime_type": "application/json", "schema": value()}),
        ),
        (Dialect::Ollama, "/format", value()),
        (Dialect::Cohere, "/response_format", json!({"type": "json_object", "json_schema": value()})),
    ] {
        let body = body(dialect, SCHEMA, None);
        assert_eq!(body.pointer(pointer), Some(&expected), "{dialect:?}: {body}");
        assert!(body.to_string().contains("Name it."), "{dialect:?}");
    }
}

#[test]
fn protocols_without_a_form_for_it_are_not_asked() {
    let schema = schema(SCHEMA);
    for dialect in Dialect::ALL {
        assert_eq!(request_members(dialect, &schema).is_some(), can_ask(dialect), "{dialect:?}");
    }
    assert!(Dialect::SERVERS.into_iter().all(can_ask));
}

#[test]
fn the_persons_own_json_wins_over_the_schema() {
    let body = body(
        Dialect::ChatCompletions,
        SCHEMA,
        Some(r#"{"response_format": {"type": "json_object", "json_schema": null}, "seed": 7}"#),
    );
    assert_eq!((&body["response_format"], &body["seed"]), (&json!({"type": "json_object"}), &json!(7)));
}

#[test]
fn strict_is_asked_only_of_schemas_that_keep_to_its_rules() {
    for (text, is_strict) in [
        (SCHEMA, true),
        (r#"{"type": "object"}"#, false),
        (r#"{"type": "object", "properties": {"a": {}}, "additionalProperties": false}"#, false),
        (
            r#"{"type": "object", "properties": {"a": {"type": "object"}}, "required": ["a"], "additionalProperties": false}"#,
            false,
        ),
        (r#"{"type": "object", "properties": {}, "additionalProperties": false, "not": {}}"#, false),
        (r#"{"type": "array", "items": {"type": "string"}}"#, false),
        (
            r##"{"type": "object", "properties": {"a": {"anyOf": [{"$ref": "#"}, {"type": "null"}]}}, "required": ["a"], "additionalProperties": false}"##,
            true,
        ),
    ] {
        let format = &body(Dialect::Responses, text, None)["text"]["format"];
        assert_eq!(format["strict"] == true, is_strict, "{text}");
    }
    assert_eq!(body(Dialect::Responses, "{}", None)["text"]["format"]["name"], "answer");
}
