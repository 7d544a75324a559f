//! Tests of addresses and keys: a base URL is a decision of trust.

use tokenfall::engine::wire::BaseUrlProblem::{self, Extras, Host, KeyInTheClear, Scheme};
use tokenfall::engine::wire::{BaseUrl, Dialect, Endpoint, Key, KeyProblem, Prompt, models_request};

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
fn a_key_that_no_header_can_carry_is_refused_with_its_place() {
    for (typed, at) in
        [("sk 1", 3), ("sk-é", 4), ("sk\u{200b}1", 3), ("s\nk", 2), ("sk-1\u{feff}", 5), ("“sk”", 1)]
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
