//! Ending the reasoning of a completion that streams from llama.cpp's server. Its answers are as build b11549 gave them.

use tokenfall::engine::wire::{
    BaseUrl, Dialect, Endpoint, HttpRequest, Key, end_reasoning_request, read_end_of_reasoning,
};

fn request(key: &str, id: &str) -> HttpRequest {
    let base = BaseUrl::parse("http://127.0.0.1:8080/v1", !key.is_empty()).unwrap();
    let endpoint = Endpoint { dialect: Dialect::ChatCompletions, base, key: Key::new(key).unwrap() };
    end_reasoning_request(&endpoint, id)
}

#[test]
fn the_request_names_the_completion_and_has_the_key_in_a_header_alone() {
    let request = request("sk-own", "chatcmpl-\"1\"\n");
    assert_eq!(request.method, "POST");
    assert_eq!(request.url, "http://127.0.0.1:8080/v1/chat/completions/control");
    assert_eq!(request.body.as_deref(), Some(r#"{"id":"chatcmpl-\"1\"\n","action":"reasoning_end"}"#));
    let headers: Vec<_> =
        request.headers.iter().map(|(name, value)| (name.as_ref(), value.as_str())).collect();
    assert_eq!(
        headers,
        [
            ("accept", "application/json"),
            ("authorization", "Bearer sk-own"),
            ("content-type", "application/json")
        ]
    );
}

#[test]
fn without_a_key_there_is_no_header_for_one() {
    assert!(request("", "c").headers.iter().all(|(name, _)| name != "authorization"));
}

#[test]
fn only_a_success_that_is_said_is_one_and_a_refusal_with_status_200_is_told_in_the_servers_words() {
    let ended = read_end_of_reasoning;
    assert_eq!(ended(200, r#"{"success":true}"#), Ok(()));
    for (status, body, said) in [
        (
            200,
            r#"{"success":false,"message":"no active completion for this id"}"#,
            "no active completion for this id",
        ),
        (
            400,
            r#"{"error":{"code":400,"message":"unknown control action","type":"invalid_request_error"}}"#,
            "unknown control action",
        ),
        (
            404,
            r#"{"error":{"message":"File Not Found","type":"not_found_error","code":404}}"#,
            "File Not Found",
        ),
        (500, r#"{"success":true}"#, ""),
        (0, r#"{"success":true}"#, ""),
        (200, "", ""),
        (200, "data: {\"success\":true}\n\n", ""),
        (200, r#"[{"success":true}]"#, ""),
        (200, r#"{"message":7}"#, ""),
    ] {
        let refused = ended(status, body);
        if said.is_empty() {
            assert!(refused.is_err(), "{status} {body}");
        } else {
            assert_eq!(refused, Err(said.to_owned()));
        }
    }
}
