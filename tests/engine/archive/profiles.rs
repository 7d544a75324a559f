//! Profiles: a server each, keys that belong to one origin, and what the first version stored.

use tokenfall::engine::settings::{
    KeyRecord, KeyRecordV1, Migrated, PRESETS, Preset, Profile, Profiles, RecentModelV1, Settings, preset,
};

/// What version 1 stored, letter by letter.
const SETTINGS: &str = concat!(
    r#"{"version":1,"preset":"openai","base_url":"https://api.openai.com/v1","dialect":"responses","model":"gpt-x","#,
    r#""system":"Be brief.","temperature":0.25,"max_tokens":7,"extra":"{\"top_p\":0.9}","stream":false,"remember_key":true}"#
);
const KEY: &str = r#"{"origin":"https://api.openai.com","key":"sk-1"}"#;
const RECENT: &str = concat!(
    r#"[{"base_url":"https://api.openai.com/v1","model":"gpt-x"},{"base_url":"http://127.0.0.1:8080/v1","model":"qwen"},"#,
    r#"{"base_url":"https://api.openai.com/v1","model":"gpt-y"},{"base_url":"http://10.0.0.2:9/v1","model":"a"},{"base_url":"http://127.0.0.1:8080/v1","model":"smol"}]"#
);

fn migrate(settings: &str, key: Option<&str>, recent: &str) -> Migrated {
    let settings: Settings = serde_json::from_str(settings).unwrap();
    let key: Option<KeyRecordV1> = key.map(|key| serde_json::from_str(key).unwrap());
    let recent: Vec<RecentModelV1> = serde_json::from_str(recent).unwrap();
    let mut ids = 0;
    Migrated::from_v1(settings, key, &recent, || {
        ids += 1;
        format!("p{ids}")
    })
}

#[test]
fn everything_that_version_1_stored_is_in_the_profiles() {
    let migrated = migrate(SETTINGS, Some(KEY), RECENT);
    let active = migrated.profiles.active().unwrap();
    let stored: Settings = serde_json::from_str(SETTINGS).unwrap();
    assert_eq!(active.settings("Be brief."), Settings { profile: "p1".to_owned(), ..stored });
    assert_eq!(migrated.profiles.system, "Be brief.");
    assert_eq!(
        (active.id.as_str(), &active.recent_models[..]),
        ("p1", &["gpt-x".to_owned(), "gpt-y".to_owned()][..])
    );
    let key = migrated.key.unwrap();
    assert_eq!((key.profile.as_str(), key.origin.as_str()), ("p1", "https://api.openai.com"));
    assert_eq!(key.for_request(&active.settings("")), Ok("sk-1"));
    let others: Vec<_> = migrated.profiles.profiles[1..]
        .iter()
        .map(|other| {
            (other.preset.as_str(), other.base_url.as_str(), other.model.as_str(), other.recent_models.len())
        })
        .collect();
    let expected =
        [("llama.cpp", "http://127.0.0.1:8080/v1", "qwen", 2), ("custom", "http://10.0.0.2:9/v1", "a", 1)];
    assert_eq!(others, expected);
}

#[test]
fn a_record_of_version_1_with_gaps_is_migrated_with_its_defaults_and_a_foreign_key_is_left_behind() {
    let migrated = migrate("{}", None, "[]");
    assert_eq!(migrated.profiles.profiles, [profile_of("p1", &PRESETS[0])]);
    assert_eq!(migrated.key, None);
    let foreign = r#"{"origin":"https://other.example","key":"sk-1"}"#;
    assert_eq!(migrate(SETTINGS, Some(foreign), "[]").key, None);
    let not_kept = SETTINGS.replace(r#""remember_key":true"#, r#""remember_key":false"#);
    assert_eq!(migrate(&not_kept, Some(KEY), "[]").key, None);
}

#[test]
fn profiles_are_read_as_they_were_written_and_another_version_is_refused() {
    let mut profiles = migrate(SETTINGS, None, RECENT).profiles;
    profiles.find_mut("p1").unwrap().name = "Work".to_owned();
    let text = serde_json::to_string(&profiles).unwrap();
    assert_eq!(serde_json::from_str::<Profiles>(&text).unwrap(), profiles);
    assert!(!text.contains("sk-1"));
    let newer = text.replacen(r#""version":2"#, r#""version":3"#, 1);
    let error = serde_json::from_str::<Profiles>(&newer).unwrap_err().to_string();
    assert!(error.contains("version 3") && error.contains("up to 2"), "{error}");
    assert_eq!(serde_json::from_str::<Profiles>(r#"{"novel":1}"#).unwrap(), Profiles::default());
}

/// The profile that a preset starts with.
fn profile_of(id: &str, preset: &Preset) -> Profile {
    Profile::from_settings(id, Settings::for_preset(preset))
}

/// The settings of a server as its preset begins, with the id of a profile and a model.
fn settings_of(name: &str, id: &str, model: &str) -> Settings {
    let known = preset(name).unwrap();
    Settings { profile: id.to_owned(), model: model.to_owned(), ..Settings::for_preset(known) }
}

#[test]
fn switching_to_another_server_and_back_loses_neither_address_nor_model() {
    let mut profiles = Profiles::default();
    let own =
        Settings { base_url: "http://127.0.0.1:8310/v1".to_owned(), ..settings_of("llama.cpp", "a", "qwen") };
    profiles.take_over(own.clone());
    profiles.find_mut("a").unwrap().note_model();
    profiles.take_over(settings_of("anthropic", "b", "claude"));
    let found = profiles.of_preset(preset("llama.cpp").unwrap()).unwrap();
    assert_eq!((&found.settings(""), &found.recent_models[..]), (&own, &["qwen".to_owned()][..]));
    profiles.take_over(own);
    assert_eq!(profiles.of_preset(preset("anthropic").unwrap()).unwrap().model, "claude");
    assert_eq!((profiles.profiles.len(), profiles.active.as_str()), (2, "a"));
}

#[test]
fn a_preset_means_its_last_profile_and_another_server_where_that_is_in_use_or_none_is_known_by_its_name() {
    let (openai, custom) = (preset("openai").unwrap(), preset("custom").unwrap());
    let mut profiles = Profiles::default();
    assert_eq!(profiles.of_preset(openai), None);
    for (name, id) in [("openai", "a"), ("openai", "b"), ("custom", "c"), ("ollama", "d")] {
        profiles.take_over(settings_of(name, id, "m"));
    }
    assert_eq!(profiles.of_preset(openai).map(|known| known.id.as_str()), Some("b"));
    assert_eq!(profiles.of_preset(custom), None, "each is another server");
    profiles.take_over(settings_of("openai", "a", "m"));
    assert_eq!(profiles.of_preset(openai), None, "a second account");
}

#[test]
fn settings_without_a_profile_add_none_and_others_change_theirs_or_become_one() {
    let mut profiles = Profiles::default();
    profiles.take_over(Settings { system: "Be brief.".to_owned(), ..settings_of("ollama", "", "m") });
    assert_eq!(
        (profiles.profiles.len(), profiles.active.as_str(), profiles.system.as_str()),
        (0, "", "Be brief.")
    );
    profiles.take_over(settings_of("ollama", "a", "m"));
    profiles.find_mut("a").unwrap().name = "Mine".to_owned();
    profiles.take_over(settings_of("ollama", "a", "n"));
    let known = profiles.find("a").unwrap();
    assert_eq!((profiles.profiles.len(), known.name.as_str(), known.model.as_str()), (1, "Mine", "n"));
}

#[test]
fn settings_that_lost_their_profile_find_it_by_address_and_protocol() {
    let mut profiles = Profiles::default();
    profiles.take_over(settings_of("ollama", "a", "m"));
    let stripped =
        Settings { base_url: " http://127.0.0.1:11434 ".to_owned(), ..settings_of("custom", "", "n") };
    assert_eq!(profiles.of_server(&stripped), None, "another protocol");
    let same = Settings { dialect: preset("ollama").unwrap().dialect, ..stripped };
    assert_eq!(profiles.of_server(&same).map(|known| known.id.as_str()), Some("a"));
}

#[test]
fn only_settings_that_their_preset_would_give_again_are_untouched_whatever_the_system_prompt() {
    for known in &PRESETS {
        let bare = Settings::for_preset(known);
        assert!(Settings { system: "Be brief.".to_owned(), ..bare.clone() }.is_untouched());
        for touched in [
            Settings { base_url: "http://127.0.0.1:9".to_owned(), ..bare.clone() },
            Settings { model: "m".to_owned(), ..bare.clone() },
            Settings { remember_key: true, ..bare.clone() },
            Settings { preset: "novel".to_owned(), ..bare.clone() },
            Settings { stream: false, ..bare },
        ] {
            assert!(!touched.is_untouched(), "{touched:?}");
        }
    }
}

#[test]
fn changing_settings_keeps_name_and_recent_models() {
    let mut profile = Profile { name: "Mine".to_owned(), ..profile_of("a", &PRESETS[0]) };
    for model in ["a", "b", "a", " ", "c"] {
        profile.model = model.to_owned();
        profile.note_model();
    }
    assert_eq!(profile.recent_models, ["c", "a", "b"]);
    let settings = Settings { model: "d".to_owned(), ..profile.settings("") };
    profile.change(settings.clone());
    assert_eq!((profile.name.as_str(), profile.recent_models.len()), ("Mine", 3));
    assert_eq!(profile.settings(""), settings);
}

#[test]
fn a_key_is_cleared_and_said_where_the_address_moves_to_another_origin_and_stays_within_one() {
    let mut asked = settings_of("openai", "a", "m");
    let mut key = KeyRecord::new(&asked, "sk-1");
    asked.base_url = "https://api.openai.com/v2".to_owned();
    assert_eq!((key.hold_to(&asked), key.for_request(&asked)), (None, Ok("sk-1")));
    asked.base_url = "https://".to_owned();
    assert_eq!((key.hold_to(&asked), key.key.as_str()), (None, "sk-1"));
    assert!(key.for_request(&asked).is_err(), "never sent to what it was not entered for");
    asked.base_url = "https://evil.example/v1".to_owned();
    assert!(key.for_request(&asked).is_err());
    let said = key.hold_to(&asked).unwrap();
    assert_eq!(said, "The key was cleared, because it was entered for another server.");
    assert_eq!((key.key.as_str(), key.for_request(&asked)), ("", Ok("")));
}

#[test]
fn a_key_that_was_entered_before_any_address_belongs_to_the_first_one() {
    let mut asked = settings_of("custom", "a", "m");
    let mut key = KeyRecord::new(&asked, "sk-1");
    asked.base_url = "https://llm.example/v1".to_owned();
    assert_eq!(key.hold_to(&asked), None);
    assert_eq!(key.for_request(&asked), Ok("sk-1"));
    let other = Settings { profile: "b".to_owned(), ..asked };
    assert!(key.for_request(&other).is_err(), "of another profile");
    assert!(!format!("{key:?}").contains("sk-1"));
}

#[test]
fn a_profile_is_called_by_its_own_name_or_its_preset_or_its_host() {
    let mut profile = profile_of("a", preset("openai").unwrap());
    assert_eq!(profile.label(), "OpenAI");
    profile.base_url = "https://llm.example:8443/v1".to_owned();
    assert_eq!(profile.label(), "llm.example:8443");
    profile.name = " Work ".to_owned();
    assert_eq!(profile.label(), "Work");
}

#[test]
fn profiles_that_are_called_alike_are_numbered_and_a_name_that_looks_like_that_is_not_taken_twice() {
    let mut profiles = Profiles::default();
    for id in ["a", "b", "c", "d"] {
        profiles.take_over(settings_of("openai", id, "m"));
    }
    profiles.find_mut("b").unwrap().name = "OpenAI (2)".to_owned();
    let labels: Vec<_> = profiles.labels().into_iter().map(|(id, label)| format!("{id} {label}")).collect();
    assert_eq!(labels, ["a OpenAI", "b OpenAI (2)", "c OpenAI (3)", "d OpenAI (4)"]);
}

#[test]
fn the_models_of_a_profile_are_those_in_use_lately_or_the_one_that_is_set() {
    let mut profile = Profile { model: " m ".to_owned(), ..profile_of("a", &PRESETS[0]) };
    assert_eq!(profile.last_models().collect::<Vec<_>>(), ["m"]);
    profile.note_model();
    profile.model = "n".to_owned();
    assert_eq!(profile.last_models().collect::<Vec<_>>(), ["m"]);
    assert_eq!(profile_of("a", &PRESETS[0]).last_models().count(), 0);
}

#[test]
fn the_neighbour_of_a_removed_profile_is_in_use_and_an_undo_puts_it_back_into_its_place() {
    let mut profiles = Profiles::default();
    for id in ["a", "c", "b"] {
        profiles.take_over(settings_of("ollama", id, "m"));
    }
    profiles.profiles.swap(1, 2);
    let before = profiles.clone();
    let removed = profiles.remove("b").unwrap();
    assert_eq!((removed.0, removed.1.id.as_str(), profiles.active.as_str()), (1, "b", "c"));
    let mut undone = profiles.clone();
    undone.put_back(removed.clone());
    assert_eq!(undone, before);
    undone.put_back(removed);
    assert_eq!(undone, before, "it is there once");
    let last = profiles.remove("c").unwrap();
    assert_eq!(profiles.active, "a");
    assert!(profiles.remove("a").is_some() && profiles.active().is_none() && profiles.remove("a").is_none());
    profiles.put_back((7, last.1));
    assert_eq!(profiles.active().map(|profile| profile.id.as_str()), Some("c"));
}
