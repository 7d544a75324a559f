//! What opens over the page: the menu of models and the list of keys.

use crate::mounted::{Mounted, later, owned, settled};
use leptos::prelude::*;
use tokenfall::engine::messages::{keys, sheet};
use tokenfall::ui::chat::Chat;
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
