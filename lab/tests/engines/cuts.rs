//! Streams that break: what came stays, nothing is invented, and the turn says that it was cut.

use lab::scenarios::{CUT_EVENT_TEXT, CUT_UTF8_TEXT};

use serde_json::json;

use crate::{browser::run, page::Page};

/// Scenarios and what of them is readable: engines differ in which of these ends they call an error.
const CUTS: [(&str, &str); 6] = [
    ("cut-mid-event", CUT_EVENT_TEXT),
    ("cut-mid-event-clean", CUT_EVENT_TEXT),
    ("reset-mid-event", CUT_EVENT_TEXT),
    ("cut-mid-utf8", CUT_UTF8_TEXT),
    ("cut-mid-utf8-clean", CUT_UTF8_TEXT),
    ("no-done", CUT_EVENT_TEXT),
];

#[test]
fn a_stream_that_breaks_off_keeps_its_text_and_says_so_whatever_the_connection_says() {
    run(async |page| {
        for (name, text) in CUTS {
            keeps(page, name, text).await;
        }
    });
}

async fn keeps(page: &Page, name: &str, text: &str) {
    page.use_scenario(name).await;
    // Watches every animation frame: a replacement character that flashes is as bad as one that stays.
    page.js("own.__replaced = false;
         const watch = () => {
             own.__replaced ||= (last()?.textContent ?? '').includes('\\uFFFD');
             requestAnimationFrame(watch);
         };
         watch();")
        .await;
    page.ask("Hello?").await;
    page.wait_state(&["interrupted"], 15).await;
    assert_eq!(page.answer().await.trim(), text.trim(), "{name}");
    assert_eq!(page.js("return own.__replaced").await, json!(false), "{name}: U+FFFD was shown");
    let shown = page.turn_text().await.to_lowercase();
    let says = ["cut", "interrupted", "broke", "ended early"].iter().any(|word| shown.contains(word));
    assert!(says, "{name}: the turn does not say that it was cut: {shown}");
    for raw in ["network error", "failed to fetch", "load failed", "input stream"] {
        assert!(!shown.contains(raw), "{name}: {raw:?} in {shown}");
    }
    assert_eq!(page.questions(name).len(), 1, "{name}: a question is not asked twice after the first byte");
    page.wait_retry().await;
}
