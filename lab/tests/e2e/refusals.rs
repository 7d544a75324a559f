//! Answers that are none: each is told in a sentence that says what to do, with a button that asks again.

use serde_json::json;

use crate::{
    browser::{run, run_on},
    page::Page,
};

/// Asks a scenario and expects a failed turn whose sentence holds one of each group of words, and whose button
/// asks again.
fn fails_saying(name: &'static str, groups: &'static [&'static [&'static str]]) {
    run(async |page| {
        page.use_scenario(name).await;
        page.ask("Hello?").await;
        expect_sentence(page, name, groups).await;
        // Preflights count: where they are refused, nothing else arrives.
        let before = page.lab.requests(name).len();
        page.click("retry").await;
        for _ in 0..200 {
            if page.lab.requests(name).len() > before {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("{name}: the retry button did not ask again");
    });
}

async fn expect_sentence(page: &Page, name: &str, groups: &[&[&str]]) {
    // Long enough for a page that asks twice more by itself, which it may before the first byte.
    page.wait_state(&["failed"], 45).await;
    page.wait("the sentence", "return shown($('error', last()))", 5).await;
    let sentence = page.error().await.to_lowercase();
    for words in groups {
        assert!(
            words.iter().any(|word| sentence.contains(word)),
            "{name}: none of {words:?} in {sentence:?}"
        );
    }
    for raw in ["failed to fetch", "network error", "typeerror", "<html", "<title", "jsvalue", "undefined"] {
        assert!(!sentence.contains(raw), "{name}: {raw:?} is no sentence for a person: {sentence:?}");
    }
    assert!(sentence.split_whitespace().count() >= 5, "{name}: {sentence:?}");
    page.wait_retry().await;
}

#[test]
fn a_refused_key() {
    fails_saying("401", &[&["key"], &["incorrect api key provided"]]);
}

#[test]
fn a_refusal_whose_connection_stays_open() {
    fails_saying("401-held", &[&["key"], &["incorrect api key provided"]]);
}

#[test]
fn a_refusal_in_plain_words_whose_connection_stays_open() {
    fails_saying("401-text-held", &[&["key"], &["who are you?"]]);
}

#[test]
fn a_key_without_the_right() {
    fails_saying("403", &[&["no access to the model"]]);
}

#[test]
fn a_missing_model() {
    fails_saying("404", &[&["model"], &["lab-missing"]]);
}

#[test]
fn too_many_requests_with_a_time_to_wait() {
    fails_saying("429", &[&["7 s", "7 seconds", "7s"], &["rate limit reached"]]);
}

#[test]
fn too_many_requests_without_a_readable_time() {
    fails_saying("429-unexposed", &[&["rate limit reached"]]);
}

#[test]
fn a_failing_server() {
    fails_saying("500", &[&["the lab is on fire"]]);
}

#[test]
fn a_proxys_page_with_503() {
    fails_saying("503-html", &[&["503"], &["web page", "html", "gateway of the lab"]]);
}

#[test]
fn a_web_page_with_200() {
    fails_saying("html-200", &[&["web page", "html"]]);
}

#[test]
fn a_web_page_labelled_as_a_stream() {
    fails_saying("html-as-stream", &[&["web page"]]);
}

#[test]
fn the_settings_open_at_the_field_that_is_wrong() {
    run(async |page| {
        for (scenario, field) in [("401", "key"), ("404", "model"), ("html-200", "base-url")] {
            page.use_scenario(scenario).await;
            page.ask("Hello?").await;
            page.wait_state(&["failed"], 20).await;
            page.click("error-settings").await;
            page.wait(field, &format!("return document.activeElement?.name === '{field}'"), 5).await;
            let sentence = page.text("return $('settings-problem')?.innerText").await;
            let expected = [("401", "127.0.0.1"), ("404", "(404)"), ("html-200", "127.0.0.1")];
            let (_, named) = expected.into_iter().find(|(name, _)| *name == scenario).unwrap();
            assert!(sentence.contains(named), "{scenario}: {sentence:?}");
        }
    });
}

#[test]
fn the_address_of_the_page_itself_is_told_as_the_reason_at_its_field() {
    const REASON: &str = "is the address of this page itself, not of a model server";
    run(async |page| {
        let address = page.url.trim_end_matches('/').to_owned();
        page.use_settings(json!({ "base_url": format!("{address}/v1") })).await;
        page.ask("Hello?").await;
        page.wait_state(&["failed"], 20).await;
        let sentence = page.error().await;
        assert!(sentence.contains(REASON), "{sentence:?}");
        // Without a model its list is asked for first, and the question stays.
        page.use_settings(json!({ "base_url": format!("{address}/v1"), "model": "" })).await;
        page.element("composer").await.send_keys("Hello?").await.unwrap();
        page.js("$('send').click()").await;
        page.wait("the address", "return document.activeElement?.name === 'base-url'", 10).await;
        let sentence = page.text("return $('settings-problem')?.innerText").await;
        assert!(sentence.contains(REASON), "{sentence:?}");
    });
}

#[test]
fn a_model_server_that_gives_out_the_page_itself_answers_it() {
    let answer = r#"{"choices":[{"message":{"role":"assistant","content":"Here."},"finish_reason":"stop"}]}"#;
    let models = r#"{"data":[{"id":"own"}]}"#;
    let overrides = [("/v1/chat/completions", answer), ("/v1/models", models)]
        .map(|(path, json)| (path.to_owned(), json.as_bytes().to_vec(), "application/json"));
    run_on(overrides.into(), async |page| {
        let address = page.url.trim_end_matches('/').to_owned();
        page.use_settings(json!({ "base_url": format!("{address}/v1"), "model": "" })).await;
        page.ask("Hello?").await;
        page.wait_state(&["complete"], 20).await;
        assert_eq!(page.error().await, "");
    });
}

#[test]
fn an_error_object_with_200() {
    fails_saying("json-error-200", &[&["the upstream model is overloaded"]]);
}

#[test]
fn an_error_object_labelled_as_bytes() {
    fails_saying("octet-stream-error", &[&["model is not supported"]]);
}

#[test]
fn an_empty_answer() {
    fails_saying("empty-200", &[&["empty", "nothing"]]);
}

#[test]
fn status_204() {
    fails_saying("204", &[&["empty", "nothing", "204"]]);
}

#[test]
fn an_answer_the_page_may_not_read() {
    fails_saying("no-cors", &[&["127.0.0.1"], &["refuse web pages"]]);
}

#[test]
fn a_refused_preflight() {
    fails_saying("preflight-refused", &[&["127.0.0.1"], &["refuse web pages"]]);
}

#[test]
fn a_refused_connection() {
    run(async |page| {
        page.use_scenario("refused").await;
        page.ask("Hello?").await;
        expect_sentence(page, "refused", &[&["127.0.0.1"], &["running", "started", "reach"]]).await;
        // Nobody counts requests at a closed port: the other answer is known by its element.
        page.js("last().dataset.seen = 'yes'").await;
        page.click("retry").await;
        page.wait("another answer", "return last()?.dataset.state === 'failed' && !last().dataset.seen", 10)
            .await;
    });
}

#[test]
fn a_connection_closed_before_headers() {
    fails_saying("close-before-headers", &[&["127.0.0.1"]]);
}

#[test]
fn an_error_after_some_text_keeps_the_text() {
    run(async |page| {
        page.use_scenario("error-midstream").await;
        page.ask("Hello?").await;
        page.wait_state(&["failed"], 15).await;
        assert_eq!(page.answer().await.trim(), lab::scenarios::STALL_TEXT);
        let sentence = page.error().await;
        assert!(sentence.contains("The engine stopped by itself."), "{sentence:?}");
        assert_eq!(
            page.questions("error-midstream").len(),
            1,
            "a question is not asked twice after the first byte"
        );
    });
}
