//! Every way a stream can come, in each engine: by `fetch`, by the browser's own `EventSource`, over a socket.

mod contract;
mod race;
mod speaking;

use std::time::Duration;

use lab::{
    Outcome,
    scenarios::{EVENTS, EVENTS_PORTION},
};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::{
    browser::run,
    harness::{
        engine::Engine,
        watching::{self, choose, fill, open, wait_text, watch},
    },
    page::Page,
};

/// Longer than a browser waits to connect again, where the server asked for 200 ms or nothing: Firefox waits 5 s then.
const QUIET: Duration = Duration::from_secs(6);

/// Watches a scenario of the lab by a kind of connection, with the names of events.
async fn watch_named(page: &Page, scenario: &str, kind: &str, names: &str) {
    fill(page, "address", &page.lab.base(scenario)).await;
    choose(page, "watch-kind", kind).await;
    if !names.is_empty() {
        fill(page, "names", names).await;
    }
    page.click("watch-start").await;
}

async fn wait_over(page: &Page) {
    watching::wait_over(page, 30).await;
}

/// The rows of a kind: what is known as the ID, and the data.
async fn rows(page: &Page, kind: &str) -> Vec<(String, String)> {
    let script = format!(
        "const text = (row, part) => row.querySelector(part)?.textContent ?? '';
         return [...$('watch-rows').querySelectorAll('[data-row={kind}]')]
             .map(row => [text(row, '.watch-id'), text(row, '.watch-data')])"
    );
    serde_json::from_value(page.js(&script).await).unwrap()
}

async fn wait_rows(page: &Page, kind: &str, count: usize) {
    watching::wait_rows(page, kind, count, 30).await;
}

/// The `Last-Event-ID` of each request that a scenario got, in order.
fn asked(page: &Page, scenario: &str) -> Vec<Option<String>> {
    let requests = page.lab.requests(scenario);
    let gets = requests.iter().filter(|entry| entry.request.method == "GET");
    gets.map(|entry| entry.request.header("last-event-id").map(str::to_owned)).collect()
}

/// Waits until a scenario got so many requests: behind the last events nothing on the page tells of the end.
async fn wait_asked(page: &Page, scenario: &str, count: usize) {
    for _ in 0..300 {
        if asked(page, scenario).len() >= count {
            return;
        }
        sleep(Duration::from_millis(100)).await;
    }
    panic!("{scenario} got {:?}, not {count} requests", asked(page, scenario));
}

/// Errors that nothing caught: what a browser writes on its console of a server is none of the page's.
async fn uncaught(page: &Page) -> Value {
    page.js("return [...own.__faults]").await
}

/// Whether the browser fails a socket whose server chooses none of the sub-protocols that were offered, as the standard
/// wants it. Firefox and WebKitGTK open it.
fn is_strict(page: &Page) -> bool {
    page.engine == Engine::Chromium
}

/// Waits until the server saw its client leave.
async fn wait_left(page: &Page, scenario: &str) {
    for _ in 0..300 {
        let requests = page.lab.requests(scenario);
        let last = requests.iter().rfind(|entry| entry.request.method == "GET");
        if last.is_some_and(|entry| matches!(entry.outcome, Outcome::ClientLeft { .. })) {
            return;
        }
        sleep(Duration::from_millis(100)).await;
    }
    panic!("{scenario} did not see its client leave");
}

#[test]
fn a_body_is_read_as_it_comes_and_one_that_comes_in_one_piece_is_said_not_to_stream() {
    run(async |page| {
        open(page).await;
        for (scenario, kind, verdict) in [
            // Too short a body to count on more than one piece of it.
            ("events", "event", ""),
            ("raw-text", "line", "It streams"),
            ("lines", "line", "It streams"),
            ("one-piece", "line", "It does not stream"),
        ] {
            watch(page, scenario, "once").await;
            wait_over(page).await;
            wait_text(page, "watch-verdict", verdict).await;
            wait_rows(page, kind, 2).await;
        }
        assert_eq!(asked(page, "events"), [None], "a body is fetched once, and not asked for again");
        assert_eq!(uncaught(page).await, json!([]));
    });
}

#[test]
fn events_by_fetch_go_on_over_each_connection_and_cut_event_to_the_204_with_nothing_lost_or_twice() {
    run(async |page| {
        open(page).await;
        for (scenario, connections) in [("events", EVENTS / EVENTS_PORTION + 1), ("events-cut", 3)] {
            watch(page, scenario, "events").await;
            wait_text(page, "watch-state", "status 204").await;
            let ids: Vec<_> = rows(page, "event").await.into_iter().map(|(id, _)| id).collect();
            let all: Vec<_> = (1..=EVENTS).map(|number| format!("#{number}")).collect();
            assert_eq!(ids, all, "{scenario}");
            assert_eq!(asked(page, scenario).len(), connections, "{scenario}");
            assert_eq!(asked(page, scenario).last(), Some(&Some(EVENTS.to_string())), "{scenario}");
        }
    });
}

#[test]
fn the_browsers_event_source_tells_named_events_keeps_ids_over_connections_and_stops_at_the_204() {
    run(async |page| {
        open(page).await;
        watch_named(page, "events", "event-source", "named, count").await;
        wait_rows(page, "event", EVENTS).await;
        wait_text(page, "watch-verdict", "The browser's EventSource shows events, no bytes").await;
        let events = rows(page, "event").await;
        let ids: Vec<_> = events.iter().map(|(id, _)| id.clone()).collect();
        assert_eq!(ids, (1..=EVENTS).map(|number| format!("#{number}")).collect::<Vec<_>>());
        assert_eq!(events[1].1, "event 2,\nin two lines");
        wait_over(page).await;
        wait_text(page, "watch-state", "ended the stream for good").await;
        let behind = [None, Some("4".to_owned()), Some("8".to_owned()), Some("12".to_owned())];
        assert_eq!(asked(page, "events"), behind);
        sleep(QUIET).await;
        assert_eq!(asked(page, "events").len(), behind.len(), "204 stops it");
    });
}

#[test]
fn the_browsers_event_source_is_not_told_of_events_whose_names_it_was_not_given() {
    run(async |page| {
        open(page).await;
        watch(page, "events", "event-source").await;
        wait_asked(page, "events", 4).await;
        wait_over(page).await;
        let ids: Vec<_> = rows(page, "event").await.into_iter().map(|(id, _)| id).collect();
        assert_eq!(ids, ["#1", "#4", "#7", "#10"]);
    });
}

#[test]
fn what_is_no_stream_of_events_stops_both_ways_to_read_one_and_fetch_says_why() {
    run(async |page| {
        open(page).await;
        for (scenario, words) in [
            ("events-204", "status 204"),
            ("events-html", "sent a web page"),
            ("events-json", "application/json"),
            ("events-401", "status 401"),
            ("redirected", "a redirect"),
            ("events-no-cors", "that this page may read"),
        ] {
            watch(page, scenario, "events").await;
            if scenario == "events-no-cors" {
                // Script is not told why: the server may be back in a moment, so it tries on.
                page.wait("another try", "return shown($('watch-hurry'))", 15).await;
                page.click("watch-stop").await;
            } else {
                wait_text(page, "watch-state", words).await;
            }
            wait_over(page).await;
        }
        let refused = ["events-204", "events-html", "events-json", "events-401"];
        for scenario in refused {
            watch(page, scenario, "event-source").await;
            wait_over(page).await;
            page.wait("advice", "return !!$('watch-advice')?.textContent", 5).await;
        }
        sleep(QUIET).await;
        for scenario in refused {
            assert_eq!(asked(page, scenario).len(), 2, "{scenario}: once each, and not again");
        }
    });
}

#[test]
fn an_endless_stream_is_left_at_once_when_it_is_stopped() {
    run(async |page| {
        open(page).await;
        for (kind, names) in [("events", ""), ("event-source", "tick")] {
            watch_named(page, "events-forever", kind, names).await;
            wait_rows(page, "event", 3).await;
            page.click("watch-stop").await;
            wait_text(page, "watch-state", "Stopped").await;
            wait_left(page, "events-forever").await;
        }
    });
}

#[test]
fn a_socket_echoes_and_tells_its_end_with_code_and_reason() {
    run(async |page| {
        open(page).await;
        fill(page, "address", &page.lab.base("socket-echo")).await;
        assert_eq!(page.text("return $('watch-kind').value").await, "socket", "by the address alone");
        page.click("watch-start").await;
        page.wait("the field", "return shown($('watch-message'))", 15).await;
        page.element("watch-message").await.send_keys("Grüße\u{e007}").await.unwrap();
        wait_rows(page, "received", 1).await;
        for kind in ["sent", "received"] {
            assert_eq!(rows(page, kind).await, [(String::new(), "Grüße".to_owned())]);
        }
        page.click("watch-stop").await;
        wait_text(page, "watch-state", "Stopped").await;
        for (scenario, words) in [
            ("socket-close-1000", "(1000)"),
            ("socket-close-1001", "(1001)"),
            ("socket-close-1005", "(1005)"),
            ("socket-close-1006", "(1006)"),
            ("socket-close-1008", "The lab says 1008"),
            ("socket-close-1011", "The lab says 1011"),
            ("socket-close-4401", "The lab says 4401"),
            ("socket-half-message", "(1006)"),
            ("socket-half-frame", "(1006)"),
            ("socket-refused-403", "did not open the socket"),
            ("socket-refused-html", "did not open the socket"),
            ("socket-wrong-key", "did not open the socket"),
        ] {
            watch(page, scenario, "socket").await;
            wait_text(page, "watch-state", words).await;
            wait_over(page).await;
            if words.starts_with('(') || words.starts_with("The lab") {
                let came = if scenario.contains("half-message") { 0 } else { 1 };
                assert!(rows(page, "received").await.len() >= came, "{scenario}: what came stays");
            }
        }
    });
}

#[test]
fn a_sub_protocol_that_the_server_does_not_choose_is_told_for_what_it_is() {
    run(async |page| {
        open(page).await;
        fill(page, "address", &page.lab.base("socket-no-subprotocol")).await;
        fill(page, "subprotocols", "chat.v1").await;
        page.click("watch-start").await;
        if is_strict(page) {
            wait_text(page, "watch-state", "did not open the socket").await;
        } else {
            wait_rows(page, "note", 1).await;
            let told = &rows(page, "note").await[0].1;
            assert_eq!(told, "The socket is open. The server chose no sub-protocol.");
        }
        if !is_strict(page) {
            page.click("watch-stop").await;
            wait_over(page).await;
        }
        watch(page, "socket-other-subprotocol", "socket").await;
        wait_text(page, "watch-state", "did not open the socket").await;
    });
}
