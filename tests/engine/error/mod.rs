//! Tests of error bodies of every shape (protocols reference §8.4): category, words and codes.

mod advice;
mod category;
mod failure;
mod hidden;
mod wait;

use tokenfall::engine::error::Category::{self, *};
use tokenfall::engine::wire::ProviderError;

/// Status, body; then category, kind, code and message.
type Case = (u16, &'static str, Category, &'static str, &'static str, &'static str);

const SHAPES: [Case; 25] = [
    (
        401,
        r#"{"error":{"message":"Incorrect API key provided","type":"invalid_request_error","code":"invalid_api_key","param":null}}"#,
        Authentication,
        "invalid_request_error",
        "invalid_api_key",
        "Incorrect API key provided",
    ),
    (
        429,
        r#"{"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","code":"insufficient_quota"}}"#,
        Billing,
        "insufficient_quota",
        "insufficient_quota",
        "You exceeded your current quota, please check your plan and billing details.",
    ),
    (
        400,
        r#"{"error":{"message":"This model's maximum context length is 8192 tokens","code":"context_length_exceeded","type":"invalid_request_error"}}"#,
        TooLong,
        "invalid_request_error",
        "context_length_exceeded",
        "This model's maximum context length is 8192 tokens",
    ),
    (
        402,
        r#"{"error":{"message":"Insufficient credits","code":402}}"#,
        Billing,
        "",
        "402",
        "Insufficient credits",
    ),
    (
        529,
        r#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1"}"#,
        Overloaded,
        "overloaded_error",
        "",
        "Overloaded",
    ),
    (
        400,
        r#"[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT","details":[{"@type":"ErrorInfo","reason":"API_KEY_INVALID"}]}}]"#,
        Authentication,
        "INVALID_ARGUMENT",
        "400",
        "API key not valid. Please pass a valid API key.",
    ),
    (
        400,
        r#"{"error":{"code":400,"message":"Bad","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}"#,
        Authentication,
        "INVALID_ARGUMENT",
        "400",
        "Bad",
    ),
    (
        400,
        r#"{"code":"invalid-argument","error":"Model grok-9 is unknown"}"#,
        InvalidRequest,
        "",
        "invalid-argument",
        "Model grok-9 is unknown",
    ),
    (404, r#"{"error":"model \"x\" not found"}"#, NotFound, "", "", "model \"x\" not found"),
    (404, r#"{"detail":"Not Found"}"#, NotFound, "", "", "Not Found"),
    (
        422,
        r#"{"detail":[{"loc":["body","model"],"msg":"field required","type":"missing"},{"msg":"too short"}]}"#,
        InvalidRequest,
        "",
        "",
        "field required; too short",
    ),
    (
        400,
        r#"{"message":"invalid request: model is required","id":"1"}"#,
        InvalidRequest,
        "",
        "",
        "invalid request: model is required",
    ),
    (
        400,
        r#"{"object":"error","message":"bad","type":"BadRequestError","code":40001}"#,
        InvalidRequest,
        "BadRequestError",
        "40001",
        "bad",
    ),
    (
        422,
        r#"{"object":"error","message":{"detail":[{"msg":"Field required"}]},"type":"invalid_request_error"}"#,
        InvalidRequest,
        "invalid_request_error",
        "",
        r#"{"detail":[{"msg":"Field required"}]}"#,
    ),
    (
        400,
        "event: error\ndata: {\"error\":{\"message\":\"No such model\",\"code\":\"x\"}}\n\ndata: [DONE]\n\n",
        InvalidRequest,
        "",
        "x",
        "No such model",
    ),
    (500, r#"{"detail":{"reason":"no GPU"}}"#, Server, "", "", r#"{"reason":"no GPU"}"#),
    (503, r#"{"errors":["first","second"]}"#, Overloaded, "", "", "first; second"),
    (500, r#"{"errors":[{"message":"first"}]}"#, Server, "", "", "first"),
    (
        503,
        r#"{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"#,
        Overloaded,
        "unavailable_error",
        "503",
        "Loading model",
    ),
    (413, "Payload too large", TooLong, "", "", "Payload too large"),
    (502, "<html><head><TITLE> 502\n Bad Gateway </TITLE></head></html>", Server, "", "", "502 Bad Gateway"),
    (504, "<!doctype html><body>no title", Timeout, "", "", ""),
    (403, "", Permission, "", "", ""),
    (418, r#"{"error":"#, InvalidRequest, "", "", r#"{"error":"#),
    (500, r#"{"error":null,"detail":"real"}"#, Server, "", "", "real"),
];

#[test]
fn every_shape_gives_its_category_and_the_servers_own_words() {
    for (status, body, category, kind, code, message) in SHAPES {
        let error = ProviderError::from_body(status, body.as_bytes());
        assert_eq!(
            (error.category, error.kind.as_str(), error.code.as_str(), error.message.as_str()),
            (category, kind, code, message),
            "{body}"
        );
        assert_eq!((error.status, error.raw.as_str()), (Some(status), body.trim()), "{body}");
    }
}

#[test]
fn a_body_that_is_no_utf8_is_told_all_the_same() {
    let error = ProviderError::from_body(500, b"oops \xff");
    assert_eq!((error.category, error.message.as_str()), (Server, "oops \u{fffd}"));
}

#[test]
fn what_is_kept_of_a_body_is_bounded_and_cut_at_a_character() {
    let error = ProviderError::from_body(500, "é".repeat(5_000).as_bytes());
    assert_eq!((error.raw.len(), error.message.len()), (4_096, 4_096));
    let odd = ProviderError::from_body(500, format!("a{}", "é".repeat(5_000)).as_bytes());
    assert_eq!(odd.raw.len(), 4_095);
}
