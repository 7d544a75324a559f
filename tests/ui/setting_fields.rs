//! The fields of the settings sheet: what they take, what they refuse, and what they show of changes made elsewhere.

use crate::mounted::{Mounted, dispatch, later, page, settled};
use leptos::prelude::*;
use tokenfall::browser::storage::StorageProblem;
use tokenfall::engine::messages::{problems, sheet as words};
use tokenfall::engine::settings::{Field, Settings};
use tokenfall::engine::wire::Dialect;
use tokenfall::ui::chat::Chat;
use tokenfall::ui::settings::dialog::SettingsDialog;
use tokenfall::ui::state::Opened;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlDialogElement, HtmlInputElement, HtmlSelectElement};

/// The sheet of a server of the person's own, with a model and no key.
fn sheet() -> (Owner, Mounted, Chat) {
    window().local_storage().unwrap().unwrap().clear().unwrap();
    let (owner, mounted, chat) = page(|| view! { <SettingsDialog /> });
    chat.connection.change(|settings| {
        *settings = Settings::default();
        settings.preset = "custom".to_owned();
        settings.base_url = "https://a.example/v1".to_owned();
        settings.model = "m".to_owned();
    });
    (owner, mounted, chat)
}

/// The value of a field, whichever element it is.
fn value(mounted: &Mounted, name: &str) -> String {
    let field: Element = mounted.find(&format!("[name={name}]"));
    js_sys::Reflect::get(&field, &"value".into()).unwrap().as_string().unwrap()
}

fn problem(mounted: &Mounted) -> String {
    mounted.text("[data-testid=settings-problem]")
}

/// Has a choice hold a value, which may be none of its options, and tell of it.
fn choose(mounted: &Mounted, name: &str, value: &str) {
    let select: HtmlSelectElement = mounted.find(&format!("select[name={name}]"));
    select.set_value(value);
    dispatch(&select, "change");
}

/// Covers AddressField: state. ModelField: state. SystemField: state. ExtraField: state. ProtocolField: state.
#[wasm_bindgen_test]
async fn the_fields_show_what_changes_elsewhere() {
    let (_owner, mounted, chat) = sheet();
    settled().await;
    chat.connection.change(|settings| {
        settings.base_url = "https://b.example".to_owned();
        settings.model = "<i>n</i>".to_owned();
        settings.system = "Be brief.\n</textarea><b>".to_owned();
        settings.extra = "{\"a\": 1}".to_owned();
        settings.dialect = Dialect::Ollama;
    });
    settled().await;
    for (name, expected) in [
        ("base-url", "https://b.example"),
        ("model", "<i>n</i>"),
        ("system", "Be brief.\n</textarea><b>"),
        ("extra", "{\"a\": 1}"),
        ("dialect", Dialect::Ollama.name()),
    ] {
        assert_eq!(value(&mounted, name), expected);
    }
}

/// Covers SystemField: event, bad input. ModelField: event.
#[wasm_bindgen_test]
async fn a_long_text_with_markup_is_kept_as_it_was_typed() {
    let (_owner, mounted, chat) = sheet();
    let text = format!("\u{202e}</textarea><img src=x>{}", "é".repeat(50_000));
    mounted.type_into("[name=system]", &text);
    mounted.type_into("[name=model]", "a\"><b>/b:c");
    settled().await;
    let settings = chat.connection.settings.get_untracked();
    assert_eq!((settings.system, settings.model.as_str()), (text.clone(), "a\"><b>/b:c"));
    assert_eq!(value(&mounted, "system"), text);
    assert_eq!(mounted.count("img, b, [data-testid=settings-problem]"), 0);
}

/// Covers ModelField: bad input.
#[wasm_bindgen_test]
async fn a_model_of_spaces_is_told_as_none_until_one_is_typed() {
    let (_owner, mounted, _chat) = sheet();
    mounted.type_into("[name=model]", " \u{a0}\t");
    settled().await;
    assert_eq!(problem(&mounted), problems::MODEL_MISSING);
    mounted.type_into("[name=model]", "m");
    settled().await;
    assert_eq!(mounted.count("[data-testid=settings-problem]"), 0);
}

/// Covers AddressField: event, bad input.
#[wasm_bindgen_test]
async fn an_address_that_is_none_is_told_and_a_protocols_path_is_taken_off_one() {
    let (_owner, mounted, chat) = sheet();
    for (typed, sentence) in [
        ("javascript:alert(1)", problems::ADDRESS_SCHEME),
        ("", problems::ADDRESS_SCHEME),
        ("https://:80", problems::ADDRESS_HOST),
        ("https://<b>", problems::ADDRESS_HOST),
        ("https://user@a.example", problems::ADDRESS_EXTRAS),
    ] {
        mounted.type_into("[name=base-url]", typed);
        settled().await;
        assert_eq!(mounted.text("#about-base-url.problem"), sentence, "{typed}");
    }
    mounted.type_into("[name=base-url]", "https://a.example/v1/chat/completions");
    settled().await;
    assert_eq!(value(&mounted, "base-url"), "https://a.example/v1");
    assert_eq!(mounted.text("#about-base-url.problem"), words::ending_taken_off("/chat/completions"));
    assert_eq!(chat.connection.settings.get_untracked().base_url, "https://a.example/v1");
}

/// Covers KeyField: event, state, bad input.
#[wasm_bindgen_test]
async fn a_key_is_kept_for_its_server_refused_with_a_foreign_character_and_cleared_for_another_server() {
    let (_owner, mounted, chat) = sheet();
    mounted.type_into("[name=key]", "a\u{200b}<b>");
    settled().await;
    assert_eq!(problem(&mounted), problems::key_character(2));
    mounted.type_into("[name=key]", "k1");
    settled().await;
    assert_eq!(mounted.count("[data-testid=settings-problem]"), 0);
    let record = chat.connection.key.get_value();
    assert_eq!((record.origin.as_str(), record.key.as_str()), ("https://a.example", "k1"));
    mounted.type_into("[name=base-url]", "https://b.example/v1");
    settled().await;
    assert_eq!(problem(&mounted), words::KEY_CLEARED);
    assert_eq!(value(&mounted, "key"), "");
    assert_eq!(chat.connection.key.get_value().key, "");
}

/// Covers MaxTokensField: event, state, bad input. TemperatureField: event, state, bad input.
#[wasm_bindgen_test]
async fn numbers_that_are_none_or_too_large_are_told_and_leave_what_was_set() {
    let (_owner, mounted, chat) = sheet();
    mounted.type_into("[name=max-tokens]", "7");
    mounted.type_into("[name=temperature]", "0.50");
    for (name, refused, sentence) in [
        ("max-tokens", ["0", "-1", "4294967296", "1e3", "<b>"], words::LIMIT_REFUSED),
        ("temperature", ["NaN", "-1", "inf", "1,5", "<b>"], words::TEMPERATURE_REFUSED),
    ] {
        for typed in refused {
            mounted.type_into(&format!("[name={name}]"), typed);
            settled().await;
            assert_eq!(problem(&mounted), sentence, "{typed}");
            let field: Element = mounted.find(&format!("[name={name}]"));
            assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"), "{typed}");
        }
        mounted.type_into(&format!("[name={name}]"), " 3 ");
        settled().await;
        assert_eq!(mounted.count("[data-testid=settings-problem]"), 0);
    }
    let settings = chat.connection.settings.get_untracked();
    let temperature = settings.temperature.unwrap();
    assert_eq!((settings.max_tokens, temperature.as_str()), (Some(3), "3"));
}

/// Covers ExtraField: event, bad input.
#[wasm_bindgen_test]
async fn extra_json_that_is_no_object_is_told_and_an_object_is_kept() {
    let (_owner, mounted, chat) = sheet();
    for typed in ["[1]", "null", "\"<b>\""] {
        mounted.type_into("[name=extra]", typed);
        settled().await;
        assert_eq!(problem(&mounted), problems::EXTRA_IS_NO_OBJECT, "{typed}");
    }
    mounted.type_into("[name=extra]", &"{\"a\":".repeat(300));
    settled().await;
    assert!(problem(&mounted).starts_with("The extra JSON cannot be read: "), "{}", problem(&mounted));
    mounted.type_into("[name=extra]", "{\"a\": \"<b>\"}");
    settled().await;
    assert_eq!(mounted.count("[data-testid=settings-problem], b"), 0);
    assert_eq!(chat.connection.settings.get_untracked().extra, "{\"a\": \"<b>\"}");
}

/// Covers ProtocolField: event, bad input.
#[wasm_bindgen_test]
async fn a_protocol_that_is_not_known_changes_nothing_and_one_that_is_does() {
    let (_owner, mounted, chat) = sheet();
    choose(&mounted, "dialect", Dialect::Gemini.name());
    settled().await;
    let before = chat.connection.settings.get_untracked();
    assert_eq!(before.dialect, Dialect::Gemini);
    choose(&mounted, "dialect", "of another version");
    settled().await;
    assert_eq!(chat.connection.settings.get_untracked(), before);
}

/// Covers LoadModels: event, state, bad input.
#[wasm_bindgen_test]
async fn models_that_were_found_are_offered_as_text_and_a_list_that_cannot_be_had_is_told_at_its_field() {
    let (_owner, mounted, chat) = sheet();
    settled().await;
    assert_eq!(mounted.text("[data-testid=load-models]"), words::LOAD_MODELS);
    let found = ["\"><img src=x>", "", "<b>m</b>"].map(str::to_owned).to_vec();
    chat.connection.models.set(found.clone());
    settled().await;
    assert_eq!(mounted.text("[data-testid=load-models]"), words::models_found(3));
    let options: Vec<String> = (1..=3)
        .map(|at| mounted.find::<Element>(&format!("#models > :nth-child({at})")))
        .map(|option| option.get_attribute("value").unwrap())
        .collect();
    assert_eq!(options, found);
    assert_eq!(mounted.count("img, b"), 0);
    mounted.type_into("[name=base-url]", "https://<b>");
    chat.connection.problem.set(None);
    mounted.press("[data-testid=load-models]");
    later().await;
    assert_eq!(mounted.text("#about-base-url.problem"), problems::ADDRESS_HOST);
    assert!(
        !mounted.find::<Element>("[data-testid=load-models]").has_attribute("disabled"),
        "it can be tried again"
    );
}

/// Covers SettingsDialog: event, state, bad input.
#[wasm_bindgen_test]
async fn the_sheet_opens_at_the_field_that_is_named_switches_what_is_pressed_and_tells_storage_problems_as_text()
 {
    let (_owner, mounted, chat) = sheet();
    settled().await;
    let dialog: HtmlDialogElement = mounted.find("dialog");
    assert!(!dialog.open());
    for field in [Field::Temperature, Field::Extra] {
        chat.sheet.opened.set(Some(Opened { field: Some(field) }));
        settled().await;
        let focused = document().active_element().unwrap();
        assert!(dialog.open());
        assert_eq!(focused.get_attribute("name").as_deref(), Some(field.name()));
    }
    mounted.press("[name=stream]");
    mounted.press("[name=remember-key]");
    let settings = chat.connection.settings.get_untracked();
    assert!(!settings.stream && settings.remember_key);
    let unreadable = StorageProblem::Unreadable { name: "<b>x</b>".to_owned(), cause: "<i>y</i>".to_owned() };
    chat.connection.storage_problem.set(Some(unreadable.clone()));
    settled().await;
    assert_eq!(mounted.text("p.problem"), unreadable.to_string());
    assert_eq!(mounted.count("b, i"), 0);
    chat.connection.storage_problem.set(None);
    settled().await;
    assert_eq!(mounted.count("p.problem"), 0);
    let field: HtmlInputElement = mounted.find("[name=temperature]");
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("false"));
}
