//! What opens over the page: the menu of models, notices, the list of keys.

use crate::mounted::{Mounted, later, owned, press_key, settled};
use leptos::prelude::*;
use tokenfall::engine::messages::{keys, sheet};
use tokenfall::ui::chat::Chat;
use tokenfall::ui::components::Notice;
use tokenfall::ui::settings::keys::KeysDialog;
use tokenfall::ui::settings::model_menu::ModelMenuView;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlDialogElement, HtmlElement};

/// The menu of a server that cannot be reached, which listed these models before.
async fn menu(models: &[&str]) -> (Owner, Mounted, Chat) {
    window().local_storage().unwrap().unwrap().clear().unwrap();
    let models = models.iter().map(|&id| id.to_owned()).collect();
    let owner = owned();
    let chat = owner.with(Chat::provide);
    chat.connection.change(|settings| {
        settings.base_url = "http://127.0.0.1:9/v1".to_owned();
        settings.model = "small".to_owned();
    });
    chat.connection.models.set(models);
    let mounted = owner.with(|| Mounted::new(|| view! { <ModelMenuView /> }));
    later().await;
    (owner, mounted, chat)
}

fn type_into_search(mounted: &Mounted, text: &str) {
    mounted.type_into("[type=search]", text);
}

/// The words of all entries, in their order.
fn entries(mounted: &Mounted) -> Vec<String> {
    let list: Element = mounted.find(".menu-list");
    let buttons = list.query_selector_all("button").unwrap();
    (0..buttons.length()).map(|at| buttons.get(at).unwrap().text_content().unwrap()).collect()
}

/// Covers ModelMenuView: event, state, bad input. Groups: event, state, bad input.
#[wasm_bindgen_test]
async fn a_model_is_found_by_words_in_any_order_and_a_press_chooses_it_and_its_name_stays_text() {
    let (_owner, mounted, chat) = menu(&["small", "<b>Big</b> vision 7B", "big code 7B"]).await;
    // The recent one stands first, and again among all.
    assert_eq!(entries(&mounted), ["small", "small", "<b>Big</b> vision 7B", "big code 7B"]);
    type_into_search(&mounted, "7b big vision");
    settled().await;
    assert_eq!(entries(&mounted), ["<b>Big</b> vision 7B", &sheet::use_typed("7b big vision")]);
    let list: Element = mounted.find(".menu-list");
    list.query_selector("button").unwrap().unwrap().unchecked_into::<HtmlElement>().click();
    settled().await;
    assert_eq!(chat.connection.settings.get_untracked().model, "<b>Big</b> vision 7B");
}

/// Covers ModelMenuView: event, state, bad input. Groups: event, state, bad input.
#[wasm_bindgen_test]
async fn what_no_server_lists_can_be_used_as_typed_and_a_list_of_hundreds_says_how_many_are_left_out() {
    let many: Vec<String> = (0..130).map(|number| format!("m{number}")).collect();
    let (_owner, mounted, chat) = menu(&many.iter().map(String::as_str).collect::<Vec<_>>()).await;
    assert_eq!(entries(&mounted).len(), 101, "a recent one, and a hundred");
    assert!(mounted.text(".menu-list").contains(&sheet::more_models("30")));
    type_into_search(&mounted, "My-Model");
    settled().await;
    assert_eq!(entries(&mounted), [sheet::use_typed("My-Model")]);
    mounted.press(".menu-item");
    assert_eq!(chat.connection.settings.get_untracked().model, "My-Model");
}

/// Covers KeysDialog: event.
#[wasm_bindgen_test]
async fn the_list_of_keys_names_each_with_what_it_does_and_closes_once() {
    let owner = owned();
    let closed = RwSignal::new(0);
    let mounted = owner.with(|| {
        Mounted::new(move || {
            view! { <KeysDialog on_close=move |()| closed.update(|closed| *closed += 1) /> }
        })
    });
    settled().await;
    assert!(mounted.find::<HtmlDialogElement>("dialog").open());
    for (key, effect) in keys::ALL {
        let text = mounted.text("dl");
        assert!(text.contains(key) && text.contains(effect), "{key}: {effect}");
    }
    mounted.press("[data-testid=close-keys]");
    later().await;
    assert_eq!(closed.get_untracked(), 1);
}

/// Covers Notice: event, state, bad input.
#[wasm_bindgen_test]
async fn a_notice_opens_by_itself_tells_once_that_it_was_closed_and_its_words_stay_text() {
    let owner = owned();
    let closed = RwSignal::new(0);
    let mounted = owner.with(|| {
        Mounted::new(move || {
            view! {
                <Notice
                    test_id="a-notice"
                    title="<b>Title</b>"
                    close_id="close-it"
                    close_label="Close \"it\""
                    on_close=move |()| closed.update(|closed| *closed += 1)
                >
                    {"<i>words</i>"}
                </Notice>
            }
        })
    });
    settled().await;
    let dialog: HtmlDialogElement = mounted.find("[data-testid=a-notice]");
    assert!(dialog.open());
    assert_eq!(dialog.get_attribute("aria-label").as_deref(), Some("<b>Title</b>"));
    assert_eq!(dialog.text_content().as_deref(), Some("<b>Title</b><i>words</i>"));
    assert_eq!(mounted.count("b, i"), 0);
    for _ in 0..2 {
        mounted.press("[data-testid=close-it]");
        later().await;
        assert!(!dialog.open());
    }
    assert_eq!(closed.get_untracked(), 1);
    dialog.show_modal().unwrap();
    // As Escape and a press beside it do.
    dialog.close();
    later().await;
    assert_eq!(closed.get_untracked(), 2);
}

/// Covers ModelMenuView: event, state, bad input. Groups: state, bad input.
#[wasm_bindgen_test]
async fn the_menu_follows_the_list_of_models_and_enter_takes_the_first_even_if_its_name_is_odd() {
    let (_owner, mounted, chat) = menu(&[]).await;
    assert_eq!(entries(&mounted), ["small"], "the one in use, of a server that lists none");
    let odd = format!("<img src=x>{}", "é".repeat(1_000));
    chat.connection.models.set(vec![odd.clone(), String::new()]);
    type_into_search(&mounted, "IMG é");
    settled().await;
    assert_eq!(entries(&mounted), [odd.clone(), sheet::use_typed("IMG é")]);
    assert_eq!(mounted.count("img"), 0);
    assert!(!press_key(&mounted.find::<Element>("[type=search]"), "Escape"), "the browser closes it");
    assert!(press_key(&mounted.find::<Element>("[type=search]"), "Enter"));
    assert_eq!(chat.connection.settings.get_untracked().model, odd);
}
