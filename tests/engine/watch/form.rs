//! The form: twenty wrong inputs a field, each refused in words at its place, and what comes of right ones.

use tokenfall::engine::curl::{Curl, Secret, SecretPlace};
use tokenfall::engine::messages::watch as words;
use tokenfall::engine::watch::{
    Form, FormField, Kind, Target, is_refused_from_https, keys_of, origin, split_header_secrets,
    split_secrets, told,
};

fn form(kind: Kind) -> Form {
    Form { kind, address: "https://example.com/x".to_owned(), method: "GET".to_owned(), ..Form::default() }
}

/// The place at which the only problem is, which is told for that field.
fn refused(form: &Form, field: FormField, input: &str) -> usize {
    let problems = form.read(&[]).expect_err(input);
    assert_eq!(problems.len(), 1, "{input:?}: {problems:?}");
    assert_eq!(problems[0].field, field, "{input:?}");
    assert!(problems[0].sentence.ends_with(['.', '…']), "{input:?}: {}", problems[0].sentence);
    assert!(problems[0].at <= input.len(), "{input:?}: {}", problems[0].at);
    problems[0].at
}

#[test]
fn twenty_two_wrong_addresses_are_refused_at_their_place() {
    for (address, at) in [
        ("", 0),
        ("   ", 3),
        ("example.com/x", 0),
        ("/events", 0),
        ("//example.com/x", 0),
        ("https:/example.com", 0),
        ("  ftp://example.com/x", 2),
        ("file:///etc/passwd", 0),
        ("javascript://alert(1)", 0),
        ("chrome://settings", 0),
        ("ws://example.com/x", 0),
        ("https://", 8),
        ("https:///x", 8),
        ("https://?x=1", 8),
        ("https://exa mple.com", 11),
        ("https://example.com/a b", 21),
        ("https://user:pass@example.com/", 8),
        ("https://example.com:port/", 19),
        ("https://example.com:99999/", 19),
        ("https://exa(mple.com/", 11),
        ("https://[::1/x", 8),
        ("https://example.com/<x>", 20),
        ("https://example.com/100%", 23),
        ("https://example.com/%zz", 20),
        ("https://a..b/", 8),
    ] {
        let wrong = Form { address: address.to_owned(), ..form(Kind::Once) };
        assert_eq!(refused(&wrong, FormField::Address, address), at, "{address:?}");
    }
}

#[test]
fn wrong_methods_are_refused_at_their_place() {
    for (method, at) in [
        ("", 0),
        ("  ", 2),
        ("CONNECT", 0),
        ("connect", 0),
        (" TRACE", 1),
        ("Track", 0),
        ("GE T", 2),
        ("GET,POST", 3),
        ("GET/1", 3),
        ("P\u{d6}ST", 1),
        ("(GET)", 0),
        ("GET;", 3),
        ("GET:", 3),
        ("\"GET\"", 0),
        ("G\tT", 1),
        ("PO=ST", 2),
        ("{}", 0),
        ("a@b", 1),
        ("[x]", 0),
        ("ge\\t", 2),
    ] {
        let wrong = Form { method: method.to_owned(), ..form(Kind::Once) };
        assert_eq!(refused(&wrong, FormField::Method, method), at, "{method:?}");
    }
}

#[test]
fn wrong_headers_are_refused_at_their_line_and_place() {
    for (headers, at) in [
        ("Accept", 0),
        ("a: 1\nAccept", 5),
        ("a: 1\r\n\r\n b", 8),
        (": value", 0),
        ("a: 1\n : x", 5),
        ("na me: x", 2),
        ("a: 1\nn(a: x", 6),
        ("n\u{e4}me: x", 1),
        ("\"a\": x", 0),
        ("a/b: x", 1),
        ("Host: example.com", 0),
        ("a: 1\n  Cookie: x=1", 7),
        ("Content-Length: 3", 0),
        ("User-Agent: x", 0),
        ("Sec-Fetch-Mode: x", 0),
        ("Proxy-Authorization: x", 0),
        ("Origin: https://example.com", 0),
        ("Connection: close", 0),
        ("a: \u{4e2d}", 3),
        ("a: x\u{1}", 4),
        ("a: ok\nb: \u{20ac}", 9),
        ("{\"a\": 1}", 0),
    ] {
        let wrong = Form { headers: headers.to_owned(), ..form(Kind::Once) };
        assert_eq!(refused(&wrong, FormField::Headers, headers), at, "{headers:?}");
    }
}

#[test]
fn a_body_is_refused_where_a_browser_sends_none() {
    for method in ["GET", "HEAD", "get", " head "] {
        let wrong = Form { method: method.to_owned(), body: "{}".to_owned(), ..form(Kind::Once) };
        assert_eq!(refused(&wrong, FormField::Body, method), 0);
    }
}

#[test]
fn wrong_names_of_events_are_refused_at_their_place() {
    for (names, at) in [
        (",", 0),
        (",a", 0),
        ("a,", 2),
        ("a,,b", 2),
        ("a, ,b", 3),
        (" , a", 1),
        ("a,a", 2),
        ("a, b, a", 6),
        ("a,b,b,c", 4),
        ("event: a", 0),
        ("a, event:b", 3),
        ("a,b,", 4),
        (",,", 0),
        ("x, x", 3),
        ("a\nb", 0),
        ("a,b\rc", 2),
        ("a\0", 0),
        ("one,two,one", 8),
        ("\u{e4},\u{e4}", 3),
        ("a,   ", 5),
    ] {
        let wrong = Form { names: names.to_owned(), ..form(Kind::EventSource) };
        assert_eq!(refused(&wrong, FormField::Names, names), at, "{names:?}");
    }
}

#[test]
fn wrong_sub_protocols_are_refused_at_their_place() {
    for (names, at) in [
        (",", 0),
        (",a", 0),
        ("a,", 2),
        ("a,,b", 2),
        ("a b", 1),
        ("a/b", 1),
        ("a,b c", 3),
        ("(a)", 0),
        ("a;b", 1),
        ("a,a", 2),
        ("x, y, x", 6),
        ("\"a\"", 0),
        ("\u{e4}", 0),
        ("a,\u{e4}b", 2),
        ("a:b", 1),
        ("a=b", 1),
        ("{a}", 0),
        ("a@b", 1),
        ("[a]", 0),
        ("a\\b", 1),
        ("a?b", 1),
    ] {
        let wrong = Form { subprotocols: names.to_owned(), ..form(Kind::Socket) };
        assert_eq!(refused(&wrong, FormField::Subprotocols, names), at, "{names:?}");
    }
}

#[test]
fn a_secret_without_value_or_with_a_character_that_cannot_go_there_is_refused_and_one_that_is_not_sent_is_not()
 {
    let secret = |place: SecretPlace, value: &str| Secret { place, value: value.to_owned(), variable: None };
    let header = || SecretPlace::Header("Authorization".to_owned());
    let query = || SecretPlace::Query("key".to_owned());
    for (kind, secret, is_refused) in [
        (Kind::Once, secret(header(), ""), true),
        (Kind::Once, secret(header(), " "), true),
        (Kind::Once, secret(header(), "Bearer \u{20ac}"), true),
        (Kind::Events, secret(header(), "Bearer a\u{1}"), true),
        (Kind::Once, secret(header(), "Bearer abc"), false),
        (Kind::EventSource, secret(header(), ""), false),
        (Kind::EventSource, secret(query(), ""), true),
        (Kind::Socket, secret(query(), "a&b"), true),
        (Kind::Socket, secret(query(), "a#b"), true),
        (Kind::Socket, secret(SecretPlace::Subprotocol, "a b"), true),
        (Kind::Once, secret(SecretPlace::Subprotocol, "a b"), false),
        (Kind::Once, secret(SecretPlace::Cookie, ""), false),
    ] {
        let read = form(kind).read(std::slice::from_ref(&secret));
        assert_eq!(read.is_err(), is_refused, "{kind:?} {secret:?}: {read:?}");
        assert!(!format!("{read:?}").contains("Bearer"), "no key is in what a log would show");
    }
}

#[test]
fn a_key_goes_over_plain_http_and_ws_to_this_machine_alone_and_what_has_none_goes_anywhere() {
    let header = || SecretPlace::Header("Authorization".to_owned());
    let secret = |place: SecretPlace| Secret { place, value: "abc".to_owned(), variable: None };
    for (kind, address, place, is_refused) in [
        (Kind::Once, "http://example.com/feed", header(), true),
        (Kind::Events, "http://192.168.1.9/feed", SecretPlace::Query("key".to_owned()), true),
        (Kind::Socket, "ws://example.com/feed", SecretPlace::Subprotocol, true),
        (Kind::Once, "https://example.com/feed", header(), false),
        (Kind::Socket, "wss://example.com/feed", SecretPlace::Subprotocol, false),
        (Kind::Once, "http://127.0.0.1:8080/feed", header(), false),
    ] {
        let form = Form { address: address.to_owned(), ..form(kind) };
        let refused = form.read(&[secret(place)]).err().map(|all| all[0].sentence.clone());
        let expected = is_refused.then(|| words::SECRET_IN_THE_CLEAR.to_owned());
        assert_eq!(refused, expected, "{address}");
        assert!(form.read(&[]).is_ok(), "{address}");
    }
}

#[test]
fn fields_that_the_kind_does_not_use_are_not_looked_at_and_all_that_are_wrong_are_told() {
    let wrong = Form {
        method: "CONNECT".to_owned(),
        headers: "nothing".to_owned(),
        names: ",".to_owned(),
        subprotocols: ",".to_owned(),
        ..form(Kind::EventSource)
    };
    let fields = |kind: Kind| -> Vec<_> {
        let problems = Form { kind, ..wrong.clone() }.read(&[]).expect_err("wrong");
        problems.into_iter().map(|problem| problem.field).collect()
    };
    assert_eq!(fields(Kind::EventSource), [FormField::Names]);
    assert_eq!(fields(Kind::Socket), [FormField::Subprotocols]);
    assert_eq!(fields(Kind::Events), [FormField::Headers]);
    assert_eq!(fields(Kind::Once), [FormField::Method, FormField::Headers]);
}

#[test]
fn a_form_becomes_a_target_with_its_secrets_in_their_places() {
    let command = "curl 'https://example.com/v1?a=1&api_key=k-0123456789' -H 'Authorization: Bearer s-0123456789' -H 'X-Y: z' -d '{}'";
    let curl = Curl::parse(command).unwrap();
    let form = Form {
        kind: Kind::for_command(&curl),
        address: curl.url.clone(),
        method: curl.method.clone(),
        headers: "X-Y: z\n\n Content-Type : text/plain ".to_owned(),
        body: "{}".to_owned(),
        ..Form::default()
    };
    let target = form.read(&curl.secrets).unwrap();
    let Target::Once(request) = &target else { panic!("{target:?}") };
    assert_eq!(request.url, "https://example.com/v1?a=1&api_key=k-0123456789");
    assert_eq!(request.method, "POST");
    assert_eq!(request.body.as_deref(), Some("{}"));
    let headers: Vec<_> =
        request.headers.iter().map(|(name, value)| (name.as_ref(), value.as_str())).collect();
    assert_eq!(
        headers,
        [("X-Y", "z"), ("Content-Type", "text/plain"), ("Authorization", "Bearer s-0123456789")]
    );
    assert_eq!(keys_of(&target, &curl.secrets).len(), 2);
    assert_eq!(target.host(), "example.com");
}

#[test]
fn keys_are_found_wherever_they_stand_and_without_what_stands_around_them() {
    let with = |headers: &str, address: &str| {
        let form = Form { headers: headers.to_owned(), address: address.to_owned(), ..form(Kind::Once) };
        keys_of(&form.read(&[]).unwrap(), &[]).len()
    };
    assert_eq!(with("X-Api-Key: abcdefghij", "https://example.com"), 1);
    assert_eq!(with("Authorization: Bearer abcdefghij", "https://example.com/?token=abcdefghij"), 1);
    assert_eq!(with("X-Y: z", "https://example.com/?token=abc%2Fdefghij"), 2, "as it stands, and decoded");
    assert_eq!(with("X-Y: z", "https://example.com/?page=2"), 0);
    let secrets = [Secret {
        place: SecretPlace::Subprotocol,
        value: "openai-insecure-api-key.sk-0123456789".to_owned(),
        variable: None,
    }];
    let target =
        Form { address: "wss://example.com".to_owned(), ..form(Kind::Socket) }.read(&secrets).unwrap();
    assert_eq!(keys_of(&target, &secrets).len(), 2);
}

#[test]
fn the_kind_follows_the_address_and_the_command() {
    for (chosen, address, expected) in [
        (Kind::Once, "wss://example.com", Kind::Socket),
        (Kind::Events, " WS://example.com", Kind::Socket),
        (Kind::Socket, "https://example.com", Kind::Once),
        (Kind::Events, "https://example.com", Kind::Events),
        (Kind::EventSource, "", Kind::EventSource),
        (Kind::Socket, "wss", Kind::Socket),
    ] {
        assert_eq!(chosen.for_address(address), expected, "{chosen:?} {address}");
    }
    for (command, expected) in [
        ("curl https://example.com", Kind::Once),
        ("curl -N -H 'Accept: text/event-stream' https://example.com", Kind::Events),
        ("curl -H 'Accept: text/event-stream' -d x https://example.com", Kind::Once),
        ("curl wss://example.com", Kind::Socket),
    ] {
        assert_eq!(Kind::for_command(&Curl::parse(command).unwrap()), expected, "{command}");
    }
}

#[test]
fn secrets_are_taken_out_of_an_address_and_others_are_left_alone() {
    let (address, secrets) = split_secrets("https://example.com/x?a=1&token=abc&b=2").unwrap();
    assert_eq!(address, "https://example.com/x?a=1&b=2");
    assert_eq!(secrets[0].place, SecretPlace::Query("token".to_owned()));
    for plain in
        ["https://example.com/?a=1", "https://example.com", "nothing", "https://example.com/?a='", ""]
    {
        assert_eq!(split_secrets(plain), None, "{plain}");
    }
}

#[test]
fn plain_addresses_elsewhere_are_what_a_page_over_https_is_refused() {
    for (address, expected) in [
        ("http://example.com/x", true),
        ("ws://example.com", true),
        ("HTTP://192.168.1.1:80/?x", true),
        ("http://localhost:8080/x", false),
        ("http://127.0.0.1/x", false),
        ("ws://[::1]:9", false),
        ("https://example.com", false),
        ("wss://example.com", false),
        ("nonsense", false),
    ] {
        assert_eq!(is_refused_from_https(address), expected, "{address}");
    }
}

#[test]
fn headers_that_are_keys_are_taken_out_of_their_lines_and_wrong_ones_are_left_to_be_refused() {
    let (rest, secrets) =
        split_header_secrets("Accept: a\nAuthorization: Bearer x\n\nX-Api-Key:y\r").unwrap();
    assert_eq!(rest, "Accept: a\n");
    assert_eq!(secrets.iter().map(|secret| secret.value.as_str()).collect::<Vec<_>>(), ["Bearer x", "y"]);
    for lines in ["", "Accept: a", "Authorization", "Cookie: a=b", "Author ization: x", ": token"] {
        assert_eq!(split_header_secrets(lines), None, "{lines:?}");
    }
}

#[test]
fn a_place_is_told_by_character_or_by_line_and_column() {
    for (text, at, expected) in [
        ("", 0, "No."),
        (" ", 1, "No."),
        ("a\u{e4}b", 3, "Character 3: No."),
        ("a\u{e4}b", 2, "Character 2: No."),
        ("a\nbc", 3, "Line 2, column 2: No."),
        ("abc\n", 1, "Character 2: No."),
        ("abc", 99, "Character 4: No."),
    ] {
        assert_eq!(told(text, at, "No."), expected, "{text:?} {at}");
    }
}

#[test]
fn an_address_has_the_origin_of_its_host_and_port_whatever_stands_around_it() {
    for (address, expected) in [
        ("https://a.example/b?c=d#e", "https://a.example"),
        (" WSS://A.example:8443/b", "https://a.example:8443"),
        ("ws://127.0.0.1:9/x", "http://127.0.0.1:9"),
        ("https://user:key@a.example/", "https://a.example"),
        ("https://", ""),
        ("", ""),
    ] {
        assert_eq!(origin(address), expected, "{address}");
    }
}

#[test]
fn a_sub_protocol_that_may_be_a_key_is_covered_in_what_comes_and_a_protocols_name_is_not() {
    let target = Target::Socket {
        address: "wss://a.example/".to_owned(),
        subprotocols: vec!["realtime".to_owned(), "openai-insecure-api-key.sk-1".to_owned()],
    };
    assert_eq!(keys_of(&target, &[]).len(), 2, "whole, and without what stands before it");
}
