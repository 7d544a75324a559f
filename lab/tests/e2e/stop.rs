//! Stop works at every moment, keeps the text and reaches the server.

use crate::{browser::run, page::Page};

async fn stopped(page: &Page) {
    page.wait_state(&["stopped"], 5).await;
    let shown = page.turn_text().await.to_lowercase();
    assert!(shown.contains("stopped"), "the turn says that it was stopped: {shown}");
    assert_eq!(page.error().await, "", "stopped is not failed");
}

#[test]
fn before_the_first_byte_of_the_answer() {
    run(async |page| {
        page.use_scenario("hold-before-headers").await;
        page.ask("Anyone there?").await;
        page.click("stop").await;
        stopped(page).await;
        page.wait_until_left("hold-before-headers").await;
    });
}

#[test]
fn between_headers_and_the_first_event() {
    run(async |page| {
        for name in ["hold-after-headers", "pings-then-hold"] {
            page.use_scenario(name).await;
            page.ask("Anyone there?").await;
            page.wait_state(&["waiting"], 5).await;
            page.click("stop").await;
            stopped(page).await;
            page.wait_until_left(name).await;
        }
    });
}

#[test]
fn a_question_behind_a_stop_before_the_first_word_is_sent_with_the_next_one() {
    run(async |page| {
        let name = "thinking-then-hold";
        page.use_scenario(name).await;
        page.ask("My name is Ann, plan my week.").await;
        page.wait("a thought", "return $('reasoning', last())?.textContent.includes('So far')", 10).await;
        page.click("stop").await;
        stopped(page).await;
        page.ask("Go on.").await;
        page.wait_state(&["streaming"], 10).await;
        let sent = page.body(name, 1)["messages"].clone();
        let both = "My name is Ann, plan my week.\n\nGo on.";
        assert_eq!(sent, serde_json::json!([{ "role": "user", "content": both }]));
    });
}

#[test]
fn but_escape_in_a_dialog_closes_that_and_the_answer_goes_on() {
    run(async |page| {
        page.use_scenario("stall-midstream").await;
        page.ask("Go on").await;
        page.wait_text(10).await;
        page.click("about-numbers").await;
        page.wait("the dialog", "return shown($('all-numbers'))", 5).await;
        page.press_escape().await;
        page.wait("the dialog to close", "return !document.querySelector('dialog[open]')", 5).await;
        assert_eq!(
            page.js("return shown($('stop'))").await,
            serde_json::json!(true),
            "there is an answer to stop"
        );
        page.press_escape().await;
        stopped(page).await;
    });
}

#[test]
fn and_the_next_question_is_answered() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        page.ask("First").await;
        page.wait_text(10).await;
        page.click("stop").await;
        stopped(page).await;
        page.ask("Second").await;
        page.wait_state(&["complete"], 15).await;
        assert!(page.answer().await.contains("enjoy the silence 🍵."));
        let states = page.js("return turns('assistant').map(t => t.dataset.state)").await;
        assert_eq!(states, serde_json::json!(["stopped", "complete"]));
    });
}
