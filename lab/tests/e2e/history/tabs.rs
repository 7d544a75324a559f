//! Two tabs of the page: the second shows what the first is told, as it is told, and none of them overwrites the other.

use serde_json::{Value, json};
use thirtyfour::{Key, WindowHandle};

use super::{
    COFFEE, LAST_WORDS, TEA, ask_and_keep, counts, link, look, open, press_in_row, questions, reload,
    show_list, wait, wait_kept,
};
use crate::{browser::run, page::Page};

/// The two tabs of a browser.
struct Tabs {
    first: WindowHandle,
    second: WindowHandle,
}

impl Tabs {
    /// Opens a second tab at the first one's address, and goes there.
    async fn open(page: &Page) -> Tabs {
        let address = page.text("return location.href").await;
        let first = page.driver.window().await.unwrap();
        let second = page.driver.new_tab().await.unwrap();
        page.driver.switch_to_window(second.clone()).await.unwrap();
        page.driver.goto(&address).await.unwrap();
        Tabs { first, second }
    }

    async fn to_first(&self, page: &Page) {
        page.driver.switch_to_window(self.first.clone()).await.unwrap();
    }

    async fn to_second(&self, page: &Page) {
        page.driver.switch_to_window(self.second.clone()).await.unwrap();
    }
}

/// Asks in the first tab, and opens the second while the answer is being written.
async fn open_in_mid_answer(page: &Page) -> Tabs {
    page.ask(TEA).await;
    page.wait("an address", "return location.hash.startsWith('#c=')", 10).await;
    page.wait_text(10).await;
    let tabs = Tabs::open(page).await;
    page.wait("the note", "return shown($('followed'))", 20).await;
    tabs
}

/// The lengths of the answer on show at some moments, until it is over.
async fn lengths(page: &Page) -> Vec<u64> {
    let script = "const seen = [];
        for (let count = 0; count < 300 && last().dataset.state !== 'complete'; count++) {
            seen.push($('answer', last()).textContent.length);
            await new Promise(done => setTimeout(done, 100));
        }
        return seen";
    let seen = page.js(&format!("return (async () => {{ {script} }})()")).await;
    let mut seen: Vec<u64> = seen.as_array().unwrap().iter().filter_map(Value::as_u64).collect();
    seen.dedup();
    seen
}

#[test]
fn a_second_tab_shows_an_answer_while_the_first_is_writing_it_and_stores_nothing_itself() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        let tabs = open_in_mid_answer(page).await;
        assert_eq!(page.state().await, "streaming");
        let seen = lengths(page).await;
        assert!(seen.len() >= 3 && seen.is_sorted(), "it grows: {seen:?}");
        page.wait("the note to go", "return !$('followed')", 10).await;
        let second = page.answer().await;
        assert!(second.contains(LAST_WORDS));
        assert_eq!(page.error().await, "");
        wait_kept(page, "complete").await;
        tabs.to_first(page).await;
        page.wait_state(&["complete"], 20).await;
        assert_eq!(page.answer().await, second);
        let stored = counts(page).await;
        assert_eq!((&stored[0], &stored[1]), (&json!(1), &json!(2)));
        assert_eq!(page.faults().await, Vec::<String>::new());
        // Whoever goes on in the second tab goes on with all of it.
        tabs.to_second(page).await;
        assert_eq!(page.faults().await, Vec::<String>::new());
        ask_and_keep(page, COFFEE).await;
        assert_eq!(questions(page).await, json!([TEA, COFFEE]));
        tabs.to_first(page).await;
        page.wait("the second question", "return turns('user').length === 2", 20).await;
        page.wait_state(&["complete"], 20).await;
        assert_eq!(questions(page).await, json!([TEA, COFFEE]));
    });
}

#[test]
fn a_conversation_that_lies_open_in_two_tabs_goes_on_in_both() {
    run(async |page| {
        page.use_scenario("burst").await;
        ask_and_keep(page, TEA).await;
        let address = page.text("return location.href").await;
        page.use_settings(json!({ "base_url": page.lab.base("slow-answer") })).await;
        page.driver.goto(&address).await.unwrap();
        page.wait_state(&["complete"], 20).await;
        let tabs = Tabs::open(page).await;
        page.wait_state(&["complete"], 20).await;
        page.js("$('composer').focus(); document.execCommand('insertText', false, 'Half a thought')").await;
        page.js("window.kept = turns('assistant')[0]").await;
        tabs.to_first(page).await;
        page.ask(COFFEE).await;
        page.wait_state(&["streaming"], 20).await;
        tabs.to_second(page).await;
        page.wait("the second question", "return turns('user').length === 2", 20).await;
        page.wait("the text to grow", "return $('answer', last()).textContent.length > 20", 20).await;
        assert_eq!(
            page.js("return window.kept === turns('assistant')[0]").await,
            json!(true),
            "what was there stays"
        );
        assert_eq!(page.text("return $('composer').value").await, "Half a thought");
        page.wait_state(&["complete"], 30).await;
        page.wait("the note to go", "return !$('followed')", 10).await;
        assert_eq!(page.text("return $('composer').value").await, "Half a thought");
        assert_eq!(questions(page).await, json!([TEA, COFFEE]));
    });
}

#[test]
fn an_answer_whose_tab_is_closed_is_told_as_cut_in_the_tab_that_followed_it() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        let tabs = open_in_mid_answer(page).await;
        page.wait("some text", "return $('answer', last()).textContent.length > 20", 20).await;
        tabs.to_first(page).await;
        page.driver.close_window().await.unwrap();
        tabs.to_second(page).await;
        page.wait_state(&["interrupted"], 20).await;
        assert!(page.error().await.contains("page was closed while the answer was being written"));
        assert!(!page.answer().await.is_empty());
        wait_kept(page, "interrupted").await;
        page.wait_retry().await;
    });
}

#[test]
fn stop_in_the_second_tab_stops_the_answer_that_the_first_is_writing() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        let tabs = open_in_mid_answer(page).await;
        page.click("stop").await;
        page.wait_state(&["stopped"], 10).await;
        tabs.to_first(page).await;
        page.wait_state(&["stopped"], 10).await;
        page.wait_until_left("slow-answer").await;
        wait_kept(page, "stopped").await;
    });
}

#[test]
fn the_list_of_a_second_tab_follows_names_deletions_and_answers() {
    run(async |page| {
        page.use_scenario("burst").await;
        show_list(page).await;
        ask_and_keep(page, TEA).await;
        page.click("side-new-chat").await;
        page.wait("an empty page", "return !last()", 5).await;
        let tabs = Tabs::open(page).await;
        show_list(page).await;
        link(page, TEA).await;
        tabs.to_first(page).await;
        press_in_row(page, TEA, "rename").await;
        page.wait("the field", "return document.activeElement === $('title')", 5).await;
        page.element("title").await.send_keys("Leaves").await.unwrap();
        page.press(&[Key::Enter]).await;
        tabs.to_second(page).await;
        wait(page, "the new name", "return titles().join() === 'Leaves'").await;
        open(page, "Leaves").await;
        ask_and_keep(page, COFFEE).await;
        let records = "return dump().then(kept => kept.conversations.map(record => record.title))";
        assert_eq!(look(page, records).await, json!(["Leaves"]), "the name is not overwritten");
        // Deleted in the first tab while it is on show in the second.
        tabs.to_first(page).await;
        press_in_row(page, "Leaves", "delete-conversation").await;
        tabs.to_second(page).await;
        wait(page, "an empty list", "return titles().length === 0").await;
        page.wait("the words", "return /deleted in another tab/.test($('store-problem')?.innerText)", 10)
            .await;
        assert_eq!(questions(page).await, json!([TEA, COFFEE]), "it stays on show");
        assert_eq!(page.js("return location.hash").await, json!(""));
        assert_eq!(counts(page).await, json!([0, 0, 0]), "and is not stored");
        ask_and_keep(page, "And now?").await;
        assert_eq!(
            look(page, "return dump().then(kept => kept.turns.length)").await,
            json!(6),
            "all of it is"
        );
        reload(page).await;
        assert_eq!(questions(page).await, json!([TEA, COFFEE, "And now?"]));
    });
}

#[test]
fn settings_that_one_tab_changes_hold_in_the_other_at_once() {
    run(async |page| {
        page.use_scenario("burst").await;
        let tabs = Tabs::open(page).await;
        page.wait("the page", "return shown($('composer'))", 20).await;
        page.ask(TEA).await;
        page.wait_state(&["complete"], 20).await;
        tabs.to_first(page).await;
        page.open_settings().await;
        page.fill("model", "lab-large").await;
        page.fill("base-url", &page.lab.base("no-done-but-finished")).await;
        page.close_settings().await;
        tabs.to_second(page).await;
        page.wait(
            "the model",
            "return document.querySelector('.model-button').innerText === 'lab-large'",
            10,
        )
        .await;
        page.ask(COFFEE).await;
        page.wait_state(&["complete"], 20).await;
        assert_eq!(page.questions("no-done-but-finished").len(), 1);
        assert_eq!(page.body("no-done-but-finished", 0)["model"], json!("lab-large"));
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn nothing_of_a_temporary_conversation_is_stored_unless_the_person_wants_it_after_all() {
    run(async |page| {
        page.use_scenario("burst").await;
        show_list(page).await;
        page.click("temporary-chat").await;
        page.wait("the note", "return shown($('temporary'))", 10).await;
        page.ask(TEA).await;
        page.wait_state(&["complete"], 20).await;
        page.js("$('composer').focus(); document.execCommand('insertText', false, 'A secret draft')").await;
        assert_eq!(page.js("return location.hash").await, json!(""));
        page.click("side-new-chat").await;
        page.wait("an empty page", "return !last() && !$('temporary')", 5).await;
        assert_eq!(page.text("return $('composer').value").await, "");
        assert_eq!(counts(page).await, json!([0, 0, 0]));
        page.click("temporary-chat").await;
        page.wait("the note", "return shown($('temporary'))", 10).await;
        page.ask(COFFEE).await;
        page.wait_state(&["complete"], 20).await;
        page.click("keep-temporary").await;
        wait_kept(page, "complete").await;
        page.wait("the note to go", "return !$('temporary')", 5).await;
        reload(page).await;
        assert_eq!(questions(page).await, json!([COFFEE]));
        let all = look(page, "return dump().then(kept => JSON.stringify(kept.turns))").await;
        assert!(!all.as_str().unwrap().contains("tea"), "the first one is gone: {all}");
    });
}
