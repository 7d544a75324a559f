//! Any stream is watched as it comes: each kind of connection against the lab, and what goes wrong with it, told as that.

use lab::scenarios::CLOSE_CODES;
use serde_json::json;

use crate::{
    browser::run,
    harness::watching::{self, choose, fill, open, wait_text, watch},
    page::Page,
};

/// What was typed into the dialog must not be anywhere else.
const KEY: &str = "sk-canary-watch-5e4d3c2b";

/// The texts of the rows of a kind.
async fn rows(page: &Page, kind: &str) -> Vec<String> {
    let script = format!(
        "return [...$('watch-rows').querySelectorAll('[data-row={kind}] .watch-data')].map(row => row.textContent)"
    );
    serde_json::from_value(page.js(&script).await).unwrap()
}

async fn wait_rows(page: &Page, kind: &str, count: usize) {
    watching::wait_rows(page, kind, count, 20).await;
}

async fn wait_over(page: &Page) {
    watching::wait_over(page, 20).await;
}

/// Says something over the socket that stands.
async fn say(page: &Page, text: &str) {
    page.wait("the field", "return shown($('watch-message'))", 15).await;
    wait_text(page, "watch-state", "Open").await;
    let field = page.element("watch-message").await;
    field.send_keys(format!("{text}\u{e007}")).await.unwrap();
}

#[test]
fn a_stream_of_events_by_fetch_is_read_over_its_reconnections_to_the_204_with_nothing_lost_or_twice() {
    run(async |page| {
        open(page).await;
        watch(page, "events", "events").await;
        wait_text(page, "watch-state", "status 204").await;
        let events = rows(page, "event").await;
        assert_eq!(events.len(), 12, "{events:?}");
        assert_eq!(events.iter().filter(|event| event.contains("event 2")).count(), 1, "{events:?}");
        wait_text(page, "watch-verdict", "It streams").await;
        assert_eq!(page.js("return $('watch-connections').children.length").await, json!(4));
        let asked = page.lab.requests("events");
        assert_eq!(asked.last().and_then(|last| last.request.header("last-event-id")), Some("12"));
        page.click("watch-lines").await;
        wait_rows(page, "line", 20).await;
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn a_stream_that_is_cut_inside_an_event_goes_on_behind_the_last_whole_one() {
    run(async |page| {
        open(page).await;
        watch(page, "events-cut", "events").await;
        wait_text(page, "watch-state", "status 204").await;
        assert_eq!(rows(page, "event").await.len(), 12);
        assert!(rows(page, "note").await.iter().any(|note| note.contains("in the middle of an event")));
    });
}

#[test]
fn an_endless_stream_is_drawn_as_it_comes_and_stops_when_it_is_told_to_and_when_the_dialog_closes() {
    run(async |page| {
        open(page).await;
        for by in ["watch-stop", "close-watch"] {
            watch(page, "events-forever", "events").await;
            wait_rows(page, "event", 3).await;
            page.click(by).await;
            let gone = "return !shown($('watch')) || !shown($('watch-stop'))";
            page.wait("the end", gone, 10).await;
        }
        page.wait("the closed dialog", "return !shown($('watch'))", 5).await;
        // What was typed and what came is there again.
        page.click("open-watch").await;
        page.wait("the dialog", "return shown($('watch'))", 10).await;
        wait_text(page, "watch-state", "Stopped").await;
        assert!(page.text("return $('watch-address').value").await.ends_with("events-forever"));
    });
}

#[test]
fn the_browsers_event_source_shows_the_named_events_it_is_told_of() {
    run(async |page| {
        open(page).await;
        fill(page, "address", &page.lab.base("events")).await;
        choose(page, "watch-kind", "event-source").await;
        fill(page, "names", "named, count").await;
        page.click("watch-start").await;
        wait_rows(page, "event", 12).await;
        assert_eq!(rows(page, "event").await.len(), 12);
        wait_text(page, "watch-verdict", "The browser's EventSource shows events, no bytes").await;
    });
}

#[test]
fn bodies_of_other_kinds_are_read_once_and_one_piece_is_said_not_to_stream() {
    run(async |page| {
        open(page).await;
        for (scenario, kind, verdict) in [
            ("raw-text", "line", "It streams"),
            ("lines", "line", "It streams"),
            ("one-piece", "line", "It does not stream"),
        ] {
            watch(page, scenario, "once").await;
            wait_over(page).await;
            wait_text(page, "watch-verdict", verdict).await;
            wait_rows(page, kind, 2).await;
        }
    });
}

#[test]
fn what_is_no_stream_of_events_is_told_as_what_it_is() {
    run(async |page| {
        open(page).await;
        for (scenario, kind, words) in [
            ("events-204", "events", "status 204"),
            ("events-html", "events", "sent a web page"),
            ("events-json", "events", "application/json"),
            ("events-401", "events", "status 401"),
            ("events-500", "once", "status 500"),
            ("redirected", "once", "a redirect"),
            ("events-no-cors", "once", "that this page may read"),
            ("refused", "once", "that this page may read"),
        ] {
            watch(page, scenario, kind).await;
            wait_text(page, "watch-state", words).await;
            if scenario != "events-204" {
                page.wait("advice", "return !!$('watch-advice')?.textContent", 5).await;
            }
            wait_over_or_stop(page).await;
        }
    });
}

async fn wait_over_or_stop(page: &Page) {
    if page.js("return shown($('watch-stop'))").await == json!(true) {
        page.click("watch-stop").await;
    }
    wait_over(page).await;
}

#[test]
fn a_socket_echoes_what_is_sent_and_both_stand_in_their_order() {
    run(async |page| {
        open(page).await;
        fill(page, "address", &page.lab.base("socket-echo")).await;
        assert_eq!(page.text("return $('watch-kind').value").await, "socket", "by the address alone");
        page.click("watch-start").await;
        say(page, "Grüße").await;
        wait_rows(page, "received", 1).await;
        assert_eq!(rows(page, "sent").await, ["Grüße"]);
        assert_eq!(rows(page, "received").await, ["Grüße"]);
        assert_eq!(page.text("return $('watch-message').value").await, "");
        page.click("watch-stop").await;
        wait_text(page, "watch-state", "Stopped").await;
    });
}

#[test]
fn each_end_of_a_socket_is_told_in_words() {
    run(async |page| {
        open(page).await;
        let closed = CLOSE_CODES.map(|code| (format!("socket-close-{code}"), format!("({code})")));
        let faults = [
            ("socket-close-1008", "The lab says 1008"),
            ("socket-words-once", "(1000)"),
            ("socket-drops", "(1006)"),
            ("socket-goes-away", "(1001)"),
            ("socket-half-message", "(1006)"),
            ("socket-half-frame", "(1006)"),
            ("socket-bad-utf8", "(1006)"),
            ("socket-masked", "(1006)"),
            ("socket-reserved", "(1006)"),
            ("socket-refused-401", "did not open the socket"),
            ("socket-refused-403", "did not open the socket"),
            ("socket-refused-404", "did not open the socket"),
            ("socket-refused-500", "did not open the socket"),
            ("socket-refused-html", "did not open the socket"),
            ("socket-refused-redirect", "did not open the socket"),
            ("socket-wrong-key", "did not open the socket"),
        ];
        let faults = faults.map(|(scenario, words)| (scenario.to_owned(), words.to_owned()));
        for (scenario, words) in closed.into_iter().chain(faults) {
            watch(page, &scenario, "socket").await;
            // These speak once they were spoken to.
            if ["socket-words-once", "socket-drops", "socket-goes-away"].contains(&scenario.as_str()) {
                say(page, "Go on.").await;
            }
            wait_text(page, "watch-state", &words).await;
            wait_over(page).await;
        }
    });
}

#[test]
fn a_sub_protocol_that_the_server_does_not_choose_is_told_and_a_silent_socket_can_be_left() {
    run(async |page| {
        open(page).await;
        fill(page, "address", &page.lab.base("socket-no-subprotocol")).await;
        fill(page, "subprotocols", "chat.v1").await;
        page.click("watch-start").await;
        // Browsers fail a connection whose server chooses none of those that were offered.
        wait_text(page, "watch-state", "did not open the socket").await;
        fill(page, "address", &page.lab.base("socket-other-subprotocol")).await;
        page.click("watch-start").await;
        wait_text(page, "watch-state", "did not open the socket").await;
        fill(page, "subprotocols", "").await;
        watch(page, "socket-stalls", "socket").await;
        say(page, "Go on.").await;
        wait_rows(page, "received", 3).await;
        page.click("watch-stop").await;
        wait_text(page, "watch-state", "Stopped").await;
        watch(page, "socket-silent", "socket").await;
        wait_text(page, "watch-verdict", "Nothing has come yet").await;
        page.click("watch-stop").await;
        wait_text(page, "watch-state", "Stopped").await;
    });
}

#[test]
fn a_flood_keeps_the_page_alive_and_the_list_short() {
    run(async |page| {
        open(page).await;
        watch(page, "socket-flood", "socket").await;
        wait_over_or_hold(page).await;
        let shown = page.js("return $('watch-rows').children.length").await.as_u64().unwrap();
        assert!(shown <= 2_000, "{shown} rows");
        wait_text(page, "watch-results", "are not shown any more").await;
    });
}

async fn wait_over_or_hold(page: &Page) {
    page.wait("many messages", "return /[0-9],[0-9]{3}/.test($('watch-figures')?.textContent)", 30).await;
    page.wait("full list", "return $('watch-rows').children.length === 2000", 30).await;
    wait_over_or_stop(page).await;
}

#[test]
fn a_pasted_command_becomes_fields_and_its_key_is_nowhere_but_in_the_request() {
    run(async |page| {
        open(page).await;
        let address = page.lab.base("no-done-but-finished");
        let command = format!(
            "curl '{address}/chat/completions' -H 'Authorization: Bearer {KEY}' -H 'Content-Type: application/json' -H 'Cookie: a=b' --data '{{\"stream\":true,\"model\":\"lab-small\",\"messages\":[]}}'"
        );
        fill(page, "address", &command).await;
        page.wait("the key's field", "return $('watch-secret-0')?.type === 'password'", 5).await;
        assert_eq!(page.text("return $('watch-method').value").await, "POST");
        choose(page, "watch-text-by", "chat-completions").await;
        page.click("watch-start").await;
        wait_over(page).await;
        page.wait("the text", "return ($('watch-text')?.textContent ?? '').trim().length > 5", 10).await;
        let asked = page.questions("no-done-but-finished");
        let bearer = format!("Bearer {KEY}");
        assert_eq!(asked.last().and_then(|last| last.request.header("authorization")), Some(bearer.as_str()));
        let places = format!(
            "const key = {};
             const stored = JSON.stringify({{ ...localStorage }}) + JSON.stringify({{ ...sessionStorage }});
             return [document.documentElement.outerHTML, location.href, stored].map(text => text.includes(key))",
            json!(KEY)
        );
        assert_eq!(page.js(&places).await, json!([false, false, false]));
    });
}

#[test]
fn rows_are_found_by_their_words_and_the_dialog_fits_a_phone() {
    run(async |page| {
        page.use_screen(390, 844, false).await;
        open(page).await;
        watch(page, "events", "once").await;
        wait_over(page).await;
        fill(page, "filter", "EVENT 2").await;
        page.wait("one row", "return $('watch-rows').children.length === 1", 10).await;
        fill(page, "filter", "").await;
        page.wait("all rows", "return $('watch-rows').children.length > 4", 10).await;
        let fits = "return $('watch').scrollWidth <= $('watch').clientWidth";
        assert_eq!(page.js(fits).await, json!(true), "nothing lies beyond the edge");
    });
}
