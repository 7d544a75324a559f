//! Events and bodies by fetch, and events by `EventSource`.

use super::{Log, Shared, get, lines, nothing, over, stream};
use crate::support::{served, sleep, until};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use tokenfall::browser::clock;
use tokenfall::browser::live::{self, NotSent};
use tokenfall::engine::event_source::ReadyState;
use tokenfall::engine::messages::event_source as event_words;
use tokenfall::engine::wire::HttpRequest;
use wasm_bindgen_test::wasm_bindgen_test;

const ONE: &str = "retry: 60\n\nid: 7\ndata: one\n\n";

#[wasm_bindgen_test]
async fn a_stream_that_ends_is_read_again_behind_its_last_id_until_it_is_closed() {
    let (log, wakes) = (Shared::default(), Rc::new(Cell::new(0)));
    let woken = Rc::clone(&wakes);
    let live = live::read_events(stream(ONE), log.clone(), Rc::new(move || woken.set(woken.get() + 1)));
    assert_eq!((live.status().ready_state, live.status().reconnections), (ReadyState::Connecting, 0));
    until("it waits", || live.status().connects_again_at.is_some()).await;
    let status = live.status();
    assert_eq!((status.last_event_id.as_str(), status.stopped), ("7", None));
    let wait = status.wait.expect("a time").as_millis();
    assert!((60..=75).contains(&wait), "the server's time and up to a quarter: {wait}");
    until("it has connected twice again", || live.status().reconnections == 2).await;
    until("the page was told of each change", || 8 < wakes.get()).await;
    live.close();
    let mut lines = lines(&log);
    let piece = format!("piece {}", ONE.escape_debug());
    let round = ["head 200 text/event-stream", &piece, "disconnected Closed", "reconnect ended behind \"7\""];
    assert_eq!(lines[0], "requested GET accept");
    assert_eq!(lines[1..5], round);
    assert_eq!(lines.pop().as_deref(), Some("end Cancelled"));
    let count = log.borrow().lines.len();
    sleep(150).await;
    assert_eq!(log.borrow().lines.len(), count, "nothing comes behind the end");
}

#[wasm_bindgen_test]
async fn a_stream_waits_no_longer_where_the_person_does_not_want_to() {
    let log = Shared::default();
    let live = live::read_events(stream("retry: 60000\ndata: x\n\n"), log.clone(), nothing());
    live.hurry();
    until("it waits", || live.status().connects_again_at.is_some()).await;
    assert_eq!(live.status().reconnections, 0, "there was nothing to hurry before");
    live.hurry();
    let status = live.status();
    assert_eq!((status.reconnections, status.connects_again_at), (1, None));
    until("it waits again", || live.status().connects_again_at.is_some()).await;
    assert_eq!(lines(&log).iter().filter(|line| line.starts_with("head ")).count(), 2);
}

#[wasm_bindgen_test]
async fn without_a_network_a_stream_waits_for_that_and_goes_on_with_the_news() {
    let online = |script: &str| {
        js_sys::Function::new_no_args(script)
            .call0(&wasm_bindgen::JsValue::NULL)
            .expect("a script that runs");
    };
    let live = live::read_events(stream("retry: 1\ndata: x\n\n"), Shared::default(), nothing());
    online("Object.defineProperty(navigator, 'onLine', { get: () => false, configurable: true })");
    until("it waits for the network", || live.status().waits_for_network).await;
    let before = live.status().reconnections;
    sleep(60).await;
    assert_eq!((live.status().reconnections, live.status().connects_again_at), (before, None));
    online("delete navigator.onLine; window.dispatchEvent(new Event('online'))");
    until("it has connected again", || live.status().reconnections > before).await;
    assert!(!live.status().waits_for_network);
}

#[wasm_bindgen_test]
async fn another_type_ends_a_stream_for_good_and_says_which_it_was() {
    let log = Shared::default();
    let request = get(served("{\"error\":\"no\"}", "application/json"));
    let live = live::read_events(request, log.clone(), nothing());
    over(&live).await;
    let stopped = event_words::content_type("application/json");
    assert_eq!(live.status().stopped.as_deref(), Some(stopped.as_str()));
    // What it says is read all the same.
    let expected = [
        "requested GET accept",
        "head 200 application/json",
        "piece {\\\"error\\\":\\\"no\\\"}",
        &format!("reason {stopped}"),
        "end Lost",
    ];
    assert_eq!(lines(&log), expected);
    assert_eq!(live.send("x"), Err(NotSent::ReadsOnly));
    drop(live);
    assert_eq!(lines(&log), expected, "one end");
}

#[wasm_bindgen_test]
async fn a_server_that_is_away_is_waited_for_and_a_post_is_sent_once() {
    let away = "http://127.0.0.1:1/events".to_owned();
    let log = Shared::default();
    let live = live::read_events(get(away.clone()), log.clone(), nothing());
    until("it waits", || live.status().connects_again_at.is_some()).await;
    assert_eq!(live.status().ready_state, ReadyState::Connecting);
    assert_eq!(lines(&log).last().map(String::as_str), Some("disconnected Lost"));
    let log = Shared::default();
    let request = HttpRequest { method: "POST".into(), body: Some(String::new()), ..get(away) };
    let live = live::read_events(request, log.clone(), nothing());
    over(&live).await;
    assert_eq!(lines(&log).last().map(String::as_str), Some("end Lost"));
    assert!(live.status().stopped.is_some_and(|reason| reason.starts_with("no answer: ")));
}

#[wasm_bindgen_test]
async fn a_sink_that_has_enough_ends_the_stream_without_another_connection() {
    let log = Rc::new(RefCell::new(Log { enough: Some(1), ..Log::default() }));
    let live = live::read_events(stream(ONE), log.clone(), nothing());
    over(&live).await;
    assert_eq!(lines(&log).last().map(String::as_str), Some("end Closed"));
    assert_eq!(
        (live.status().reconnections, live.status().stopped.as_deref()),
        (0, Some(event_words::ENDED))
    );
}

#[wasm_bindgen_test]
async fn one_response_is_read_whatever_is_in_it_and_its_failure_told() {
    let log = Shared::default();
    let live = live::read_once(get(served("a line\n", "text/plain")), log.clone(), nothing());
    over(&live).await;
    assert_eq!(lines(&log), ["requested GET ", "head 200 text/plain", "piece a line\\n", "end Closed"]);
    let log = Shared::default();
    let live = live::read_once(get("http://127.0.0.1:1/".to_owned()), log.clone(), nothing());
    over(&live).await;
    let reason = live.status().stopped.expect("a reason");
    assert_eq!(lines(&log)[1..], [format!("reason {reason}"), "end Lost".to_owned()]);
}

#[wasm_bindgen_test]
async fn dropping_a_connection_before_its_first_turn_sends_nothing_and_ends_it_once() {
    let log = Shared::default();
    drop(live::read_once(stream(ONE), log.clone(), nothing()));
    drop(live::read_events(stream(ONE), log.clone(), nothing()));
    sleep(60).await;
    assert_eq!(lines(&log), ["end Cancelled", "end Cancelled"]);
}

#[wasm_bindgen_test]
async fn an_event_source_that_the_browser_gives_up_is_over_and_says_that_the_reason_is_not_told() {
    let log = Shared::default();
    let names = ["tick", "tick", "open", "error", "message", ""].map(str::to_owned);
    // The page of the tests is no stream of events.
    let url = clock::page_origin() + "/";
    let live = live::listen(&url, &names, log.clone(), nothing()).expect("an address");
    over(&live).await;
    assert_eq!(live.status().stopped.as_deref(), Some(event_words::NOT_TOLD));
    let reason = format!("reason {}", event_words::NOT_TOLD);
    assert_eq!(lines(&log), ["requested GET accept", &reason, "end Lost"]);
    assert_eq!(live.send("x"), Err(NotSent::ReadsOnly));
}

#[wasm_bindgen_test]
async fn an_event_source_whose_server_is_away_stays_connecting_and_can_be_closed() {
    let log = Shared::default();
    let live = live::listen("http://127.0.0.1:9/events", &[], log.clone(), nothing()).expect("an address");
    assert_eq!(live.status().ready_state, ReadyState::Connecting);
    live.close();
    sleep(100).await;
    assert_eq!(lines(&log), ["requested GET accept", "end Cancelled"], "nothing behind the end");
}
