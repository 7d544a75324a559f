//! The list of conversations: naming, pinning, finding, deleting.

use serde_json::{Value, json};
use thirtyfour::Key;

use super::{
    COFFEE, LAST_WORDS, TEA, ask_and_keep, counts, look, open, press_in_row, reload, show_list, wait,
    wait_kept,
};
use crate::{browser::run, page::Page};

/// Two conversations, the second one on show, with the list beside it.
async fn two(page: &Page) {
    page.use_scenario("burst").await;
    show_list(page).await;
    ask_and_keep(page, TEA).await;
    page.click("side-new-chat").await;
    page.wait("an empty page", "return !last()", 5).await;
    ask_and_keep(page, COFFEE).await;
}

async fn titles(page: &Page) -> Value {
    look(page, "return titles()").await
}

/// Opens the field in the place of a title, and types into it.
async fn rename(page: &Page, old: &str, new: &str) {
    press_in_row(page, old, "rename").await;
    page.wait("the field", "return document.activeElement === $('title')", 5).await;
    let field = page.element("title").await;
    assert_eq!(page.js("return $('title').value").await, json!(old));
    // All of the old one is selected: typing takes its place.
    field.send_keys(new).await.unwrap();
}

#[test]
fn the_newest_conversation_is_first_and_each_is_named_by_its_first_words() {
    run(async |page| {
        two(page).await;
        assert_eq!(titles(page).await, json!([COFFEE, TEA]));
    });
}

#[test]
fn a_title_is_kept_by_enter_over_a_reload_and_over_the_next_question() {
    run(async |page| {
        two(page).await;
        rename(page, TEA, "Leaves & water").await;
        page.press(&[Key::Enter]).await;
        wait(page, "the title", "return !!row('Leaves & water')").await;
        open(page, "Leaves & water").await;
        ask_and_keep(page, "Once more?").await;
        assert_eq!(titles(page).await, json!(["Leaves & water", COFFEE]));
        reload(page).await;
        show_list(page).await;
        wait(page, "the list", "return titles().length === 2").await;
        assert_eq!(titles(page).await, json!(["Leaves & water", COFFEE]));
    });
}

#[test]
fn escape_leaves_a_title_as_it_was_and_stops_no_answer() {
    run(async |page| {
        page.use_scenario("slow-answer").await;
        show_list(page).await;
        page.ask(TEA).await;
        page.wait_text(10).await;
        rename(page, TEA, "Something else").await;
        page.press_escape().await;
        wait(page, "the old title", &format!("return !!row({}) && !$('title')", json!(TEA))).await;
        page.wait_state(&["complete"], 20).await;
        wait_kept(page, "complete").await;
        assert_eq!(titles(page).await, json!([TEA]));
        assert_eq!(look(page, "return dump().then(kept => kept.conversations[0].title)").await, json!(TEA));
    });
}

#[test]
fn an_empty_title_changes_nothing() {
    run(async |page| {
        two(page).await;
        rename(page, TEA, "  ").await;
        page.press(&[Key::Enter]).await;
        wait(page, "the old title", &format!("return !!row({}) && !$('title')", json!(TEA))).await;
        assert_eq!(titles(page).await, json!([COFFEE, TEA]));
    });
}

#[test]
fn markup_in_a_title_stays_text() {
    run(async |page| {
        two(page).await;
        let title = "<img src=x onerror=\"window.__pwned=1\"><b>Tea</b>";
        rename(page, TEA, title).await;
        page.press(&[Key::Enter]).await;
        wait(page, "the title", &format!("return !!row({})", json!(title))).await;
        reload(page).await;
        show_list(page).await;
        wait(page, "the title", &format!("return !!row({})", json!(title))).await;
        assert_eq!(page.js("return $('side-bar').querySelectorAll('img, b').length").await, json!(0));
        assert_eq!(page.js("return own.__pwned ?? null").await, json!(null));
        assert_eq!(page.faults().await, Vec::<String>::new());
    });
}

#[test]
fn a_pinned_conversation_stands_above_newer_ones_over_a_reload_until_it_is_unpinned() {
    run(async |page| {
        two(page).await;
        press_in_row(page, TEA, "pin").await;
        let pinned = |is: bool| format!("return row({})?.dataset.pinned === '{is}'", json!(TEA));
        wait(page, "the pin", &pinned(true)).await;
        assert_eq!(titles(page).await, json!([TEA, COFFEE]));
        ask_and_keep(page, "Once more?").await;
        assert_eq!(titles(page).await, json!([TEA, COFFEE]), "though the other one is newer");
        reload(page).await;
        show_list(page).await;
        wait(page, "the pin", &pinned(true)).await;
        assert_eq!(titles(page).await, json!([TEA, COFFEE]));
        press_in_row(page, TEA, "pin").await;
        wait(page, "no pin", &pinned(false)).await;
        assert_eq!(titles(page).await, json!([COFFEE, TEA]));
    });
}

#[test]
fn a_title_is_found_without_regard_to_case_and_what_is_not_there_is_said() {
    run(async |page| {
        two(page).await;
        let find = page.element("find").await;
        find.send_keys("COFFEE").await.unwrap();
        wait(page, "one row", "return titles().length === 1").await;
        assert_eq!(titles(page).await, json!([COFFEE]));
        find.send_keys(" and cake").await.unwrap();
        wait(page, "no row", "return titles().length === 0").await;
        page.wait("words for it", "return $('find-status').innerText.startsWith('Nothing found')", 10).await;
        find.clear().await.unwrap();
        page.js("$('find').dispatchEvent(new Event('input', { bubbles: true }))").await;
        wait(page, "both rows", "return titles().length === 2").await;
    });
}

#[test]
fn a_deleted_conversation_leaves_nothing_in_the_database_and_undo_brings_all_of_it_back() {
    run(async |page| {
        two(page).await;
        let before = counts(page).await;
        assert_eq!([&before[0], &before[1]], [&json!(2), &json!(4)]);
        press_in_row(page, TEA, "delete-conversation").await;
        wait(page, "the row to go", &format!("return !row({})", json!(TEA))).await;
        page.wait("the notice", "return /Conversation deleted/.test($('undo-notice')?.innerText)", 5).await;
        let left =
            look(page, "return dump().then(kept => JSON.stringify([kept.conversations, kept.turns]))").await;
        assert!(!left.as_str().unwrap().contains("make tea"), "{left}");
        assert_eq!(counts(page).await[1], json!(2));
        page.click("undo").await;
        open(page, TEA).await;
        page.wait_state(&["complete"], 10).await;
        assert!(page.answer().await.contains(LAST_WORDS));
        assert_eq!(counts(page).await, before);
        reload(page).await;
        assert!(page.answer().await.contains(LAST_WORDS));
    });
}

#[test]
fn the_conversation_on_show_can_be_deleted_and_brought_back_from_the_side_bar() {
    run(async |page| {
        two(page).await;
        press_in_row(page, COFFEE, "delete-conversation").await;
        page.wait("an empty page", "return !last() && location.hash === ''", 5).await;
        wait(page, "one row", "return titles().length === 1").await;
        page.click("undo-last").await;
        open(page, COFFEE).await;
        page.wait_state(&["complete"], 10).await;
        assert!(page.answer().await.contains(LAST_WORDS));
    });
}

#[test]
fn a_conversation_that_is_deleted_in_mid_answer_leaves_no_piece_of_it_behind() {
    run(async |page| {
        page.use_scenario("long-answer").await;
        show_list(page).await;
        page.ask(TEA).await;
        page.wait_text(10).await;
        wait(page, "a journal", "return dump().then(kept => kept.tapes.length > 0, () => false)").await;
        press_in_row(page, TEA, "delete-conversation").await;
        wait(page, "no row", "return titles().length === 0").await;
        page.wait_until_left("long-answer").await;
        // Longer than a piece waits to be written.
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        assert_eq!(counts(page).await, json!([0, 0, 0]));
    });
}

#[test]
fn delete_everything_asks_first_and_a_no_changes_nothing() {
    run(async |page| {
        two(page).await;
        let before = counts(page).await;
        page.click("delete-all").await;
        assert!(page.driver.get_alert_text().await.unwrap().contains("cannot be undone"));
        page.driver.dismiss_alert().await.unwrap();
        assert_eq!(titles(page).await, json!([COFFEE, TEA]));
        assert_eq!(counts(page).await, before);
    });
}

#[test]
fn delete_everything_leaves_nothing_in_any_store_also_after_a_reload_and_of_an_answer_under_way() {
    run(async |page| {
        page.use_scenario("long-answer").await;
        show_list(page).await;
        page.ask(TEA).await;
        page.wait_text(10).await;
        page.click("side-new-chat").await;
        page.wait("an empty page", "return !last()", 5).await;
        page.ask(COFFEE).await;
        page.wait_text(10).await;
        wait(page, "a journal of each", "return dump().then(kept => new Set(kept.turns.map(turn => turn.conversation)).size === 2 && kept.tapes.length > 1, () => false)").await;
        page.click("delete-all").await;
        page.driver.accept_alert().await.unwrap();
        wait(page, "no row", "return titles().length === 0 && !last()").await;
        wait(
            page,
            "empty stores",
            "return dump().then(kept => Object.values(kept).every(all => all.length === 0))",
        )
        .await;
        // Longer than a piece waits to be written.
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        assert_eq!(counts(page).await, json!([0, 0, 0]));
        assert_eq!(
            page.js("return !!$('undo-notice') || !!$('undo-last')").await,
            json!(false),
            "it is for good"
        );
        page.driver.refresh().await.unwrap();
        page.wait("the composer", "return shown($('composer'))", 20).await;
        show_list(page).await;
        page.wait("the words", "return /What you ask is kept here/.test($('side-bar').innerText)", 10).await;
        assert_eq!(counts(page).await, json!([0, 0, 0]));
    });
}
