//! Tests of the tape: its file, and that playing it gives what was recorded.

mod batches;
mod full;
mod replay;
mod schema;
mod second;

use proptest::collection::vec;
use proptest::prelude::*;
use std::time::Duration;
use tokenfall::engine::tape::{End, Head, Replay, Speed, Step, Tape};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::Dialect;

fn at(micros: u64) -> Timestamp {
    Timestamp::from_micros(micros)
}

/// A tape of a stream that was cut inside characters and inside a CRLF.
fn sample() -> Tape {
    let mut tape = Tape::new(Dialect::ChatCompletions, true, "a \"model\"\n");
    tape.question = "Says it \u{2028} 👦?".to_owned();
    let head = Head {
        status: 200,
        content_type: "text/event-stream".to_owned(),
        retry_after: Some(Duration::from_secs(3)),
        headers: vec![("x-request-id".to_owned(), "1, \"2\"".to_owned())],
    };
    tape.record_head(at(10), head);
    let body =
        "data: {\"choices\":[{\"delta\":{\"content\":\"ß👦\\n\"}}]}\r\n\r\ndata: [DONE]\n\n".as_bytes();
    for (n, chunk) in body.chunks(3).enumerate() {
        tape.record(at(20 + 7 * n as u64), chunk);
    }
    tape.record(at(900), &[]);
    tape.record(at(901), &[0, 255, 10]);
    tape.record_end(at(1_000), End::Lost);
    tape
}

#[test]
fn a_file_gives_back_the_same_tape_also_where_chunks_are_no_utf8() {
    let tape = sample();
    assert_eq!(Tape::from_jsonl(&tape.to_jsonl()), Ok(tape));
}

#[test]
fn a_file_is_one_line_for_each_thing_that_happened() {
    let mut tape = Tape::new(Dialect::Ollama, false, "m");
    tape.record_head(at(1), Head { status: 204, ..Head::default() });
    tape.record(at(2), "é\n".as_bytes());
    tape.record(at(3), b"\xc3");
    tape.record_end(at(4), End::Closed);
    let expected = [
        r#"{"tape":2,"dialect":"ollama","stream":false,"title":"m"}"#,
        r#"{"t":1,"status":204,"content_type":""}"#,
        r#"{"t":2,"text":"é\n"}"#,
        r#"{"t":3,"hex":"c3"}"#,
        r#"{"t":4,"end":"closed"}"#,
    ];
    assert_eq!(tape.to_jsonl().lines().collect::<Vec<_>>(), expected);
}

#[test]
fn a_tape_of_version_1_is_read_and_written_letter_by_letter_but_for_the_version() {
    let file = concat!(
        r#"{"tape":1,"dialect":"chat-completions","stream":true,"title":"a \"model\"\n","question":"Says it 👦?"}"#,
        "\n",
        r#"{"t":10,"status":200,"content_type":"text/event-stream","retry_after_ms":3000}"#,
        "\n",
        r#"{"t":20,"text":"data: {\"a\":\"\\n\"}\r\n\r\n"}"#,
        "\n",
        r#"{"t":27,"hex":"c39f00ff"}"#,
        "\n",
        r#"{"t":900,"text":"\u0000\u001f\t/"}"#,
        "\n",
        r#"{"t":901,"end":"cancelled"}"#,
        "\n"
    );
    let tape = Tape::from_jsonl(file).unwrap();
    assert_eq!(
        (tape.dialect, tape.stream, tape.title.as_str()),
        (Dialect::ChatCompletions, true, "a \"model\"\n")
    );
    assert_eq!(tape.question, "Says it 👦?");
    let (stamp, head) = tape.head().unwrap();
    assert_eq!((stamp, head.status, head.retry_after), (at(10), 200, Some(Duration::from_secs(3))));
    let chunks: [(Timestamp, &[u8]); 3] = [
        (at(20), b"data: {\"a\":\"\\n\"}\r\n\r\n"),
        (at(27), b"\xc3\x9f\x00\xff"),
        (at(900), b"\x00\x1f\t/"),
    ];
    assert_eq!(tape.chunks().collect::<Vec<_>>(), chunks.map(|(at, bytes)| (at, bytes.to_vec())));
    assert_eq!(tape.end(), Some((at(901), End::Cancelled)));
    assert_eq!(tape.to_jsonl(), file.replacen("\"tape\":1", "\"tape\":2", 1));
}

#[test]
fn a_tape_of_version_1_may_spell_control_characters_at_length() {
    let file = "{\"tape\":1,\"dialect\":\"cohere\"}\n{\"t\":1,\"text\":\"\\u0008\\u000c\\u2028\"}\n";
    let tape = Tape::from_jsonl(file).unwrap();
    assert_eq!(tape.chunks().collect::<Vec<_>>(), [(at(1), "\u{8}\u{c}\u{2028}".as_bytes().to_vec())]);
}

#[test]
fn a_tape_that_broke_off_has_no_end_and_is_a_tape_all_the_same() {
    let file = sample().to_jsonl();
    let cut = file.rsplit_once("{\"t\":1000").unwrap().0;
    let tape = Tape::from_jsonl(cut).unwrap();
    assert_eq!((tape.end(), tape.len()), (None, sample().len()));
    let header = Tape::from_jsonl("{\"tape\":1,\"dialect\":\"gemini\"}").unwrap();
    assert!(header.is_empty() && header.stream && header.head().is_none());
}

#[test]
fn blank_lines_crlf_and_members_of_later_versions_are_passed_over() {
    let file = "\r\n{\"tape\":1,\"dialect\":\"cohere\",\"novel\":[1]}\r\n\r\n{\"t\":5,\"text\":\"a\",\"x\":{}}\r\n{\"t\":6}\n";
    let tape = Tape::from_jsonl(file).unwrap();
    assert_eq!(tape.chunks().collect::<Vec<_>>(), [(at(5), b"a".to_vec())]);
}

#[test]
fn a_bad_file_names_its_line() {
    let header = "{\"tape\":1,\"dialect\":\"cohere\"}\n";
    for (file, line, what) in [
        (String::new(), 1, "the file is empty"),
        ("\n\n".to_owned(), 1, "the file is empty"),
        ("hello".to_owned(), 1, "expected value at column 1"),
        ("{\"dialect\":\"cohere\"}".to_owned(), 1, "missing field `tape`"),
        ("{\"tape\":3,\"dialect\":\"cohere\"}".to_owned(), 1, "version 3 is not known"),
        ("{\"tape\":0,\"dialect\":\"cohere\"}".to_owned(), 1, "version 0 is not known"),
        ("\n{\"tape\":1,\"dialect\":\"novel\"}".to_owned(), 2, "`novel` is no protocol known here"),
        (format!("{header}{{\"t\":1,\"text\":\"a\"}}\nnonsense"), 3, "expected ident at column 2"),
        (format!("{header}{{\"text\":\"a\"}}"), 2, "missing field `t`"),
        (format!("{header}{{\"t\":-1,\"text\":\"a\"}}"), 2, "invalid value: integer `-1`, expected u64"),
        (format!("{header}{{\"t\":1,\"hex\":\"abc\"}}"), 2, "bad hex"),
        (format!("{header}\n{{\"t\":1,\"hex\":\"+1\"}}"), 3, "bad hex"),
        (
            format!("{header}{{\"t\":1,\"end\":\"gone\"}}"),
            2,
            "unknown variant `gone`, expected one of `closed`, `lost`, `cancelled`",
        ),
        (format!("{header}{{\"t\":1,\"status\":70000}}"), 2, "invalid value: integer `70000`, expected u16"),
        (format!("{header}{{\"t\":1,\"text\":5}}"), 2, "invalid type: integer `5`"),
    ] {
        let problem = Tape::from_jsonl(&file).unwrap_err();
        assert_eq!(problem.line, line, "{file}");
        assert!(problem.what.contains(what), "{problem}");
        assert!(problem.to_string().starts_with(&format!("line {line} of the tape: ")));
    }
}

#[test]
fn a_status_is_a_redirect_where_the_key_would_go_elsewhere_and_nowhere_else() {
    for (status, expected) in [
        (0, true),
        (200, false),
        (300, false),
        (301, true),
        (303, true),
        (304, false),
        (307, true),
        (308, true),
        (309, false),
        (404, false),
    ] {
        assert_eq!(Head { status, ..Head::default() }.is_redirect(), expected, "{status}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn chunks_come_back_as_they_were_whatever_they_share(chunks in vec("[ab]{0,6}", 0..30)) {
        let mut tape = Tape::new(Dialect::Ollama, true, "");
        for (n, chunk) in chunks.iter().enumerate() {
            tape.record(at(n as u64), chunk.as_bytes());
        }
        let back: Vec<_> = tape.chunks().map(|(_, bytes)| String::from_utf8(bytes).unwrap()).collect();
        prop_assert_eq!(&back, &chunks);
        let mut replay = Replay::new(tape, Speed::Instant);
        let mut played = Vec::new();
        while let Some(step) = replay.step() {
            if let Step::Chunk(bytes) = step {
                played.push(String::from_utf8(bytes.to_vec()).unwrap());
            }
        }
        prop_assert_eq!(&played, &chunks);
    }
}
