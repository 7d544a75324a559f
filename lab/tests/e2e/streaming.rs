//! The happy path: text that grows while it comes, and the turn it becomes.

use std::time::Duration;

use lab::Outcome;
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::{browser::run, page::Page};

/// Samples the length of the newest answer once an animation frame, inside the page: WebDriver itself is too
/// slow and too irregular to see frames.
pub(crate) const SAMPLE: &str = r"
    window.__lengths = [];
    const sample = () => {
        const length = $('answer', last())?.textContent.length ?? 0;
        if (length !== window.__lengths.at(-1)) window.__lengths.push(length);
        requestAnimationFrame(sample);
    };
    requestAnimationFrame(sample);
";

/// The lengths seen, each different from the one before.
pub(crate) async fn lengths(page: &Page) -> Vec<usize> {
    serde_json::from_value(page.js("return window.__lengths").await).unwrap()
}

/// Blank-free text: rendered and source text differ in their blanks only where there is no markup.
fn packed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn text_grows_over_many_frames_and_never_shrinks() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        page.js(SAMPLE).await;
        page.ask("How do I make tea?").await;
        page.wait_state(&["streaming"], 5).await;
        page.wait_state(&["complete"], 15).await;
        let lengths = lengths(page).await;
        assert!(lengths.len() >= 20, "{lengths:?}");
        assert!(lengths.is_sorted(), "{lengths:?}");
        let answer = page.answer().await;
        assert!(answer.contains("Tea needs three things, and time is the one people forget:"), "{answer}");
        assert!(answer.contains("enjoy the silence 🍵."), "{answer}");
        let shapes = page
            .js("const a = $('answer', last()); return ['strong', 'ul > li', 'pre code', 'table td', 'em'].map(s => a.querySelectorAll(s).length)")
            .await;
        assert_eq!(shapes, json!([1, 3, 1, 6, 1]), "strong, list items, code blocks, cells, emphasis");
    });
}

#[test]
fn happy_path_has_no_console_error_and_no_csp_violation() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        page.ask("How do I make tea?").await;
        page.wait_state(&["complete"], 15).await;
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn no_request_leaves_the_origins_of_page_and_model() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        page.ask("How do I make tea?").await;
        page.wait_state(&["complete"], 15).await;
        let names = page.js("return performance.getEntriesByType('resource').map(e => e.name)").await;
        let model = page.lab.base("slow-answer");
        let strangers: Vec<&Value> = names
            .as_array()
            .unwrap()
            .iter()
            .filter(|name| {
                let name = name.as_str().unwrap();
                !name.starts_with(&page.url) && !name.starts_with(&model) && !name.starts_with("data:")
            })
            .collect();
        assert_eq!(strangers, Vec::<&Value>::new());
        assert!(names.as_array().unwrap().len() >= 3, "script, wasm and the question are seen: {names}");
    });
}

#[test]
fn without_streaming_the_turn_has_the_same_text_and_the_next_conversation_streams() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        page.ask("How do I make tea?").await;
        page.wait_state(&["complete"], 15).await;
        let streamed = page.answer().await;
        page.use_settings(json!({ "base_url": page.lab.base("slow-answer"), "stream": false })).await;
        page.ask("How do I make tea?").await;
        page.wait_state(&["complete"], 15).await;
        assert_eq!(packed(&page.answer().await), packed(&streamed));
        let body = page.body("slow-answer", 1);
        assert_ne!(body["stream"], json!(true), "{body}");
        page.click("new-chat").await;
        page.ask("How do I make tea?").await;
        page.wait_state(&["complete"], 15).await;
        assert_eq!(
            page.body("slow-answer", 2)["stream"],
            json!(true),
            "it was off for that conversation only"
        );
    });
}

#[test]
fn a_server_that_ignores_stream_is_shown_and_marked_not_streamed() {
    run(async |page| {
        page.use_scenario("non-streaming-json").await;
        page.ask("How do I make tea?").await;
        page.wait_state(&["complete"], 10).await;
        assert!(page.answer().await.contains("Pour slowly"));
        let note = page.text("return $('note', last())?.innerText").await.to_lowercase();
        assert!(note.contains("not streamed"), "{note:?}");
    });
}

#[test]
fn reasoning_has_its_own_block_outside_the_answer() {
    run(async |page| {
        page.use_scenario("reasoning").await;
        page.ask("17 + 25?").await;
        let before_the_answer = "return last()?.dataset.state === 'streaming'
            && $('reasoning', last()).textContent.includes('Seventeen') && !$('answer', last()).textContent";
        page.wait("reasoning while there is no answer", before_the_answer, 10).await;
        page.wait_state(&["complete"], 15).await;
        let answer = page.answer().await;
        assert_eq!(answer.trim(), "The sum is 42.");
        let reasoning = page.text("return $('reasoning', last())?.textContent").await;
        assert!(reasoning.contains("carry one, so 42."), "{reasoning}");
        assert_eq!(page.text("return $('reasoning', last())?.tagName").await, "DETAILS");
    });
}

#[test]
fn numbers_are_those_the_server_gave() {
    run(async |page| {
        page.use_scenario("reasoning").await;
        page.ask("17 + 25?").await;
        page.wait_state(&["complete"], 15).await;
        for (name, wanted) in [("tokens-in", "24"), ("tokens-cached", "8")] {
            let shown = page.number(name).await;
            assert!(shown.contains(wanted), "{name}: {shown:?}");
        }
        for name in ["ttft", "speed", "tokens-out", "elapsed"] {
            let shown = page.number(name).await;
            assert!(shown.chars().any(|char| char.is_ascii_digit()), "{name}: {shown:?}");
            let tip = page
                .text(&format!("const n = last().querySelector('[data-number=\"{name}\"]'); return n.title || n.querySelector('[title]')?.title || n.closest('[title]')?.title"))
                .await;
            assert!(tip.len() > 10, "{name} says which definition it uses: {tip:?}");
        }
    });
}

#[test]
fn numbers_nobody_told_are_not_guessed() {
    run(async |page| {
        // This server sends no usage.
        page.use_scenario("no-done-but-finished").await;
        page.ask("Hello?").await;
        page.wait_state(&["complete"], 10).await;
        let line = page.text("return $('numbers', last()).innerText").await;
        assert!(line.contains("Total") && line.contains("First"), "{line}");
        // What has no value has no place under the answer; among all numbers it stands with what it would mean.
        for label in ["In", "Cached", "n/a"] {
            assert!(!line.split_whitespace().any(|word| word == label), "{label}: {line:?}");
        }
        page.click("about-numbers").await;
        page.wait("all numbers", "return shown($('all-numbers'))", 5).await;
        for name in ["tokens-in", "tokens-cached"] {
            let shown = page
                .text(&format!(
                    "return document.querySelector('dialog[open] [data-number=\"{name}\"]').innerText"
                ))
                .await;
            assert_eq!(shown, "n/a", "{name}");
        }
    });
}

#[test]
fn the_second_question_carries_the_first_and_its_answer() {
    run(async |page| {
        page.use_scenario("no-done-but-finished").await;
        page.ask("First question").await;
        page.wait_state(&["complete"], 10).await;
        page.ask("Second question").await;
        page.wait(
            "two complete answers",
            "return turns('assistant').filter(t => t.dataset.state === 'complete').length === 2",
            10,
        )
        .await;
        let messages = page.body("no-done-but-finished", 1)["messages"].clone();
        let roles: Vec<_> =
            messages.as_array().unwrap().iter().map(|m| m["role"].as_str().unwrap()).collect();
        assert_eq!(roles, ["user", "assistant", "user"]);
        let texts = messages.to_string();
        for text in ["First question", "The first half is here", "Second question"] {
            assert!(texts.contains(text), "{text} is missing in {texts}");
        }
        page.click("new-chat").await;
        page.wait("an empty transcript", "return turns('user').length === 0", 5).await;
        page.ask("Third question").await;
        page.wait_state(&["complete"], 10).await;
        assert_eq!(page.body("no-done-but-finished", 2)["messages"].as_array().unwrap().len(), 1);
    });
}

#[test]
fn a_limit_and_a_filter_are_not_called_complete() {
    run(async |page| {
        for (name, state) in [("truncated", "truncated"), ("filtered", "filtered")] {
            page.use_scenario(name).await;
            page.ask("Go on").await;
            page.wait_state(&[state], 10).await;
            assert!(page.answer().await.contains("This answer"), "{name}");
        }
    });
}

#[test]
fn a_hidden_tab_goes_on_reading() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        page.ask("How do I make tea?").await;
        page.wait_text(10).await;
        page.js("window.__hidden = 0; document.addEventListener('visibilitychange', () => window.__hidden += document.hidden)")
            .await;
        let first = page.driver.window().await.unwrap();
        let other = page.driver.new_tab().await.unwrap();
        page.driver.switch_to_window(other.clone()).await.unwrap();
        sleep(Duration::from_secs(6)).await;
        let outcome = page.questions("slow-answer")[0].outcome;
        assert_eq!(outcome, Outcome::Played, "the page read to the end while it was hidden");
        page.driver.switch_to_window(first).await.unwrap();
        assert_eq!(
            page.js("return window.__hidden").await,
            json!(1),
            "the tab was hidden, or this test shows nothing"
        );
        page.wait_state(&["complete"], 5).await;
        assert!(page.answer().await.contains("enjoy the silence 🍵."));
    });
}

/// The labels of the figures under the newest answer.
const LABELS: &str =
    "return [...$('numbers', last()).querySelectorAll('.label')].filter(shown).map(l => l.textContent)";

#[test]
fn under_an_error_stands_only_how_long_it_took_and_nothing_if_no_byte_came() {
    run(async |page| {
        page.use_scenario("error-midstream").await;
        page.ask("Hello?").await;
        page.wait_state(&["failed", "interrupted"], 10).await;
        assert_eq!(page.js(LABELS).await, json!(["Total"]));
        // Nobody listens there.
        page.use_settings(json!({ "base_url": "http://127.0.0.1:9/v1" })).await;
        page.ask("Hello?").await;
        page.wait_state(&["failed"], 30).await;
        assert_eq!(page.js(LABELS).await, json!([]));
    });
}
