//! The servers that were set up: each keeps what is its own, and what was stored before is taken over.

use crate::mounted::{Mounted, dispatch, later, owned, settled};
use leptos::prelude::*;
use serde_json::{Value, json};
use tokenfall::engine::messages::sheet;
use tokenfall::ui::chat::Chat;
use tokenfall::ui::settings::dialog::SettingsDialog;
use tokenfall::ui::settings::model_menu::ModelMenuView;
use tokenfall::ui::state::Connection;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement, Storage};

/// The fields of the sheet that belong to a server.
const FIELDS: [&str; 7] = ["dialect", "base-url", "key", "model", "temperature", "max-tokens", "extra"];

fn storage() -> Storage {
    window().local_storage().unwrap().unwrap()
}

fn kept(name: &str) -> Value {
    let text = storage().get_item(name).unwrap();
    text.map_or(Value::Null, |text| serde_json::from_str(&text).unwrap())
}

fn keep(records: &[(&str, &str)]) {
    storage().clear().unwrap();
    for (name, text) in records {
        storage().set_item(name, text).unwrap();
    }
}

/// The sheet of a page that was opened over what is stored.
async fn sheet() -> (Owner, Mounted, Connection) {
    let owner = owned();
    let chat = owner.with(Chat::provide);
    chat.connection.restore().await;
    let page = owner.with(|| Mounted::new(|| view! { <SettingsDialog /> }));
    settled().await;
    (owner, page, chat.connection)
}

/// The key that a question would be sent with, in a page where nobody has opened the settings.
async fn key_without_the_sheet() -> String {
    let owner = owned();
    let chat = owner.with(Chat::provide);
    chat.connection.restore().await;
    chat.connection.own_key().unwrap()
}

fn select(page: &Mounted) -> HtmlSelectElement {
    page.find("[name=preset]")
}

/// The names of the servers that were set up.
fn own_servers(page: &Mounted) -> Vec<String> {
    let options = select(page).query_selector_all("[label='Your servers'] > option").unwrap();
    (0..options.length()).map(|at| options.get(at).unwrap().text_content().unwrap()).collect()
}

/// The name of the server that the choice shows.
fn shown(page: &Mounted) -> String {
    select(page).selected_options().item(0).unwrap().text_content().unwrap()
}

/// Chooses the first server of that name, as a person does.
async fn choose(page: &Mounted, label: &str) {
    let select = select(page);
    let options = select.query_selector_all("option").unwrap();
    let found = (0..options.length())
        .find(|&at| options.get(at).is_some_and(|option| option.text_content().as_deref() == Some(label)));
    select.set_selected_index(i32::try_from(found.unwrap()).unwrap());
    dispatch(&select, "change");
    settled().await;
}

fn values(page: &Mounted) -> Vec<String> {
    let value = |name: &&str| {
        let field: Element = page.find(&format!("[name={name}]"));
        field
            .dyn_ref::<HtmlSelectElement>()
            .map_or_else(|| field.unchecked_ref::<HtmlInputElement>().value(), HtmlSelectElement::value)
    };
    FIELDS.iter().map(value).collect()
}

async fn fill(page: &Mounted, values: &[(&str, &str)]) {
    for (name, text) in values {
        page.type_into(&format!("[name={name}]"), text);
        settled().await;
    }
}

/// Covers ServerField: event, state. ServerTools: event.
#[wasm_bindgen_test]
async fn a_server_that_was_left_for_another_comes_back_with_all_its_fields_and_each_has_its_own_key() {
    keep(&[]);
    let (_owner, page, connection) = sheet().await;
    assert_eq!(own_servers(&page), Vec::<String>::new());
    let groups = select(&page).query_selector_all("optgroup").unwrap().length();
    assert_eq!(groups, 1, "a newcomer has no group without servers");
    choose(&page, "Another server").await;
    let first = ["anthropic", "https://one.example/v1", "sk-one", "m-1", "0.25", "70", r#"{"top_k":4}"#];
    for (name, text) in FIELDS.iter().zip(first) {
        fill(&page, &[(name, text)]).await;
    }
    page.press("[name=stream]");
    settled().await;
    assert_eq!(
        (own_servers(&page), shown(&page)),
        (vec!["one.example".to_owned()], "one.example".to_owned())
    );
    // What is no number is no server's, and must not be shown as the next one's.
    fill(&page, &[("system", "Be brief."), ("temperature", "warm")]).await;
    choose(&page, "OpenAI").await;
    assert_eq!(values(&page), ["responses", "https://api.openai.com/v1", "", "", "", "", ""]);
    assert!(page.find::<HtmlInputElement>("[name=stream]").checked());
    assert_eq!(
        page.find::<HtmlInputElement>("[name=temperature]").get_attribute("aria-invalid").as_deref(),
        Some("false")
    );
    assert_eq!(own_servers(&page), ["one.example"], "nothing of it was changed yet");
    fill(&page, &[("key", "sk-two"), ("model", "m-2"), ("server-name", "Work")]).await;
    assert_eq!(
        (own_servers(&page), shown(&page)),
        (vec!["one.example".to_owned(), "Work".to_owned()], "Work".to_owned())
    );
    choose(&page, "one.example").await;
    assert_eq!(values(&page), first);
    assert!(!page.find::<HtmlInputElement>("[name=stream]").checked());
    assert_eq!(connection.own_key().as_deref(), Ok("sk-one"));
    choose(&page, "OpenAI").await;
    assert_eq!(shown(&page), "Work", "the preset means what was set up with it");
    assert_eq!(values(&page)[2..4], ["sk-two", "m-2"]);
    assert_eq!(connection.own_key().as_deref(), Ok("sk-two"));
    choose(&page, "OpenAI").await;
    assert_eq!(values(&page)[2..4], ["", ""], "a second account");
    assert_eq!(kept("tokenfall.settings")["system"], json!("Be brief."), "it belongs to no server");
    let stored =
        format!("{:?}", (0..storage().length().unwrap()).map(|at| storage().key(at)).collect::<Vec<_>>());
    assert_eq!(kept("tokenfall.keys"), Value::Null, "nobody asked to keep a key: {stored}");
}

#[wasm_bindgen_test]
async fn kept_keys_and_servers_are_there_when_the_page_is_opened_again_and_a_key_that_is_not_kept_is_gone() {
    keep(&[]);
    let (owner, page, _) = sheet().await;
    choose(&page, "Anthropic").await;
    page.press("[name=remember-key]");
    fill(&page, &[("key", "sk-kept"), ("model", "m-1")]).await;
    choose(&page, "OpenAI").await;
    fill(&page, &[("key", "sk-forgotten"), ("model", "m-2")]).await;
    drop((page, owner));
    let (owner, page, connection) = sheet().await;
    assert_eq!(
        (own_servers(&page), shown(&page)),
        (vec!["Anthropic".to_owned(), "OpenAI".to_owned()], "OpenAI".to_owned())
    );
    assert_eq!(values(&page)[2..4], ["", "m-2"]);
    choose(&page, "Anthropic").await;
    assert_eq!(values(&page)[2..4], ["sk-kept", "m-1"]);
    assert_eq!(connection.own_key().as_deref(), Ok("sk-kept"));
    drop((page, owner));
    assert_eq!(key_without_the_sheet().await, "sk-kept");
    let (_owner, page, _) = sheet().await;
    page.press("[name=remember-key]");
    settled().await;
    assert_eq!(kept("tokenfall.keys"), Value::Null);
    assert_eq!(key_without_the_sheet().await, "");
}

/// What the first version stored, letter by letter.
const OLD: [(&str, &str); 3] = [
    (
        "tokenfall.settings",
        concat!(
            r#"{"version":1,"preset":"openai","base_url":"https://api.openai.com/v1","dialect":"responses","model":"gpt-x","#,
            r#""system":"Be brief.","temperature":0.25,"max_tokens":7,"extra":"{\"top_p\":0.9}","stream":false,"remember_key":true}"#
        ),
    ),
    ("tokenfall.key", r#"{"origin":"https://api.openai.com","key":"sk-1"}"#),
    (
        "tokenfall.recent-models",
        concat!(
            r#"[{"base_url":"https://api.openai.com/v1","model":"gpt-x"},{"base_url":"http://127.0.0.1:8080/v1","model":"qwen"},"#,
            r#"{"base_url":"https://api.openai.com/v1","model":"gpt-y"}]"#
        ),
    ),
];

#[wasm_bindgen_test]
async fn the_three_records_of_the_first_version_become_profiles_once_and_nothing_of_them_is_lost() {
    keep(&OLD);
    assert_eq!(key_without_the_sheet().await, "sk-1");
    let (owner, page, connection) = sheet().await;
    assert_eq!(
        values(&page),
        ["responses", "https://api.openai.com/v1", "sk-1", "gpt-x", "0.25", "7", r#"{"top_p":0.9}"#]
    );
    assert_eq!(connection.own_key().as_deref(), Ok("sk-1"));
    assert_eq!(
        (own_servers(&page), shown(&page)),
        (vec!["OpenAI".to_owned(), "llama.cpp server".to_owned()], "OpenAI".to_owned())
    );
    let profiles = kept("tokenfall.profiles");
    let id = &profiles["active"];
    assert_eq!((&profiles["version"], &profiles["system"]), (&json!(2), &json!("Be brief.")));
    assert_eq!(profiles["profiles"][0]["id"], *id);
    assert_eq!(profiles["profiles"][0]["recent_models"], json!(["gpt-x", "gpt-y"]));
    assert_eq!(profiles["profiles"][1]["model"], json!("qwen"));
    assert_eq!(
        kept("tokenfall.keys"),
        json!([{"profile": id, "origin": "https://api.openai.com", "key": "sk-1"}])
    );
    let mut settings = kept("tokenfall.settings");
    assert_eq!(settings["profile"], *id);
    settings.as_object_mut().unwrap().remove("profile");
    assert_eq!(settings, serde_json::from_str::<Value>(OLD[0].1).unwrap());
    assert_eq!((kept("tokenfall.key"), kept("tokenfall.recent-models")), (Value::Null, Value::Null));
    drop((page, owner));
    let (_owner, page, connection) = sheet().await;
    assert_eq!(kept("tokenfall.profiles"), profiles, "once");
    assert_eq!((values(&page)[2].as_str(), connection.own_key().as_deref()), ("sk-1", Ok("sk-1")));
}

#[wasm_bindgen_test]
async fn settings_that_an_old_tab_wrote_later_change_the_profile_of_their_server_or_add_one() {
    keep(&OLD);
    drop(sheet().await);
    let changed = OLD[0].1.replace("gpt-x", "gpt-z");
    storage().set_item("tokenfall.settings", &changed).unwrap();
    storage().set_item("tokenfall.key", &OLD[1].1.replace("sk-1", "sk-2")).unwrap();
    let (owner, page, connection) = sheet().await;
    assert_eq!((own_servers(&page).len(), connection.own_key().as_deref()), (2, Ok("sk-2")));
    assert_eq!(kept("tokenfall.profiles")["profiles"][0]["model"], json!("gpt-z"));
    assert_eq!((&kept("tokenfall.keys")[0]["key"], kept("tokenfall.key")), (&json!("sk-2"), Value::Null));
    drop((page, owner));
    let other = changed.replace("api.openai.com", "llm.example").replace("openai", "custom");
    storage().set_item("tokenfall.settings", &other).unwrap();
    let (_owner, page, connection) = sheet().await;
    assert_eq!(own_servers(&page), ["OpenAI", "llama.cpp server", "llm.example"]);
    assert_eq!((shown(&page).as_str(), connection.own_key().as_deref()), ("llm.example", Ok("")));
}

#[wasm_bindgen_test]
async fn a_newer_record_of_servers_is_told_and_never_replaced_and_a_damaged_one_only_by_a_change() {
    let newer = r#"{"version":3,"profiles":{"novel":true}}"#;
    for (record, said, is_replaced) in [
        (newer, "it is of version 3, and this page knows versions up to 2", false),
        ("{", "it is no JSON", true),
        (r#"{"version":2,"profiles":7}"#, "it has another shape than expected", true),
    ] {
        keep(&[OLD[0], ("tokenfall.profiles", record)]);
        let (_owner, page, _) = sheet().await;
        let told = page.text(".sheet-content > p.problem");
        assert!(told.contains("tokenfall.profiles cannot be read") && told.contains(said), "{told}");
        assert_eq!(storage().get_item("tokenfall.profiles").unwrap().as_deref(), Some(record));
        assert_eq!(shown(&page), "OpenAI");
        assert_eq!(values(&page)[3], "gpt-x", "the settings in use are there all the same");
        fill(&page, &[("model", "gpt-z")]).await;
        let now = storage().get_item("tokenfall.profiles").unwrap().unwrap();
        assert_eq!(now != record, is_replaced, "{now}");
        assert_eq!(kept("tokenfall.settings")["model"], json!("gpt-z"));
        let told = page.text(".sheet-content");
        assert_eq!(told.contains("It stays as it is"), !is_replaced, "{told}");
        choose(&page, "Anthropic").await;
        choose(&page, "OpenAI").await;
        assert_eq!(values(&page)[3], "gpt-z", "servers last as long as the page");
    }
}

#[wasm_bindgen_test]
async fn a_damaged_record_of_the_settings_in_use_gives_the_server_that_was_in_use() {
    keep(&OLD);
    drop(sheet().await);
    storage().set_item("tokenfall.settings", "{").unwrap();
    let (_owner, page, connection) = sheet().await;
    assert!(page.text(".sheet-content > p.problem").contains("tokenfall.settings cannot be read"));
    assert_eq!((values(&page)[3].as_str(), connection.own_key().as_deref()), ("gpt-x", Ok("sk-1")));
    assert_eq!(connection.settings.get_untracked().system, "Be brief.");
}

#[wasm_bindgen_test]
async fn a_key_is_given_to_no_other_origin_while_an_address_is_typed_and_is_cleared_in_words_when_it_is_left()
{
    keep(&OLD);
    let (owner, page, connection) = sheet().await;
    let address: HtmlInputElement = page.find("[name=base-url]");
    address.set_value("https://evil.example/v1");
    dispatch(&address, "input");
    settled().await;
    assert_eq!(connection.own_key().unwrap_err().sentence, sheet::KEY_OF_OTHER_SERVER);
    // The page may be closed there: the stored key is still that of the origin it was entered for.
    drop((page, owner));
    let (_owner, page, connection) = sheet().await;
    assert_eq!(connection.own_key().unwrap_err().sentence, sheet::KEY_OF_OTHER_SERVER);
    dispatch(&page.find::<HtmlElement>("[name=base-url]"), "change");
    settled().await;
    assert_eq!(page.text("#about-key.problem"), sheet::KEY_CLEARED);
    assert_eq!((values(&page)[2].as_str(), connection.own_key().as_deref()), ("", Ok("")));
    assert_eq!(kept("tokenfall.keys"), Value::Null);
}

/// Covers ServerField: state. ServerTools: event, state.
#[wasm_bindgen_test]
async fn a_removed_server_and_its_key_are_gone_from_the_storage_and_come_back_by_undo_into_their_place() {
    keep(&OLD);
    let (_owner, page, connection) = sheet().await;
    fill(&page, &[("server-name", "Work")]).await;
    let before = kept("tokenfall.profiles");
    let key = kept("tokenfall.keys");
    page.press("[data-testid=remove-server]");
    settled().await;
    assert_eq!(
        (own_servers(&page), shown(&page)),
        (vec!["llama.cpp server".to_owned()], "llama.cpp server".to_owned())
    );
    assert_eq!((values(&page)[3].as_str(), values(&page)[2].as_str()), ("qwen", ""));
    assert_eq!(
        (kept("tokenfall.keys"), kept("tokenfall.profiles")["profiles"].as_array().unwrap().len()),
        (Value::Null, 1)
    );
    assert!(page.text("[data-testid=removed-server]").contains("Work was removed."));
    page.press("[data-testid=remove-server]");
    settled().await;
    assert_eq!(own_servers(&page), Vec::<String>::new());
    assert!(page.find::<HtmlElement>("[data-testid=remove-server]").hidden(), "there is none to remove");
    assert_eq!(shown(&page), "llama.cpp server", "as a newcomer begins");
    for _ in 0..2 {
        page.press("[data-testid=undo-remove-server]");
        settled().await;
    }
    assert_eq!(
        (own_servers(&page), shown(&page)),
        (vec!["Work".to_owned(), "llama.cpp server".to_owned()], "Work".to_owned())
    );
    assert_eq!((kept("tokenfall.profiles"), kept("tokenfall.keys")), (before, key));
    assert_eq!((values(&page)[2].as_str(), connection.own_key().as_deref()), ("sk-1", Ok("sk-1")));
    assert_eq!(page.text("[data-testid=removed-server]"), "");
}

#[wasm_bindgen_test]
async fn two_tabs_that_set_up_servers_at_once_lose_neither() {
    keep(&[]);
    let (_one, first, _) = sheet().await;
    let (_two, second, _) = sheet().await;
    choose(&first, "Ollama").await;
    fill(&first, &[("model", "m-1")]).await;
    choose(&second, "OpenAI").await;
    fill(&second, &[("model", "m-2")]).await;
    fill(&first, &[("model", "m-3")]).await;
    let profiles = kept("tokenfall.profiles");
    let models: Vec<_> =
        profiles["profiles"].as_array().unwrap().iter().map(|profile| profile["model"].clone()).collect();
    assert_eq!(models, [json!("m-3"), json!("m-2")]);
}

/// Covers ServerTools: bad input. ServerField: bad input. ModelMenuView: bad input.
#[wasm_bindgen_test]
async fn the_menu_offers_the_models_of_other_servers_by_their_names_and_a_choice_switches_with_its_key() {
    keep(&[]);
    let (owner, page, connection) = sheet().await;
    choose(&page, "Another server").await;
    fill(
        &page,
        &[
            ("base-url", "http://127.0.0.1:9/v1"),
            ("key", "sk-1"),
            ("model", "here"),
            ("server-name", "<b>Home</b>"),
        ],
    )
    .await;
    choose(&page, "Another server").await;
    fill(&page, &[("base-url", "http://localhost:9/v1"), ("key", "sk-2"), ("model", "there")]).await;
    let menu = owner.with(|| Mounted::new(|| view! { <ModelMenuView /> }));
    later().await;
    assert!(menu.text(".menu-list").contains(sheet::MODELS_ELSEWHERE));
    let item = ".menu-item:has(.menu-note)";
    assert_eq!(menu.text(item), "here<b>Home</b>", "names stay text");
    menu.type_into("[type=search]", "home");
    settled().await;
    menu.press(item);
    settled().await;
    let settings = connection.settings.get_untracked();
    assert_eq!((settings.base_url.as_str(), settings.model.as_str()), ("http://127.0.0.1:9/v1", "here"));
    assert_eq!(connection.own_key().as_deref(), Ok("sk-1"));
}
