//! Tests of the settings: what is stored, what a deployment gives, and which field is named when something is wrong.

use serde_json::json;
use tokenfall::engine::json::Decimal;
use tokenfall::engine::settings::{PRESETS, Problem, SETTINGS_VERSION, Settings, preset};
use tokenfall::engine::wire::{BaseUrl, Dialect, Message, Role};

fn settings() -> Settings {
    Settings { model: "m".to_owned(), ..Settings::default() }
}

fn field<T>(result: Result<T, Problem>) -> &'static str {
    result.map_or_else(|problem| problem.field, |_| "")
}

#[test]
fn each_preset_is_found_by_its_name_and_can_be_asked() {
    for known in &PRESETS {
        assert_eq!(preset(known.name), Some(known));
        let settings = Settings::for_preset(known);
        assert_eq!(Dialect::from_name(&settings.dialect), Some(known.dialect));
        if known.name != "custom" {
            let key = if known.wants_key { "sk-1" } else { "" };
            let endpoint = settings.endpoint(key).unwrap();
            assert_eq!((endpoint.base.as_str(), endpoint.key.is_some()), (known.base_url, known.wants_key));
            assert_eq!(endpoint.base.is_loopback(), !known.wants_key, "{}", known.name);
        }
    }
    assert_eq!(preset("novel"), None);
}

#[test]
fn a_key_is_required_where_the_preset_wants_one_and_its_own_address_is_asked() {
    for known in &PRESETS {
        let settings = Settings::for_preset(known);
        assert_eq!(
            field(settings.require_key(" ")),
            if known.wants_key { "key" } else { "" },
            "{}",
            known.name
        );
        assert_eq!(settings.require_key("sk-1"), Ok(()));
        // A proxy of one's own may have the key.
        let elsewhere = Settings { base_url: "http://127.0.0.1:9/v1".to_owned(), ..settings };
        assert_eq!(elsewhere.require_key(""), Ok(()));
    }
}

#[test]
fn what_is_stored_is_read_back() {
    let mut stored = settings();
    stored.temperature = Decimal::parse("0.25");
    stored.max_tokens = Some(7);
    stored.extra = "{\"a\": \"\u{2028}\"}".to_owned();
    assert_eq!(Settings::from_json(&stored.to_json()), Some(stored));
}

#[test]
fn old_and_damaged_records_are_refused_and_gaps_take_the_defaults() {
    for record in ["", "null", "1", "{", "{\"stream\":\"yes\"}", "{\"version\":0}", "{\"version\":2}"] {
        assert_eq!(Settings::from_json(record), None, "{record}");
    }
    let read = Settings::from_json("{\"model\":\"x\",\"novel\":[1]}").unwrap();
    assert_eq!(read, Settings { model: "x".to_owned(), ..Settings::default() });
    assert_eq!(read.version, SETTINGS_VERSION);
}

#[test]
fn the_key_is_no_part_of_what_is_stored() {
    let stored = serde_json::from_str::<serde_json::Value>(&settings().to_json()).unwrap();
    let names: Vec<_> = stored.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "version",
            "preset",
            "base_url",
            "dialect",
            "model",
            "system",
            "temperature",
            "max_tokens",
            "extra",
            "stream",
            "remember_key"
        ]
    );
}

#[test]
fn a_deployment_may_give_any_of_its_four_members() {
    let given = Settings::from_deployment("{\"preset\":\"ollama\",\"model\":\"qwen\"}").unwrap();
    assert_eq!((given.base_url.as_str(), given.model.as_str()), ("http://127.0.0.1:11434", "qwen"));
    let custom =
        Settings::from_deployment("{\"base_url\":\"https://a.b/v1\",\"dialect\":\"anthropic\"}").unwrap();
    assert_eq!(
        (custom.preset.as_str(), custom.base_url.as_str(), custom.dialect.as_str()),
        ("custom", "https://a.b/v1", "anthropic")
    );
    for nothing in ["", "{}", "[]", "null", "<html>"] {
        assert_eq!(Settings::from_deployment(nothing), None, "{nothing}");
    }
}

#[test]
fn the_field_that_is_wrong_is_named() {
    let good = settings();
    assert_eq!(field(good.endpoint("")), "");
    assert_eq!(field(good.endpoint("a b")), "key");
    assert_eq!(
        field(Settings { base_url: "localhost:80".to_owned(), ..good.clone() }.endpoint("")),
        "base-url"
    );
    assert_eq!(
        field(Settings { base_url: "http://a.b".to_owned(), ..good.clone() }.endpoint("k")),
        "base-url"
    );
    assert_eq!(field(Settings { dialect: "novel".to_owned(), ..good.clone() }.endpoint("")), "dialect");
    assert_eq!(field(good.prompt(Vec::new())), "");
    assert_eq!(field(Settings { model: " \n".to_owned(), ..good.clone() }.prompt(Vec::new())), "model");
    assert_eq!(field(Settings { max_tokens: Some(0), ..good.clone() }.prompt(Vec::new())), "max-tokens");
    for extra in ["{", "[1]", "1", "{} {}", "{\"a\":1,}"] {
        assert_eq!(
            field(Settings { extra: extra.to_owned(), ..good.clone() }.prompt(Vec::new())),
            "extra",
            "{extra}"
        );
    }
}

#[test]
fn the_extra_json_is_merged_over_the_request_and_null_removes() {
    let mut asked = settings();
    asked.extra =
        "{\"temperature\":null,\"stream_options\":{\"x\":1},\"model\":\"n\",\"top_p\":0.5}".to_owned();
    asked.temperature = Decimal::parse("1.0");
    let message = Message { role: Role::User, text: "Hi".to_owned() };
    let request = asked.endpoint("").unwrap().request(&asked.prompt(vec![message]).unwrap());
    let body: serde_json::Value = serde_json::from_str(request.body.as_deref().unwrap()).unwrap();
    assert_eq!(
        body,
        json!({
            "model": "n",
            "messages": [{"role": "user", "content": "Hi"}],
            "stream": true,
            "stream_options": {"include_usage": true, "x": 1},
            "top_p": 0.5,
        })
    );
}

#[test]
fn blanks_around_what_was_typed_are_dropped() {
    let typed = Settings { model: " m\n".to_owned(), system: " s ".to_owned(), ..Settings::default() };
    let prompt = typed.prompt(Vec::new()).unwrap();
    assert_eq!((prompt.model.as_str(), prompt.system.as_str()), ("m", "s"));
    assert_eq!(
        BaseUrl::parse(" http://127.0.0.1:8080/v1/ ", false).unwrap().as_str(),
        "http://127.0.0.1:8080/v1"
    );
}

#[test]
fn a_temperature_is_sent_as_it_was_typed_unless_json_cannot_say_it() {
    let number = |text| Decimal::parse(text).map(|number| number.as_str().to_owned());
    for (typed, sent) in
        [("0", "0"), ("0.70", "0.70"), (".5", "0.5"), ("007", "7"), ("00.1", "0.1"), ("2", "2")]
    {
        assert_eq!(number(typed).as_deref(), Some(sent), "{typed}");
    }
    let long = "1".repeat(33);
    for refused in
        ["", ".", "1.", "-0.1", "+1", "NaN", "inf", "1e3", "0,5", "1.2.3", " 1", "٣", long.as_str()]
    {
        assert_eq!(number(refused), None, "{refused}");
    }
}
