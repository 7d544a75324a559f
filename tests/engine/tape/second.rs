//! What version 2 of the tape holds beside chunks, letter by letter, and which of its tries is the answer.

use super::at;
use std::borrow::Cow;
use tokenfall::engine::tape::{
    Direction, End, Entry, Form, Head, Kind, LeftOut, Note, Record, Replay, Request, Speed, Step, Tape,
    Timing, Try,
};
use tokenfall::engine::wire::{Dialect, OwnEventFields};

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// All that was measured.
pub(super) fn timing() -> Timing {
    Timing {
        fetch_start: Some(1),
        domain_lookup_start: Some(2),
        domain_lookup_end: Some(3),
        connect_start: Some(4),
        secure_connection_start: Some(5),
        connect_end: Some(6),
        request_start: Some(7),
        response_start: Some(8),
        response_end: Some(9),
        transfer_size: Some(10),
        encoded_body_size: Some(11),
        decoded_body_size: Some(12),
        next_hop_protocol: Some("h2".to_owned()),
    }
}

/// A tape with a record of each kind and every member, in one try and another.
pub(super) fn everything() -> Tape {
    let mut tape = Tape::new(Dialect::Gemini, true, "m");
    tape.question = "Hi?".to_owned();
    let [text, reasoning, error, end] = ["/a", "/b", "/c", "[DONE]"].map(str::to_owned);
    tape.events = Some(OwnEventFields { text, reasoning, error, end });
    let request = Request {
        method: "POST".to_owned(),
        url: "https://a.b/c?key=redacted".to_owned(),
        headers: vec![pair("accept", "text/event-stream"), pair("authorization", "redacted")],
        body: "{\"a\":".to_owned(),
        body_end: "}".to_owned(),
        body_left_out: 7,
    };
    tape.add(at(0), Record::Request(Box::new(request)));
    tape.record_head(at(10), Head { status: 503, headers: vec![pair("server", "x")], ..Head::default() });
    tape.record(at(20), b"busy");
    tape.record_end(at(30), End::Closed);
    tape.add(at(40), Record::Try(Try { why: Cow::Borrowed("refused"), resumes: false }));
    tape.note(at(41), Note::Hidden);
    let retry_after = Some(std::time::Duration::from_millis(2));
    tape.record_head(
        at(50),
        Head { status: 200, content_type: "a/b".to_owned(), retry_after, headers: vec![] },
    );
    tape.note(at(51), Note::Shown);
    tape.record(at(60), "dé".as_bytes());
    tape.record(at(61), b"\xc3");
    for (n, direction) in [Direction::In, Direction::Out].into_iter().enumerate() {
        tape.record_piece(at(70 + n as u64), Kind::Message(direction, Form::Text), b"t");
        tape.record_piece(at(80 + n as u64), Kind::Message(direction, Form::Binary), b"b");
    }
    tape.record_end(at(90), End::Lost);
    tape.add(at(100), Record::Try(Try { why: Cow::Borrowed("lost"), resumes: true }));
    tape.record_head(at(105), Head { status: 206, ..Head::default() });
    tape.record(at(110), b"end");
    tape.add(at(115), Record::Timing(Box::new(timing())));
    tape.add(at(120), Record::LeftOut(LeftOut { pieces: 1, bytes: 2 }));
    tape.record_end(at(120), End::Cancelled);
    tape.note(at(125), Note::Cancelled);
    tape
}

#[test]
fn each_record_has_its_line_and_comes_back_from_it() {
    let tape = everything();
    let file = tape.to_jsonl();
    let expected = [
        r#"{"tape":2,"dialect":"gemini","stream":true,"title":"m","question":"Hi?","events":{"text":"/a","reasoning":"/b","error":"/c","end":"[DONE]"}}"#,
        concat!(
            r#"{"t":0,"request":{"method":"POST","url":"https://a.b/c?key=redacted","#,
            r#""headers":[["accept","text/event-stream"],["authorization","redacted"]],"#,
            r#""body":"{\"a\":","body_end":"}","body_left_out":7}}"#
        ),
        r#"{"t":10,"status":503,"content_type":"","headers":[["server","x"]]}"#,
        r#"{"t":20,"text":"busy"}"#,
        r#"{"t":30,"end":"closed"}"#,
        r#"{"t":40,"try":{"why":"refused"}}"#,
        r#"{"t":41,"note":"hidden"}"#,
        r#"{"t":50,"status":200,"content_type":"a/b","retry_after_ms":2}"#,
        r#"{"t":51,"note":"shown"}"#,
        r#"{"t":60,"text":"dé"}"#,
        r#"{"t":61,"hex":"c3"}"#,
        r#"{"t":70,"direction":"in","text":"t"}"#,
        r#"{"t":80,"direction":"in","hex":"62"}"#,
        r#"{"t":71,"direction":"out","text":"t"}"#,
        r#"{"t":81,"direction":"out","hex":"62"}"#,
        r#"{"t":90,"end":"lost"}"#,
        r#"{"t":100,"try":{"why":"lost","resumes":true}}"#,
        r#"{"t":105,"status":206,"content_type":""}"#,
        r#"{"t":110,"text":"end"}"#,
        concat!(
            r#"{"t":115,"timing":{"fetch_start":1,"domain_lookup_start":2,"domain_lookup_end":3,"connect_start":4,"#,
            r#""secure_connection_start":5,"connect_end":6,"request_start":7,"response_start":8,"response_end":9,"#,
            r#""transfer_size":10,"encoded_body_size":11,"decoded_body_size":12,"next_hop_protocol":"h2"}}"#
        ),
        r#"{"t":120,"left_out":{"pieces":1,"bytes":2}}"#,
        r#"{"t":120,"end":"cancelled"}"#,
        r#"{"t":125,"note":"cancelled"}"#,
    ];
    assert_eq!(file.lines().collect::<Vec<_>>(), expected);
    assert_eq!(Tape::from_jsonl(&file), Ok(tape));
}

#[test]
fn the_answer_is_the_last_try_with_what_resumed_it_counted_from_its_own_start() {
    let tape = everything();
    let (stamp, head) = tape.head().unwrap();
    assert_eq!((stamp, head.status), (at(10), 200));
    let chunks: Vec<_> = tape.chunks().map(|(at, bytes)| (at.micros(), bytes)).collect();
    assert_eq!(chunks, [(20, "dé".into()), (21, b"\xc3".to_vec()), (70, b"end".to_vec())]);
    assert_eq!((tape.end(), tape.len()), (Some((at(80), End::Cancelled)), 7));
    let mut replay = Replay::new(tape, Speed::Times(1.0));
    let mut played = Vec::new();
    while let Some(recorded) = replay.recorded() {
        let what = match replay.step().unwrap() {
            Step::Head(head) => head.status.to_string(),
            Step::Chunk(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            Step::Message(direction, form, bytes) => {
                format!("{direction:?} {form:?} {}", String::from_utf8_lossy(bytes))
            }
            Step::End(end) => format!("{end:?}"),
        };
        played.push((recorded.micros(), what));
    }
    let expected = [
        (10, "200"),
        (20, "dé"),
        (21, "\u{fffd}"),
        (30, "In Text t"),
        (40, "In Binary b"),
        (31, "Out Text t"),
        (41, "Out Binary b"),
        (70, "end"),
        (80, "Cancelled"),
    ];
    assert_eq!(played, expected.map(|(at, what)| (at, what.to_owned())));
}

#[test]
fn a_try_that_began_has_no_end_and_no_head_of_the_one_before() {
    for (resumes, head, count) in [(false, None, 0), (true, Some(503), 1)] {
        let mut tape = Tape::new(Dialect::Cohere, true, "");
        tape.record_head(at(1), Head { status: 503, ..Head::default() });
        tape.record(at(2), b"a");
        tape.record_end(at(3), End::Lost);
        tape.record_end(at(4), End::Closed);
        assert_eq!(tape.end(), Some((at(3), End::Lost)), "the first one counts");
        tape.add(at(5), Record::Try(Try { why: Cow::Borrowed("lost"), resumes }));
        assert_eq!(tape.end(), None);
        assert_eq!((tape.head().map(|(_, head)| head.status), tape.len()), (head, count));
        tape.record_end(at(9), End::Closed);
        let began = if resumes { 0 } else { 5 };
        assert_eq!(tape.end(), Some((at(9 - began), End::Closed)));
    }
}

#[test]
fn lines_of_a_later_version_are_kept_as_they_are_and_known_ones_lose_what_is_novel() {
    let novel = ["{\"t\":6, \"novel\":{\"x\":[1.50]}}", "{\"t\":7,\"note\":\"frozen\"}", "{\"t\":8}"];
    let file = format!(
        "{{\"tape\":2,\"dialect\":\"cohere\",\"x\":1}}\r\n{}\r\n  {}\n{{\"t\":7,\"text\":\"a\",\"x\":{{}}}}\n{}\n",
        novel[0], novel[1], novel[2]
    );
    let tape = Tape::from_jsonl(&file).unwrap();
    let written = tape.to_jsonl();
    let lines: Vec<_> = written.lines().skip(1).collect();
    assert_eq!(lines, [novel[0], novel[1], "{\"t\":7,\"text\":\"a\"}", novel[2]]);
    let kept = tape.entries().filter(|(_, entry)| matches!(entry, Entry::Record(Record::Other(_)))).count();
    assert_eq!((kept, Tape::from_jsonl(&written)), (3, Ok(tape)));
}

#[test]
fn what_was_measured_only_in_part_says_nothing_of_the_rest() {
    let file = "{\"tape\":2,\"dialect\":\"cohere\"}\n{\"t\":5,\"timing\":{\"response_end\":4}}\n";
    let tape = Tape::from_jsonl(file).unwrap();
    let timing = Timing { response_end: Some(4), ..Timing::default() };
    assert_eq!(tape.entries().next(), Some((at(5), Entry::Record(&Record::Timing(Box::new(timing))))));
    assert_eq!(tape.to_jsonl().lines().last(), file.lines().last());
}
