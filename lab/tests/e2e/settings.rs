//! The settings reach the request, and bad ones are told before anything is sent.

use serde_json::json;

use crate::{browser::run, page::Page};

/// A problem may be shown at its field or in one place for all.
const PROBLEM: &str = "[...document.querySelectorAll('[data-testid=settings-problem]')].find(shown)";

async fn problem(page: &Page) -> String {
    page.wait("the problem", &format!("return !!{PROBLEM}"), 5).await;
    page.text(&format!("return {PROBLEM}?.innerText")).await
}

#[test]
fn raw_json_is_merged_into_the_request() {
    run(async |page| {
        page.use_settings(
            json!({ "base_url": page.lab.base("no-done-but-finished"), "system": "Be brief." }),
        )
        .await;
        page.open_settings().await;
        page.fill("temperature", "0.25").await;
        page.fill("max-tokens", "77").await;
        page.fill("extra", r#"{"top_k": 40, "chat_template_kwargs": {"enable_thinking": false}}"#).await;
        page.close_settings().await;
        page.ask("Hello?").await;
        page.wait_state(&["complete"], 10).await;
        let body = page.body("no-done-but-finished", 0);
        assert_eq!(body["top_k"], json!(40));
        assert_eq!(body["chat_template_kwargs"], json!({ "enable_thinking": false }));
        assert_eq!(body["temperature"], json!(0.25));
        assert_eq!(body["model"], json!("lab-small"));
        assert!(body["max_tokens"] == json!(77) || body["max_completion_tokens"] == json!(77), "{body}");
        assert_eq!(body["messages"][0]["content"], json!("Be brief."), "{body}");
    });
}

#[test]
fn bad_raw_json_is_told_in_words_and_nothing_is_sent() {
    run(async |page| {
        page.use_scenario("no-done-but-finished").await;
        page.open_settings().await;
        for bad in ["{\"top_k\": }", "[1, 2]"] {
            page.fill("extra", bad).await;
            let text = problem(page).await.to_lowercase();
            assert!(text.contains("json") || text.contains("object"), "{bad}: {text:?}");
        }
        page.close_settings().await;
        page.element("composer").await.send_keys("Hello?").await.unwrap();
        page.js("$('send').click()").await;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        assert_eq!(page.questions("no-done-but-finished").len(), 0);
    });
}

#[test]
fn a_bad_address_and_a_bad_number_are_told_in_words() {
    run(async |page| {
        page.use_scenario("no-done-but-finished").await;
        page.open_settings().await;
        page.fill("base-url", "ftp://127.0.0.1/v1").await;
        let text = problem(page).await;
        assert!(text.contains("http"), "{text:?}");
        page.fill("base-url", &page.lab.base("no-done-but-finished")).await;
        page.wait("no problem", &format!("return !{PROBLEM}"), 5).await;
        page.fill("temperature", "warm").await;
        // A number field may refuse the letters itself; then there is nothing left to complain about.
        let kept = page.text("return $('settings').querySelector('[name=temperature]').value").await;
        if !kept.is_empty() {
            problem(page).await;
        }
    });
}

#[test]
fn stored_settings_that_are_broken_do_not_stop_the_page() {
    run(async |page| {
        for broken in ["{", "[]", "{\"version\":999}", "{\"version\":1,\"stream\":\"yes\"}"] {
            page.js(&format!("localStorage.setItem('tokenfall.settings', {})", json!(broken))).await;
            page.load().await;
            assert_eq!(page.faults().await, Vec::<String>::new(), "{broken}");
        }
    });
}

#[test]
fn every_preset_fills_in_an_address_but_for_the_browsers_own_model_which_has_none_to_fill_in() {
    run(async |page| {
        page.open_settings().await;
        let options = page
            .js("return [...$('settings').querySelectorAll('[name=preset] option')].map(o => o.value)")
            .await;
        let options = options.as_array().unwrap();
        assert!(options.len() >= 9, "{options:?}");
        for option in options.iter().filter(|option| *option != &json!("custom")) {
            page.js(&format!(
                "const s = $('settings').querySelector('[name=preset]'); s.value = {option}; s.dispatchEvent(new Event('input', {{bubbles: true}})); s.dispatchEvent(new Event('change', {{bubbles: true}}))"
            ))
            .await;
            let script = if option == "browser" {
                "return !shown($('settings').querySelector('[name=base-url]'))"
            } else {
                "return /^https?:/.test($('settings').querySelector('[name=base-url]').value)"
            };
            page.wait(&format!("the address of {option}"), script, 5).await;
        }
    });
}

#[test]
fn the_model_list_is_fetched_from_the_server() {
    run(async |page| {
        page.use_scenario("no-done-but-finished").await;
        page.open_settings().await;
        page.click("load-models").await;
        let script = "return [...$('settings').querySelectorAll('datalist option')].some(o => o.value === 'lab-large')";
        page.wait("the list", script, 5).await;
    });
}

#[test]
fn a_provider_that_wants_a_key_is_not_asked_without_one_and_the_question_stays() {
    run(async |page| {
        let hosted =
            json!({ "preset": "openai", "base_url": "https://api.openai.com/v1", "dialect": "responses" });
        page.use_settings(hosted).await;
        page.element("composer").await.send_keys("Hello?").await.unwrap();
        page.click("send").await;
        let sentence = problem(page).await;
        assert!(sentence.contains("OpenAI") && sentence.contains("key"), "{sentence}");
        page.wait("the field of the key", "return document.activeElement?.name === 'key'", 5).await;
        assert_eq!(page.text("return $('composer').value").await, "Hello?");
        assert_eq!(
            page.js("return performance.getEntriesByType('resource').filter(e => e.name.includes('openai')).length")
                .await,
            json!(0)
        );
    });
}

#[test]
fn a_question_without_a_chosen_model_goes_to_the_servers_first_and_says_what_it_waits_for() {
    run(async |page| {
        page.use_settings(json!({ "base_url": page.lab.base("no-done-but-finished"), "model": "" })).await;
        page.js(
            "window.__waits = [];
             new MutationObserver(() => { const s = $('settling'); if (s) window.__waits.push(s.textContent) })
                 .observe(document.body, { childList: true, subtree: true });",
        )
        .await;
        page.ask("How do I make tea?").await;
        page.wait_state(&["complete"], 15).await;
        assert_eq!(page.body("no-done-but-finished", 0)["model"], json!("lab-small"));
        assert_eq!(page.js("return window.__waits[0]").await, json!("Looking for models on the server…"));
        assert_eq!(page.js("return !$('settling')").await, json!(true), "it waits no more");
        assert_eq!(page.text("return $('composer').value").await, "");
    });
}
