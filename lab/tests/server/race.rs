//! The answers that races are run with: the same words both ways, in the same time.

use std::time::{Duration, Instant};

use lab::{
    Lab,
    scenarios::{FAST_TOKENS, RACE_TEXT},
};

use crate::client::{exchange, parts};

#[expect(clippy::disallowed_methods, reason = "measures the server's pace in real time")]
fn ask(lab: &Lab, name: &str, body: &str) -> (String, String, Duration) {
    let began = Instant::now();
    let length = body.len();
    let ask =
        format!("POST /s/{name}/v1/chat/completions HTTP/1.1\r\ncontent-length: {length}\r\n\r\n{body}");
    let (head, body) = parts(&exchange(lab.port(), &ask));
    (head, String::from_utf8(body).unwrap(), began.elapsed())
}

fn streamed_text(body: &str) -> String {
    let events = body.lines().filter_map(|line| line.strip_prefix("data: "));
    let events = events.filter_map(|data| serde_json::from_str::<serde_json::Value>(data).ok());
    events.filter_map(|event| event["choices"][0]["delta"]["content"].as_str().map(str::to_owned)).collect()
}

#[test]
fn the_same_answer_streamed_or_whole_takes_the_same_time() {
    let lab = Lab::start().unwrap();
    let (stream, whole) = std::thread::scope(|scope| {
        let stream = scope.spawn(|| ask(&lab, "race", r#"{"stream":true}"#));
        let whole = scope.spawn(|| ask(&lab, "race", r#"{"model":"lab-small", "stream": false}"#));
        (stream.join().unwrap(), whole.join().unwrap())
    });
    assert_eq!(streamed_text(&stream.1), RACE_TEXT);
    assert!(whole.0.contains("content-type: application/json"), "{}", whole.0);
    let whole_body: serde_json::Value = serde_json::from_str(&whole.1).unwrap();
    assert_eq!(whole_body["choices"][0]["message"]["content"], RACE_TEXT);
    for time in [stream.2, whole.2] {
        assert!(time.as_secs_f64() >= 2.9, "{time:?}");
    }
}

#[test]
fn four_lanes_at_once_have_200_tokens_a_second_each() {
    let lab = Lab::start().unwrap();
    let lanes: Vec<_> = std::thread::scope(|scope| {
        let lanes: Vec<_> =
            (0..4).map(|_| scope.spawn(|| ask(&lab, "fast-200", r#"{"stream":true}"#))).collect();
        lanes.into_iter().map(|lane| lane.join().unwrap()).collect()
    });
    for (_, body, time) in lanes {
        let text = streamed_text(&body);
        assert_eq!(text.split_whitespace().count(), FAST_TOKENS);
        assert!(time.as_secs_f64() >= 9.9, "{time:?}");
    }
}
