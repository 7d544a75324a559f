//! What a person is told of a failure: a sentence, an advice, the field that is wrong.

use std::time::Duration;
use tokenfall::engine::chat::{Cause, Failure};
use tokenfall::engine::settings::Field;
use tokenfall::engine::wire::ProviderError;

#[test]
fn each_cause_has_a_sentence_with_an_end_and_an_advice() {
    let provider = |status| Cause::Provider(ProviderError::from_body(status, b""));
    let causes = [
        Cause::Unreachable,
        Cause::Redirected,
        Cause::Silent,
        Cause::Offline,
        Cause::WebPage { status: 200, excerpt: String::new() },
        Cause::WebPage { status: 502, excerpt: String::new() },
        Cause::OwnPage { excerpt: String::new() },
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
        (401, "no", Some(Field::Key)),
        (403, "no", Some(Field::Key)),
        (404, "The model x does not exist", Some(Field::Model)),
        (404, "Not Found", Some(Field::BaseUrl)),
        (400, "no", Some(Field::Model)),
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

#[test]
fn a_wait_is_told_as_people_say_it_and_never_too_short() {
    const HOUR: u64 = 3_600_000;
    for (millis, expected) in [
        (0, "Try again now."),
        (1, "Try again in 1 s."),
        (11_001, "Try again in 12 s."),
        (119_000, "Try again in 119 s."),
        (120_000, "Try again in 2 min."),
        (300_000, "Try again in 5 min."),
        (300_001, "Try again in 6 min."),
        (2 * HOUR, "Try again in 2 h."),
        (2 * HOUR + 1, "Try again in 2 h 1 min."),
        (25 * HOUR, "Try again in 25 h."),
        (48 * HOUR - 60_000, "Try again in 47 h 59 min."),
        (48 * HOUR - 1, "Try again in 2 days."),
        (100 * HOUR + 1, "Try again in 4 days 5 h."),
        (720 * HOUR, "Try again in 30 days."),
    ] {
        for status in [429, 503] {
            let cause = Cause::Provider(ProviderError::from_body(status, b""));
            let retry_after = Some(Duration::from_millis(millis));
            let failure = Failure { cause, host: "h".to_owned(), local: false, retry_after };
            assert_eq!(failure.advice("https://page"), expected, "{millis}");
        }
    }
}

#[test]
fn a_web_page_of_a_server_that_is_down_does_not_blame_the_address() {
    for (status, is_down) in [(200, false), (403, false), (404, false), (500, true), (502, true), (530, true)]
    {
        let cause = Cause::WebPage { status, excerpt: "502 Bad Gateway".to_owned() };
        let failure = Failure { cause, host: "h".to_owned(), local: false, retry_after: None };
        let advice = failure.advice("https://page");
        assert_eq!(advice.contains("is down or overloaded. Try again"), is_down, "{status}: {advice}");
        assert_eq!(advice.contains("base address"), !is_down, "{status}: {advice}");
        assert_eq!(failure.field(), (!is_down).then_some(Field::BaseUrl), "{status}");
    }
}

/// What a server of files says to a question, and what others at the page's own address say.
#[test]
fn the_pages_own_address_is_told_as_the_reason_only_where_its_server_refused_as_one_of_files() {
    const PAGE: &str = "<!doctype html><title>Tokenfall</title>";
    const LLAMA: &str = r#"{"error":{"code":404,"message":"File Not Found","type":"not_found_error"}}"#;
    let answered = |status, body: &str| match body.starts_with('<') {
        true => Cause::WebPage { status, excerpt: body.to_owned() },
        false => Cause::Provider(ProviderError::from_body(status, body.as_bytes())),
    };
    for (status, body, expected) in [
        (405, "Only GET and HEAD.\n", true),
        (405, "", true),
        (404, "No such file.", true),
        (501, PAGE, true),
        (405, PAGE, true),
        (200, PAGE, true),
        // llama-server gives out this page and answers beside it.
        (404, LLAMA, false),
        (404, r#"{"detail":"Not Found"}"#, false),
        (400, "no such model", false),
        (401, "", false),
        // A proxy whose model is down, or that asks for a login.
        (502, PAGE, false),
        (403, PAGE, false),
        (500, "", false),
    ] {
        let cause = answered(status, body);
        let failure =
            Failure { cause: cause.clone(), host: "Host:8000".to_owned(), local: true, retry_after: None };
        assert_eq!(failure.clone().seen_from("http://other:8000"), failure, "{status} {body}: elsewhere");
        assert_eq!(failure.clone().seen_from(""), failure, "{status} {body}: nowhere");
        let seen = failure.clone().seen_from("http://host:8000");
        if expected {
            assert_eq!(
                seen.sentence(),
                "Host:8000 is the address of this page itself, not of a model server."
            );
            assert_eq!(seen.field(), Some(Field::BaseUrl));
            assert_eq!(seen.cause, Cause::OwnPage { excerpt: body.trim().to_owned() }, "{status}");
        } else {
            assert_eq!(seen, failure, "{status} {body}");
        }
    }
    // A server that is not there, or a stream that broke, proves nothing.
    for cause in [Cause::Unreachable, Cause::Lost, Cause::Empty, Cause::CutOff] {
        let failure = Failure { cause, host: "host".to_owned(), local: true, retry_after: None };
        assert_eq!(failure.clone().seen_from("http://host"), failure);
    }
}
