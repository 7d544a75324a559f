//! Tests of the settings: what is stored, what a deployment gives, and which field is named when something is wrong.

mod own;

use serde_json::json;
use tokenfall::engine::settings::{Deployment, Field, PRESETS, Problem, SETTINGS_VERSION, Settings, preset};
use tokenfall::engine::wire::{BaseUrl, Decimal, Dialect, Message, OwnEventFields, Role};

fn settings() -> Settings {
    Settings { model: "m".to_owned(), ..Settings::default() }
}

fn field<T>(result: Result<T, Problem>) -> Option<Field> {
    result.err().map(|problem| problem.field)
}

fn read(record: &str) -> Result<Settings, String> {
    serde_json::from_str(record).map_err(|error| error.to_string())
}

#[test]
fn each_preset_is_found_by_its_name_and_can_be_asked() {
    for known in &PRESETS {
        assert_eq!(preset(known.name), Some(known));
        let settings = Settings::for_preset(known);
        assert_eq!(settings.dialect, known.dialect);
        if known.dialect == Dialect::BrowserModel {
            let endpoint = settings.endpoint("sk-1").unwrap();
            assert_eq!((endpoint.base, endpoint.key), (BaseUrl::NONE, None), "no key goes along");
            assert_eq!((settings.address(), settings.origin().as_str()), (known.label, ""));
        } else if known.name != "custom" {
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
        let expected = known.wants_key.then_some(Field::Key);
        assert_eq!(field(settings.require_key(" ")), expected, "{}", known.name);
        assert_eq!(settings.require_key("sk-1"), Ok(()));
        assert_eq!(known.wants_key, known.key_page.starts_with("https://"), "{}", known.name);
        // A proxy of one's own may have the key.
        let elsewhere = Settings { base_url: "http://127.0.0.1:9/v1".to_owned(), ..settings };
        assert_eq!(elsewhere.require_key(""), Ok(()));
    }
    let openai = Settings::for_preset(preset("openai").unwrap());
    assert_eq!(
        openai.require_key("").unwrap_err().sentence,
        "OpenAI needs an API key. Create one at https://platform.openai.com/api-keys"
    );
}

/// What the page stored before it had serde, letter by letter.
const RECORD: &str = concat!(
    r#"{"version":1,"preset":"custom","base_url":"http://127.0.0.1:9/v1","dialect":"chat-completions","model":"m","#,
    r#""system":"Be \"brief\".\n","temperature":0.25,"max_tokens":7,"extra":"{\"a\": \""#,
    "\u{2028}",
    r#"\"}","stream":false,"remember_key":true}"#
);

fn recorded() -> Settings {
    Settings {
        version: SETTINGS_VERSION,
        preset: "custom".to_owned(),
        base_url: "http://127.0.0.1:9/v1".to_owned(),
        dialect: Dialect::ChatCompletions,
        model: "m".to_owned(),
        system: "Be \"brief\".\n".to_owned(),
        temperature: Decimal::parse("0.25"),
        max_tokens: Some(7),
        extra: "{\"a\": \"\u{2028}\"}".to_owned(),
        events: OwnEventFields::default(),
        rules: String::new(),
        stream: false,
        remember_key: true,
        profile: String::new(),
    }
}

#[test]
fn a_record_from_before_serde_is_read_and_written_letter_by_letter_with_the_profile_at_its_end() {
    assert_eq!(read(RECORD), Ok(recorded()));
    let written = RECORD.replace(r#""remember_key":true}"#, r#""remember_key":true,"profile":""}"#);
    assert_eq!(serde_json::to_string(&recorded()).unwrap(), written);
    let of_profile = Settings { profile: "p".to_owned(), ..recorded() };
    assert_eq!(read(&written.replace(r#""profile":"""#, r#""profile":"p""#)), Ok(of_profile));
    let unset = Settings { temperature: None, max_tokens: None, ..recorded() };
    let written = serde_json::to_string(&unset).unwrap();
    assert!(written.contains(r#""temperature":null,"max_tokens":null,"#), "{written}");
    assert_eq!(read(&written), Ok(unset));
}

#[test]
fn each_protocol_is_stored_by_the_name_it_always_had() {
    let names = [
        "chat-completions",
        "responses",
        "anthropic",
        "gemini",
        "interactions",
        "ollama",
        "cohere",
        "plain-text",
        "own-events",
        "own-lines",
        "ui-messages",
        "ag-ui",
        "realtime",
        "browser-model",
    ];
    assert_eq!(Dialect::ALL.map(Dialect::name), names);
    assert_eq!(Dialect::SERVERS, Dialect::ALL[..7]);
    for (dialect, name) in Dialect::ALL.into_iter().zip(names) {
        assert_eq!(dialect.name(), name);
        assert_eq!(serde_json::to_value(dialect).unwrap(), json!(name));
        let record = format!("{{\"dialect\":\"{name}\"}}");
        assert_eq!(read(&record).map(|settings| settings.dialect), Ok(dialect));
    }
}

#[test]
fn gaps_in_a_record_take_the_defaults_and_members_of_later_versions_are_passed_over() {
    let read = read("{\"model\":\"x\",\"novel\":[1]}").unwrap();
    assert_eq!(read, Settings { model: "x".to_owned(), ..Settings::default() });
    assert_eq!(read.version, SETTINGS_VERSION);
}

#[test]
fn a_damaged_record_or_one_of_another_version_says_what_is_wrong_with_it() {
    for (record, cause) in [
        ("", "EOF while parsing"),
        ("null", "invalid type: null"),
        ("1", "invalid type: integer `1`"),
        ("{", "EOF while parsing"),
        ("{\"stream\":\"yes\"}", "invalid type: string \"yes\", expected a boolean"),
        ("{\"version\":0}", "version 0 is not known"),
        ("{\"version\":2}", "version 2 is not known"),
        ("{\"dialect\":\"novel\"}", "`novel` is no protocol known here"),
        ("{\"max_tokens\":-1}", "invalid value: integer `-1`, expected u32"),
        ("{\"temperature\":-0.5}", "the number is negative"),
        ("{\"temperature\":\"0.5\"}", "invalid type: string"),
    ] {
        let problem = read(record).unwrap_err();
        assert!(problem.contains(cause), "{record}: {problem}");
    }
}

#[test]
fn a_stored_temperature_keeps_its_value_to_fifteen_digits_however_long_or_small_it_was_typed() {
    for (typed, kept) in [
        ("0", "0"),
        ("1", "1"),
        ("0.70", "0.7"),
        ("0.0000001", "0.0000001"),
        ("99999999999999999999999999999999", "99999999999999900000000000000000"),
        ("0.333333333333333333333333333333", "0.333333333333333"),
        ("0.0000000000000000000001", "0.0000000000000000000001"),
        ("0.00000000000000000000001", "0"),
        ("0.10", "0.1"),
        ("123456789012345", "123456789012345"),
        ("1234567890.12345", "1234567890.12345"),
        ("10.000", "10"),
    ] {
        let settings = Settings { temperature: Decimal::parse(typed), ..settings() };
        let read = read(&serde_json::to_string(&settings).unwrap()).unwrap();
        assert_eq!(read.temperature.as_ref().map(Decimal::as_str), Some(kept), "{typed}");
    }
}

#[test]
fn the_key_is_no_part_of_what_is_stored() {
    let stored = serde_json::to_value(settings()).unwrap();
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
            "remember_key",
            "profile"
        ]
    );
}

fn offered(file: &str) -> Result<Option<Settings>, String> {
    serde_json::from_str(file).map(Deployment::settings).map_err(|error| error.to_string())
}

#[test]
fn a_deployment_may_give_any_of_its_four_members() {
    let given = offered("{\"preset\":\"ollama\",\"model\":\"qwen\",\"novel\":1}").unwrap().unwrap();
    assert_eq!((given.base_url.as_str(), given.model.as_str()), ("http://127.0.0.1:11434", "qwen"));
    let custom = offered("{\"base_url\":\"https://a.b/v1\",\"dialect\":\"anthropic\"}").unwrap().unwrap();
    assert_eq!(
        (custom.preset.as_str(), custom.base_url.as_str(), custom.dialect),
        ("custom", "https://a.b/v1", Dialect::Anthropic)
    );
    let blank = offered("{\"preset\":\"ollama\",\"base_url\":\"\",\"model\":null}").unwrap().unwrap();
    assert_eq!(blank.base_url, "http://127.0.0.1:11434");
    for nothing in ["{}", "{\"novel\":1}", "{\"preset\":null}"] {
        assert_eq!(offered(nothing), Ok(None), "{nothing}");
    }
}

#[test]
fn a_deployment_that_cannot_be_read_says_why() {
    for (file, cause) in [
        ("", "EOF while parsing"),
        ("null", "invalid type: null"),
        ("<html>", "expected value"),
        ("{\"model\":5}", "invalid type: integer `5`, expected a string"),
        ("{\"dialect\":\"novel\"}", "`novel` is no protocol known here"),
    ] {
        let problem = offered(file).unwrap_err();
        assert!(problem.contains(cause), "{file}: {problem}");
    }
}

#[test]
fn the_field_that_is_wrong_is_named() {
    let good = settings();
    assert_eq!(field(good.endpoint("")), None);
    assert_eq!(field(good.endpoint("a b")), Some(Field::Key));
    assert_eq!(
        field(Settings { base_url: "localhost:80".to_owned(), ..good.clone() }.endpoint("")),
        Some(Field::BaseUrl)
    );
    assert_eq!(
        field(Settings { base_url: "http://a.b".to_owned(), ..good.clone() }.endpoint("k")),
        Some(Field::BaseUrl)
    );
    assert_eq!(field(good.prompt(Vec::new())), None);
    assert_eq!(
        field(Settings { model: " \n".to_owned(), ..good.clone() }.prompt(Vec::new())),
        Some(Field::Model)
    );
    assert_eq!(
        field(Settings { max_tokens: Some(0), ..good.clone() }.prompt(Vec::new())),
        Some(Field::MaxTokens)
    );
    for extra in ["{", "[1]", "1", "{} {}", "{\"a\":1,}"] {
        assert_eq!(
            field(Settings { extra: extra.to_owned(), ..good.clone() }.prompt(Vec::new())),
            Some(Field::Extra),
            "{extra}"
        );
    }
}

#[test]
fn the_extra_json_is_merged_over_the_request_and_null_removes() {
    let mut asked = Settings { preset: "custom".to_owned(), ..settings() };
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
fn numbers_in_a_request_are_sent_digit_by_digit_as_they_were_typed() {
    let mut asked = settings();
    asked.temperature = Decimal::parse("0.70");
    asked.extra = r#"{"seed": 123456789012345678901234567890, "top_p": 0.50, "n": 1e2}"#.to_owned();
    // The browser's own model takes none.
    for preset in PRESETS.iter().filter(|preset| preset.dialect.has_address()) {
        let asked = Settings { dialect: preset.dialect, ..asked.clone() };
        let body = asked.endpoint("").unwrap().request(&asked.prompt(Vec::new()).unwrap()).body.unwrap();
        for number in [r#""temperature":0.70"#, r#""seed":123456789012345678901234567890"#, r#""top_p":0.50"#]
        {
            assert!(body.contains(number), "{number}: {body}");
        }
    }
}

#[test]
fn the_extra_json_leaves_members_in_their_places_and_reaches_into_objects() {
    let mut asked = Settings { preset: "custom".to_owned(), ..settings() };
    asked.extra = r#"{"b":{"c":null},"model":"n","messages":null,"stream_options":{"include_usage":null,"y":{}},"a":[null]}"#
        .to_owned();
    let body = asked.endpoint("").unwrap().request(&asked.prompt(Vec::new()).unwrap()).body.unwrap();
    assert_eq!(body, r#"{"model":"n","stream":true,"stream_options":{"y":{}},"b":{"c":null},"a":[null]}"#);
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

#[test]
fn llama_cpp_alone_is_asked_to_count_and_for_control_of_its_reasoning_and_the_persons_own_json_wins() {
    let asked = |settings: &Settings| {
        let request = settings.endpoint("").unwrap().request(&settings.prompt(Vec::new()).unwrap());
        let body: serde_json::Value = serde_json::from_str(request.body.as_deref().unwrap()).unwrap();
        ["timings_per_token", "return_progress", "reasoning_control"].map(|member| body[member].clone())
    };
    let llama = Settings { preset: "llama.cpp".to_owned(), ..settings() };
    assert_eq!(asked(&llama), [json!(true), json!(true), json!(true)]);
    assert_eq!(asked(&Settings { stream: false, ..llama.clone() }), [json!(null), json!(null), json!(null)]);
    for preset in PRESETS.iter().filter(|preset| preset.name != "llama.cpp") {
        let other = Settings { preset: preset.name.to_owned(), dialect: preset.dialect, ..settings() };
        assert_eq!(asked(&other), [json!(null), json!(null), json!(null)], "{}", preset.name);
    }
    let own =
        Settings { extra: "{\"return_progress\":false,\"timings_per_token\":null}".to_owned(), ..llama };
    assert_eq!(asked(&own), [json!(null), json!(false), json!(true)]);
}
