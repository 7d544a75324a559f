//! The browser's own model as a server: what the settings ask for, and what they tell of it.

use crate::mounted::{Mounted, dispatch, later, page, settled};
use leptos::prelude::*;
use tokenfall::engine::messages::browser_model as words;
use tokenfall::engine::settings::{Settings, preset};
use tokenfall::engine::wire::Dialect;
use tokenfall::ui::chat::Chat;
use tokenfall::ui::settings::browser_model::BrowserModelHint;
use tokenfall::ui::settings::dialog::SettingsDialog;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlSelectElement};

const HINT: &str = "[data-testid=browser-model]";

/// A stand-in of the Prompt API that says this of its model, until it is dropped.
struct Says;

impl Says {
    fn new(script: &str) -> Says {
        run(&format!(
            "window.realModel ??= Object.getOwnPropertyDescriptor(window, 'LanguageModel') ?? null; \
             Object.defineProperty(window, 'LanguageModel', {{ value: {script}, configurable: true }});"
        ));
        Says
    }
}

impl Drop for Says {
    fn drop(&mut self) {
        run(
            "delete window.LanguageModel; if (window.realModel) Object.defineProperty(window, 'LanguageModel', window.realModel); delete window.realModel;",
        );
    }
}

fn run(script: &str) {
    js_sys::Function::new_no_args(script).call0(&JsValue::NULL).unwrap();
}

fn sheet() -> (Owner, Mounted, Chat) {
    window().local_storage().unwrap().unwrap().clear().unwrap();
    page(|| view! { <SettingsDialog /> })
}

fn is_shown(mounted: &Mounted, name: &str) -> bool {
    mounted.find::<HtmlElement>(&format!("[name={name}]")).closest("[hidden]").unwrap().is_none()
}

fn choose(mounted: &Mounted, name: &str) {
    let select: HtmlSelectElement = mounted.find("select[name=preset]");
    select.set_value(name);
    dispatch(&select, "change");
}

/// Covers BrowserModelHint: event, state. ServerField: event. ProtocolField: state.
#[wasm_bindgen_test]
async fn choosing_the_browsers_model_hides_what_it_has_not_and_tells_whether_it_is_there() {
    let _says = Says::new("{ availability: async () => 'downloadable' }");
    let (_owner, mounted, chat) = sheet();
    settled().await;
    assert!(mounted.find::<HtmlElement>(HINT).hidden());
    let hidden = ["base-url", "key", "remember-key", "model", "temperature", "max-tokens"];
    for name in hidden {
        assert!(is_shown(&mounted, name), "{name}");
    }
    choose(&mounted, "browser");
    later().await;
    for name in hidden {
        assert!(!is_shown(&mounted, name), "{name}");
    }
    for name in ["preset", "system", "stream", "extra"] {
        assert!(is_shown(&mounted, name), "{name}");
    }
    assert_eq!(mounted.text(HINT), words::TO_BE_FETCHED);
    let settings = chat.connection.settings.get_untracked();
    assert_eq!(settings.dialect, Dialect::BrowserModel);
    assert!(settings.endpoint("").is_ok() && settings.prompt(Vec::new()).is_ok(), "it can be asked at once");
    // It is a server, and no protocol that another server could speak.
    choose(&mounted, "custom");
    settled().await;
    assert!(mounted.find::<HtmlElement>(HINT).hidden() && is_shown(&mounted, "base-url"));
    assert_eq!(mounted.count("select[name=dialect] > option[value=browser-model]"), 0);
}

/// Covers BrowserModelHint: bad input.
#[wasm_bindgen_test]
async fn a_browser_without_a_model_or_with_odd_words_of_it_is_told_as_that_and_nothing_becomes_markup() {
    for (script, expected) in [
        ("undefined", words::MISSING),
        ("{ availability: async () => 'unavailable' }", words::REFUSED),
        ("{ availability: async () => '<b>readily</b>' }", words::UNKNOWN),
        ("{ availability: () => { throw new Error('no'); } }", words::UNKNOWN),
        ("{}", words::UNKNOWN),
        ("{ availability: () => new Promise(() => {}) }", words::LOOKING),
    ] {
        let _says = Says::new(script);
        let (_owner, mounted, chat) = page(|| view! { <BrowserModelHint /> });
        chat.connection.change(|settings| *settings = Settings::for_preset(preset("browser").unwrap()));
        later().await;
        assert_eq!(mounted.text(HINT), expected, "{script}");
        assert_eq!(mounted.count("b"), 0);
        settled().await;
    }
}

/// Covers LoadModels: bad input.
#[wasm_bindgen_test]
async fn there_is_no_list_of_models_to_be_had_of_the_browser() {
    let (_owner, _mounted, chat) = sheet();
    chat.connection.change(|settings| *settings = Settings::for_preset(preset("browser").unwrap()));
    settled().await;
    let problem = chat.connection.load_models().await.unwrap_err();
    assert_eq!(problem.sentence, words::ONE_MODEL);
    settled().await;
}
