//! The feeds of the library, seen from a client that comes back as the standard says.

use std::{
    io::{Read as _, Write as _},
    time::Duration,
};

use lab::{
    Lab, Outcome,
    scenarios::{EVENTS, EVENTS_CUT_IN, EVENTS_PORTION, RAW_TEXT},
};
use tokenfall::engine::{
    event_source::{EventSource, Step, Stopped},
    frame::Frame,
    tape::{End, Head},
};

use crate::client::{exchange, open, parts};

/// A GET, with the last event ID if there is one.
fn get(lab: &Lab, name: &str, last_event_id: &str) -> (String, Vec<u8>) {
    let header = match last_event_id {
        "" => String::new(),
        id => format!("last-event-id: {id}\r\n"),
    };
    let ask = format!("GET /s/{name} HTTP/1.1\r\nhost: x\r\norigin: http://page\r\n{header}\r\n");
    parts(&exchange(lab.port(), &ask))
}

fn status(head: &str) -> u16 {
    head.split(' ').nth(1).unwrap().parse().unwrap()
}

/// Joins the chunks, and says whether the last one came.
fn unchunked(mut rest: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    while let Some(at) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..at]).unwrap(), 16).unwrap();
        if size == 0 {
            return (body, true);
        }
        body.extend_from_slice(&rest[at + 2..at + 2 + size]);
        rest = &rest[at + 2 + size + 2..];
    }
    (body, false)
}

/// One event: name and data.
type Seen = (String, String);

/// Follows a feed by the engine's rules, without the waits: the events of each connection, and how it all ended.
fn follow(lab: &Lab, name: &str) -> (Vec<Vec<Seen>>, EventSource, Stopped) {
    let mut source = EventSource::default();
    let (mut all, mut step) = (Vec::new(), source.start());
    loop {
        match step {
            Step::Connect(_) => {
                let (head, body) = get(lab, name, source.last_event_id());
                let content_type =
                    head.lines().find_map(|line| line.strip_prefix("content-type: ")).unwrap_or_default();
                let head =
                    Head { status: status(&head), content_type: content_type.into(), ..Head::default() };
                step = source.connected(&head);
                if step == Step::Read {
                    let (body, is_whole) = unchunked(&body);
                    all.push(read(&mut source, &body));
                    step = source.ended(if is_whole { End::Closed } else { End::Lost }, 0.0);
                }
            }
            Step::Wait(_) => step = source.due(true),
            Step::Stop(stopped) => return (all, source, stopped),
            Step::Read | Step::WaitForNetwork => panic!("{step:?}"),
        }
    }
}

fn read(source: &mut EventSource, body: &[u8]) -> Vec<Seen> {
    let mut decoder = source.decoder();
    decoder.push(body);
    let mut seen = Vec::new();
    while let Some(frame) = decoder.next_frame().unwrap() {
        match frame {
            Frame::Event(event) if event.terminated => {
                let data = String::from_utf8(event.data.to_vec()).unwrap();
                seen.push((event.name.to_owned(), data));
            }
            Frame::Event(_) | Frame::Comment(_) => {}
        }
    }
    source.received(&decoder, seen.len());
    seen
}

fn data(events: &[Seen]) -> Vec<&str> {
    events.iter().map(|(_, data)| data.as_str()).collect()
}

#[test]
fn events_go_on_behind_the_last_id_and_end_with_204() {
    let lab = Lab::start().unwrap();
    let (connections, source, stopped) = follow(&lab, "events");
    assert_eq!(connections.iter().map(Vec::len).collect::<Vec<_>>(), [EVENTS_PORTION; 3]);
    let names: Vec<_> = connections[0].iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["message", "named", "count", "message"]);
    assert_eq!(data(&connections.concat())[..3], ["event 1", "event 2,\nin two lines", r#"{"number":3}"#]);
    assert_eq!(stopped, Stopped::NoContent);
    assert_eq!(source.reconnection_time(), Duration::from_millis(200));
    assert_eq!(source.last_event_id(), EVENTS.to_string());
    let ids: Vec<_> = lab
        .requests("events")
        .iter()
        .map(|entry| entry.request.header("last-event-id").unwrap_or_default().to_owned())
        .collect();
    assert_eq!(ids, ["", "4", "8", "12"]);
}

#[test]
fn any_id_is_a_place_to_go_on_from_and_what_is_no_number_is_the_beginning() {
    let lab = Lab::start().unwrap();
    let first = |id: &str| {
        let (_, body) = get(&lab, "events", id);
        let mut source = EventSource::default();
        source.start();
        source.connected(&Head { status: 200, content_type: "text/event-stream".into(), ..Head::default() });
        data(&read(&mut source, &unchunked(&body).0))[0].to_owned()
    };
    assert_eq!(first("6"), "event 7");
    assert_eq!(first("x"), "event 1");
    assert_eq!(status(&get(&lab, "events", "99999999999999999999").0), 200);
    assert_eq!(status(&get(&lab, "events", &usize::MAX.to_string()).0), 204);
}

#[test]
fn a_cut_event_does_not_count_and_comes_again() {
    let lab = Lab::start().unwrap();
    let (_, body) = get(&lab, "events-cut", "");
    let (body, is_whole) = unchunked(&body);
    assert!(!is_whole && !body.ends_with(b"\n\n"));
    let (connections, _, stopped) = follow(&lab, "events-cut");
    assert_eq!(
        connections.iter().map(Vec::len).collect::<Vec<_>>(),
        [EVENTS_CUT_IN - 1, EVENTS - EVENTS_CUT_IN + 1]
    );
    let numbers: Vec<_> = connections.concat().iter().map(|(_, data)| data.clone()).collect();
    assert!((1..).zip(&numbers).all(|(number, data)| data.contains(&format!("{number}"))), "{numbers:?}");
    assert_eq!(stopped, Stopped::NoContent);
}

#[test]
fn ids_persist_are_reset_and_hold_no_nul() {
    let lab = Lab::start().unwrap();
    let (connections, _, stopped) = follow(&lab, "events-ids");
    let all: Vec<_> = connections.iter().map(|events| data(events)).collect();
    assert_eq!(
        all,
        [vec!["one", "still one", "NUL"], vec!["an empty id"], vec!["beyond ASCII"], vec!["four"]]
    );
    assert_eq!(stopped, Stopped::NoContent);
    let ids: Vec<_> = lab
        .requests("events-ids")
        .iter()
        .map(|entry| entry.request.header("last-event-id").map(str::to_owned))
        .collect();
    assert_eq!(ids, [None, Some("1".into()), None, Some("tee-ü".into()), Some("4".into())]);
}

#[test]
fn only_digits_are_a_time_to_wait() {
    let lab = Lab::start().unwrap();
    let (_, body) = get(&lab, "events-retry-odd", "");
    let mut source = EventSource::default();
    source.start();
    source.connected(&Head { status: 200, content_type: "text/event-stream".into(), ..Head::default() });
    assert_eq!(data(&read(&mut source, &unchunked(&body).0)), ["one"]);
    assert_eq!(source.reconnection_time(), Duration::from_millis(60));
    let (_, source, stopped) = follow(&lab, "events-retry-odd");
    assert_eq!((source.reconnection_time(), stopped), (Duration::from_millis(70), Stopped::NoContent));
}

/// Reads what comes in a while of a stream that does not end.
fn beginning(lab: &Lab, name: &str, time: Duration) -> String {
    let mut stream = open(lab.port(), &format!("GET /s/{name} HTTP/1.1\r\nhost: x\r\n\r\n"));
    std::thread::sleep(time);
    stream.set_nonblocking(true).unwrap();
    let mut bytes = Vec::new();
    drop(stream.read_to_end(&mut bytes));
    String::from_utf8(unchunked(&parts(&bytes).1).0).unwrap()
}

#[test]
fn odd_lines_are_read_as_the_standard_says() {
    let lab = Lab::start().unwrap();
    let body = beginning(&lab, "events-odd", Duration::from_millis(500));
    let mut source = EventSource::default();
    source.start();
    source.connected(&Head { status: 200, content_type: "text/event-stream".into(), ..Head::default() });
    assert_eq!(data(&read(&mut source, body.as_bytes())), ["one", "two", "three\n with a blank\n", "last"]);
    assert_eq!(source.last_event_id(), "4");
}

#[test]
fn streams_without_end_go_on_until_the_client_leaves() {
    let lab = Lab::start().unwrap();
    std::thread::scope(|scope| {
        for (name, wanted) in [
            ("events-forever", "event: tick\nid: 3\ndata: tick 3\n\n"),
            ("notifications", "event: status\nid: 2\ndata: {\"id\":2,\"service\":\"kettle\""),
            ("events-stall", "data: {\"number\":3}\n\n"),
        ] {
            let lab = &lab;
            scope.spawn(move || {
                let body = beginning(lab, name, Duration::from_millis(1_000));
                assert!(body.contains(wanted), "{name}: {body}");
                for _ in 0..200 {
                    if matches!(lab.requests(name)[0].outcome, Outcome::ClientLeft { .. }) {
                        return;
                    }
                    std::thread::sleep(Duration::from_millis(10));
                }
                panic!("{name}: {:?}", lab.requests(name)[0].outcome);
            });
        }
    });
    assert!(get(&lab, "events-forever", &usize::MAX.to_string()).0.starts_with("HTTP/1.1 204 "));
}

#[test]
fn what_is_no_stream_stops_a_client() {
    let lab = Lab::start().unwrap();
    for (name, expected) in [
        ("events-204", Stopped::NoContent),
        ("events-html", Stopped::ContentType("text/html; charset=utf-8".to_owned())),
        ("events-json", Stopped::ContentType("application/json".to_owned())),
        ("raw-text", Stopped::ContentType("text/plain; charset=utf-8".to_owned())),
        ("events-401", Stopped::Status(401)),
        ("events-500", Stopped::Status(500)),
        ("events-503-once", Stopped::Status(503)),
        ("redirected", Stopped::Status(302)),
    ] {
        assert_eq!(follow(&lab, name).2, expected, "{name}");
    }
    assert!(beginning(&lab, "events-503-once", Duration::from_millis(100)).contains("data: one"));
    assert!(get(&lab, "redirected", "").0.contains(&format!("location: {}/events", lab.elsewhere())));
}

#[test]
fn other_bodies_come_as_they_are() {
    let lab = Lab::start().unwrap();
    let (_, body) = get(&lab, "raw-text", "");
    assert_eq!(unchunked(&body), (RAW_TEXT.as_bytes().to_vec(), true));
    assert!(
        body.windows(6).filter(|six| *six == b"\r\n5\r\n").count() < 2 && body.len() > RAW_TEXT.len() + 50
    );
    let (head, body) = get(&lab, "lines", "");
    assert!(head.contains("content-type: application/x-ndjson"), "{head}");
    let lines = String::from_utf8(unchunked(&body).0).unwrap();
    let numbers: Vec<_> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["number"].as_u64().unwrap())
        .collect();
    assert_eq!(numbers, (1..=12).collect::<Vec<_>>());
}

#[test]
#[expect(clippy::disallowed_methods, reason = "measures the server's waiting in real time")]
fn one_piece_comes_whole_after_two_seconds() {
    let lab = Lab::start().unwrap();
    let began = std::time::Instant::now();
    let (head, body) = get(&lab, "one-piece", "");
    assert!(began.elapsed() >= Duration::from_secs(2));
    assert!(head.contains("content-length") && !head.contains("chunked"), "{head}");
    assert_eq!(body, RAW_TEXT.as_bytes());
}

#[test]
fn a_page_may_read_feeds_and_send_an_id_and_a_key_but_for_the_one_without_cors() {
    let lab = Lab::start().unwrap();
    for feed in lab.feeds() {
        let name = &*feed.name;
        assert_eq!(lab.base(name), format!("http://127.0.0.1:{}/s/{name}", lab.port()));
        let ask = format!(
            "OPTIONS /s/{name} HTTP/1.1\r\norigin: http://page\r\naccess-control-request-method: GET\r\n\
             access-control-request-headers: authorization,last-event-id\r\n\r\n"
        );
        let (head, _) = parts(&exchange(lab.port(), &ask));
        assert!(
            head.contains("access-control-allow-headers: authorization,last-event-id\r\n"),
            "{name}: {head}"
        );
        let mut stream = open(lab.port(), "");
        stream
            .write_all(format!("GET /s/{name} HTTP/1.1\r\norigin: http://page\r\n\r\n").as_bytes())
            .unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            head.extend(byte);
        }
        let is_open = String::from_utf8_lossy(&head).contains("access-control-allow-origin: http://page");
        assert_eq!(is_open, name != "events-no-cors", "{name}");
    }
}

#[test]
fn a_feed_has_no_answer_to_a_question_and_a_question_none_to_a_get() {
    let lab = Lab::start().unwrap();
    let ask = "POST /s/events HTTP/1.1\r\ncontent-length: 2\r\n\r\n{}";
    assert_eq!(status(&parts(&exchange(lab.port(), ask)).0), 404);
    assert_eq!(status(&get(&lab, "slow-answer", "").0), 404);
}
