//! Rules for a server's own events, servers without models, and numbers, as they are stored.

use super::{read, recorded, settings};
use tokenfall::engine::settings::{Field, Profile, Settings};
use tokenfall::engine::wire::{Decimal, Dialect, OwnEventFields};

#[test]
fn rules_for_own_events_are_stored_as_typed_and_a_record_without_them_has_no_such_member() {
    let events = OwnEventFields {
        text: " /a ".to_owned(),
        end: "event: over".to_owned(),
        ..OwnEventFields::default()
    };
    let own = Settings { dialect: Dialect::OwnEvents, events, ..recorded() };
    let written = serde_json::to_string(&own).unwrap();
    let expected = r#""events":{"text":" /a ","reasoning":"","error":"","end":"event: over"},"stream""#;
    assert!(written.contains(expected), "{written}");
    assert_eq!(read(&written), Ok(own.clone()));
    let profile = Profile::from_settings("p", own.clone());
    assert_eq!(profile.settings(&own.system).events, own.events);
    assert!(!serde_json::to_string(&Profile::from_settings("p", recorded())).unwrap().contains("events"));
}

#[test]
fn a_rule_that_cannot_be_read_is_told_at_its_field_with_the_place_and_only_where_rules_count() {
    let with = |dialect, text: &str, reasoning: &str, error: &str, end: &str| {
        let [text, reasoning, error, end] = [text, reasoning, error, end].map(str::to_owned);
        Settings { dialect, events: OwnEventFields { text, reasoning, error, end }, ..recorded() }
    };
    for (settings, field, beginning) in [
        (with(Dialect::OwnEvents, "", "", "", ""), Field::EventText, "Say where the text is"),
        (with(Dialect::OwnLines, "a/b", "", "", ""), Field::EventText, "A pointer begins with a slash"),
        (with(Dialect::OwnEvents, "/a/~2", "", "", ""), Field::EventText, "Character 4: Behind ~"),
        (with(Dialect::OwnEvents, "/a", "/a", "", ""), Field::EventReasoning, "This is where the text is"),
        (with(Dialect::OwnEvents, "/a", "", "data", ""), Field::EventError, "Only the text"),
        (with(Dialect::OwnEvents, "/a", "", "", "/type="), Field::EventEnd, "Character 6: Behind ="),
    ] {
        let problem = settings.protocol().map(|_| ()).unwrap_err();
        assert_eq!(problem.field, field, "{problem:?}");
        assert!(problem.sentence.starts_with(beginning), "{problem:?}");
    }
    assert!(with(Dialect::OwnLines, "/a", "", "", "").protocol().is_ok());
    assert!(with(Dialect::ChatCompletions, "no pointer", "", "", "").protocol().is_ok());
}

#[test]
fn a_server_of_ones_own_needs_no_model_and_a_server_of_models_does() {
    for dialect in Dialect::ALL {
        let settings = Settings { dialect, model: " ".to_owned(), ..recorded() };
        let is_own = settings.prompt_with(Vec::new(), None).is_ok();
        let is_served = Dialect::SERVERS.contains(&dialect) || dialect == Dialect::Realtime;
        assert_eq!((is_own, dialect.names_model()), (!is_served, is_served), "{dialect:?}");
    }
}

#[test]
fn a_stored_temperature_is_the_number_that_the_standard_library_reads_and_writes() {
    let mut typed: Vec<String> = (0..=2_000).map(|n| format!("{}.{:03}", n / 1_000, n % 1_000)).collect();
    typed.extend((0..15).map(|places| format!("0.{}7", "0".repeat(places))));
    typed.extend((1..=15).map(|digits| "9".repeat(digits)));
    for typed in typed {
        let settings = Settings { temperature: Decimal::parse(&typed), ..settings() };
        let written = serde_json::to_value(&settings).unwrap()["temperature"].as_f64().unwrap();
        let value: f64 = typed.parse().unwrap();
        assert_eq!(written.to_bits(), value.to_bits(), "{typed}");
        let read = read(&format!("{{\"temperature\":{value:?}}}")).unwrap();
        assert_eq!(read.temperature.unwrap().as_str(), value.to_string(), "{typed}");
    }
    // What an earlier version has stored of more digits is read to fifteen.
    for (stored, kept) in [
        ("0.3333333333333333", "0.333333333333333"),
        ("0.30000000000000004", "0.3"),
        ("1e32", "100000000000000000000000000000000"),
    ] {
        let read = read(&format!("{{\"temperature\":{stored}}}")).unwrap();
        assert_eq!(read.temperature.unwrap().as_str(), kept, "{stored}");
    }
}
