//! Contract tests of the connection rules for streams of events (WHATWG HTML §9.2.3 and §9.2.6).

use crate::cuts::cuttings;
use std::time::Duration;
use tokenfall::engine::event_source::{EventSource, ReadyState, Step, Stopped, written};
use tokenfall::engine::frame::Frame;
use tokenfall::engine::tape::{End, Head, Try};

const SECOND: Duration = Duration::from_secs(1);

fn head(status: u16, content_type: &str) -> Head {
    Head { status, content_type: content_type.to_owned(), ..Head::default() }
}

fn stream() -> Head {
    head(200, "text/event-stream")
}

/// A stream whose first connection stands.
fn open() -> EventSource {
    let mut source = EventSource::default();
    assert_eq!(source.start(), Step::Connect(None));
    assert_eq!(source.connected(&stream()), Step::Read);
    source
}

/// Reads a body in these pieces; the events as data and last event ID.
fn read(source: &mut EventSource, pieces: &[&[u8]]) -> Vec<(String, String)> {
    let mut decoder = source.decoder();
    let mut all = Vec::new();
    for piece in pieces {
        decoder.push(piece);
        let mut events = 0;
        while let Some(frame) = decoder.next_frame().unwrap() {
            if let Frame::Event(event) = frame {
                events += 1;
                all.push((event.text().into_owned(), event.last_event_id.to_owned()));
            }
        }
        source.received(&decoder, events);
    }
    all
}

/// The last event ID and the time to wait behind a body, however that is cut.
fn behind(body: &str) -> (String, Duration) {
    let mut found = Vec::new();
    for (how, pieces) in cuttings(body.as_bytes()) {
        let mut source = open();
        read(&mut source, &pieces);
        found.push((how, source.last_event_id().to_owned(), source.reconnection_time()));
    }
    for (how, id, time) in &found {
        assert_eq!((id, time), (&found[0].1, &found[0].2), "{how}: {body:?}");
    }
    (found[0].1.clone(), found[0].2)
}

fn again(why: &'static str) -> Step {
    Step::Connect(Some(Try { why: why.into(), resumes: true }))
}

/// Ends the connection and lets it connect again.
fn reconnect(source: &mut EventSource) {
    assert!(matches!(source.ended(End::Closed, 0.0), Step::Wait(_)));
    assert_eq!(source.due(true), again("ended"));
    assert_eq!(source.connected(&stream()), Step::Read);
}

#[test]
fn retry_counts_if_it_is_digits_and_nothing_else() {
    for (body, millis) in [
        ("retry: 1500\n", 1500),
        ("retry:1500\n\n", 1500),
        ("retry: 0\n", 0),
        ("retry: 01\n", 1),
        ("retry: 1\nretry: 2\n", 2),
        ("retry:  1500\n", 3000),
        ("retry: 1500 \n", 3000),
        ("retry: 1.5\n", 3000),
        ("retry: +1\n", 3000),
        ("retry: -1\n", 3000),
        ("retry: 1e3\n", 3000),
        ("retry: 1s\n", 3000),
        ("retry: ١\n", 3000),
        ("retry\n", 3000),
        ("retry:\n", 3000),
        ("Retry: 1\n", 3000),
        ("retry: 7\nretry: x\n", 7),
        ("retry: 9999999999999999999999999\n", 3_600_000),
    ] {
        assert_eq!(behind(body).1, Duration::from_millis(millis), "{body:?}");
    }
}

#[test]
fn an_id_is_in_force_behind_a_blank_line_and_until_another_comes() {
    for (body, id) in [
        ("id: 1\ndata: a\n\n", "1"),
        ("id: 1\n\n", "1"),
        ("id: 1\ndata: a\n\ndata: b\n\n", "1"),
        ("id: 1\n\nid: 2\ndata: cut", "1"),
        ("id: 1\nid: 2\n\n", "2"),
        ("id:1\n\nid\n\n", ""),
        ("id: 1\n\nid:\ndata: a\n\n", ""),
        ("id: 1\n\nid: \n\n", ""),
        ("id: 1\n\nid: 2\0\n\n", "1"),
        ("id: \0\n\n", ""),
        ("id:  two spaces\n\n", " two spaces"),
        ("ID: 1\n\n", ""),
        (": id: 1\n\n", ""),
        ("id: ü☃\r\rdata: a\r\n\r\n", "ü☃"),
    ] {
        assert_eq!(behind(body).0, id, "{body:?}");
    }
}

#[test]
fn an_id_stays_in_force_over_events_and_connections_and_goes_out_with_each() {
    let mut source = open();
    assert_eq!(source.header(), None);
    let events = read(&mut source, &[b"id: 7\ndata: a\n\ndata: b\n\n"]);
    assert_eq!(events, [("a", "7"), ("b", "7")].map(|(data, id)| (data.to_owned(), id.to_owned())));
    for _ in 0..2 {
        reconnect(&mut source);
        assert_eq!(source.header(), Some(("Last-Event-ID", "7".to_owned())));
        let events = read(&mut source, &[b"data: c\n\n"]);
        assert_eq!(events, [("c".to_owned(), "7".to_owned())]);
    }
    read(&mut source, &[b"id\n\n"]);
    reconnect(&mut source);
    assert_eq!(source.header(), None);
}

#[test]
fn a_header_holds_the_bytes_of_utf_8_as_characters() {
    let mut source = open();
    read(&mut source, &["id: ü\n\n".as_bytes()]);
    assert_eq!(source.header(), Some(("Last-Event-ID", "\u{c3}\u{bc}".to_owned())));
}

#[test]
fn a_time_to_wait_stays_in_force_over_connections() {
    let mut source = open();
    read(&mut source, &[b"retry: 60\ndata: a\n\n"]);
    reconnect(&mut source);
    read(&mut source, &[b"data: a\n\n"]);
    assert_eq!(source.ended(End::Closed, 0.0), Step::Wait(Duration::from_millis(60)));
}

#[test]
fn only_a_200_that_is_an_event_stream_opens() {
    for (head, stopped) in [
        (stream(), None),
        (head(200, "text/event-stream;charset=UTF-8"), None),
        (head(200, "Text/Event-Stream ; charset=windows-1252"), None),
        (head(200, "text/event-stream-x"), Some(Stopped::ContentType("text/event-stream-x".to_owned()))),
        (head(200, "text/html"), Some(Stopped::ContentType("text/html".to_owned()))),
        (head(200, ""), Some(Stopped::ContentType(String::new()))),
        (head(204, "text/event-stream"), Some(Stopped::NoContent)),
        (head(205, "text/event-stream"), Some(Stopped::Status(205))),
        (head(301, ""), Some(Stopped::Status(301))),
        (head(401, "text/event-stream"), Some(Stopped::Status(401))),
        (head(500, "text/event-stream"), Some(Stopped::Status(500))),
        (head(503, "text/plain"), Some(Stopped::Status(503))),
        (head(0, ""), Some(Stopped::Status(0))),
    ] {
        let mut source = EventSource::default();
        source.start();
        let (step, state) = match stopped {
            None => (Step::Read, ReadyState::Open),
            Some(stopped) => (Step::Stop(stopped), ReadyState::Closed),
        };
        assert_eq!(source.connected(&head), step, "{head:?}");
        assert_eq!(source.ready_state(), state, "{head:?}");
        // What is over stays so.
        if state == ReadyState::Closed {
            for next in [source.ended(End::Lost, 0.5), source.due(true), source.online(), source.hurry()] {
                assert_eq!(next, step, "{head:?}");
            }
        }
    }
}

#[test]
fn a_204_ends_also_what_had_been_open() {
    let mut source = open();
    source.ended(End::Closed, 0.0);
    source.due(true);
    assert_eq!(source.connected(&head(204, "")), Step::Stop(Stopped::NoContent));
}

#[test]
fn the_end_of_a_body_and_a_network_error_connect_again_and_are_told_apart() {
    for (end, why) in [(End::Closed, "ended"), (End::Lost, "lost")] {
        let mut source = open();
        read(&mut source, &[b"data: a\n\n"]);
        assert_eq!(source.ended(end, 0.0), Step::Wait(3 * SECOND));
        assert_eq!(source.ready_state(), ReadyState::Connecting);
        assert_eq!(source.due(true), again(why));
        assert_eq!(source.reconnections(), 1);
        assert_eq!(source.connected(&stream()), Step::Read);
        assert_eq!(source.ready_state(), ReadyState::Open);
    }
}

#[test]
fn a_server_that_is_away_is_asked_again_at_growing_times_up_to_a_cap() {
    let mut source = EventSource::default();
    source.start();
    let mut waits = Vec::new();
    for _ in 0..40 {
        let Step::Wait(wait) = source.ended(End::Lost, 0.0) else { panic!("it waits") };
        waits.push(wait.as_millis());
        assert_eq!(source.due(true), again("unreachable"));
    }
    assert_eq!(waits[..8], [3_500, 4_000, 5_000, 7_000, 11_000, 19_000, 33_000, 33_000]);
    assert_eq!(waits[39], 33_000);
    // An event that came makes it forget.
    source.connected(&stream());
    read(&mut source, &[b"data: a\n\n"]);
    assert_eq!(source.ended(End::Closed, 0.0), Step::Wait(3 * SECOND));
}

#[test]
fn a_server_that_opens_brings_nothing_and_wants_no_wait_is_not_hammered() {
    let mut source = open();
    read(&mut source, &[b"retry: 0\n\n: comment\n\n"]);
    assert_eq!(source.ended(End::Closed, 0.0), Step::Wait(SECOND / 2));
    source.due(true);
    source.connected(&stream());
    assert_eq!(source.ended(End::Closed, 0.0), Step::Wait(SECOND));
}

#[test]
fn chance_adds_up_to_a_quarter_and_takes_nothing_away() {
    for (chance, millis) in [(0.0, 3_000), (0.5, 3_375), (1.0, 3_750), (7.0, 3_750), (-1.0, 3_000)] {
        let mut source = open();
        read(&mut source, &[b"data: a\n\n"]);
        assert_eq!(source.ended(End::Closed, chance), Step::Wait(Duration::from_millis(millis)), "{chance}");
    }
}

#[test]
fn without_a_network_it_waits_for_that_and_not_less_than_the_time() {
    let mut source = open();
    source.ended(End::Lost, 0.0);
    // Back before the time is over: nothing changes.
    assert!(matches!(source.online(), Step::Wait(_)));
    assert_eq!(source.due(false), Step::WaitForNetwork);
    assert_eq!(source.due(true), Step::WaitForNetwork);
    assert_eq!(source.ready_state(), ReadyState::Connecting);
    assert_eq!(source.online(), again("lost"));
    assert_eq!(source.online(), Step::Connect(None));
    assert_eq!(source.reconnections(), 1);
}

#[test]
fn the_person_can_end_the_wait_and_the_stream() {
    let mut source = open();
    source.ended(End::Lost, 0.0);
    assert_eq!(source.hurry(), again("lost"));
    assert_eq!(source.close(), Step::Stop(Stopped::Closed));
    assert_eq!(source.connected(&stream()), Step::Stop(Stopped::Closed));
    assert_eq!(source.ready_state(), ReadyState::Closed);
    let mut source = open();
    assert_eq!(source.ended(End::Cancelled, 0.0), Step::Stop(Stopped::Closed));
}

#[test]
fn a_stop_is_told_in_words_with_what_the_server_said() {
    for (stopped, part) in [
        (Stopped::NoContent, "204"),
        (Stopped::Status(503), "503"),
        (Stopped::ContentType("text/html".to_owned()), "text/html"),
        (Stopped::ContentType(String::new()), "without a type"),
        (Stopped::Closed, "Closed"),
    ] {
        assert!(stopped.to_string().contains(part), "{stopped}");
    }
}

#[test]
fn an_event_that_the_browser_read_is_written_so_that_it_is_read_the_same_whatever_lines_are_in_it() {
    for (name, data, id) in [
        ("message", "one", ""),
        ("tick", "one\ntwo\n", "7"),
        ("message", "", "8"),
        (" odd name", ": no comment\ndata: no field", " id with blanks "),
    ] {
        let mut source = open();
        let mut decoder = source.decoder();
        decoder.push(written(name, data, id).as_bytes());
        let Ok(Some(Frame::Event(event))) = decoder.next_frame() else { panic!("no event: {data:?}") };
        assert_eq!((event.name, event.text().as_ref(), event.last_event_id), (name, data, id));
        assert!(decoder.next_frame().unwrap().is_none(), "{data:?}");
        source.received(&decoder, 1);
        assert_eq!(source.last_event_id(), id);
    }
}

#[test]
fn an_empty_id_that_the_browser_read_takes_back_the_one_before() {
    let mut decoder = open().decoder();
    decoder.push([written("message", "one", "7"), written("message", "two", "")].concat().as_bytes());
    let mut ids = Vec::new();
    while let Ok(Some(Frame::Event(event))) = decoder.next_frame() {
        ids.push(event.last_event_id.to_owned());
    }
    assert_eq!(ids, ["7", ""]);
}
