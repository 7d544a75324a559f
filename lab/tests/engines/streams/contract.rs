//! What the standard says of streams of events (WHATWG HTML §9.2), by the browser's own `EventSource` and by ours, which
//! reads the same from `fetch`.

use super::{QUIET, asked, open, rows, uncaught, wait_asked, wait_over, wait_rows, watch};
use serde_json::json;
use tokio::time::sleep;

use crate::{
    browser::{run, run_with},
    harness::engine::Engine,
    page::Page,
};

/// Our own reader, and the browser's.
const KINDS: [&str; 2] = ["events", "event-source"];

/// Runs a test with each of the two: a scenario counts its requests, so each gets a lab of its own.
fn run_both(test: impl AsyncFn(&Page, &str)) {
    for kind in KINDS {
        run(async |page| {
            open(page).await;
            test(page, kind).await;
            assert_eq!(uncaught(page).await, json!([]), "{kind}");
        });
    }
}

/// Whether Firefox's own reader is used, which differs from the standard where a test says so.
fn is_firefoxs_own(page: &Page, kind: &str) -> bool {
    page.engine == Engine::Firefox && kind == "event-source"
}

fn row(id: &str, data: &str) -> (String, String) {
    (id.to_owned(), data.to_owned())
}

#[test]
fn ids_stay_over_events_an_empty_one_resets_one_with_nul_is_ignored_and_a_half_event_has_none() {
    run_both(async |page, kind| {
        watch(page, "events-ids", kind).await;
        wait_asked(page, "events-ids", 5).await;
        wait_over(page).await;
        let mut expected = vec![
            row("#1", "one"),
            row("#1", "still one"),
            row("#1", "NUL"),
            row("", "an empty id"),
            row("#tee-ü", "beyond ASCII"),
            row("#4", "four"),
        ];
        if is_firefoxs_own(page, kind) {
            // It drops the event as well, not the field alone.
            expected.remove(2);
        }
        assert_eq!(rows(page, "event").await, expected, "{kind}");
        // WebKitGTK writes the bytes of a header of `fetch` as UTF-8 once more.
        let is_twice = page.engine == Engine::WebKitGtk && kind == "events";
        let beyond_ascii = if is_twice { "tee-Ã¼" } else { "tee-ü" };
        let ids = [None, Some("1"), None, Some(beyond_ascii), Some("4")].map(|id| id.map(str::to_owned));
        assert_eq!(asked(page, "events-ids"), ids, "{kind}");
    });
}

#[test]
fn only_digits_are_a_time_to_wait_and_comments_are_no_events() {
    run_both(async |page, kind| {
        watch(page, "events-retry-odd", kind).await;
        wait_asked(page, "events-retry-odd", 3).await;
        // 60 and 70 ms were asked for; the other times are 9 s, or none at all. WebKitGTK's own reader takes one of those and was
        // seen to wait 9 s, Chromium's waited 3 s, its usual time. Ours is held to the times in tests/engine/event_source.rs.
        wait_over(page).await;
        assert_eq!(rows(page, "event").await, [row("#1", "one"), row("#2", "two")], "{kind}");
    });
}

#[test]
fn line_ends_of_all_kinds_a_mark_at_the_beginning_unknown_fields_and_events_without_data() {
    run_both(async |page, kind| {
        watch(page, "events-odd", kind).await;
        wait_rows(page, "event", 4).await;
        page.click("watch-stop").await;
        // An event without data is none, and its ID counts; not so in Firefox.
        let last = if is_firefoxs_own(page, kind) { "" } else { "#4" };
        let expected = [row("", "one"), row("", "two"), row("", "three\n with a blank\n"), row(last, "last")];
        assert_eq!(rows(page, "event").await, expected, "{kind}");
    });
}

#[test]
fn an_error_of_the_server_stops_it_before_the_first_event_and_a_lost_connection_does_not() {
    run_both(async |page, kind| {
        watch(page, "events-503-once", kind).await;
        wait_over(page).await;
        sleep(QUIET).await;
        assert_eq!(asked(page, "events-503-once"), [None], "{kind}: a status that is not 200 stops it");
        // Error, then open: what is lost is asked for again, behind the last whole event.
        watch(page, "events-cut", kind).await;
        wait_asked(page, "events-cut", 3).await;
        wait_over(page).await;
        let ids = [None, Some("5"), Some("12")].map(|id| id.map(str::to_owned));
        assert_eq!(asked(page, "events-cut"), ids, "{kind}");
    });
}

/// Listens with the browser's own, without anything of the page.
const LISTEN: &str = "
    window.__told = [];
    window.__listen = address => {
        const source = new EventSource(address);
        source.onmessage = event => window.__told.push([event.data, event.lastEventId]);
        source.onerror = () => {
            if (source.readyState === EventSource.CLOSED) window.__told.push(['closed', '']);
        };
    };
";

/// What the requests for `events-id-stays` are asked with.
const STAYS: [Option<&str>; 4] = [None, Some("7"), Some("7"), Some("7")];

#[test]
fn an_id_stays_in_force_over_a_connection_whose_events_have_none() {
    run_with(LISTEN, async |page| {
        page.js(&format!("own.__listen({})", json!(page.lab.base("events-id-stays")))).await;
        let is_over = "return own.__told.some(([data]) => data === 'closed')";
        page.wait("the end", is_over, 30).await;
        let told = page.js("return own.__told.map(([data, id]) => [data, id])").await;
        assert_eq!(
            told,
            json!([["with an id", "7"], ["without one", "7"], ["nor here", "7"], ["closed", ""]])
        );
        assert_eq!(asked(page, "events-id-stays"), STAYS.map(|id| id.map(str::to_owned)));
    });
    run_both(async |page, kind| {
        watch(page, "events-id-stays", kind).await;
        wait_asked(page, "events-id-stays", STAYS.len()).await;
        wait_over(page).await;
        let expected = [row("#7", "with an id"), row("#7", "without one"), row("#7", "nor here")];
        assert_eq!(rows(page, "event").await, expected, "{kind}");
        assert_eq!(asked(page, "events-id-stays"), STAYS.map(|id| id.map(str::to_owned)), "{kind}");
    });
}
