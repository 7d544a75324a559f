//! Scripts of the test's own, compared with the bytes on the wire.

use std::{
    io::{ErrorKind, Read},
    time::{Duration, Instant},
};

use lab::{
    Lab, Outcome,
    script::{Answer, Cors, End, Framing, Scenario, Step, When},
};

use crate::client::{exchange, open, parts};

const ASK: &str = "POST /s/own/v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}";

fn lab_with(answer: Answer) -> Lab {
    let own = Scenario {
        name: "own".into(),
        about: "A script of the test's own".into(),
        base_path: "/v1",
        cors: Cors::Open,
        answers: vec![(When::Always, answer)],
    };
    Lab::with(0, vec![own]).unwrap()
}

fn body_of(answer: Answer) -> (String, String) {
    let lab = lab_with(answer);
    let (head, body) = parts(&exchange(lab.port(), ASK));
    (head, String::from_utf8(body).unwrap())
}

fn two_writes() -> Answer {
    Answer::stream("text/event-stream", ["data: a\n\n", "data: b\n\n"], Duration::from_millis(1))
}

fn outcome(lab: &Lab) -> Outcome {
    lab.questions("own")[0].outcome
}

/// Polls, because the server learns of a client's leave a moment after the client left.
fn settled(lab: &Lab) -> Outcome {
    for _ in 0..200 {
        match lab.questions("own").first().map(|entry| entry.outcome) {
            None | Some(Outcome::Playing) => std::thread::sleep(Duration::from_millis(10)),
            Some(done @ (Outcome::Played | Outcome::ClientLeft { .. })) => return done,
        }
    }
    panic!("the server did not notice within two seconds");
}

#[test]
fn chunked_bytes_are_exactly_the_script() {
    let (head, body) = body_of(two_writes());
    assert_eq!(
        head,
        "HTTP/1.1 200 OK\r\naccess-control-allow-origin: *\r\nvary: origin\r\ncontent-type: text/event-stream\r\n\
         transfer-encoding: chunked\r\nconnection: close"
    );
    assert_eq!(body, "9\r\ndata: a\n\n\r\n9\r\ndata: b\n\n\r\n0\r\n\r\n");
}

#[test]
fn other_framings_send_the_body_bare() {
    let (head, body) = body_of(two_writes().framed(Framing::Length));
    assert!(head.contains("content-length: 18\r\n") && !head.contains("transfer-encoding"), "{head}");
    assert_eq!(body, "data: a\n\ndata: b\n\n");
    let (head, body) = body_of(two_writes().framed(Framing::UntilClose));
    assert!(!head.contains("content-length") && !head.contains("transfer-encoding"), "{head}");
    assert_eq!(body, "data: a\n\ndata: b\n\n");
}

#[test]
fn a_cut_never_sends_the_last_chunk() {
    let (_, body) = body_of(two_writes().cut_at(12));
    assert_eq!(body, "9\r\ndata: a\n\n\r\n3\r\ndat\r\n");
    let (head, body) = body_of(two_writes().framed(Framing::Length).cut_at(12));
    assert!(head.contains("content-length: 13\r\n"), "{head}");
    assert_eq!(body, "data: a\n\ndat");
}

#[test]
fn split_and_burst_change_the_writes_and_not_the_bytes() {
    let split = two_writes().split_every(1);
    assert_eq!(split.body(), two_writes().body());
    assert_eq!(body_of(split).1.matches("1\r\n").count(), 18);
    let burst = two_writes().in_one_burst();
    assert_eq!(burst.steps, [Step::Write(b"data: a\n\ndata: b\n\n".to_vec())]);
}

#[test]
fn speed_and_delay_change_the_waits() {
    let waits = |answer: Answer| -> Vec<u128> {
        let wait = |step: &Step| match step {
            Step::Wait(time) => Some(time.as_micros()),
            Step::Write(_) | Step::ReasoningOver(_) => None,
        };
        answer.steps.iter().filter_map(wait).collect()
    };
    assert_eq!(waits(two_writes().at_speed(4.0)), [250]);
    assert_eq!(waits(two_writes().at_speed(0.0)), [0]);
    assert_eq!(waits(two_writes().delayed(Duration::from_millis(3))), [3000, 1000]);
}

#[test]
fn a_reset_is_a_reset_and_not_a_clean_end() {
    let lab = lab_with(two_writes().ending(End::Reset));
    let mut stream = open(lab.port(), ASK);
    let mut bytes = Vec::new();
    let error = stream.read_to_end(&mut bytes).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    assert_eq!(
        lab.questions("own")[0].request.body,
        b"{}",
        "the byte left unread is in the log all the same"
    );
}

#[test]
fn the_log_says_when_the_client_left_a_held_connection() {
    let lab = lab_with(two_writes().ending(End::Hold));
    let mut stream = open(lab.port(), ASK);
    let mut bytes = vec![0; 1];
    stream.read_exact(&mut bytes).unwrap();
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(outcome(&lab), Outcome::Playing);
    drop(stream);
    match settled(&lab) {
        Outcome::ClientLeft { after, sent } => {
            assert!(after >= Duration::from_millis(100), "{after:?}");
            assert_eq!(sent, 18);
        }
        other @ (Outcome::Playing | Outcome::Played) => panic!("{other:?}"),
    }
}

#[test]
fn the_log_says_that_a_client_left_before_the_headers() {
    let lab = lab_with(Answer { status: None, ..two_writes().ending(End::Hold) });
    drop(open(lab.port(), ASK));
    assert!(matches!(settled(&lab), Outcome::ClientLeft { sent: 0, .. }));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "measures the server's waiting in real time")]
fn waits_last_as_long_as_they_say() {
    let answer = Answer::stream("text/plain", ["a", "b", "c"], Duration::from_millis(50));
    let began = Instant::now();
    body_of(answer);
    let took = began.elapsed();
    assert!(took >= Duration::from_millis(100), "{took:?}");
}

#[test]
fn a_request_sent_byte_by_byte_is_read_whole() {
    use std::io::Write;
    let lab = lab_with(two_writes());
    let ask = ASK.replace("length: 2\r\n\r\n{}", "length: 6\r\n\r\n{\"é\"}");
    let mut stream = open(lab.port(), "");
    for byte in ask.as_bytes() {
        stream.write_all(&[*byte]).unwrap();
    }
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let logged = lab.questions("own").remove(0);
    assert_eq!(logged.request.body_text(), "{\"é\"}");
    assert_eq!(logged.request.header("host"), Some("x"));
    assert_eq!(settled(&lab), Outcome::Played);
}
