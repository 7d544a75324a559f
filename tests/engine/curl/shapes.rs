//! Commands as browsers' tools copy them, as documentation prints them and as people type them.

use super::{assert_reads, parse};

const JSON: &str = "content-type: application/json";
const FORM: &str = "Content-Type: application/x-www-form-urlencoded";

#[test]
fn chromium_for_bash_with_headers_of_its_own_and_a_body() {
    let curl = assert_reads(
        "curl 'https://api.example.com/v1/chat/completions' \\\n  -H 'accept: text/event-stream' \\\n  -H 'accept-language: en-US,en;q=0.9' \\\n  -H 'content-type: application/json' \\\n  -H 'origin: https://app.example.com' \\\n  -H 'priority: u=1, i' \\\n  -H 'referer: https://app.example.com/' \\\n  -H 'sec-ch-ua: \"Chromium\";v=\"142\"' \\\n  -H 'sec-fetch-mode: cors' \\\n  -H 'user-agent: Mozilla/5.0' \\\n  --data-raw '{\"model\":\"m\",\"stream\":true}'",
        "POST",
        "https://api.example.com/v1/chat/completions",
        &["accept: text/event-stream", "accept-language: en-US,en;q=0.9", JSON, "priority: u=1, i"],
        Some(r#"{"model":"m","stream":true}"#),
    );
    assert_eq!(curl.unsendable, ["origin", "referer", "sec-ch-ua", "sec-fetch-mode", "user-agent"]);
}

#[test]
fn chromium_for_bash_escapes_quotes_exclamation_marks_and_lines_by_ansi_quotes() {
    assert_reads(
        r#"curl 'https://a.example/x' -H 'content-type: application/json' --data-raw $'{"q":"it\'s\u0021\\n\n\tA"}'"#,
        "POST",
        "https://a.example/x",
        &[JSON],
        Some("{\"q\":\"it's!\\n\n\tA\"}"),
    );
}

#[test]
fn chromium_puts_backslashes_before_brackets_in_an_address() {
    let url = "https://a.example/x?ids[]=1&f={a}";
    assert_reads(r"curl 'https://a.example/x?ids\[\]=1&f=\{a\}'", "GET", url, &[], None);
    assert_reads(r#"curl ^"https://a.example/x?ids^\[^\]=1^&f=^\{a^\}^""#, "GET", url, &[], None);
    assert_reads("curl -g 'https://a.example/x?ids[]=1&f={a}'", "GET", url, &[], None);
}

#[test]
fn chromium_for_cmd_with_carets_throughout() {
    assert_reads(
        "curl ^\"https://api.example.com/v1/x?a=1^&b=%^20c^\" ^\r\n  -H ^\"accept: */*^\" ^\r\n  -H ^\"content-type: application/json^\" ^\r\n  --data-raw ^\"^{^\\^\"model^\\^\":^\\^\"m^\\^\",^\\^\"text^\\^\":^\\^\"a^\\\\^\\\\n ^%^ 50^%^\\^\"^}^\"",
        "POST",
        "https://api.example.com/v1/x?a=1&b=%20c",
        &["accept: */*", JSON],
        Some(r#"{"model":"m","text":"a\\n % 50%"}"#),
    );
}

#[test]
fn chromium_for_cmd_writes_a_line_end_of_the_body_as_two_behind_a_caret() {
    assert_reads(
        "curl ^\"https://a.example/^\" ^\n  --data-raw ^\"one^\n\ntwo^\"",
        "POST",
        "https://a.example/",
        &[FORM],
        Some("one\ntwo"),
    );
}

#[test]
fn chromium_for_cmd_of_2022_with_plain_marks_around_and_carets_inside() {
    assert_reads(
        "curl \"https://a.example/x?a=1&b=2\" ^\n  -H \"content-type: application/json\" ^\n  --data-raw \"^{^\\^\"a^\\^\":^\\^\"b c^\\^\"^}\" ^\n  --compressed",
        "POST",
        "https://a.example/x?a=1&b=2",
        &[JSON],
        Some(r#"{"a":"b c"}"#),
    );
}

#[test]
fn chromium_for_cmd_of_2014_doubles_its_marks() {
    assert_reads(
        r#"curl "http://a.example/x" -H "content-type: application/json" --data "{""a"":""b"",""c"":1}" --compressed"#,
        "POST",
        "http://a.example/x",
        &[JSON],
        Some(r#"{"a":"b","c":1}"#),
    );
}

#[test]
fn firefox_for_posix_names_the_method_and_asks_for_compression() {
    let curl = assert_reads(
        "curl 'https://a.example/events' --compressed -X GET -H 'User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:145.0)' -H 'Accept: text/event-stream' -H 'Accept-Encoding: gzip, deflate, br, zstd' -H 'DNT: 1' -H 'Connection: keep-alive' -H 'Sec-Fetch-Dest: empty' -H 'TE: trailers'",
        "GET",
        "https://a.example/events",
        &["Accept: text/event-stream"],
        None,
    );
    assert_eq!(curl.unsendable.len(), 6);
}

#[test]
fn safari_puts_the_address_first_and_the_method_behind_it() {
    assert_reads(
        "curl 'https://a.example/v1' \\\n-X 'POST' \\\n-H 'Content-Type: application/json' \\\n-H 'Accept: */*' \\\n--data-binary '{}'",
        "POST",
        "https://a.example/v1",
        &["Content-Type: application/json", "Accept: */*"],
        Some("{}"),
    );
}

#[test]
fn documentation_with_double_quotes_a_prompt_and_blanks_behind_its_backslashes() {
    assert_reads(
        "$ curl http://localhost:11434/api/generate -d \"{\\\"model\\\": \\\"m\\\"}\" \\  \n   -H \"Content-Type: application/json\"",
        "POST",
        "http://localhost:11434/api/generate",
        &["Content-Type: application/json"],
        Some(r#"{"model": "m"}"#),
    );
}

#[test]
fn a_body_over_several_lines_in_single_quotes() {
    assert_reads(
        "curl https://a.example/v1/messages \\\n  --header \"content-type: application/json\" \\\n  --data \\\n'{\n  \"max_tokens\": 1\n}'\n",
        "POST",
        "https://a.example/v1/messages",
        &[JSON],
        Some("{\n  \"max_tokens\": 1\n}"),
    );
}

#[test]
fn joined_short_options_and_values() {
    assert_reads(
        "curl -sSNLXPOST -Hx-a:1 -d'a b' https://a.example",
        "POST",
        "https://a.example",
        &["x-a: 1", FORM],
        Some("a b"),
    );
}

#[test]
fn long_options_with_an_equals_sign() {
    assert_reads(
        "curl --request=PUT --url=https://a.example/p --header='X-A: b=c' --data-raw='@not a file'",
        "PUT",
        "https://a.example/p",
        &["X-A: b=c", FORM],
        Some("@not a file"),
    );
}

#[test]
fn json_sets_both_headers_unless_they_are_there() {
    assert_reads(
        r#"curl --json '{"a":' --json '1}' -H 'accept: text/event-stream' a.example"#,
        "POST",
        "http://a.example",
        &["accept: text/event-stream", "Content-Type: application/json"],
        Some(r#"{"a":1}"#),
    );
}

#[test]
fn several_data_are_one_form_and_can_become_the_query() {
    assert_reads("curl -d a=1 -d b=2 a.example", "POST", "http://a.example", &[FORM], Some("a=1&b=2"));
    assert_reads(
        "curl -G -d a=1 --data-urlencode 'q=ü &' 'https://a.example/s?z=0#top'",
        "GET",
        "https://a.example/s?z=0&a=1&q=%C3%BC%20%26",
        &[],
        None,
    );
}

#[test]
fn options_that_change_nothing_here_are_read_over_with_their_values() {
    assert_reads(
        "curl -v -N --no-progress-meter -m 30 --max-time 5 -o out.txt -w '%{http_code}' --retry 3 --http2 -4 https://a.example -A me",
        "GET",
        "https://a.example",
        &[],
        None,
    );
}

#[test]
fn certificates_that_are_not_to_be_checked_are_told() {
    assert!(parse("curl -k https://localhost:8443/").insecure);
    assert!(!parse("curl https://localhost:8443/").insecure);
}

#[test]
fn words_put_together_of_several_kinds_of_quotes() {
    assert_reads(
        r#"curl https://a.example/x -d 'it'"'"'s '\"$'\x41\303\244\ud83d\ude00'\"' end'"#,
        "POST",
        "https://a.example/x",
        &[FORM],
        Some("it's \"Aä😀\" end"),
    );
}

#[test]
fn addresses_of_sockets_literals_and_other_scripts() {
    for (word, url) in [
        ("wss://a.example/socket", "wss://a.example/socket"),
        ("'http://[::1]:8080/v1'", "http://[::1]:8080/v1"),
        ("localhost:8080/v1", "http://localhost:8080/v1"),
        ("HTTPS://müller.example/ü", "https://müller.example/ü"),
        ("https://a.example?x=1", "https://a.example?x=1"),
    ] {
        assert_reads(&format!("curl {word}"), "GET", url, &[], None);
    }
}

#[test]
fn a_comment_a_full_path_and_a_sign_at_the_end() {
    assert_reads(
        "# ask it\n/usr/bin/curl https://a.example # all of it\n# done\n",
        "GET",
        "https://a.example",
        &[],
        None,
    );
    assert_reads("curl.exe https://a.example ;\n", "GET", "https://a.example", &[], None);
    assert_reads("curl --head https://a.example &", "HEAD", "https://a.example", &[], None);
}

#[test]
fn headers_without_a_value_and_those_that_curl_leaves_out() {
    assert_reads(
        "curl a.example -H 'X-Empty;' -H 'Accept:'",
        "GET",
        "http://a.example",
        &["X-Empty: "],
        None,
    );
}

#[test]
fn what_people_write_for_cmd_keeps_carets_and_backslashes_in_its_quotes() {
    assert_reads(
        r#"curl http://a.example/x ^
 -H x-^a:1 -d "x^2 C:\\x \"""#,
        "POST",
        "http://a.example/x",
        &["x-a: 1", FORM],
        Some(r#"x^2 C:\\x ""#),
    );
}
