//! What a person does with a turn: copy it, ask again, click too fast, look at its pace.

use lab::scenarios::SLOW_ANSWER;
use serde_json::json;

use crate::browser::run;

#[test]
fn copy_gives_the_source_text_exactly() {
    run(async |page| {
        page.allow_clipboard().await;
        page.use_scenario("burst").await;
        page.ask("How do I make tea?").await;
        page.wait_state(&["complete"], 10).await;
        page.click("copy").await;
        let read = "return navigator.clipboard.readText()";
        page.wait("the clipboard", &format!("{read}.then(t => t.length > 0)"), 5).await;
        assert_eq!(page.text(read).await, SLOW_ANSWER);
    });
}

#[test]
fn two_fast_clicks_on_send_ask_once() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        page.element("composer").await.send_keys("How do I make tea?").await.unwrap();
        page.wait("a ready button", "return !$('send').disabled", 5).await;
        page.js("const send = $('send'); send.click(); send.click(); send.click()").await;
        page.wait_state(&["complete"], 15).await;
        assert_eq!(page.questions("slow-answer").len(), 1);
        assert_eq!(page.js("return [turns('user').length, turns('assistant').length]").await, json!([1, 1]));
    });
}

#[test]
fn a_draft_written_while_streaming_is_kept() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        page.ask("How do I make tea?").await;
        page.wait_text(10).await;
        page.element("composer").await.send_keys("And coffee?").await.unwrap();
        page.wait_state(&["complete"], 15).await;
        assert_eq!(page.text("return $('composer').value").await, "And coffee?");
        assert_eq!(page.questions("slow-answer").len(), 1);
    });
}

#[test]
fn the_pace_is_drawn_under_a_live_answer() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        page.ask("How do I make tea?").await;
        page.wait_text(10).await;
        let drawn = "const p = $('pace', last()); return shown(p) && p.getBoundingClientRect().width > 20 && \
                     (p.tagName === 'CANVAS' || p.querySelectorAll('path, polyline, rect, line').length > 0)";
        page.wait("a drawing", drawn, 3).await;
    });
}

#[test]
fn a_question_and_an_answer_are_selectable_while_text_grows() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        page.ask("How do I make tea?").await;
        page.wait("a list", "return $('answer', last())?.textContent.includes('boiled twice')", 10).await;
        page.js("getSelection().selectAllChildren($('answer', last()).querySelector('p'))").await;
        let before = page.text("return getSelection().toString()").await;
        page.wait_state(&["complete"], 15).await;
        assert_eq!(
            page.text("return getSelection().toString()").await,
            before,
            "settled nodes are never replaced"
        );
        assert!(before.contains("Tea needs"), "{before:?}");
    });
}
