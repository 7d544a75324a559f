//! Feeds: event streams that a client comes back to, and other bodies that are fetched with GET.

use std::time::Duration;

use super::chat;
use crate::{
    feed::{Events, Feed, Given},
    script::{Answer, Cors, End, Framing},
};

/// The events of `events` and `events-cut`. Who has the last one is answered 204.
pub const EVENTS: usize = 12;
/// The events of one connection of `events`.
pub const EVENTS_PORTION: usize = 4;
/// The event in whose middle the first connection of `events-cut` ends.
pub const EVENTS_CUT_IN: usize = 6;
/// The body of `raw-text`, of `one-piece`, and of the chat scenario `plain-text`.
pub const RAW_TEXT: &str =
    "Just text, without any framing: 75 °C, <b>no markup</b>,\n\nand data: that looks like more 🍵.\n";

const GAP: Duration = Duration::from_millis(30);
/// A stream that ends so is asked for again soon.
const SOON: &str = "retry: 200\n\n";

pub(super) fn feeds(elsewhere: &str) -> Vec<Feed> {
    let mut all = streams();
    all.extend(by_the_standard());
    all.extend(refusals(elsewhere));
    all.extend(other_bodies());
    all
}

fn feed(name: &'static str, about: &'static str, given: Given) -> Feed {
    Feed { name: name.into(), about: about.into(), cors: Cors::Open, given }
}

fn always(name: &'static str, about: &'static str, answer: Answer) -> Feed {
    feed(name, about, Given::InTurn(vec![answer]))
}

fn events(shapes: &[&'static str]) -> Events {
    Events {
        preface: SOON.into(),
        shapes: shapes.iter().map(|shape| (*shape).into()).collect(),
        gap: GAP,
        portion: usize::MAX,
        last: EVENTS,
        cut_in: None,
    }
}

fn streams() -> Vec<Feed> {
    let mixed = [
        "id: {n}\ndata: event {n}\n\n",
        ": a comment\nevent: named\nid: {n}\ndata: event {n},\ndata: in two lines\n\n",
        "event: count\nid: {n}\ndata: {\"number\":{n}}\n\n",
    ];
    vec![
        feed(
            "events",
            "Named events with ids, four a connection, twelve in all, then 204",
            Given::Events(Events { portion: EVENTS_PORTION, ..events(&mixed) }),
        ),
        feed(
            "events-cut",
            "The first connection is cut in the middle of event 6",
            Given::Events(Events { cut_in: Some(EVENTS_CUT_IN), ..events(&mixed) }),
        ),
        feed(
            "events-forever",
            "A tick each 100 ms, for an hour",
            Given::Events(Events {
                gap: Duration::from_millis(100),
                portion: 36_000,
                last: usize::MAX,
                ..events(&["event: tick\nid: {n}\ndata: tick {n}\n\n"])
            }),
        ),
        feed(
            "notifications",
            "Named events of JSON, one each 300 ms, for an hour",
            Given::Events(Events {
                gap: Duration::from_millis(300),
                portion: 12_000,
                last: usize::MAX,
                ..events(&[
                    "event: message_created\nid: {n}\ndata: {\"id\":{n},\"from\":\"Ada\",\"text\":\"Tea is ready, cup {n}.\"}\n\n",
                    "event: status\nid: {n}\ndata: {\"id\":{n},\"service\":\"kettle\",\"state\":\"boiling\",\"degrees\":98.5}\n\n",
                    "event: alert\nid: {n}\ndata: {\"id\":{n},\"level\":\"warning\",\"text\":\"<b>Low</b> water\"}\n\n",
                ])
            }),
        ),
        Feed {
            cors: Cors::AnswerHidden,
            ..feed("events-no-cors", "Events that the page may not read", Given::Events(events(&mixed)))
        },
        always(
            "events-stall",
            "Three events, then silence on an open connection",
            Events { last: 3, ..events(&mixed) }.behind(0).ending(End::Hold),
        ),
    ]
}

fn stream(pieces: &[&str]) -> Answer {
    Answer::stream(chat::SSE, pieces.iter().copied(), GAP)
}

fn no_content() -> Answer {
    Answer { headers: Vec::new(), steps: Vec::new(), ..Answer::whole(204, chat::SSE, "") }
}

/// What the standard says of ids and times (WHATWG HTML §9.2.6).
fn by_the_standard() -> Vec<Feed> {
    vec![
        feed(
            "events-ids",
            "Ids: one that stays, one with NUL, an empty one, one beyond ASCII, each over a connection of its own",
            Given::InTurn(vec![
                stream(&[
                    "retry: 50\n\n",
                    "id: 1\ndata: one\n\n",
                    "data: still one\n\n",
                    "id: 2\0\ndata: NUL\n\n",
                ]),
                stream(&["id\ndata: an empty id\n\n"]),
                stream(&["id: tee-ü\ndata: beyond ASCII\n\n"]),
                // An id counts with its event alone: the half one is none.
                stream(&["id: 4\ndata: four\n\n", "id: 5\ndata: five"]),
                no_content(),
            ]),
        ),
        feed(
            "events-id-stays",
            "An id, then a connection whose event has none, then another such, then 204",
            Given::InTurn(vec![
                stream(&["retry: 50\n\n", "id: 7\ndata: with an id\n\n"]),
                stream(&["data: without one\n\n"]),
                stream(&["data: nor here\n\n"]),
                no_content(),
            ]),
        ),
        feed(
            "events-retry-odd",
            "Times to wait: with letters, signs, blanks, none at all; only digits count",
            Given::InTurn(vec![
                stream(&[
                    ": a comment\n\n",
                    "retry: 60\n\n",
                    "retry: 9000ms\nretry: +9000\nretry: -1\nretry: 9e3\nretry:\nretry\nretry:  9000\n\n",
                    "id: 1\ndata: one\n\n",
                ]),
                stream(&["id: 2\nretry:70\ndata: two\n\n"]),
                no_content(),
            ]),
        ),
        always(
            "events-odd",
            "Line ends of all kinds, a byte order mark, fields that nobody knows, events without data",
            stream(&[
                "\u{feff}data: one\r\n\r",
                "\ndata: two\r\r",
                "data:three\ndata:  with a blank\ndata\n\n",
                "event: empty\nid: 4\n\n",
                "unknown: field\nDATA: none\n data: none\ndata : none\n\n",
                "data: last\n\n",
            ])
            .ending(End::Hold),
        ),
    ]
}

fn refusals(elsewhere: &str) -> Vec<Feed> {
    let html = "<!doctype html><title>Gateway of the lab</title>\n";
    let body = "id: 1\nevent: named\ndata: one\n\n";
    vec![
        always("events-204", "Status 204: nothing more will come", no_content()),
        always("events-html", "A web page", Answer::whole(200, "text/html; charset=utf-8", html)),
        always("events-json", "JSON", Answer::whole(200, "application/json", r#"{"events":[]}"#)),
        always("events-401", "A key is wanted", Answer::whole(401, "text/plain", "Who are you?\n")),
        always("events-500", "The server fails", Answer::whole(500, "text/plain", "The lab is on fire.\n")),
        feed(
            "events-503-once",
            "The server is busy once, and streams then",
            Given::InTurn(vec![
                Answer::whole(503, "text/plain", "Busy.\n"),
                stream(&[body]).ending(End::Hold),
            ]),
        ),
        always(
            "redirected",
            "A redirect to another origin",
            Answer::whole(302, "text/plain", "").with_header("location", format!("{elsewhere}/events")),
        ),
    ]
}

fn other_bodies() -> Vec<Feed> {
    let plain = "text/plain; charset=utf-8";
    let line = |number| format!("{{\"number\":{number},\"text\":\"line {number}\"}}\n");
    vec![
        always("raw-text", "Plain text, word by word", Answer::stream(plain, chat::words(RAW_TEXT), GAP)),
        always(
            "lines",
            "JSON, a line at a time",
            Answer::stream("application/x-ndjson", (1..=EVENTS).map(line), GAP),
        ),
        always(
            "one-piece",
            "The whole body after 2 s: it does not stream",
            Answer::whole(200, plain, RAW_TEXT).framed(Framing::Length).delayed(Duration::from_secs(2)),
        ),
    ]
}
