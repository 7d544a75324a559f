//! A browser that keeps nothing, is full, or has the page open twice: the page says so once, and goes on.

use serde_json::json;

use super::{
    COFFEE, LAST_WORDS, TEA, ask_and_keep, look, open, questions, reload, show_list, wait, wait_kept,
};
use crate::{
    browser::{run, run_with},
    page::Page,
};

const REFUSED: &str =
    "IDBFactory.prototype.open = () => { throw new DOMException('denied', 'SecurityError') };";
const MISSING: &str = "Object.defineProperty(window, 'indexedDB', { value: undefined });";

async fn problem(page: &Page) -> String {
    page.text("return $('store-problem')?.innerText").await
}

async fn works_without(page: &Page) {
    page.use_scenario("burst").await;
    page.wait("the notice", "return /keeps nothing for this page/.test($('store-problem')?.innerText)", 15)
        .await;
    page.ask(TEA).await;
    page.wait_state(&["complete"], 20).await;
    show_list(page).await;
    page.click("side-new-chat").await;
    page.wait("an empty page", "return !last()", 5).await;
    page.ask(COFFEE).await;
    page.wait_state(&["complete"], 20).await;
    let notices = "return document.querySelectorAll('[data-testid=store-problem]').length";
    assert_eq!(page.js(notices).await, json!(1));
    // As the notice says: until the tab is closed.
    open(page, TEA).await;
    assert_eq!(questions(page).await, json!([TEA]));
    assert!(page.answer().await.contains(LAST_WORDS));
    assert_eq!(page.faults().await, Vec::<String>::new());
}

#[test]
fn a_browser_that_refuses_storage_is_told_once_and_answers() {
    run_with(REFUSED, works_without);
}

#[test]
fn a_browser_without_a_database_is_told_once_and_answers() {
    run_with(MISSING, works_without);
}

/// Says how much the page may keep; `None` for the usual.
async fn allow_bytes(page: &Page, bytes: Option<u64>) {
    let origin = page.url.trim_end_matches('/');
    let quota =
        bytes.map_or(json!({ "origin": origin }), |bytes| json!({ "origin": origin, "quotaSize": bytes }));
    page.cdp("Storage.overrideQuotaForOrigin", quota).await;
}

/// Has the browser clear what it keeps in databases for the page, as it does when it needs room.
async fn clear_storage(page: &Page) {
    let origin = page.url.trim_end_matches('/');
    page.cdp("Storage.clearDataForOrigin", json!({ "origin": origin, "storageTypes": "indexeddb" })).await;
}

#[test]
fn a_storage_that_fills_in_mid_answer_is_told_the_answer_goes_on_and_is_kept_once_there_is_room() {
    run(async |page| {
        // Room for the beginning only. What there was is cleared, lest the browser goes by what it knew of the room.
        allow_bytes(page, Some(30_000)).await;
        page.driver.goto("about:blank").await.unwrap();
        clear_storage(page).await;
        page.load().await;
        page.use_scenario("long-answer").await;
        page.ask(TEA).await;
        wait(page, "a journal", "return dump().then(kept => kept.tapes.length > 0, () => false)").await;
        page.wait_state(&["complete"], 30).await;
        assert!(page.answer().await.contains("Paragraph 80."));
        page.wait("a notice", "return shown($('store-problem'))", 10).await;
        assert!(problem(page).await.contains("storage is full"), "{}", problem(page).await);
        assert_eq!(
            page.js("return document.querySelectorAll('[data-testid=store-problem]').length").await,
            json!(1)
        );
        allow_bytes(page, None).await;
        ask_and_keep(page, COFFEE).await;
        assert_eq!(problem(page).await, "", "it is no longer so");
        reload(page).await;
        // Of long answers the last one is in the page, and those before it come when they are wanted.
        page.js("$('earlier-turns')?.click()").await;
        page.wait("the first question", "return turns('user').length === 2", 5).await;
        assert_eq!(questions(page).await, json!([TEA, COFFEE]));
        let states = page.js("return turns('assistant').map(turn => turn.dataset.state)").await;
        assert_eq!(states, json!(["complete", "complete"]));
    });
}

#[test]
fn a_storage_that_the_browser_clears_in_mid_answer_is_told_what_is_shown_stays_and_a_reload_keeps_again() {
    run(async |page| {
        page.use_scenario("long-answer").await;
        page.ask(TEA).await;
        page.wait_text(10).await;
        wait(page, "a journal", "return dump().then(kept => kept.tapes.length > 0, () => false)").await;
        clear_storage(page).await;
        page.wait_state(&["complete"], 30).await;
        page.wait("a notice", "return shown($('store-problem'))", 10).await;
        assert!(problem(page).await.contains("has cleared its storage"), "{}", problem(page).await);
        assert!(page.answer().await.contains("Paragraph 80."));
        assert_eq!(page.faults().await, Vec::<String>::new());
        page.use_scenario("burst").await;
        ask_and_keep(page, TEA).await;
        assert_eq!(problem(page).await, "");
        reload(page).await;
        assert_eq!(questions(page).await, json!([TEA]));
    });
}

#[test]
fn a_write_that_throws_for_want_of_room_is_told_as_a_full_storage_and_the_answer_goes_on() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        page.ask(TEA).await;
        page.wait_text(10).await;
        page.js("for (const name of ['put', 'add'])
                     IDBObjectStore.prototype[name] = () => { throw new DOMException('no room', 'QuotaExceededError') }")
            .await;
        page.wait_state(&["complete"], 20).await;
        assert!(page.answer().await.contains(LAST_WORDS));
        page.wait("a notice", "return shown($('store-problem'))", 10).await;
        assert!(problem(page).await.contains("storage is full"), "{}", problem(page).await);
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn a_piece_that_could_not_be_kept_once_does_not_cost_those_behind_it() {
    run(async |page| {
        page.use_scenario("long-answer").await;
        page.ask(TEA).await;
        page.wait(
            "the first paragraphs",
            "return $('answer', last()).textContent.includes('Paragraph 5.')",
            10,
        )
        .await;
        wait(page, "a journal", "return dump().then(kept => kept.tapes.length > 0, () => false)").await;
        page.js("const put = IDBObjectStore.prototype.put;
                 let failures = 1;
                 IDBObjectStore.prototype.put = function (...given) {
                     if (this.name === 'tapes' && failures-- > 0) throw new DOMException('no room', 'QuotaExceededError');
                     return put.apply(this, given);
                 }")
            .await;
        page.wait("more of it", "return $('answer', last()).textContent.includes('Paragraph 40.')", 15).await;
        assert_eq!(page.state().await, "streaming");
        reload(page).await;
        assert_eq!(page.state().await, "interrupted");
        let text = page.answer().await;
        let numbers: Vec<usize> = text
            .split("Paragraph ")
            .skip(1)
            .map(|rest| rest.split('.').next().unwrap().parse().unwrap())
            .collect();
        assert_eq!(
            numbers,
            (1..=numbers.len()).collect::<Vec<_>>(),
            "no paragraph is missing between others"
        );
        assert!(numbers.len() >= 30, "only {} paragraphs are there", numbers.len());
    });
}

#[test]
fn an_answer_of_which_no_piece_was_kept_says_that_the_page_was_closed_and_can_be_asked_again() {
    let nothing = "const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (...given) {
            if (this.name === 'tapes') throw new DOMException('no room', 'QuotaExceededError');
            return put.apply(this, given);
        };";
    run_with(nothing, async |page| {
        page.use_scenario("stall-midstream").await;
        page.ask(TEA).await;
        wait(
            page,
            "the question to be kept",
            "return dump().then(kept => kept.turns.length === 2, () => false)",
        )
        .await;
        reload(page).await;
        assert_eq!(questions(page).await, json!([TEA]));
        assert_eq!(page.state().await, "interrupted");
        assert!(page.error().await.contains("page was closed while the answer was being written"));
        page.wait_retry().await;
    });
}

#[test]
fn neither_the_key_nor_a_password_in_the_address_is_in_any_record() {
    run(async |page| {
        let secrets = ["sk-canary-5f1e", "canary-password"];
        let plain = page.lab.base("401-echo");
        let with_password = plain.replace("http://", &format!("http://somebody:{}@", secrets[1]));
        page.use_settings(json!({ "base_url": with_password })).await;
        page.element("composer").await.send_keys(TEA).await.unwrap();
        page.click("send").await;
        // Such an address may be asked or refused, which the settings say.
        page.wait("an end", "return last()?.dataset.state === 'failed' || shown($('settings'))", 20).await;
        page.use_settings(json!({ "base_url": plain })).await;
        page.open_settings().await;
        page.fill("key", secrets[0]).await;
        page.close_settings().await;
        page.ask(COFFEE).await;
        page.wait_state(&["failed"], 20).await;
        wait_kept(page, "failed").await;
        let request = page.questions("401-echo").pop().unwrap().request;
        assert_eq!(request.header("authorization"), Some("Bearer sk-canary-5f1e"), "the key was in use");
        wait(page, "a recording", "return dump().then(kept => kept.tapes.length > 0)").await;
        let records = look(
            page,
            "const latin = new TextDecoder('latin1');
             return dump().then(kept => JSON.stringify(kept, (name, value) =>
                 value instanceof Map ? [...value] : ArrayBuffer.isView(value) ? latin.decode(value) : value))",
        )
        .await;
        let records = records.as_str().unwrap();
        assert!(records.contains("make coffee") && records.contains("Incorrect API key"), "{records}");
        for secret in secrets {
            assert!(!records.contains(secret), "{secret} is in {records}");
        }
    });
}

#[test]
fn two_tabs_that_know_nothing_of_each_other_and_go_on_with_one_conversation_lose_nothing_of_either() {
    run_with("delete window.BroadcastChannel", async |page| {
        page.use_scenario("burst").await;
        ask_and_keep(page, TEA).await;
        let address = page.text("return location.href").await;
        let first = page.driver.window().await.unwrap();
        let second = page.driver.new_tab().await.unwrap();
        page.driver.switch_to_window(second).await.unwrap();
        page.driver.goto(&address).await.unwrap();
        page.wait_state(&["complete"], 20).await;
        page.driver.switch_to_window(first.clone()).await.unwrap();
        ask_and_keep(page, "From the first tab?").await;
        page.driver
            .switch_to_window(
                page.driver.windows().await.unwrap().into_iter().find(|tab| *tab != first).unwrap(),
            )
            .await
            .unwrap();
        page.ask("From the second tab?").await;
        page.wait_state(&["complete"], 20).await;
        wait_kept(page, "complete").await;
        let all =
            look(page, "return dump().then(kept => JSON.stringify(kept.turns.map(turn => turn.blocks)))")
                .await;
        for question in ["From the first tab?", "From the second tab?"] {
            assert!(all.as_str().unwrap().contains(question), "{question} is not in {all}");
        }
        reload(page).await;
        assert!(questions(page).await.to_string().contains("From the second tab?"));
        page.driver.switch_to_window(first).await.unwrap();
        reload(page).await;
        assert!(questions(page).await.to_string().contains("From the first tab?"));
    });
}
