//! Streams that break: what came stays, nothing is invented, and the turn says that it was cut.

use lab::scenarios::{CUT_EVENT_TEXT, CUT_UTF8_TEXT};

use crate::browser::run;

fn keeps(name: &'static str, text: &'static str) {
    run(async |page| {
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
        assert_eq!(
            page.js("return own.__replaced").await,
            serde_json::json!(false),
            "{name}: U+FFFD was shown"
        );
        let shown = page.turn_text().await.to_lowercase();
        let says = ["cut", "interrupted", "broke", "ended early"].iter().any(|word| shown.contains(word));
        assert!(says, "{name}: the turn does not say that it was cut: {shown}");
        assert!(!shown.contains("network error") && !shown.contains("failed to fetch"), "{name}: {shown}");
        assert_eq!(
            page.questions(name).len(),
            1,
            "{name}: a question is not asked twice after the first byte"
        );
        page.wait_retry().await;
    });
}

#[test]
fn inside_an_event() {
    keeps("cut-mid-event", CUT_EVENT_TEXT);
}

#[test]
fn inside_an_event_with_a_clean_end() {
    keeps("cut-mid-event-clean", CUT_EVENT_TEXT);
}

#[test]
fn inside_an_event_by_a_reset() {
    keeps("reset-mid-event", CUT_EVENT_TEXT);
}

#[test]
fn inside_an_emoji() {
    keeps("cut-mid-utf8", CUT_UTF8_TEXT);
}

#[test]
fn inside_an_emoji_with_a_clean_end() {
    keeps("cut-mid-utf8-clean", CUT_UTF8_TEXT);
}

#[test]
fn without_a_finish_reason_and_without_done() {
    keeps("no-done", CUT_EVENT_TEXT);
}
