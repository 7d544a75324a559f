//! Keys, logins and cookies of a command come apart, and nothing else of them stays.

use super::parse;
use tokenfall::engine::curl::{Curl, SecretPlace};

fn header(name: &str) -> SecretPlace {
    SecretPlace::Header(name.to_owned())
}

/// The secrets as place and value.
fn secrets(curl: &Curl) -> Vec<(SecretPlace, &str)> {
    curl.secrets.iter().map(|secret| (secret.place.clone(), secret.value.as_str())).collect()
}

#[test]
fn keys_in_headers_addresses_and_logins_come_apart_and_go_back_to_their_places() {
    let curl = parse(
        "curl 'https://a.example/v1?key=K-1&alt=sse&api-version=3' -H 'Authorization: Bearer K-2' -H 'x-api-key: K-3' -H 'api-key: K-4' -H 'X-Goog-Api-Key: K-5' -H 'X-Team: t'",
    );
    assert_eq!(curl.url, "https://a.example/v1?alt=sse&api-version=3");
    assert_eq!(
        secrets(&curl),
        [
            (SecretPlace::Query("key".to_owned()), "K-1"),
            (header("Authorization"), "Bearer K-2"),
            (header("x-api-key"), "K-3"),
            (header("api-key"), "K-4"),
            (header("X-Goog-Api-Key"), "K-5"),
        ]
    );
    assert!(!format!("{curl:?}").contains("K-"), "{curl:?}");
    assert_eq!(curl.url_with(&curl.secrets), "https://a.example/v1?alt=sse&api-version=3&key=K-1");
    let headers = curl.headers_with(&curl.secrets);
    assert_eq!(headers[0], ("X-Team".to_owned(), "t".to_owned()));
    assert_eq!(headers[1], ("Authorization".to_owned(), "Bearer K-2".to_owned()));
    assert_eq!(headers.len(), 5);
}

#[test]
fn cookies_are_secrets_that_no_page_can_send() {
    for command in ["curl -b 'sid=K-1; t=2' a.example", "curl a.example -H 'cookie: sid=K-1; t=2'"] {
        let curl = parse(command);
        assert_eq!(secrets(&curl), [(SecretPlace::Cookie, "sid=K-1; t=2")], "{command}");
        assert_eq!(curl.unsendable, ["Cookie"], "{command}");
        assert!(curl.headers_with(&curl.secrets).is_empty(), "{command}");
    }
}

#[test]
fn a_login_is_a_header_wherever_it_stood() {
    for command in [
        "curl -u 'me:pass word' https://a.example",
        "curl --user='me:pass word' https://a.example",
        "curl https://me:pass%20word@a.example",
    ] {
        let curl = parse(command);
        assert_eq!(curl.url, "https://a.example");
        assert_eq!(secrets(&curl), [(header("Authorization"), "Basic bWU6cGFzcyB3b3Jk")], "{command}");
    }
    let token = parse("curl --oauth2-bearer K-1 a.example");
    assert_eq!(secrets(&token), [(header("Authorization"), "Bearer K-1")]);
    assert_eq!(secrets(&parse("curl -u a: a.example"))[0].1, "Basic YTo=");
    assert_eq!(secrets(&parse("curl -u a a.example"))[0].1, "Basic YTo=");
}

#[test]
fn a_header_of_ones_own_wins_over_a_login() {
    let curl = parse("curl -u a:b a.example -H 'authorization: Bearer K'");
    assert_eq!(secrets(&curl), [(header("authorization"), "Bearer K")]);
}

#[test]
fn a_variable_is_a_key_that_is_still_to_be_entered() {
    for (command, value) in [
        (r#"curl a.example -H "Authorization: Bearer $OPENAI_API_KEY""#, "Bearer "),
        (r#"curl a.example -H "Authorization: Bearer ${OPENAI_API_KEY}""#, "Bearer "),
        ("curl a.example -H \"x-api-key: $OPENAI_API_KEY\"", ""),
        ("curl \"http://a.example?key=${OPENAI_API_KEY}&alt=sse\"", ""),
        ("curl a.example -u \"$OPENAI_API_KEY:\"", ""),
        ("curl a.example ^\n -H \"Authorization: Bearer %OPENAI_API_KEY%\"", "Bearer "),
    ] {
        let curl = parse(command);
        assert_eq!(curl.secrets.len(), 1, "{command}");
        assert_eq!(curl.secrets[0].value, value, "{command}");
        assert_eq!(curl.secrets[0].variable.as_deref(), Some("OPENAI_API_KEY"), "{command}");
    }
}

#[test]
fn names_that_only_look_like_secrets_stay() {
    let curl =
        parse("curl 'http://a.example?max_tokens=9&monkey=1&pageToken=2&keyword=3' -H 'x-token-limit: 4'");
    assert!(curl.secrets.is_empty());
    assert_eq!(curl.url, "http://a.example?max_tokens=9&monkey=1&pageToken=2&keyword=3");
}

#[test]
fn the_login_of_a_proxy_is_kept_nowhere() {
    let curl = parse("curl a.example -H 'Proxy-Authorization: Basic K-1'");
    assert!(curl.secrets.is_empty());
    assert_eq!(curl.unsendable, ["Proxy-Authorization"]);
}

#[test]
fn keys_among_the_sub_protocols_of_a_socket_come_apart() {
    let curl = parse(
        "curl 'wss://a.example/v1/realtime?model=m' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Key: K-0==' -H 'Sec-WebSocket-Protocol: realtime, openai-insecure-api-key.K-1' -H 'Referer: https://a.example/?token=K-2'",
    );
    assert_eq!(curl.subprotocols, ["realtime"]);
    assert_eq!(secrets(&curl), [(SecretPlace::Subprotocol, "openai-insecure-api-key.K-1")]);
    assert_eq!(curl.subprotocols_with(&curl.secrets), ["realtime", "openai-insecure-api-key.K-1"]);
    assert_eq!(curl.unsendable, ["Upgrade", "Sec-WebSocket-Key", "Referer"]);
    assert!(!format!("{curl:?}").contains("K-"), "{curl:?}");
    let entered =
        parse("curl ws://a.example -H \"Sec-WebSocket-Protocol: realtime, openai-insecure-api-key.$KEY\"");
    assert_eq!(entered.secrets[0].variable.as_deref(), Some("KEY"));
}

#[test]
fn a_command_becomes_a_request_with_its_method_and_the_keys_put_back_and_without_them_it_has_none() {
    let curl = Curl::parse(
        "curl -X PUT 'https://a.b/c?key=k1&n=2' -H 'Authorization: Bearer sk' -H 'X-Own: 1' -d 'body'",
    )
    .unwrap();
    let request = curl.request(&curl.secrets);
    assert_eq!((request.method.as_ref(), request.body.as_deref()), ("PUT", Some("body")));
    assert_eq!(request.url, "https://a.b/c?n=2&key=k1");
    let value = |name: &str| {
        request
            .headers
            .iter()
            .find(|(its, _)| its.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    };
    assert_eq!((value("authorization"), value("x-own")), (Some("Bearer sk"), Some("1")));
    let bare = curl.request(&[]);
    assert_eq!(bare.url, "https://a.b/c?n=2");
    assert!(bare.headers.iter().all(|(_, value)| !value.contains("sk")), "{:?}", bare.headers);
}
