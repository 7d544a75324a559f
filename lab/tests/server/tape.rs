//! A tape is served as it was recorded, and faults are laid over it.

use std::time::Duration;

use lab::{
    Lab,
    script::{Answer, End, Scenario, Step},
};
use tokenfall::engine::tape::Tape;

use crate::client::{exchange, parts};

const TAPE: &str = r#"{"tape":1,"dialect":"chat-completions","stream":true,"title":"by hand"}
{"t":20000,"status":200,"content_type":"text/event-stream"}
{"t":30000,"text":"data: a\n\n"}
{"t":30000,"hex":"646174613a20f09f"}
{"t":90000,"hex":"98800a0a"}
{"t":91000,"end":"closed"}
"#;

fn tape() -> Tape {
    Tape::from_jsonl(TAPE).unwrap()
}

#[test]
fn chunks_and_times_of_a_tape_become_steps() {
    let answer = Answer::from_tape(&tape());
    assert_eq!(answer.head_after, Duration::from_millis(20));
    let wait = |milliseconds| Step::Wait(Duration::from_millis(milliseconds));
    let write = |bytes: &[u8]| Step::Write(bytes.to_vec());
    assert_eq!(
        answer.steps,
        [
            wait(10),
            write(b"data: a\n\n"),
            write(b"data: \xf0\x9f"),
            wait(60),
            write(b"\x98\x80\n\n"),
            wait(1)
        ]
    );
    assert_eq!(answer.end, End::Complete);
    let fast = answer.at_speed(10.0);
    assert_eq!((fast.head_after, &fast.steps[0]), (Duration::from_millis(2), &wait(1)));
}

#[test]
fn a_tape_that_broke_off_is_played_as_a_cut() {
    for (end, played) in [("", End::Cut), ("lost", End::Cut), ("cancelled", End::Hold)] {
        let last =
            if end.is_empty() { String::new() } else { format!("{{\"t\":91000,\"end\":\"{end}\"}}\n") };
        let text = TAPE.replace("{\"t\":91000,\"end\":\"closed\"}\n", &last);
        assert_eq!(Answer::from_tape(&Tape::from_jsonl(&text).unwrap()).end, played, "{end:?}");
    }
}

#[test]
fn a_tape_on_the_wire_has_the_bytes_of_the_recording() {
    let lab = Lab::with(0, vec![Scenario::from_tape("by-hand", &tape())]).unwrap();
    let ask = "POST /s/by-hand/v1/chat/completions HTTP/1.1\r\ncontent-length: 2\r\n\r\n{}";
    let (head, body) = parts(&exchange(lab.port(), ask));
    assert!(head.contains("content-type: text/event-stream"), "{head}");
    assert_eq!(body, b"9\r\ndata: a\n\n\r\n8\r\ndata: \xf0\x9f\r\n4\r\n\x98\x80\n\n\r\n0\r\n\r\n");
    let cut = Answer::from_tape(&tape()).cut_at(16);
    assert_eq!((cut.body().len(), cut.end), (16, End::Cut));
}
