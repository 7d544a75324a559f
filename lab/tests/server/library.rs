//! The scenarios of the library, seen from a client.

use std::{collections::HashSet, net::TcpStream};

use lab::{
    Lab,
    scenarios::{CUT_EVENT_TEXT, DIALECT_TEXT, SLOW_ANSWER},
    script::{Cors, End, Scenario, When},
};

use crate::client::{exchange, parts};

fn ask(lab: &Lab, name: &str, body: &str) -> (String, Vec<u8>) {
    let length = body.len();
    let ask = format!(
        "POST /s/{name}/v1/chat/completions HTTP/1.1\r\nhost: x\r\norigin: http://page\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    parts(&exchange(lab.port(), &ask))
}

#[test]
fn names_are_unique_and_every_scenario_can_answer() {
    let lab = Lab::start().unwrap();
    let feeds = lab.feeds().iter().map(|feed| &feed.name);
    let sockets = lab.sockets().iter().map(|socket| &socket.name);
    let all =
        || lab.scenarios().iter().map(|scenario| &scenario.name).chain(feeds.clone()).chain(sockets.clone());
    assert_eq!(all().collect::<HashSet<_>>().len(), all().count());
    for scenario in lab.scenarios() {
        assert!(scenario.answers.iter().any(|(when, _)| *when == When::Always), "{}", scenario.name);
        assert!(lab.base(&scenario.name).ends_with(scenario.base_path), "{}", scenario.name);
    }
}

#[test]
fn every_scenario_that_ends_by_itself_sends_its_script() {
    let lab = Lab::start().unwrap();
    std::thread::scope(|scope| {
        for scenario in lab.scenarios() {
            scope.spawn(|| sends_its_script(&lab, scenario));
        }
    });
}

fn sends_its_script(lab: &Lab, scenario: &Scenario) {
    let (_, answer) = scenario.answers.last().unwrap();
    let Some(status) = answer.status else { return };
    // A held answer does not end.
    if answer.end == End::Hold {
        return;
    }
    let name = &*scenario.name;
    let mut answers = scenario.answers.iter().map(|_| ask(lab, name, r#"{"stream":true}"#));
    let (head, body) = answers.by_ref().last().unwrap();
    assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{name}: {head}");
    let open = head.contains("access-control-allow-origin: http://page");
    assert_eq!(open, scenario.cors == Cors::Open, "{name}");
    let whole = if head.contains("transfer-encoding: chunked") { unchunked(&body) } else { body };
    // What a reset leaves of the last writes is up to the kernel.
    if answer.end != End::Reset {
        assert!(whole == answer.body(), "{name}: the body differs");
    }
}

/// Joins the chunks; a missing last chunk is accepted, since some scenarios are about that.
fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(at) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..at]).unwrap(), 16).unwrap();
        body.extend_from_slice(&rest[at + 2..at + 2 + size]);
        rest = &rest[at + 2 + size + 2..];
    }
    body
}

#[test]
fn the_stream_switch_of_the_request_chooses_the_shape() {
    let lab = Lab::start().unwrap();
    let (head, _) = ask(&lab, "slow-answer", r#"{"stream": false}"#);
    assert!(head.contains("content-type: application/json"), "{head}");
    let (head, body) = ask(&lab, "non-streaming-json", r#"{"stream":true}"#);
    assert!(head.contains("content-type: application/json"), "{head}");
    let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["choices"][0]["message"]["content"], SLOW_ANSWER);
}

#[test]
fn text_of_the_events_joins_to_the_constants() {
    let lab = Lab::start().unwrap();
    let text = |name: &str, pointer: &str| -> String {
        let scenario = lab.scenarios().iter().find(|scenario| scenario.name == name).unwrap();
        let body = String::from_utf8_lossy(&scenario.answers.last().unwrap().1.body()).into_owned();
        let lines = body.lines().map(|line| line.trim_start_matches('\u{feff}'));
        lines
            .filter_map(|line| line.strip_prefix("data: ").or(line.starts_with('{').then_some(line)))
            .filter_map(|data| serde_json::from_str::<serde_json::Value>(data).ok())
            .filter_map(|event| event.pointer(pointer).and_then(|text| text.as_str()).map(str::to_owned))
            .collect()
    };
    let chat = "/choices/0/delta/content";
    for name in ["slow-answer", "burst", "one-byte-chunks", "crlf", "bom"] {
        assert_eq!(text(name, chat), SLOW_ANSWER, "{name}");
    }
    for name in ["cut-mid-event", "cut-mid-event-clean", "reset-mid-event", "no-done"] {
        assert_eq!(text(name, chat), CUT_EVENT_TEXT, "{name}");
    }
    assert_eq!(text("anthropic", "/delta/text"), DIALECT_TEXT);
    assert_eq!(text("responses", "/delta"), DIALECT_TEXT);
    assert_eq!(text("gemini", "/candidates/0/content/parts/0/text"), DIALECT_TEXT);
    assert_eq!(text("ollama", "/message/content"), DIALECT_TEXT);
}

#[test]
fn the_utf8_cut_is_inside_the_emoji() {
    let lab = Lab::start().unwrap();
    let body = lab.scenarios().iter().find(|s| s.name == "cut-mid-utf8").unwrap().answers[0].1.body();
    assert!(body.ends_with(&[0xF0, 0x9F]));
    assert_eq!(std::str::from_utf8(&body).unwrap_err().error_len(), None, "nothing else is wrong with it");
}

#[test]
fn preflight_names_the_headers_that_were_asked_for() {
    let lab = Lab::start().unwrap();
    let preflight = |name: &str| {
        let ask = format!(
            "OPTIONS /s/{name}/v1/chat/completions HTTP/1.1\r\norigin: http://page\r\n\
             access-control-request-headers: authorization,content-type\r\n\r\n"
        );
        parts(&exchange(lab.port(), &ask)).0
    };
    let head = preflight("slow-answer");
    assert!(head.starts_with("HTTP/1.1 204"), "{head}");
    assert!(head.contains("access-control-allow-headers: authorization,content-type"), "{head}");
    let head = preflight("preflight-refused");
    assert!(head.starts_with("HTTP/1.1 403") && !head.contains("access-control"), "{head}");
}

#[test]
fn models_are_listed_in_the_shape_of_the_path() {
    let lab = Lab::start().unwrap();
    for (target, pointer) in [
        ("/s/slow-answer/v1/models", "/data/0/id"),
        ("/s/gemini/v1beta/models?key=k", "/models/0/name"),
        ("/s/ollama/api/tags", "/models/0/name"),
    ] {
        let (_, body) = parts(&exchange(lab.port(), &format!("GET {target} HTTP/1.1\r\n\r\n")));
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert!(body.pointer(pointer).unwrap().as_str().unwrap().contains("lab-small"), "{target}");
    }
}

#[test]
fn refused_is_a_port_where_nobody_listens() {
    let lab = Lab::start().unwrap();
    let base = lab.base("refused");
    let address = base.strip_prefix("http://").unwrap().strip_suffix("/v1").unwrap();
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn the_redirect_leads_to_a_port_with_a_log_of_its_own() {
    let lab = Lab::start().unwrap();
    let (head, _) = ask(&lab, "redirect", "{}");
    assert!(head.contains(&format!("location: {}/v1/chat/completions", lab.elsewhere())), "{head}");
    assert!(lab.requests("elsewhere").is_empty());
    let port = lab.elsewhere().rsplit(':').next().unwrap().parse().unwrap();
    exchange(port, "GET /pixel.png HTTP/1.1\r\n\r\n");
    assert_eq!(lab.requests("elsewhere")[0].request.target, "/pixel.png");
}
