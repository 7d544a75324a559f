//! A reasoning that a client ends, as llama.cpp's server lets it.

use std::io::Read;

use lab::{
    Lab, Outcome,
    scenarios::{CONTROL_ANSWER, CONTROLLED_WORDS},
};

use crate::client::{exchange, open, parts};

const NAME: &str = "reasoning-control";

fn post(path: &str, body: &str) -> String {
    let length = body.len();
    format!("POST /s/{NAME}/v1/chat/completions{path} HTTP/1.1\r\ncontent-length: {length}\r\n\r\n{body}")
}

fn control(lab: &Lab, body: &str) -> String {
    let (_, answer) = parts(&exchange(lab.port(), &post("/control", body)));
    String::from_utf8(answer).unwrap()
}

/// What a stream says under one name.
fn said(body: &str, name: &str) -> String {
    let events = body.lines().filter_map(|line| line.strip_prefix("data: "));
    let events = events.filter_map(|data| serde_json::from_str::<serde_json::Value>(data).ok());
    events.filter_map(|event| event["choices"][0]["delta"][name].as_str().map(str::to_owned)).collect()
}

#[test]
fn a_control_request_with_the_completions_id_ends_its_reasoning_and_no_other_does() {
    let lab = Lab::start().unwrap();
    let mut stream = open(lab.port(), &post("", r#"{"stream":true,"reasoning_control":true}"#));
    let mut begun = vec![0; 2_000];
    stream.read_exact(&mut begun).unwrap();
    for other in [
        r#"{"id":"chatcmpl-other","action":"reasoning_end"}"#,
        r#"{"id":"chatcmpl-lab","action":"stop"}"#,
        "{",
        "",
    ] {
        assert!(control(&lab, other).contains("\"success\":false"), "{other}");
    }
    let before = lab.questions(NAME);
    assert_eq!((before.len(), before[0].outcome), (5, Outcome::Playing));
    assert_eq!(control(&lab, r#"{"action":"reasoning_end", "id":"chatcmpl-lab"}"#), r#"{"success":true}"#);
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).unwrap();
    let body = String::from_utf8([begun, rest].concat()).unwrap();
    let thoughts = said(&body, "reasoning_content");
    assert!(thoughts.starts_with("t1 t2 ") && thoughts.split_whitespace().count() < CONTROLLED_WORDS / 2);
    assert_eq!(said(&body, "content"), CONTROL_ANSWER);
    assert!(body.contains("[DONE]"));
    assert_eq!(lab.questions(NAME)[5].request.path(), "/s/reasoning-control/v1/chat/completions/control");
}

#[test]
fn a_control_request_ends_no_reasoning_that_begins_behind_it() {
    let lab = Lab::start().unwrap();
    control(&lab, r#"{"id":"chatcmpl-lab","action":"reasoning_end"}"#);
    let (_, body) = parts(&exchange(lab.port(), &post("", r#"{"stream":true}"#)));
    let thoughts = said(&String::from_utf8(body).unwrap(), "reasoning_content");
    assert_eq!(thoughts.split_whitespace().count(), CONTROLLED_WORDS);
}
