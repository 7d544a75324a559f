//! What is fetched behind the first load: ahead, in time, and again after it failed.

#![expect(
    clippy::print_stdout,
    reason = "how long a question took to leave is for the reader; no time is asserted"
)]

use std::path::PathBuf;

use serde_json::json;

use crate::browser::{dist, run, run_on, run_redeployed};
use crate::page::Page;

/// Whether the page has asked for the part that a question needs.
const ASKED_FOR_REST: &str =
    "return performance.getEntriesByType('resource').some(e => /split_chat-.*wasm$/.test(e.name))";

/// How many requests the page has made for its other parts.
async fn fetched(page: &Page) -> u64 {
    let count =
        "return performance.getEntriesByType('resource').filter(e => /split_|chunk_/.test(e.name)).length";
    page.js(count).await.as_u64().unwrap()
}

/// Has the browser say from the next load on that its person wants to save data.
async fn save_data(page: &Page) {
    page.cdp("Emulation.setDataSaverOverride", json!({ "dataSaverEnabled": true })).await;
}

/// Lets no request for the rest of the page through, or all of them again.
async fn block(page: &Page, urls: &[&str]) {
    page.cdp("Network.enable", json!({})).await;
    page.cdp("Network.setBlockedURLs", json!({ "urls": urls })).await;
}

#[test]
fn what_a_question_needs_is_there_before_anybody_touches_the_page() {
    run(async |page| {
        page.use_scenario("no-done-but-finished").await;
        page.wait("the rest", ASKED_FOR_REST, 10).await;
        page.wait(
            "its end",
            "return performance.getEntriesByType('resource').filter(e => /split_chat|chunk_/.test(e.name)).every(e => e.responseEnd > 0)",
            10,
        )
        .await;
        // Behind it comes what keeps conversations, which no question waits for.
        page.wait("the history", "return performance.getEntriesByType('resource').some(e => /split_settings/.test(e.name) && e.responseEnd > 0)", 10).await;
        let before = fetched(page).await;
        page.js(
            "addEventListener('keydown', e => { if (e.key === 'Enter') window.__enter = performance.now() }, true)",
        )
        .await;
        page.element("composer").await.send_keys("How do I make tea?\u{e007}").await.unwrap();
        page.wait_state(&["complete"], 15).await;
        assert_eq!(fetched(page).await, before, "nothing else was fetched for it");
        let left = "const asked = performance.getEntriesByType('resource').find(e => /chat.completions/.test(e.name)); return asked.startTime - __enter";
        println!("from Enter to the request: {} ms", page.js(left).await);
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn somebody_who_saves_data_fetches_the_first_load_only_until_the_first_key() {
    run(async |page| {
        save_data(page).await;
        page.use_scenario("no-done-but-finished").await;
        assert_eq!(page.js("return navigator.connection.saveData").await, json!(true));
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        assert_eq!(fetched(page).await, 0);
        page.element("composer").await.send_keys("H").await.unwrap();
        page.wait("the rest", ASKED_FOR_REST, 5).await;
        assert_eq!(page.text("return $('composer').value").await, "H", "typing does not wait for it");
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn settings_that_are_opened_before_anything_else_show_what_was_stored_and_change_nothing_else_of_it() {
    run(async |page| {
        save_data(page).await;
        page.use_settings(
            json!({ "base_url": page.lab.base("no-done-but-finished"), "system": "Be brief." }),
        )
        .await;
        page.open_settings().await;
        let field = "return document.querySelector('[name=system]').value";
        page.wait("the stored prompt", &format!("{field} === 'Be brief.'"), 10).await;
        page.fill("model", "lab-large").await;
        page.close_settings().await;
        let stored = page.text("return localStorage.getItem('tokenfall.settings')").await;
        assert!(stored.contains("Be brief.") && stored.contains("lab-large"), "{stored}");
        let named = "return document.querySelector('.header [popovertarget]').innerText === 'lab-large'";
        page.wait("the model's name", named, 5).await;
    });
}

#[test]
fn a_part_that_could_not_be_fetched_ahead_is_no_news_and_comes_with_the_first_key() {
    run(async |page| {
        block(page, &["*split_chat*"]).await;
        page.use_scenario("no-done-but-finished").await;
        page.wait("the try", ASKED_FOR_REST, 10).await;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        assert_eq!(page.js("return !$('rest')").await, json!(true), "nobody asked for anything");
        block(page, &[]).await;
        page.ask("How do I make tea?").await;
        page.wait_state(&["complete"], 15).await;
        assert_eq!(page.js("return !$('rest')").await, json!(true));
    });
}

#[test]
fn a_question_waits_for_the_rest_and_is_asked_once() {
    run(async |page| {
        save_data(page).await;
        page.use_scenario("no-done-but-finished").await;
        let slow =
            json!({ "offline": false, "latency": 1500, "downloadThroughput": -1, "uploadThroughput": -1 });
        page.cdp("Network.enable", json!({})).await;
        page.cdp("Network.emulateNetworkConditions", slow).await;
        page.element("composer").await.send_keys("How do I make tea?").await.unwrap();
        page.click("send").await;
        page.click("send").await;
        assert_eq!(page.text("return $('composer').value").await, "How do I make tea?");
        page.wait_state(&["complete"], 20).await;
        assert_eq!(page.js("return turns('user').length").await, json!(1));
        assert_eq!(page.text("return $('composer').value").await, "");
        assert_eq!(page.js("return !$('rest')").await, json!(true), "nothing is said any more");
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn without_the_rest_the_question_stays_and_goes_out_when_it_is_there() {
    run(async |page| {
        save_data(page).await;
        page.use_scenario("no-done-but-finished").await;
        block(page, &["*split_chat*"]).await;
        page.element("composer").await.send_keys("How do I make tea?").await.unwrap();
        page.click("send").await;
        page.wait("the reason", "return ($('rest')?.innerText ?? '').includes('could not be fetched')", 10)
            .await;
        assert_eq!(page.text("return $('composer').value").await, "How do I make tea?");
        assert_eq!(page.js("return turns('user').length").await, json!(0));
        block(page, &[]).await;
        page.click("send").await;
        page.wait_state(&["complete"], 15).await;
        assert_eq!(page.js("return !$('rest')").await, json!(true), "the reason is gone");
        assert_eq!(page.text("return $('composer').value").await, "");
    });
}

#[test]
fn an_old_tab_after_a_deployment_says_so_with_the_first_key_and_keeps_what_was_typed() {
    run_redeployed(async |page, take_away| {
        save_data(page).await;
        page.use_scenario("no-done-but-finished").await;
        // A new version of the page has other names for its files, and the old ones answer with 404.
        take_away("split_chat");
        page.element("composer").await.send_keys("H").await.unwrap();
        let told = "const said = $('rest')?.innerText ?? ''; return said.includes('copy what you typed') && said.includes('reload')";
        page.wait("what to do", told, 10).await;
        page.element("composer").await.send_keys("ow do I make tea?").await.unwrap();
        page.click("send").await;
        page.wait("the same behind the question", told, 10).await;
        assert_eq!(page.text("return $('composer').value").await, "How do I make tea?");
        assert_eq!(page.js("return turns('user').length").await, json!(0));
        assert_eq!(page.questions("no-done-but-finished").len(), 0);
    });
}

#[test]
fn parts_come_from_a_host_that_sends_wasm_under_another_type() {
    let files = std::fs::read_dir(dist()).unwrap().map(|entry| entry.unwrap().path());
    let is_part = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        name.starts_with("split_") || name.starts_with("chunk_")
    };
    let parts: Vec<_> = files
        .filter(is_part)
        .map(|path| {
            let name = format!("/{}", path.file_name().unwrap().to_str().unwrap());
            (name, std::fs::read(path).unwrap(), "application/octet-stream")
        })
        .collect();
    assert!(4 <= parts.len(), "{} parts", parts.len());
    run_on(parts, async |page| {
        page.use_scenario("code-and-math").await;
        page.ask("The mean?").await;
        page.wait_state(&["complete"], 20).await;
        page.wait("colours", "return (CSS.highlights.get('code-keyword')?.size ?? 0) > 0", 20).await;
        page.click("open-settings").await;
        page.wait("the sheet", "return shown($('settings'))", 10).await;
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn a_stop_goes_through_no_part() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        page.ask("How do I make tea?").await;
        page.wait_state(&["streaming"], 20).await;
        let before = fetched(page).await;
        block(page, &["*"]).await;
        page.click("stop").await;
        page.wait_state(&["stopped"], 10).await;
        assert_eq!(fetched(page).await, before);
    });
}

#[test]
fn settings_and_sample_come_when_they_are_wanted() {
    run(async |page| {
        save_data(page).await;
        page.use_scenario("no-done-but-finished").await;
        assert_eq!(page.js("return !$('settings')").await, json!(true));
        page.click("open-settings").await;
        page.wait("the sheet", "return shown($('settings'))", 10).await;
        page.load().await;
        page.click("play-sample").await;
        page.wait_state(&["streaming", "complete"], 15).await;
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn a_sample_that_cannot_be_read_is_told_and_a_question_still_answered() {
    let page_instead = (String::from("/sample.tape.jsonl"), b"<!DOCTYPE html>".to_vec(), "text/html");
    run_on(vec![page_instead], async |page| {
        page.use_scenario("no-done-but-finished").await;
        page.click("play-sample").await;
        page.wait(
            "what happened",
            "return ($('rest')?.innerText ?? '').includes('could not be fetched')",
            10,
        )
        .await;
        assert_eq!(page.js("return turns('assistant').length").await, json!(0));
        page.ask("How do I make tea?").await;
        page.wait_state(&["complete"], 15).await;
        assert_eq!(page.js("return !$('rest')").await, json!(true), "the reason is gone");
    });
}
