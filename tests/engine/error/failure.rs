//! What a person is told of a failure: a sentence, an advice, the field that is wrong.

use tokenfall::engine::chat::{Cause, Failure};
use tokenfall::engine::wire::ProviderError;

#[test]
fn each_cause_has_a_sentence_with_an_end_and_an_advice() {
    let provider = |status| Cause::Provider(ProviderError::from_body(status, b""));
    let causes = [
        Cause::Unreachable,
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
