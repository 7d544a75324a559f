//! Tests of watching a stream: what is kept of what comes, however it is cut.

mod form;
mod outcomes;
mod verdicts;

use crate::cuts::cuttings;
use std::time::Duration;
use tokenfall::engine::event_source::{EventSource, Step};
use tokenfall::engine::session::Receiver;
use tokenfall::engine::tape::{Direction, End, Entry, Form as Piece, Head, Record, Tape};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::watch::{
    ARRIVALS_KEPT, Kind, ROW_BYTES, ROWS_KEPT, Setup, Shape, TextBy, Watch, What,
};
use tokenfall::engine::wire::{Dialect, HttpRequest, Key, OwnEventFields, OwnEvents};

pub(super) fn ms(millis: u64) -> Timestamp {
    Timestamp::from_micros(millis * 1_000)
}

pub(super) fn head(status: u16, content_type: &str) -> Head {
    Head { status, content_type: content_type.to_owned(), ..Head::default() }
}

pub(super) fn setup(kind: Kind) -> Setup {
    Setup {
        kind,
        title: "title".to_owned(),
        host: "example.com".to_owned(),
        keys: Vec::new(),
        text: TextBy::Nothing,
    }
}

pub(super) fn watch(kind: Kind) -> Watch {
    Watch::new(setup(kind), Timestamp::ORIGIN)
}

/// Watches a response in these pieces, a piece each 10 ms, to the end of its body.
fn watched(setup: Setup, content_type: &str, pieces: &[&[u8]]) -> Watch {
    let mut watch = Watch::new(setup, Timestamp::ORIGIN);
    watch.head(head(200, content_type), ms(5));
    let mut now = 0;
    for piece in pieces {
        now += 10;
        let _ = watch.feed(piece, ms(now));
    }
    watch.end(End::Closed, false, ms(now + 10));
    watch
}

/// The events of a watch in short: notes left out.
fn events(watch: &Watch) -> Vec<(String, String)> {
    let rows = watch.events().rows().filter(|row| row.what != What::Note);
    rows.map(|row| {
        let kind = match &row.what {
            What::Event { name, id } => format!("{name}#{id}"),
            What::Comment => "comment".to_owned(),
            What::Line { is_whole } => format!("line {is_whole}"),
            What::Message(direction, form) => format!("{direction:?} {form:?}"),
            What::Note => "note".to_owned(),
        };
        (kind, row.text.clone())
    })
    .collect()
}

fn lines(watch: &Watch) -> Vec<String> {
    watch.lines().rows().map(|row| row.text.clone()).collect()
}

fn notes(watch: &Watch) -> Vec<String> {
    let rows = watch.events().rows().filter(|row| row.what == What::Note);
    rows.map(|row| row.text.clone()).collect()
}

fn body(tape: &Tape) -> Vec<u8> {
    tape.chunks().flat_map(|(_, bytes)| bytes).collect()
}

fn pair(kind: &str, text: &str) -> (String, String) {
    (kind.to_owned(), text.to_owned())
}

#[test]
fn an_event_stream_gives_the_same_events_lines_and_tape_however_it_is_cut() {
    let stream = "\u{feff}: hello\nretry: 1500\n\nevent: tick\nid: 7\ndata: a\r\ndata: ü\r\n\r\ndata: 2\n\nid\ndata\n\ndata: cut";
    let expected =
        [pair("comment", " hello"), pair("tick#7", "a\nü"), pair("message#7", "2"), pair("message#", "")];
    for (how, pieces) in cuttings(stream.as_bytes()) {
        let watch = watched(setup(Kind::Events), "text/event-stream; charset=utf-8", &pieces);
        assert_eq!(events(&watch), expected, "{how}");
        assert_eq!(watch.event_count(), 3, "{how}");
        assert_eq!(watch.shape(), Shape::Events, "{how}");
        let found = lines(&watch);
        assert_eq!(found.len(), 14, "{how}: {found:?}");
        assert_eq!((found[0].as_str(), found[13].as_str()), ("\u{feff}: hello", "data: cut"), "{how}");
        assert_eq!(body(watch.tape()), stream.as_bytes(), "{how}");
        assert_eq!(watch.arrivals().bytes(), stream.len() as u64, "{how}");
        let notes = notes(&watch);
        assert!(notes.iter().any(|note| note.contains("1.5 s")), "{how}: {notes:?}");
        assert!(notes.iter().any(|note| note.contains("in the middle of an event")), "{how}: {notes:?}");
    }
}

#[test]
fn an_event_that_is_cut_before_its_data_is_told_as_cut_and_a_comment_is_none() {
    for (body, is_cut) in [
        ("data: 1\n\nevent: x\nid: 2\n", true),
        ("data: 1\n\ned", true),
        ("data: 1\n\n", false),
        ("data: 1\n\n: bye\n", false),
        ("data: 1\n\n: by", false),
        ("data: 1\n\nid: 2\n: comment\n", true),
        ("", false),
    ] {
        for (how, pieces) in cuttings(body.as_bytes()) {
            let watch = watched(setup(Kind::Events), "text/event-stream", &pieces);
            let is_told = notes(&watch).iter().any(|note| note.contains("in the middle of an event"));
            assert_eq!(is_told, is_cut, "{body:?} {how}");
        }
    }
}

#[test]
fn lines_are_the_events_where_a_body_has_no_events_however_it_is_cut() {
    let stream = "{\"a\":1}\n{\"b\":2}\r\n\n  \rdat\nlast without an end";
    let expected = [
        pair("line true", "{\"a\":1}"),
        pair("line true", "{\"b\":2}"),
        pair("line true", "dat"),
        pair("line false", "last without an end"),
    ];
    for (how, pieces) in cuttings(stream.as_bytes()) {
        let watch = watched(setup(Kind::Once), "application/x-ndjson", &pieces);
        assert_eq!(events(&watch), expected, "{how}");
        assert_eq!(lines(&watch).len(), 6, "{how}");
        assert_eq!((watch.event_count(), watch.shape()), (4, Shape::Lines), "{how}");
    }
}

#[test]
fn an_event_stream_with_another_label_is_read_as_one_and_that_is_told() {
    for (how, pieces) in cuttings(b"event: x\ndata: 1\n\n") {
        let watch = watched(setup(Kind::Once), "text/plain", &pieces);
        assert_eq!(events(&watch), [pair("x#", "1")], "{how}");
        assert_eq!(watch.shape(), Shape::UnlabelledEvents, "{how}");
    }
    for body in ["dat", "data", "even: 1\n", "ids: 2\n", "", "\u{feff}", "retry"] {
        for (how, pieces) in cuttings(body.as_bytes()) {
            let watch = watched(setup(Kind::Once), "", &pieces);
            let expected = if body.is_empty() { Shape::Unknown } else { Shape::Lines };
            assert_eq!(watch.shape(), expected, "{body:?} {how}");
            assert_eq!(watch.event_count(), u64::from(!body.is_empty()), "{body:?} {how}");
        }
    }
}

#[test]
fn a_line_has_the_time_of_the_piece_in_which_it_ended_and_the_gap_to_the_one_before() {
    let mut watch = watch(Kind::Once);
    watch.head(head(200, "text/plain"), ms(10));
    let _ = watch.feed(b"on", ms(100));
    let _ = watch.feed(b"e\ntwo\nth", ms(250));
    let _ = watch.feed(b"ree\n", ms(1_250));
    let rows: Vec<_> = watch.lines().rows().map(|row| (row.at.as_millis(), row.gap, row.bytes)).collect();
    let gap = |millis| Some(Duration::from_millis(millis));
    assert_eq!(rows, [(250, None, 3), (250, gap(0), 3), (1_250, gap(1_000), 5)]);
    assert_eq!(watch.arrivals().first(), gap(100));
    assert_eq!(
        watch.arrivals().longest_gap().map(|gap| (gap.from, gap.length)),
        Some((Duration::from_millis(250), Duration::from_millis(1_000)))
    );
}

#[test]
fn what_is_more_than_is_kept_is_counted_and_an_endless_line_is_held_by_its_beginning() {
    let mut watch = watch(Kind::Once);
    watch.head(head(200, "text/plain"), ms(0));
    for number in 0..5_000_u64 {
        let _ = watch.feed(format!("line {number}\n").as_bytes(), ms(number));
    }
    assert_eq!(watch.lines().count(), 5_000);
    assert_eq!(watch.lines().left_out(), 5_000 - ROWS_KEPT as u64);
    assert_eq!(watch.lines().rows().next().map(|row| row.number), Some(3_000));
    assert_eq!(
        watch.lines().since(4_998).map(|row| row.text.as_str()).collect::<Vec<_>>(),
        ["line 4998", "line 4999"]
    );
    assert_eq!(watch.lines().since(0).count(), ROWS_KEPT);
    assert_eq!(watch.lines().since(9_999).count(), 0);
    assert_eq!((watch.arrivals().pieces(), watch.arrivals().kept().len()), (5_000, ARRIVALS_KEPT));
    for _ in 0..1_000 {
        let _ = watch.feed("ü".repeat(1_000).as_bytes(), ms(6_000));
    }
    watch.end(End::Closed, false, ms(7_000));
    let last = watch.lines().rows().next_back().unwrap();
    assert_eq!((last.bytes, last.is_cut()), (2_000_000, true));
    assert!(last.text.len() <= ROW_BYTES && last.text.chars().all(|c| c == 'ü'), "no character is cut");
}

#[test]
fn a_key_never_comes_to_rows_tape_or_head_however_it_is_cut() {
    let key = "sk-secret-0123456789";
    let other = "second%20key%21long";
    let stream = format!("data: you sent {key}\n\ndata: and second key!long, {key}\n\n{key}");
    let keys = [key, other, "second key!long"];
    let keys: Vec<_> = keys.iter().filter_map(|key| Key::new(key).ok().flatten()).collect();
    for (how, pieces) in cuttings(stream.as_bytes()) {
        let setup = Setup { keys: keys.clone(), title: format!("about {key}"), ..setup(Kind::Events) };
        let mut watch = Watch::new(setup, Timestamp::ORIGIN);
        let request = HttpRequest {
            method: "POST".into(),
            url: format!("https://example.com/v1?api_key={key}"),
            headers: vec![
                ("Authorization".into(), format!("Bearer {key}")),
                ("accept".into(), key.to_owned()),
            ],
            body: Some(format!("{{\"key\":\"{key}\"}}")),
        };
        watch.requested(&request, ms(0));
        let mut head = head(200, "text/event-stream");
        head.headers.push(("x-echo".to_owned(), key.to_owned()));
        watch.head(head, ms(1));
        for piece in &pieces {
            let _ = watch.feed(piece, ms(2));
        }
        watch.sent(&format!("again {key}"), ms(3));
        let _ = watch.message(&format!("said {key}"), ms(3));
        watch.keep_reason(format!("refused {key}"));
        watch.end(End::Closed, false, ms(4));
        let shown = format!("{:?} {:?}", watch.events(), watch.lines());
        let head = format!("{:?}", watch.connections());
        for text in [shown, head, watch.tape().to_jsonl(), watch.reason().to_owned(), format!("{watch:?}")] {
            assert!(!text.contains(key), "{how}: {text}");
            assert!(!text.contains("sk-secret"), "{how}: {text}");
        }
        assert_eq!(watch.arrivals().bytes(), (stream.len() + "said ".len() + key.len()) as u64, "{how}");
    }
}

#[test]
fn the_end_of_the_text_does_not_end_the_watch() {
    let stream = "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\ndata: [DONE]\n\ndata: after\n\ndata: more\n\n";
    for (how, pieces) in cuttings(stream.as_bytes()) {
        let text = TextBy::Dialect(Dialect::ChatCompletions);
        let watch = watched(Setup { text, ..setup(Kind::Once) }, "text/event-stream", &pieces);
        assert_eq!(watch.event_count(), 4, "{how}");
        assert_eq!(watch.text().map(|text| text.turn().text()), Some("Hi".to_owned()), "{how}");
    }
    let stream = "data: no\n\ndata: json\n\ndata: at all\n\ndata: and on\n\n";
    for (how, pieces) in cuttings(stream.as_bytes()) {
        let text = TextBy::Dialect(Dialect::Anthropic);
        let watch = watched(Setup { text, ..setup(Kind::Once) }, "text/event-stream", &pieces);
        assert_eq!(watch.event_count(), 4, "{how}");
        assert_eq!(body(watch.tape()), stream.as_bytes(), "{how}");
        assert!(watch.text().is_some_and(|text| text.turn().failure.is_some()), "{how}");
    }
}

#[test]
fn text_is_read_by_pointers_of_ones_own_in_events_and_in_lines() {
    let fields = OwnEventFields { text: "/t".to_owned(), ..OwnEventFields::default() };
    let rules = OwnEvents::parse(&fields).unwrap();
    for (has_lines, stream) in
        [(false, "data: {\"t\":\"a\"}\n\ndata: {\"t\":\"b\"}\n\n"), (true, "{\"t\":\"a\"}\n{\"t\":\"b\"}\n")]
    {
        let content_type = if has_lines { "application/x-ndjson" } else { "text/event-stream" };
        for (how, pieces) in cuttings(stream.as_bytes()) {
            let text = TextBy::Own(rules.clone(), has_lines);
            let watch = watched(Setup { text, ..setup(Kind::Once) }, content_type, &pieces);
            assert_eq!(watch.text().map(|text| text.turn().text()), Some("ab".to_owned()), "{how}");
        }
    }
}

#[test]
fn connections_behind_one_another_are_counted_and_told_with_how_each_ended() {
    let mut source = EventSource::default();
    let mut watch = watch(Kind::Events);
    assert_eq!(source.start(), Step::Connect(None));
    let stream = head(200, "text/event-stream");
    let request = HttpRequest {
        method: "GET".into(),
        url: "https://example.com/".to_owned(),
        headers: Vec::new(),
        body: None,
    };
    watch.requested(&request, ms(0));
    assert_eq!(source.connected(&stream), Step::Read);
    watch.head(stream.clone(), ms(10));
    let _ = watch.feed(b"id: 5\ndata: 1\n\ndata: cut", ms(20));
    watch.inform(&mut source);
    assert_eq!(source.last_event_id(), "5");
    assert!(matches!(source.ended(End::Lost, 0.0), Step::Wait(_)));
    watch.disconnected(End::Lost, ms(30));
    let Step::Connect(Some(again)) = source.due(true) else { panic!("connects again") };
    watch.reconnect(again, &source, ms(3_000));
    watch.requested(&request, ms(3_000));
    assert_eq!(source.connected(&stream), Step::Read);
    watch.head(stream, ms(3_010));
    let _ = watch.feed(b"data: 2\n\n", ms(3_020));
    watch.inform(&mut source);
    watch.end(End::Cancelled, false, ms(4_000));
    assert_eq!(events(&watch), [pair("message#5", "1"), pair("message#5", "2")]);
    let connections: Vec<_> = watch
        .connections()
        .kept()
        .iter()
        .map(|one| (one.number, one.events, one.ended.map(|(how, _)| how)))
        .collect();
    assert_eq!(connections, [(1, 1, Some(End::Lost)), (2, 1, Some(End::Cancelled))]);
    assert_eq!(watch.arrivals().longest_gap(), None, "the wait between connections is no gap of the stream");
    assert!(
        notes(&watch).iter().any(|note| note.contains("behind the event with the ID 5")),
        "{:?}",
        notes(&watch)
    );
    let tries =
        watch.tape().entries().filter(|(_, entry)| matches!(entry, Entry::Record(Record::Try(_)))).count();
    let ends =
        watch.tape().entries().filter(|(_, entry)| matches!(entry, Entry::Record(Record::End(_)))).count();
    assert_eq!((tries, ends), (1, 2));
    let read = Tape::from_jsonl(&watch.tape().to_jsonl()).unwrap();
    assert_eq!(&read, watch.tape());
}

#[test]
fn events_that_the_browser_has_read_are_events_and_the_bytes_are_not_said_to_be_the_servers() {
    let mut watch = watch(Kind::EventSource);
    let _ = watch.event("tick", "two\nlines", "9", ms(50));
    let _ = watch.event("message", "", "9", ms(90));
    watch.end(End::Lost, false, ms(100));
    assert_eq!(events(&watch), [pair("tick#9", "two\nlines"), pair("message#9", "")]);
    assert!(watch.is_read_by_browser());
}

#[test]
fn messages_of_a_socket_are_kept_with_their_direction() {
    let mut watch = watch(Kind::Socket);
    watch.opened("chat", ms(10));
    watch.sent("ping", ms(20));
    let _ = watch.message("pong", ms(30));
    let _ = watch.binary_message(&[0, 255], ms(40));
    watch.end(End::Closed, false, ms(50));
    let expected = [pair("Out Text", "ping"), pair("In Text", "pong"), pair("In Binary", "00ff")];
    assert_eq!(events(&watch), expected);
    assert_eq!((watch.event_count(), watch.arrivals().bytes()), (2, 6));
    assert_eq!(watch.connections().last().map(|last| last.subprotocol.as_str()), Some("chat"));
    let pieces: Vec<_> = watch
        .tape()
        .entries()
        .filter_map(
            |(_, entry)| if let Entry::Piece(kind, _) = entry { Some(format!("{kind:?}")) } else { None },
        )
        .collect();
    assert_eq!(pieces, ["Message(Out, Text)", "Message(In, Text)", "Message(In, Binary)"]);
    let what = What::Message(Direction::In, Piece::Binary);
    assert!(watch.lines().rows().any(|row| row.what == what && !row.is_cut()));
}

#[test]
fn nothing_that_comes_behind_the_end_is_taken() {
    let mut watch = watch(Kind::Once);
    watch.head(head(200, "text/plain"), ms(0));
    watch.end(End::Cancelled, false, ms(10));
    let _ = watch.feed(b"late\n", ms(20));
    let _ = watch.message("late", ms(20));
    watch.end(End::Lost, true, ms(30));
    assert_eq!((watch.lines().count(), watch.arrivals().bytes()), (0, 0));
    assert_eq!(watch.ending().map(|end| end.how), Some(End::Cancelled));
    assert_eq!(watch.elapsed(ms(99)), Duration::from_millis(10));
}

#[test]
fn rows_are_found_by_their_text_name_and_id_whatever_the_case() {
    let mut watch = watch(Kind::Events);
    watch.head(head(200, "text/event-stream"), ms(0));
    let _ = watch.feed("event: Tick\nid: X1\ndata: Grüße\n\n".as_bytes(), ms(10));
    let row = watch.events().rows().next_back().unwrap();
    for words in ["", "tick", "x1", "grüße", "üß"] {
        assert!(row.has(words), "{words}");
    }
    assert!(!row.has("nowhere"));
}
