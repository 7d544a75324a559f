//! What goes wrong is told in words for people, whatever the engine calls it, and asked again on a click.

use serde_json::json;

use crate::browser::{run, run_with};

/// How engines, proxies and programs put it.
const RAW: [&str; 9] = [
    "failed to fetch",
    "network error",
    "networkerror",
    "load failed",
    "input stream",
    "typeerror",
    "<html",
    "jsvalue",
    "undefined",
];

#[test]
fn failures_are_told_in_words_and_the_button_asks_again() {
    run(async |page| {
        for (name, words) in [
            ("401", "incorrect api key provided"),
            ("404", "lab-missing"),
            ("500", "the lab is on fire"),
            ("html-200", "web page"),
            ("empty-200", "empty"),
            ("no-cors", "refuse web pages"),
            ("close-before-headers", "127.0.0.1"),
        ] {
            page.use_scenario(name).await;
            page.ask("Hello?").await;
            // Long enough for a page that asks twice more by itself, which it may before the first byte.
            page.wait_state(&["failed"], 45).await;
            page.wait("the sentence", "return shown($('error', last()))", 5).await;
            let sentence = page.error().await.to_lowercase();
            assert!(sentence.contains(words), "{name}: no {words:?} in {sentence:?}");
            for raw in RAW {
                assert!(!sentence.contains(raw), "{name}: {raw:?} is no sentence for a person: {sentence:?}");
            }
            page.wait_retry().await;
            let before = page.lab.requests(name).len();
            page.click("retry").await;
            for _ in 0..200 {
                if page.lab.requests(name).len() > before {
                    break;
                }
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
            assert!(page.lab.requests(name).len() > before, "{name}: the retry button did not ask again");
        }
    });
}

#[test]
fn a_server_that_was_busy_once_answers_without_a_click() {
    run(async |page| {
        page.use_scenario("busy-once").await;
        page.ask("Hello?").await;
        page.wait_state(&["complete"], 20).await;
        assert!(page.answer().await.contains("enjoy the silence 🍵."));
        assert_eq!(page.js("return turns('assistant').length").await, json!(1), "in place");
        assert_eq!(page.error().await, "", "nothing is left of the failure");
        assert_eq!(page.body("busy-once", 0), page.body("busy-once", 1));
    });
}

#[test]
fn a_redirect_is_not_followed_and_does_not_carry_the_key_away() {
    run(async |page| {
        page.use_settings(json!({ "base_url": page.lab.base("redirect"), "dialect": "anthropic" })).await;
        page.open_settings().await;
        page.fill("key", "sk-canary-5f1e").await;
        page.close_settings().await;
        page.ask("Hello?").await;
        page.wait_state(&["failed"], 30).await;
        let error = page.error().await;
        assert!(error.contains("127.0.0.1") && error.contains("not followed"), "{error:?}");
        assert_eq!(page.questions("redirect").len(), 1, "asking again would lead to the same place");
        assert!(page.lab.requests("elsewhere").is_empty(), "x-api-key would have gone with the redirect");
    });
}

/// A module whose start is `unreachable`, which is how Rust ends where it cannot go on.
const TRAP: &str = "window.__trap = () => {
    const trap = [0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,8,1,0,10,5,1,3,0,0,11];
    setTimeout(() => new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(trap))));
};";

#[test]
fn a_trap_of_the_program_is_told_and_what_is_shown_stays() {
    run_with(TRAP, async |page| {
        page.use_scenario("stall-midstream").await;
        page.ask("Go on").await;
        let text = lab::scenarios::STALL_TEXT;
        page.wait("the text", &format!("return $('answer', last())?.textContent === '{text}'"), 10).await;
        page.js("own.__trap()").await;
        page.wait(
            "the note",
            "return document.querySelector('[role=alert]')?.textContent.includes('reload')",
            5,
        )
        .await;
        assert_eq!(page.answer().await, text);
        assert_eq!(
            page.js("return $('open-settings').disabled && $('composer').readOnly").await,
            json!(true)
        );
        assert_eq!(page.js("return $('crash-message')").await, json!(null), "a trap has no message to show");
        page.wait_until_left("stall-midstream").await;
    });
}
