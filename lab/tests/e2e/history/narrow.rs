//! The side bar by the width of the window: a column, or a dialog where there is no room beside the conversation.

use serde_json::json;

use super::{COFFEE, LAST_WORDS, TEA, ask_and_keep, link, press_in_row, show_list, wait};
use crate::{browser::run, page::Page};

const IS_MODAL: &str = "return shown($('side-bar')) && $('side-bar').matches(':modal')";

/// A kept conversation, and an empty one on show, on a phone.
async fn phone(page: &Page) {
    page.use_screen(390, 844, false).await;
    page.use_scenario("burst").await;
    ask_and_keep(page, TEA).await;
    page.click("new-chat").await;
    page.wait("an empty page", "return !last()", 5).await;
}

#[test]
fn on_a_wide_screen_it_is_a_column_beside_the_conversation_that_a_reload_keeps() {
    run(async |page| {
        page.use_scenario("burst").await;
        show_list(page).await;
        ask_and_keep(page, TEA).await;
        assert_eq!(page.js("return $('side-bar').matches('dialog, :modal')").await, json!(false));
        let beside = "const side = $('side-bar').getBoundingClientRect(), text = $('answer', last()).getBoundingClientRect();
                      return side.right <= text.left && side.bottom > innerHeight / 2";
        assert_eq!(page.js(beside).await, json!(true), "it covers nothing");
        assert_eq!(page.js("return document.documentElement.scrollWidth <= innerWidth").await, json!(true));
        page.driver.refresh().await.unwrap();
        page.wait("the column", "return shown($('side-bar'))", 20).await;
        page.click("close-side-bar").await;
        page.wait("no column", "return !$('side-bar')", 5).await;
        page.driver.refresh().await.unwrap();
        page.wait("the conversation", "return !!last()", 20).await;
        assert_eq!(page.js("return !!$('side-bar')").await, json!(false));
    });
}

#[test]
fn on_a_phone_it_is_a_modal_dialog_that_a_chosen_conversation_closes() {
    run(async |page| {
        phone(page).await;
        show_list(page).await;
        assert_eq!(page.js(IS_MODAL).await, json!(true));
        assert_eq!(page.js("return document.documentElement.scrollWidth <= innerWidth").await, json!(true));
        link(page, TEA).await.click().await.unwrap();
        page.wait(
            "the conversation",
            "return !shown($('side-bar')) && last()?.dataset.state === 'complete'",
            10,
        )
        .await;
        assert!(page.answer().await.contains(LAST_WORDS));
    });
}

#[test]
fn on_a_phone_escape_closes_it_and_it_opens_again() {
    run(async |page| {
        phone(page).await;
        show_list(page).await;
        page.press_escape().await;
        page.wait("no dialog", "return !shown($('side-bar')) && !document.querySelector('dialog[open]')", 5)
            .await;
        show_list(page).await;
        assert_eq!(page.js(IS_MODAL).await, json!(true));
    });
}

#[test]
fn on_a_phone_a_new_chat_from_it_is_seen() {
    run(async |page| {
        phone(page).await;
        ask_and_keep(page, COFFEE).await;
        show_list(page).await;
        page.click("side-new-chat").await;
        page.wait("the empty page", "return !last() && !shown($('side-bar'))", 5).await;
    });
}

#[test]
fn on_a_phone_escape_in_a_title_leaves_the_title_and_not_the_list() {
    run(async |page| {
        phone(page).await;
        ask_and_keep(page, COFFEE).await;
        show_list(page).await;
        press_in_row(page, COFFEE, "rename").await;
        page.wait("the field", "return document.activeElement === $('title')", 5).await;
        page.element("title").await.send_keys("x").await.unwrap();
        page.press_escape().await;
        wait(page, "the old title", &format!("return !!row({}) && !$('title')", json!(COFFEE))).await;
        assert_eq!(page.js(IS_MODAL).await, json!(true));
    });
}
