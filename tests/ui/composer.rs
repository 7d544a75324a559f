//! The composer: what is typed, what is attached, and what sends or stops.

use crate::conversation::Asked;
use crate::mounted::{dispatch, dispatch_with, opened_at, page, press_key, set_unusable_address, settled};
use leptos::prelude::*;
use tokenfall::engine::messages::page as words;
use tokenfall::engine::settings::Field;
use tokenfall::ui::chat::composer::Composer;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement};

/// Covers Composer: event, bad input. HiddenNote: event, state, bad input.
#[wasm_bindgen_test]
async fn the_composer_sends_nothing_blank_and_tells_of_characters_that_cannot_be_seen() {
    let (_owner, mounted, chat) = page(|| view! { <Composer /> });
    settled().await;
    let field: HtmlTextAreaElement = mounted.find("textarea");
    mounted.press("[data-testid=send]");
    assert!(!chat.conversation.has_store(), "nothing was asked");
    field.set_value("a\u{e0041}\u{e0042}b");
    dispatch(&field, "input");
    settled().await;
    assert_eq!(chat.draft.hidden.get_untracked(), 2);
    assert!(mounted.text("[data-testid=hidden]").starts_with(&words::text_holds_hidden(2)));
    mounted.press("[data-testid=remove-hidden]");
    settled().await;
    assert_eq!((field.value().as_str(), mounted.count("[data-testid=hidden]")), ("ab", 0));
}

/// Covers Composer: event.
#[wasm_bindgen_test]
async fn enter_sends_and_a_question_that_cannot_be_sent_stays_but_not_with_shift_or_in_an_input_method() {
    let (_owner, mounted, chat) = page(|| view! { <Composer /> });
    set_unusable_address(chat);
    settled().await;
    let field: HtmlTextAreaElement = mounted.find("textarea");
    field.set_value("<b>Why?</b>");
    dispatch(&field, "input");
    let key = |member: &str, value: JsValue| {
        dispatch_with(&field, "keydown", &[("key", "Enter".into()), (member, value)])
    };
    assert!(!key("shiftKey", true.into()));
    assert!(!key("isComposing", true.into()));
    assert!(!key("keyCode", 229.into()));
    assert_eq!(opened_at(chat).await, None);
    assert!(press_key(&field, "Enter"));
    settled().await;
    assert_eq!(opened_at(chat).await, Some(Some(Field::BaseUrl)));
    assert_eq!(field.value(), "<b>Why?</b>");
}

/// Covers Composer: event, state.
#[wasm_bindgen_test]
async fn while_an_answer_is_written_its_stop_is_there_and_the_button_that_sends_once_something_is_typed() {
    let asked = Asked::new("Why?", Vec::new());
    let mounted = asked.mount(|| view! { <Composer /> });
    settled().await;
    assert!(mounted.find::<Element>("[data-testid=send]").has_attribute("disabled"), "nothing is typed");
    asked.chat.conversation.is_running.set(true);
    settled().await;
    let send: HtmlElement = mounted.find("[data-testid=send]");
    assert!(send.hidden(), "there is nothing to send");
    let field: HtmlTextAreaElement = mounted.find("textarea");
    field.set_value("And then?");
    dispatch(&field, "input");
    settled().await;
    assert!(!send.hidden() && !send.has_attribute("disabled"));
    mounted.press("[data-testid=stop]");
    assert_eq!(asked.stops.get_untracked(), 1);
    asked.chat.conversation.is_running.set(false);
    settled().await;
    assert_eq!(mounted.count("[data-testid=stop]"), 0);
}
