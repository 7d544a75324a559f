//! localStorage.

use tokenfall::browser::storage::{self, StorageProblem};
use tokenfall::engine::settings::{Deployment, Profiles, Settings};
use tokenfall::engine::wire::{Decimal, Dialect};
use wasm_bindgen_test::wasm_bindgen_test;

fn raw() -> web_sys::Storage {
    web_sys::window().and_then(|window| window.local_storage().ok().flatten()).expect("storage")
}

fn text(name: &str) -> Option<String> {
    raw().get_item(name).expect("storage")
}

#[wasm_bindgen_test]
fn a_record_is_kept_replaced_and_forgotten() {
    assert_eq!(storage::save("tokenfall.test", &"one"), Ok(()));
    assert_eq!(storage::save("tokenfall.test", &"two"), Ok(()));
    assert!(storage::is_kept("tokenfall.test"));
    assert_eq!(storage::load::<String>("tokenfall.test"), Ok(Some("two".to_owned())));
    storage::remove("tokenfall.test");
    assert_eq!(storage::load::<String>("tokenfall.test"), Ok(None));
    assert!(!storage::is_kept("tokenfall.test"));
}

#[wasm_bindgen_test]
fn a_record_over_the_quota_is_reported_and_the_old_one_stays() {
    assert_eq!(storage::save("tokenfall.test-full", &"old"), Ok(()));
    let huge = "x".repeat(6 << 20);
    assert_eq!(storage::save("tokenfall.test-full", &huge), Err(StorageProblem::Full));
    assert_eq!(storage::load::<String>("tokenfall.test-full"), Ok(Some("old".to_owned())));
    storage::remove("tokenfall.test-full");
}

#[wasm_bindgen_test]
fn a_record_from_before_serde_is_read_and_written_letter_by_letter_with_the_profile_at_its_end() {
    let record = concat!(
        r#"{"version":1,"preset":"custom","base_url":"http://127.0.0.1:9/v1","dialect":"interactions","model":"m","#,
        r#""system":"Be \"brief\".\n","temperature":0.25,"max_tokens":null,"extra":"👦","stream":false,"#,
        r#""remember_key":true}"#
    );
    raw().set_item("tokenfall.test-old", record).expect("storage");
    let settings = storage::load::<Settings>("tokenfall.test-old").expect("a record").expect("settings");
    let expected = Settings {
        preset: "custom".to_owned(),
        base_url: "http://127.0.0.1:9/v1".to_owned(),
        dialect: Dialect::Interactions,
        model: "m".to_owned(),
        system: "Be \"brief\".\n".to_owned(),
        temperature: Decimal::parse("0.25"),
        extra: "👦".to_owned(),
        stream: false,
        remember_key: true,
        ..Settings::default()
    };
    assert_eq!(settings, expected);
    assert_eq!(storage::save("tokenfall.test-old", &settings), Ok(()));
    let written = record.replace(r#""remember_key":true}"#, r#""remember_key":true,"profile":""}"#);
    assert_eq!(text("tokenfall.test-old"), Some(written));
    storage::remove("tokenfall.test-old");
}

#[wasm_bindgen_test]
fn whole_temperatures_and_limits_are_kept_as_the_numbers_they_are() {
    let settings =
        Settings { temperature: Decimal::parse("1.0"), max_tokens: Some(u32::MAX), ..Settings::default() };
    assert_eq!(storage::save("tokenfall.test-numbers", &settings), Ok(()));
    let read = storage::load::<Settings>("tokenfall.test-numbers").expect("a record").expect("settings");
    assert_eq!(read, Settings { temperature: Decimal::parse("1"), ..settings });
    storage::remove("tokenfall.test-numbers");
}

#[wasm_bindgen_test]
fn gaps_take_the_defaults_and_members_of_later_versions_are_passed_over() {
    raw().set_item("tokenfall.test-gaps", r#"{"model":"x","novel":[1]}"#).expect("storage");
    let read = storage::load::<Settings>("tokenfall.test-gaps");
    assert_eq!(read, Ok(Some(Settings { model: "x".to_owned(), ..Settings::default() })));
    storage::remove("tokenfall.test-gaps");
}

#[wasm_bindgen_test]
fn a_damaged_record_is_named_with_its_cause_and_stays_where_it_is() {
    for (record, expected) in [
        ("{", "it is no JSON"),
        ("null", "invalid type: unit value"),
        (r#"{"stream":"yes"}"#, "invalid type: string \"yes\", expected a boolean"),
        (r#"{"version":2}"#, "version 2 is not known"),
        (r#"{"dialect":"novel"}"#, "`novel` is no protocol known here"),
        (r#"{"temperature":-1}"#, "the number is negative"),
    ] {
        raw().set_item("tokenfall.test-damaged", record).expect("storage");
        let Err(StorageProblem::Unreadable { name, cause }) =
            storage::load::<Settings>("tokenfall.test-damaged")
        else {
            panic!("{record} was read");
        };
        assert_eq!(name, "tokenfall.test-damaged");
        assert!(cause.starts_with(expected), "{record}: {cause}");
        assert_eq!(text("tokenfall.test-damaged").as_deref(), Some(record));
    }
    storage::remove("tokenfall.test-damaged");
}

#[wasm_bindgen_test]
fn a_value_in_the_place_of_a_list_is_told_in_words_of_ours_and_not_in_the_browsers() {
    for record in ["7", "true", r#"{"profiles":7}"#, r#"{"profiles":true}"#] {
        let cause = match storage::from_json::<Profiles>("tokenfall.test", record) {
            Err(StorageProblem::Unreadable { cause, .. }) => cause,
            other => panic!("{record}: {other:?}"),
        };
        let is_ours = cause == "it has another shape than expected" || cause.starts_with("invalid type: ");
        assert!(is_ours, "{record}: {cause}");
    }
}

#[wasm_bindgen_test]
fn two_new_ids_differ_and_are_short_words() {
    let (one, two) = (storage::new_id(), storage::new_id());
    assert!(one != two && one.starts_with("p-"), "{one} {two}");
    assert!(one.len() < 20 && one.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{one}");
}

#[wasm_bindgen_test]
fn a_deployments_file_is_read_by_the_same_way() {
    let file = r#"{"preset":"ollama","model":"qwen"}"#;
    let offered = storage::from_json::<Deployment>("tokenfall.json", file).map(Deployment::settings);
    let settings = offered.expect("a file").expect("settings");
    assert_eq!((settings.dialect, settings.model.as_str()), (Dialect::Ollama, "qwen"));
}
