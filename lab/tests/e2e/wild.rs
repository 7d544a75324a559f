//! What servers in the wild do: pauses, reasoning in the text, calls without a name, addresses as people paste them.

use lab::scenarios::{CUT_EVENT_TEXT, DIALECT_TEXT, PAUSED_TEXT};
use serde_json::json;

use crate::browser::run;

#[test]
fn what_a_provider_paused_is_not_called_complete_and_goes_on_with_what_was_said_sent_back() {
    run(async |page| {
        let scenario = "anthropic-paused";
        page.use_settings(json!({ "base_url": page.lab.base(scenario), "dialect": "anthropic" })).await;
        page.open_settings().await;
        page.fill("key", "sk-canary-5f1e").await;
        page.close_settings().await;
        page.ask("Read all of it.").await;
        page.wait_state(&["paused"], 15).await;
        assert_eq!(page.answer().await.trim(), PAUSED_TEXT[0]);
        page.click("go-on").await;
        page.wait("the second part", "return turns('assistant').length === 2", 10).await;
        page.wait_state(&["complete"], 15).await;
        assert_eq!(page.answer().await.trim(), PAUSED_TEXT[1]);
        let messages = page.body(scenario, 1)["messages"].clone();
        let roles: Vec<_> =
            messages.as_array().unwrap().iter().map(|message| message["role"].clone()).collect();
        assert_eq!(roles, ["user", "assistant"], "{messages}");
        assert!(messages[1].to_string().contains(PAUSED_TEXT[0]), "{messages}");
        assert_eq!(page.js("return !$('go-on')").await, json!(true), "it was asked to go on already");
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn a_cut_answer_goes_on_with_what_was_said_sent_back_and_its_beginning_stays_as_it_was() {
    run(async |page| {
        let scenario = "cut-mid-event";
        page.use_scenario(scenario).await;
        page.ask("Tell me both halves.").await;
        page.wait_state(&["interrupted"], 15).await;
        assert_eq!(page.answer().await.trim(), CUT_EVENT_TEXT.trim());
        page.click("go-on").await;
        page.wait("the second part", "return turns('assistant').length === 2", 10).await;
        page.wait_state(&["interrupted"], 15).await;
        // On a slow line the first question may have gone out twice.
        let last = page.questions(scenario).len() - 1;
        let messages = page.body(scenario, last)["messages"].clone();
        let said: Vec<_> =
            messages.as_array().unwrap().iter().map(|message| message["content"].clone()).collect();
        assert_eq!(said, ["Tell me both halves.", CUT_EVENT_TEXT.trim()], "{messages}");
        let first = page.text("return $('answer', turns('assistant')[0]).textContent").await;
        assert_eq!(first.trim(), CUT_EVENT_TEXT.trim());
        assert_eq!(page.js("return document.querySelectorAll('[data-testid=go-on]').length").await, json!(1));
    });
}

#[test]
fn reasoning_before_a_lone_closing_tag_moves_into_the_thoughts_once_and_is_announced() {
    run(async |page| {
        page.use_scenario("lone-tag").await;
        page.js("window.__said = []; new MutationObserver(() => __said.push($('announcer').textContent)).observe($('announcer'), { childList: true, subtree: true, characterData: true })").await;
        page.ask("Hello").await;
        page.wait("the thought as text", "return /greets me/.test($('answer', last())?.textContent)", 10)
            .await;
        page.wait_state(&["complete"], 15).await;
        assert_eq!(page.answer().await.trim(), "Good day to you.");
        let thoughts = page.text("return last().querySelector('.thoughts').textContent").await;
        assert_eq!(thoughts.trim(), "The person greets me, so I greet back.");
        let said = page.text("return __said.join(' | ')").await;
        assert_eq!(said.matches("was reasoning and stands under the thoughts now").count(), 1, "{said}");
    });
}

#[test]
fn a_call_that_the_server_gave_no_name_has_words() {
    run(async |page| {
        page.use_scenario("nameless-call").await;
        page.ask("How is the weather?").await;
        page.wait_state(&["complete"], 15).await;
        let shown = page.answer().await;
        assert!(shown.starts_with("Calls a tool that has no name"), "{shown}");
        assert!(shown.contains("\"city\": \"Bern\""), "{shown}");
    });
}

#[test]
fn an_address_that_was_pasted_with_its_path_is_cut_told_and_answers() {
    run(async |page| {
        page.open_settings().await;
        page.js("const s = document.querySelector('[name=preset]'); s.value = 'custom'; s.dispatchEvent(new Event('change', { bubbles: true }))").await;
        page.js("const s = document.querySelector('[name=dialect]'); s.value = 'anthropic'; s.dispatchEvent(new Event('change', { bubbles: true }))").await;
        page.fill("base-url", &format!("{}/messages", page.lab.base("anthropic"))).await;
        page.wait(
            "what was cut",
            "return /\\/messages.* was taken off the end/.test($('settings').innerText)",
            5,
        )
        .await;
        page.fill("model", "lab-small").await;
        page.fill("key", "\"Bearer sk-canary-5f1e\" ").await;
        page.close_settings().await;
        page.ask("Hello?").await;
        page.wait_state(&["complete"], 15).await;
        assert_eq!(page.answer().await.trim(), DIALECT_TEXT);
        let request = page.questions("anthropic").remove(0).request;
        assert_eq!(request.path(), "/s/anthropic/v1/messages");
        assert_eq!(request.header("x-api-key"), Some("sk-canary-5f1e"));
    });
}
