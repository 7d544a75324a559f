//! The settings sheet: what is typed becomes the settings, and what they cannot hold is told.

use crate::mounted::{Mounted, dispatch, owned, settled};
use leptos::prelude::*;
use tokenfall::ui::chat::Chat;
use tokenfall::ui::settings::dialog::SettingsDialog;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlSelectElement};

/// The sheet with the settings of a newcomer.
fn sheet() -> (Owner, Mounted) {
    window().local_storage().unwrap().unwrap().clear().unwrap();
    let owner = owned();
    let page = Mounted::new(move || {
        let _ = Chat::provide();
        view! { <SettingsDialog /> }
    });
    (owner, page)
}

fn stored() -> String {
    window().local_storage().unwrap().unwrap().get_item("tokenfall.settings").unwrap().unwrap_or_default()
}

/// Covers TemperatureField: event, state, bad input. MaxTokensField: event. ModelField: event.
#[wasm_bindgen_test]
async fn what_is_typed_is_stored_and_a_number_that_is_none_is_told_and_not_stored() {
    let (_owner, page) = sheet();
    page.type_into("[name=temperature]", "0.7");
    page.type_into("[name=max-tokens]", "200");
    page.type_into("[name=model]", "small");
    settled().await;
    let before = stored();
    assert!(before.contains("0.7") && before.contains("200") && before.contains("small"), "{before}");
    page.type_into("[name=temperature]", "warm");
    settled().await;
    assert_eq!(page.text("[data-testid=settings-problem]"), "The temperature must be a number from 0 up.");
    assert_eq!(stored(), before);
    let field: HtmlInputElement = page.find("[name=temperature]");
    assert_eq!(
        (field.value().as_str(), field.get_attribute("aria-invalid").as_deref()),
        ("warm", Some("true"))
    );
    page.type_into("[name=temperature]", "");
    settled().await;
    assert!(!stored().contains("0.7"), "an empty field is the server's own");
}

/// Covers ServerField: event. ProtocolField: state. AddressField: event, bad input.
#[wasm_bindgen_test]
async fn a_provider_brings_its_address_and_only_a_custom_server_asks_for_its_protocol() {
    let (_owner, page) = sheet();
    let provider: HtmlSelectElement = page.find("[name=preset]");
    provider.set_value("anthropic");
    dispatch(&provider, "change");
    settled().await;
    assert!(page.find::<HtmlInputElement>("[name=base-url]").value().contains("anthropic"));
    assert!(page.find::<HtmlElement>("div:has(> .field > [name=dialect])").hidden());
    provider.set_value("custom");
    dispatch(&provider, "change");
    settled().await;
    assert!(!page.find::<HtmlElement>("div:has(> .field > [name=dialect])").hidden());
    page.type_into("[name=base-url]", "ftp://example.org");
    settled().await;
    assert!(page.text("#about-base-url.problem").contains("http"), "{}", page.text("#about-base-url"));
}

/// Covers SettingsDialog: event, state.
#[wasm_bindgen_test]
async fn the_sheet_closes_by_its_button_and_by_a_press_beside_it_but_not_by_one_inside() {
    let (_owner, page) = sheet();
    let dialog: HtmlDialogElement = page.find("dialog[data-testid=settings]");
    dialog.show_modal().unwrap();
    dispatch(&page.find::<HtmlElement>(".sheet-content"), "pointerdown");
    dispatch(&page.find::<HtmlElement>(".sheet-content"), "click");
    dispatch(&dialog, "click");
    assert!(dialog.open(), "a press that began inside selects text");
    dispatch(&dialog, "pointerdown");
    dispatch(&dialog, "click");
    assert!(!dialog.open());
    dialog.show_modal().unwrap();
    page.press("[aria-label='Close the settings']");
    assert!(!dialog.open());
}
