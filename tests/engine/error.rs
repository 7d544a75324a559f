//! Tests of error bodies of every shape (protocols reference §8.4): category, words, codes and delay.

use std::time::Duration;
use tokenfall::engine::chat::{Cause, Failure};
use tokenfall::engine::error::Category::{self, *};
use tokenfall::engine::error::{retry_after, retry_after_seconds};
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

#[test]
fn statuses_without_words_have_their_categories() {
    for (status, category) in [
        (400, InvalidRequest),
        (401, Authentication),
        (402, Billing),
        (403, Permission),
        (404, NotFound),
        (408, Timeout),
        (413, TooLong),
        (429, RateLimit),
        (500, Server),
        (503, Overloaded),
        (504, Timeout),
        (524, Timeout),
        (529, Overloaded),
        (302, Other),
    ] {
        assert_eq!(Category::classify(Some(status), "", "", ""), category, "{status}");
    }
}

#[test]
fn an_empty_account_is_no_rate_limit() {
    assert_eq!(Category::classify(Some(429), "insufficient_quota", "", ""), Billing);
}

#[test]
fn a_wait_in_seconds_is_read_and_nonsense_is_none() {
    for (value, expected) in [
        ("7", Some(7_000)),
        (" 1.5 ", Some(1_500)),
        ("0", Some(0)),
        ("604800", Some(604_800_000)),
        ("604801", None),
        ("-1", None),
        ("", None),
        ("soon", None),
        ("NaN", None),
        ("inf", None),
        ("1e300", None),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
    ] {
        assert_eq!(retry_after_seconds(value), expected.map(Duration::from_millis), "{value:?}");
    }
}

/// 2026-11-22 21:00:00, as `date -u +%s` has it.
const NOW: u64 = 1_795_381_200;

#[test]
fn a_date_to_wait_for_is_read_in_all_three_forms_of_http() {
    for (value, expected) in [
        ("Sun, 22 Nov 2026 21:00:07 GMT", Some(7)),
        ("Sunday, 22-Nov-26 21:02:00 GMT", Some(120)),
        ("Sun Nov 22 22:00:00 2026", Some(3_600)),
        ("Tue Dec  1 00:00:00 2026", None),
        ("Mon Nov 23 03:00:00 2026", Some(21_600)),
        ("Thu, 26 Nov 2026 21:00:00 GMT", Some(4 * 86_400)),
        // Passed: at once. Two digits name the past where the future would be too far.
        ("Sun, 22 Nov 2026 20:59:59 GMT", Some(0)),
        ("Sunday, 06-Nov-94 08:49:37 GMT", Some(0)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", Some(0)),
        ("Thu, 01 Jan 0000 00:00:00 GMT", Some(0)),
        // Further away than anybody waits.
        ("Mon, 29 Feb 2044 00:00:00 GMT", None),
        ("Fri, 31 Dec 9999 23:59:60 GMT", None),
        // No date.
        ("Sun, 22 Nov 2026", None),
        ("Sun, 22 Nov 2026 24:00:00 GMT", None),
        ("Sun, 32 Nov 2026 21:00:07 GMT", None),
        ("Sun, 22 Ovd 2026 21:00:07 GMT", None),
        ("Sun, 22 N 2026 21:00:07 GMT", None),
        ("Sun, 22 Nov 18446744073709551615 21:00:07 GMT", None),
        ("Sun Nov 22 2026", None),
        (",,,", None),
        ("tomorrow at noon \u{1f4a3}", None),
    ] {
        let wait = retry_after(None, Some(value), None, NOW);
        assert_eq!(wait, expected.map(Duration::from_secs), "{value:?}");
    }
}

#[test]
fn a_date_is_held_against_the_servers_own_clock_where_it_can_be_read() {
    let value = Some("Sun, 22 Nov 2026 21:00:07 GMT");
    let date = Some("Sun, 22 Nov 2026 21:00:00 GMT");
    for skewed in [0, NOW - 86_400, NOW + 86_400, u64::MAX] {
        assert_eq!(retry_after(None, value, date, skewed), Some(Duration::from_secs(7)), "{skewed}");
    }
    assert_eq!(retry_after(None, value, Some("garbage"), NOW), Some(Duration::from_secs(7)));
}

#[test]
fn milliseconds_win_over_seconds_unless_they_are_nonsense() {
    let seconds = Some("7");
    assert_eq!(retry_after(Some("250"), seconds, None, NOW), Some(Duration::from_millis(250)));
    for nonsense in ["", "soon", "-5", "1e3"] {
        assert_eq!(
            retry_after(Some(nonsense), seconds, None, NOW),
            Some(Duration::from_secs(7)),
            "{nonsense:?}"
        );
    }
    assert_eq!(retry_after(None, None, None, NOW), None);
}

#[test]
fn a_delay_inside_the_body_is_read() {
    for (delay, expected) in [("48s", Some(48_000)), ("0.5s", Some(500)), ("soon", None), ("", None)] {
        let body =
            format!(r#"{{"error":{{"code":429,"details":[{{"@type":"x"}},{{"retryDelay":"{delay}"}}]}}}}"#);
        let error = ProviderError::from_body(429, body.as_bytes());
        assert_eq!(error.retry_after, expected.map(Duration::from_millis), "{delay:?}");
    }
}

#[test]
fn each_cause_has_a_sentence_with_an_end_and_an_advice() {
    let provider = |status| Cause::Provider(ProviderError::from_body(status, b""));
    let causes = [
        Cause::Unreachable,
        Cause::Redirected,
        Cause::Offline,
        Cause::WebPage { status: 200, excerpt: String::new() },
        Cause::Empty,
        Cause::CutOff,
        Cause::Lost,
        Cause::Unreadable { excerpt: String::new() },
        Cause::TooLarge { what: "too much".to_owned() },
    ];
    let statuses = [400, 401, 402, 403, 404, 408, 413, 429, 500, 503, 302];
    for cause in causes.into_iter().chain(statuses.map(provider)) {
        for local in [false, true] {
            let failure = Failure { cause: cause.clone(), host: "h".to_owned(), local, retry_after: None };
            assert!(failure.sentence().ends_with('.'), "{}", failure.sentence());
            assert!(!failure.advice("https://page").is_empty(), "{cause:?}");
        }
    }
}

#[test]
fn a_failure_names_the_field_that_is_wrong_if_one_is() {
    for (status, body, expected) in [
        (401, "no", Some("key")),
        (403, "no", Some("key")),
        (404, "The model x does not exist", Some("model")),
        (404, "Not Found", Some("base-url")),
        (400, "no", Some("model")),
        (429, "no", None),
        (500, "no", None),
    ] {
        let cause = Cause::Provider(ProviderError::from_body(status, body.as_bytes()));
        let failure = Failure { cause, host: "h".to_owned(), local: false, retry_after: None };
        assert_eq!(failure.field(), expected, "{status} {body}");
    }
}

#[test]
fn a_providers_sentence_keeps_its_own_end() {
    for (message, expected) in
        [("No.", "h failed (500): No."), ("No", "h failed (500): No."), ("No!", "h failed (500): No!")]
    {
        let error = ProviderError::new(Some(500), "", "", message, "");
        let failure =
            Failure { cause: Cause::Provider(error), host: "h".to_owned(), local: false, retry_after: None };
        assert_eq!(failure.sentence(), expected);
    }
}
