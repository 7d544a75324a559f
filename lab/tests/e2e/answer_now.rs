//! “Answer now”: a person ends the reasoning of llama.cpp's server, and the answer comes at once.

use lab::scenarios::{CONTROL_ANSWER, CONTROLLED_WORDS};
use serde_json::json;

use crate::{browser::run, page::Page};

const CONTROLLED: &str = "reasoning-control";

/// Opens the page at a scenario as if that were llama.cpp's server, and waits until what goes with the composer is there.
async fn open(page: &Page, scenario: &str) {
    page.use_settings(json!({ "preset": "llama.cpp", "base_url": page.lab.base(scenario) })).await;
    page.wait("the history", "return !!document.querySelector('.history-notices')", 20).await;
}

#[test]
fn answer_now_ends_the_reasoning_of_the_completion_that_streams_and_the_answer_says_who_ended_it() {
    run(async |page| {
        open(page, CONTROLLED).await;
        page.ask("How many?").await;
        page.wait("the button", "return shown($('answer-now'))", 10).await;
        page.click("answer-now").await;
        page.wait_state(&["complete"], 8).await;
        assert_eq!(page.js("return !!$('answer-now')").await, json!(false));
        let thoughts = page.text("return $('reasoning', last()).querySelector('div').textContent").await;
        let words = thoughts.split_whitespace().count();
        assert!((1..CONTROLLED_WORDS).contains(&words), "{words}");
        let answer = page.text("return $('answer', last()).textContent").await;
        assert_eq!(answer.trim(), CONTROL_ANSWER.replace("**", "").trim());
        page.wait("who ended it", "return $('answered-by').textContent.includes('You ended')", 5).await;
        assert_eq!(page.body(CONTROLLED, 0)["reasoning_control"], json!(true));
        let asked = page.questions(CONTROLLED);
        assert_eq!(asked.len(), 2);
        assert_eq!(asked[1].request.path(), "/s/reasoning-control/v1/chat/completions/control");
        let control = json!({ "id": "chatcmpl-lab", "action": "reasoning_end" });
        assert_eq!(page.body(CONTROLLED, 1), control);
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn a_server_that_knows_no_control_is_told_of_in_words_and_other_servers_are_not_asked_for_it() {
    run(async |page| {
        open(page, "control-missing").await;
        page.ask("How many?").await;
        page.wait("the button", "return shown($('answer-now'))", 10).await;
        page.click("answer-now").await;
        let told = "return $('answer-now-note')?.textContent.startsWith('The server does not take this: File Not Found.')";
        page.wait("the refusal", told, 20).await;
        page.click("stop").await;
        page.wait_state(&["stopped"], 5).await;
        page.use_scenario(CONTROLLED).await;
        page.ask("How many?").await;
        page.wait("thoughts", "return shown($('reasoning', last()))", 10).await;
        page.wait("the history", "return !!document.querySelector('.history-notices')", 20).await;
        assert_eq!(page.js("return !!$('answer-now')").await, json!(false), "it is no llama.cpp");
        assert_eq!(page.body(CONTROLLED, 0).get("reasoning_control"), None);
    });
}
