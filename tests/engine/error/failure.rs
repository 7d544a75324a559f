//! What a person is told of a failure: a sentence, an advice, the field that is wrong.

use std::time::Duration;
use tokenfall::engine::chat::{Cause, Failure, Program, Server};
use tokenfall::engine::settings::Field;
use tokenfall::engine::wire::{BaseUrl, Dialect, ProviderError};

pub(super) const PAGE: &str = "https://page.example";

pub(super) fn failure(cause: Cause) -> Failure {
    let server = Server { host: "h".to_owned(), ..Server::default() };
    Failure { cause, server, has_text: false, retry_after: None, reason: String::new() }
}

fn answered(status: u16, body: &str) -> Cause {
    match body.starts_with('<') {
        true => Cause::WebPage { status, excerpt: body.to_owned() },
        false => Cause::Provider(ProviderError::from_body(status, body.as_bytes())),
    }
}

fn said(error: ProviderError) -> (String, String) {
    let failure = failure(Cause::Provider(error));
    (failure.sentence(), failure.details())
}

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
        for (local, has_text) in [(false, false), (false, true), (true, false)] {
            let mut failure = Failure { has_text, ..failure(cause.clone()) };
            failure.server.local = local;
            assert!(failure.sentence().ends_with('.'), "{}", failure.sentence());
            assert!(!failure.advice(PAGE).is_empty(), "{cause:?}");
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
        let failure = failure(cause);
        assert_eq!(failure.field(), expected, "{status} {body}");
    }
}

#[test]
fn a_path_that_the_server_does_not_know_suggests_the_address_with_or_without_v1() {
    let plain = "Check the model and the address in the settings.";
    let lm_studio = r#"{"error":"Unexpected endpoint or method. (POST /chat/completions)"}"#;
    let page = "<html><title>404 Not Found</title></html>";
    let proxied = "The base address is probably wrong, or a proxy or login page stands in between. Check it in the settings.";
    for (status, body, address, expected) in [
        (404, "", "http://h:1", format!("{plain} Try it with /v1: http://h:1/v1")),
        (404, "404 page not found", "http://h:1/v1/", format!("{plain} Try it without /v1: http://h:1")),
        (200, lm_studio, "http://h:1", format!("{plain} Try it with /v1: http://h:1/v1")),
        (404, page, "http://h:1", format!("{proxied} Try it with /v1: http://h:1/v1")),
        (403, page, "http://h:1", proxied.to_owned()),
        (404, "{\"detail\":\"Not Found\"}", "http://h:1/v1beta", plain.to_owned()),
        (404, "The model x does not exist", "http://h:1", plain.to_owned()),
        (404, "No endpoints found for a/b.", "http://h:1", plain.to_owned()),
    ] {
        let base = BaseUrl::parse(address, false).unwrap();
        let server = Server::new(&base, "", Dialect::ChatCompletions);
        let failure = Failure { server, ..failure(answered(status, body)) };
        assert_eq!(failure.advice(PAGE), expected, "{status} {body:?} at {address}");
    }
}

#[test]
fn a_providers_sentence_keeps_its_own_end() {
    for (message, expected) in [
        ("No.", "No."),
        ("No", "No."),
        ("No!", "No!"),
        ("No (2)", "No (2)."),
        ("No \"x\"", "No \"x\"."),
        ("No 'x'", "No 'x'."),
        ("Non é", "Non é."),
        ("see:", "see:"),
        (" a ", "a."),
    ] {
        let error = ProviderError::new(Some(500), "", "", message, "");
        assert_eq!(said(error).0, format!("The server had an error (500): {expected}"));
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
            let failure = Failure { retry_after, ..failure(cause) };
            assert_eq!(failure.advice(PAGE), expected, "{millis}");
        }
    }
}

#[test]
fn a_web_page_of_a_server_that_is_down_does_not_blame_the_address() {
    for (status, is_down) in [(200, false), (403, false), (404, false), (500, true), (502, true), (530, true)]
    {
        let cause = Cause::WebPage { status, excerpt: "502 Bad Gateway".to_owned() };
        let failure = failure(cause);
        let advice = failure.advice(PAGE);
        assert_eq!(advice.contains("is down or overloaded. Try again"), is_down, "{status}: {advice}");
        assert_eq!(advice.contains("base address"), !is_down, "{status}: {advice}");
        assert_eq!(failure.field(), (!is_down).then_some(Field::BaseUrl), "{status}");
    }
}

#[test]
fn what_is_kept_is_told_once_and_only_where_there_is_something() {
    let too_large = Cause::TooLarge { what: "too much".to_owned() };
    let unreadable = Cause::Unreadable { excerpt: String::new() };
    let error = Cause::Provider(ProviderError::from_body(500, b""));
    for cause in [Cause::CutOff, Cause::Lost, Cause::Silent, too_large, unreadable, error] {
        for has_text in [true, false] {
            let failure = Failure { has_text, ..failure(cause.clone()) };
            let told = format!("{} {}", failure.sentence(), failure.advice(PAGE));
            assert_eq!(told.matches("kept").count(), usize::from(has_text), "{told}");
            assert!(has_text || !told.contains("cut off") && !told.contains("whole answer"), "{told}");
        }
    }
}

#[test]
fn each_cause_says_what_happened_to_whom() {
    for (cause, has_text, expected) in [
        (Cause::Unreachable, false, "No answer from h."),
        (Cause::Offline, false, "This device is offline."),
        (
            Cause::WebPage { status: 403, excerpt: String::new() },
            false,
            "h sent a web page instead of a model's answer (status 403).",
        ),
        (Cause::Empty, false, "h sent an empty answer."),
        (Cause::CutOff, true, "The answer was cut off: h ended the stream before it was complete."),
        (Cause::CutOff, false, "h ended the stream before an answer came."),
        (Cause::Lost, true, "The answer was cut off: the connection to h broke."),
        (Cause::Lost, false, "The connection to h broke before an answer came."),
        (Cause::Silent, false, "h has sent nothing that can be read for too long."),
        (
            Cause::Unreadable { excerpt: "x".to_owned() },
            false,
            "h sent data that cannot be read as a model's answer.",
        ),
        (
            Cause::TooLarge { what: "the answer is too long".to_owned() },
            true,
            "Stopped: the answer is too long.",
        ),
    ] {
        assert_eq!(Failure { has_text, ..failure(cause) }.sentence(), expected);
    }
}

#[test]
fn each_status_is_told_in_words_with_what_to_do() {
    for (status, sentence, advice) in [
        (
            400,
            "h did not accept the request (400).",
            "Check the model, its parameters and the extra JSON in the settings.",
        ),
        (401, "h refused the key (401).", "Check the key in the settings."),
        (
            402,
            "The account at h has no credit or quota left (402).",
            "Trying again will not help until the account is topped up.",
        ),
        (403, "h does not allow this (403).", "The key may lack rights for this model or region."),
        (404, "Model or address not found (404).", "Check the model and the address in the settings."),
        (408, "The server ran out of time (408).", "Try again in a moment."),
        (
            413,
            "The conversation is too long for this model (413).",
            "Start a new conversation or shorten this one.",
        ),
        (
            418,
            "h did not accept the request (418).",
            "Check the model, its parameters and the extra JSON in the settings.",
        ),
        (429, "Too many requests (429).", "Wait a little, then try again. The server did not say how long."),
        (500, "The server had an error (500).", "Try again in a moment."),
        (503, "h is overloaded or still loading (503).", "Try again in a moment."),
        (302, "h reported an error (302).", "Try again, or check the settings."),
    ] {
        let failure = failure(Cause::Provider(ProviderError::from_body(status, b"")));
        assert_eq!((failure.sentence().as_str(), failure.advice(PAGE).as_str()), (sentence, advice));
    }
    let filtered = ProviderError::new(Some(400), "content_filter", "content_filter", "", "");
    let failure = failure(Cause::Provider(filtered));
    assert_eq!(
        (failure.sentence().as_str(), failure.advice(PAGE).as_str()),
        ("h withheld the answer (400).", "Rephrase the question.")
    );
}

#[test]
fn an_object_is_no_sentence_and_stands_in_the_details() {
    for message in ["{}", "[]", " {\"a\": 1} ", "[1]", "null", "", "  "] {
        let raw = format!("{{\"error\": {message}}}");
        let (sentence, details) = said(ProviderError::new(Some(500), "", "", message, &raw));
        assert_eq!(sentence, "The server had an error (500).", "{message}");
        assert_eq!(details, format!("HTTP 500\n{raw}"), "{message}");
    }
    let (sentence, _) = said(ProviderError::new(None, "", "", "[WinError 5] denied", ""));
    assert_eq!(
        sentence, "h reported an error: [WinError 5] denied.",
        "words that begin with a bracket are words"
    );
}

#[test]
fn a_message_of_4_kb_is_cut_at_a_word_and_whole_in_the_details() {
    for (word, unit) in [("wört ", 5), ("wörter ", 7), ("x", 1)] {
        let message = word.repeat(4_000 / word.len());
        let (sentence, details) = said(ProviderError::new(Some(500), "", "", &message, &message));
        let told = sentence.strip_prefix("The server had an error (500): ").unwrap();
        let told = told.strip_suffix(" …").unwrap();
        assert!((300 - unit..=300).contains(&told.chars().count()), "{told}");
        assert!(told.ends_with(word.trim_end()), "{told}");
        assert_eq!(details, format!("HTTP 500\n{}", message.trim_end()));
    }
    let early = format!("a {}", "x".repeat(400));
    let told = said(ProviderError::new(Some(500), "", "", &early, "")).0;
    assert_eq!(told, format!("The server had an error (500): a {} …", "x".repeat(298)), "most of it is told");
    let fits = "é".repeat(300);
    assert!(said(ProviderError::new(Some(500), "", "", &fits, "")).0.ends_with("é."));
}

#[test]
fn the_details_do_not_say_again_what_the_sentence_or_the_raw_body_says() {
    for (kind, code, message, raw, expected) in [
        ("", "", "Not here", "Not here\n", ""),
        ("", "", "", "", ""),
        (
            "server_error",
            "e1",
            "No",
            "{\"type\":\"server_error\",\"code\":\"e1\"}",
            "HTTP 500\n{\"type\":\"server_error\",\"code\":\"e1\"}",
        ),
        ("server_error", "e1", "No", "No", "HTTP 500\nserver_error\ne1"),
        ("server_error", "e1", "No", "{\"m\":\"No\"}", "HTTP 500\nserver_error\ne1\n{\"m\":\"No\"}"),
    ] {
        assert_eq!(said(ProviderError::new(Some(500), kind, code, message, raw)).1, expected);
    }
    assert_eq!(said(ProviderError::new(None, "overloaded", "", "No", "")).1, "overloaded");
}

#[test]
fn a_local_server_is_told_how_it_is_started_and_no_other_ones_command() {
    let commands = ["llama-server -m", "OLLAMA_ORIGINS", "ollama serve", "lms server", "vllm serve"];
    for (preset, dialect, page, expected) in [
        ("llama.cpp", Dialect::ChatCompletions, PAGE, &["llama-server -m"][..]),
        ("lm-studio", Dialect::ChatCompletions, PAGE, &["lms server"]),
        ("vllm", Dialect::ChatCompletions, PAGE, &["vllm serve"]),
        ("ollama", Dialect::Ollama, PAGE, &["OLLAMA_ORIGINS", "ollama serve"]),
        ("ollama", Dialect::Ollama, "http://localhost:8000", &["ollama serve"]),
        ("custom", Dialect::Ollama, PAGE, &["OLLAMA_ORIGINS", "ollama serve"]),
        ("custom", Dialect::ChatCompletions, PAGE, &[]),
        ("custom", Dialect::Anthropic, PAGE, &[]),
    ] {
        let base = BaseUrl::parse("http://127.0.0.1:8080/v1", false).unwrap();
        let failure = Failure { server: Server::new(&base, preset, dialect), ..failure(Cause::Unreachable) };
        let advice = failure.advice(page);
        let told: Vec<&str> = commands.into_iter().filter(|command| advice.contains(command)).collect();
        assert_eq!(told, expected, "{preset}: {advice}");
        assert!(!advice.contains("https://page") || advice.contains(PAGE), "{advice}");
        assert_eq!(
            advice.contains(PAGE),
            advice.contains("ORIGINS") || advice.contains("origin"),
            "{advice}"
        );
    }
}

#[test]
fn the_browsers_own_model_has_a_name_and_advice_of_its_own_and_may_be_loading() {
    let server = Server::new(&BaseUrl::NONE, "browser", Dialect::BrowserModel);
    assert_eq!((server.host.as_str(), server.program), ("Prompt API", Program::BrowserModel));
    assert!(server.may_be_loading() && server.other_address.is_none());
    let failure = Failure { server, ..failure(Cause::Unreachable) };
    assert_eq!(failure.sentence(), "No answer from Prompt API.");
    assert!(failure.advice(PAGE).contains("whether this browser has a model"), "{}", failure.advice(PAGE));
}

#[test]
fn https_to_this_machine_is_told_as_the_likely_cause_and_not_as_a_model_that_loads() {
    for (address, local, https) in [
        ("https://127.0.0.1:8080/v1", true, true),
        ("http://localhost:8080/v1", true, false),
        ("https://api.example.org/v1", false, true),
        ("HTTP://192.168.0.2:8080", false, false),
    ] {
        let base = BaseUrl::parse(address, false).unwrap();
        let server = Server::new(&base, "custom", Dialect::ChatCompletions);
        assert_eq!((server.local, server.https), (local, https), "{address}");
        assert_eq!(server.may_be_loading(), local && !https, "{address}");
        assert_eq!(server.host, base.host());
        assert_eq!(server.program, Program::Other);
        let advice = Failure { server, ..failure(Cause::Unreachable) }.advice(PAGE);
        assert_eq!(advice.contains("plain http"), local && https, "{advice}");
        assert_eq!(advice.contains("CORS"), !local, "{advice}");
    }
}

/// What a server of files says to a question, and what others at the page's own address say.
#[test]
fn the_pages_own_address_is_told_as_the_reason_only_where_its_server_refused_as_one_of_files() {
    const PAGE: &str = "<!doctype html><title>Tokenfall</title>";
    const LLAMA: &str = r#"{"error":{"code":404,"message":"File Not Found","type":"not_found_error"}}"#;
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
        (300, PAGE, false),
        (403, PAGE, false),
        (500, "", false),
    ] {
        let cause = answered(status, body);
        let failure = Failure {
            server: Server { host: "Host:8000".to_owned(), ..Server::default() },
            ..failure(cause.clone())
        };
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
        let failure = failure(cause);
        assert_eq!(failure.clone().seen_from("http://h"), failure);
    }
}
