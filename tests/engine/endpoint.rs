//! Tests of addresses and keys: a base URL is a decision of trust.

use tokenfall::engine::wire::BaseUrlProblem::{self, Extras, Host, KeyInTheClear, Scheme};
use tokenfall::engine::wire::{
    BaseUrl, Dialect, Endpoint, Key, KeyProblem, Models, Prompt, models_request, read_models,
};

fn parse(text: &str) -> Result<String, BaseUrlProblem> {
    BaseUrl::parse(text, false).map(|url| url.as_str().to_owned())
}

#[test]
fn an_address_is_taken_as_typed_without_blanks_and_last_slashes() {
    for (typed, taken) in [
        ("https://api.example.com/v1", "https://api.example.com/v1"),
        ("  https://api.example.com/v1//\n", "https://api.example.com/v1"),
        ("HTTPS://API.example.com", "https://API.example.com"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1"),
        ("http://my_box.local:65535", "http://my_box.local:65535"),
    ] {
        assert_eq!(parse(typed).as_deref(), Ok(taken), "{typed}");
    }
}

#[test]
fn an_address_that_could_mean_something_else_is_refused() {
    for (typed, problem) in [
        ("", Scheme),
        ("api.example.com", Scheme),
        ("ftp://a.b", Scheme),
        ("javascript:alert(1)", Scheme),
        ("http:/a.b", Scheme),
        ("//a.b", Scheme),
        ("https://", Scheme),
        ("https:///v1", Host),
        ("https://:80", Host),
        ("https://user@a.b", Extras),
        ("https://user:pass@a.b", Extras),
        ("https://a.b/?key=1", Extras),
        ("https://a.b/#x", Extras),
        ("https://a.b\\@c.d", Extras),
        ("https://a b", Host),
        ("https://a.b/v 1", Host),
        ("https://a.b/v\u{1}1", Host),
        ("https://a.b:", Host),
        ("https://a.b:x", Host),
        ("https://a.b:+80", Host),
        ("https://a.b:65536", Host),
        ("https://a.b:80:80", Host),
        ("https://[::1", Host),
        ("https://[]", Host),
        ("https://[abc]", Host),
        ("https://[::1]x", Host),
        ("https://a[b", Host),
        ("https://пример.рф", Host),
        ("https://a%2eb", Host),
    ] {
        assert_eq!(parse(typed), Err(problem), "{typed}");
    }
}

#[test]
fn only_this_machines_own_addresses_are_its_own() {
    for (host, expected) in [
        ("localhost", true),
        ("LOCALHOST:1", true),
        ("app.localhost", true),
        ("127.0.0.1", true),
        ("127.255.1.2:80", true),
        ("[::1]:80", true),
        ("localhost.example.com", false),
        ("notlocalhost", false),
        ("127.0.0.1.example.com", false),
        ("127.example.co.uk", false),
        ("127.0.0.256", false),
        ("128.0.0.1", false),
        ("0.0.0.0", false),
        ("192.168.1.2", false),
        ("[::2]", false),
    ] {
        let url = BaseUrl::parse(&format!("http://{host}"), false).unwrap();
        assert_eq!(url.is_loopback(), expected, "{host}");
        let with_key = BaseUrl::parse(&format!("http://{host}"), true).err();
        assert_eq!(with_key, (!expected).then_some(KeyInTheClear), "a key over plain http to {host}");
        assert!(BaseUrl::parse(&format!("https://{host}"), true).is_ok());
    }
}

#[test]
fn the_origin_is_scheme_host_and_port() {
    let url = BaseUrl::parse("https://a.b:8443/v1/x", true).unwrap();
    assert_eq!((url.origin(), url.host()), ("https://a.b:8443", "a.b:8443"));
    assert_eq!(url.join("/models"), "https://a.b:8443/v1/x/models");
}

#[test]
fn an_address_pasted_with_a_protocols_own_path_is_taken_without_it() {
    for (typed, taken, ending) in [
        ("https://a.b/v1/chat/completions", "https://a.b/v1", "/chat/completions"),
        (" https://a.b/v1/chat/completions/ ", "https://a.b/v1", "/chat/completions"),
        ("https://a.b/v1//Chat/Completions//", "https://a.b/v1", "/Chat/Completions"),
        ("https://a.b/v1/responses", "https://a.b/v1", "/responses"),
        ("https://a.b/v1/messages/", "https://a.b/v1", "/messages"),
        ("https://a.b/v1beta/interactions", "https://a.b/v1beta", "/interactions"),
        ("http://127.0.0.1:11434/api/chat", "http://127.0.0.1:11434", "/api/chat"),
        ("http://127.0.0.1:11434/api/generate/", "http://127.0.0.1:11434", "/api/generate"),
        ("https://api.cohere.com/v2/chat", "https://api.cohere.com/v2", "/chat"),
        (
            "https://a.b/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
            "https://a.b/v1beta",
            "/models/gemini-2.5-flash:streamGenerateContent",
        ),
        ("https://a.b/v1beta/models/x:generateContent", "https://a.b/v1beta", "/models/x:generateContent"),
        // Neither a host nor a path that only looks like one is cut.
        ("https://responses", "https://responses", ""),
        ("https://chat/", "https://chat", ""),
        ("https://a.b/chat", "https://a.b/chat", ""),
        ("https://a.b/my-messages", "https://a.b/my-messages", ""),
        ("https://a.b/models", "https://a.b/models", ""),
        ("https://a.b/models/x", "https://a.b/models/x", ""),
    ] {
        assert_eq!(parse(typed).as_deref(), Ok(taken), "{typed}");
        let (address, cut) = BaseUrl::split_ending(typed);
        assert_eq!((parse(&address).as_deref(), cut.as_str()), (Ok(taken), ending), "{typed}");
    }
}

#[test]
fn a_version_in_an_address_goes_out_with_every_request_and_no_other_query_does() {
    let typed = "https://a.openai.azure.com/openai/deployments/x/chat/completions?api-version=2024-10-21";
    let base = BaseUrl::parse(typed, true).unwrap();
    assert_eq!(base.as_str(), "https://a.openai.azure.com/openai/deployments/x");
    assert_eq!(base.typed(), "https://a.openai.azure.com/openai/deployments/x?api-version=2024-10-21");
    assert_eq!(BaseUrl::split_ending(typed).0, base.typed());
    for dialect in Dialect::ALL {
        let endpoint = Endpoint { dialect, base: base.clone(), key: None };
        for stream in [true, false] {
            let prompt = Prompt { model: "m".to_owned(), stream, ..Prompt::default() };
            for request in [endpoint.request(&prompt), models_request(&endpoint)] {
                let (_, query) = request.url.split_once('?').unwrap();
                assert!(query.split('&').any(|part| part == "api-version=2024-10-21"), "{}", request.url);
                assert_eq!(request.url.matches('?').count(), 1, "{}", request.url);
            }
        }
    }
    for other in [
        "?api-version=",
        "?api-version=1&key=2",
        "?key=2",
        "?api-version=a/b",
        "?alt=sse",
        "?api-version=1#x",
    ] {
        assert_eq!(parse(&format!("https://a.b/v1{other}")), Err(Extras), "{other}");
    }
}

#[test]
fn an_address_with_or_without_v1_has_its_other_spelling_unless_it_names_another_version() {
    for (typed, other) in [
        ("http://127.0.0.1:1234", Some("http://127.0.0.1:1234/v1")),
        ("http://127.0.0.1:1234/v1/", Some("http://127.0.0.1:1234")),
        ("https://a.b/api", Some("https://a.b/api/v1")),
        ("https://v1", Some("https://v1/v1")),
        ("https://a.b/v1?api-version=1", Some("https://a.b?api-version=1")),
        ("https://a.b/v1beta", None),
        ("https://a.b/v2", None),
        ("https://a.b/v1/openai", None),
    ] {
        let base = BaseUrl::parse(typed, false).unwrap();
        assert_eq!(base.with_or_without_version().map(|base| base.typed()).as_deref(), other, "{typed}");
    }
}

#[test]
fn a_key_pasted_with_quotes_blanks_or_a_header_is_taken_without_them() {
    for pasted in [
        "sk-12345678",
        " \"sk-12345678\"\n",
        "'sk-12345678'",
        "`sk-12345678`",
        "“sk-12345678”",
        "Bearer sk-12345678",
        "bearer  sk-12345678",
        "\"Bearer sk-12345678\"",
        "Authorization: Bearer sk-12345678",
        "x-api-key: sk-12345678",
        "X-Goog-Api-Key:sk-12345678",
    ] {
        assert_eq!(Key::new(pasted), Key::new("sk-12345678"), "{pasted}");
        let key = Key::new(pasted).unwrap().unwrap();
        let base = BaseUrl::parse("https://a.b", true).unwrap();
        let endpoint = Endpoint { dialect: Dialect::Anthropic, base, key: Some(key) };
        let sent = models_request(&endpoint).headers.into_iter().find(|(name, _)| *name == "x-api-key");
        assert_eq!(sent.map(|(_, value)| value).as_deref(), Some("sk-12345678"), "{pasted}");
    }
    assert_eq!(Key::new("\"\""), Ok(None));
}

#[test]
fn a_list_of_models_is_found_in_each_shape_that_servers_give_it() {
    for body in [
        r#"{"data":[{"id":"a"},{"id":"b"}]}"#,
        r#"{"data":null,"models":[{"name":"a"},{"name":"models/b"}]}"#,
        r#"{"data":[],"models":["a","b"]}"#,
        r#"{"result":[{"id":"a"},{"id":"b"}]}"#,
        r#"{"data":{"models":[{"id":"a"},{"id":"b"}]}}"#,
        r#"{"data":{"data":[{"id":"a"},{"id":"b"}]}}"#,
        r#"{"items":[{"id":"a"},{"id":"b"}]}"#,
        r#"[{"id":"a"},{"id":"b"},{"id":"a"}]"#,
        r#"{"object":"list","result":{"items":[{"model":"a"},{"model":"b"}]}}"#,
    ] {
        assert_eq!(read_models(body).unwrap().ids, ["a", "b"], "{body}");
    }
    for empty in [
        "{}",
        "[]",
        "null",
        r#"{"data":[]}"#,
        r#"{"data":{"data":{"data":{"data":["a"]}}}}"#,
        r#"{"error":["a"]}"#,
    ] {
        assert_eq!(read_models(empty), Ok(Models::default()), "{empty}");
    }
}

#[test]
fn a_key_that_no_header_can_carry_is_refused_with_its_place() {
    for (typed, at) in
        [("sk 1", 3), ("sk-é", 4), ("sk\u{200b}1", 3), ("s\nk", 2), ("sk-1\u{feff}", 5), ("Bearersk 1", 9)]
    {
        assert_eq!(Key::new(typed), Err(KeyProblem::BadCharacter(at)), "{typed:?}");
    }
    for none in ["", "  ", "\n"] {
        assert_eq!(Key::new(none), Ok(None), "{none:?}");
    }
    let key = Key::new(" sk-123456\n").unwrap().unwrap();
    assert_eq!(Some(key.clone()), Key::new("sk-123456").unwrap(), "blanks around it are none of it");
    assert_eq!(format!("{key:?}"), "Key(…)");
}

#[test]
fn a_key_stands_in_its_header_and_nowhere_that_can_be_printed() {
    for dialect in Dialect::ALL {
        let key = Key::new("sk-secret").unwrap();
        let base = BaseUrl::parse("https://a.b", true).unwrap();
        let endpoint = Endpoint { dialect, base, key };
        for request in [endpoint.request(&Prompt::default()), models_request(&endpoint)] {
            let carrying = request.headers.iter().filter(|(_, value)| value.contains("sk-secret")).count();
            assert_eq!(carrying, 1, "{dialect:?}");
            assert!(!request.url.contains("sk-secret"));
            assert!(!request.body.as_deref().unwrap_or_default().contains("sk-secret"));
            assert!(!format!("{request:?} {endpoint:?}").contains("sk-secret"));
        }
    }
}

#[test]
fn each_problem_has_a_sentence() {
    for problem in [Scheme, Host, Extras, KeyInTheClear] {
        assert!(problem.to_string().ends_with('.'), "{problem}");
    }
    assert!(KeyProblem::BadCharacter(3).to_string().contains("character 3"));
}

#[test]
fn each_request_asks_for_the_form_of_its_answer_in_words_that_need_no_preflight() {
    let sse = "text/event-stream";
    for (dialect, streamed) in [
        (Dialect::Responses, sse),
        (Dialect::ChatCompletions, sse),
        (Dialect::Anthropic, sse),
        (Dialect::Gemini, sse),
        (Dialect::Interactions, sse),
        (Dialect::Ollama, "application/x-ndjson"),
        (Dialect::Cohere, sse),
        (Dialect::OwnEvents, sse),
        (Dialect::OwnLines, "application/x-ndjson"),
        (Dialect::UiMessages, sse),
        (Dialect::AgUi, sse),
        (Dialect::Realtime, sse),
        (Dialect::BrowserModel, "application/x-ndjson"),
    ] {
        let base = BaseUrl::parse("https://a.b", false).unwrap();
        let endpoint = Endpoint { dialect, base, key: None };
        let ask = |stream| endpoint.request(&Prompt { model: "m".to_owned(), stream, ..Prompt::default() });
        for (request, expected) in [
            (ask(true), streamed),
            (ask(false), "application/json"),
            (models_request(&endpoint), "application/json"),
        ] {
            let accepted: Vec<_> = request.headers.iter().filter(|(name, _)| *name == "accept").collect();
            assert_eq!(accepted, [&("accept".into(), expected.to_owned())], "{dialect:?}");
            // Fetch 2.2.2: at most 128 bytes, and none of these.
            assert!(
                expected.len() <= 128
                    && !expected.contains(['"', '(', ')', ':', '<', '>', '?', '@', '[', '\\', ']', '{', '}'])
            );
        }
    }
}
