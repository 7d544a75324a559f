//! Profiles: a server each, keys that belong to one origin, and what the first version stored.

use tokenfall::engine::settings::{
    KeyRecord, KeyRecordV1, Migrated, PRESETS, Profile, Profiles, RecentModelV1, Settings, preset,
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
    assert_eq!(active.settings("Be brief."), serde_json::from_str::<Settings>(SETTINGS).unwrap());
    assert_eq!(migrated.profiles.system, "Be brief.");
    assert_eq!(
        (active.id.as_str(), &active.recent_models[..]),
        ("p1", &["gpt-x".to_owned(), "gpt-y".to_owned()][..])
    );
    let key = migrated.key.unwrap();
    assert_eq!((key.profile.as_str(), key.origin.as_str()), ("p1", "https://api.openai.com"));
    assert_eq!(key.for_request(active), Ok("sk-1"));
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
    assert_eq!(migrated.profiles.profiles, [Profile::for_preset("p1", &PRESETS[0])]);
    assert_eq!(migrated.key, None);
    let foreign = r#"{"origin":"https://other.example","key":"sk-1"}"#;
    assert_eq!(migrate(SETTINGS, Some(foreign), "[]").key, None);
    let not_kept = SETTINGS.replace(r#""remember_key":true"#, r#""remember_key":false"#);
    assert_eq!(migrate(&not_kept, Some(KEY), "[]").key, None);
}

#[test]
fn profiles_are_read_as_they_were_written_and_another_version_is_refused() {
    let mut profiles = migrate(SETTINGS, None, RECENT).profiles;
    profiles.active_mut().unwrap().name = "Work".to_owned();
    let text = serde_json::to_string(&profiles).unwrap();
    assert_eq!(serde_json::from_str::<Profiles>(&text).unwrap(), profiles);
    assert!(!text.contains("sk-1"));
    let newer = text.replacen(r#""version":2"#, r#""version":3"#, 1);
    let error = serde_json::from_str::<Profiles>(&newer).unwrap_err().to_string();
    assert!(error.contains("version 3") && error.contains("up to 2"), "{error}");
    assert_eq!(serde_json::from_str::<Profiles>(r#"{"novel":1}"#).unwrap(), Profiles::default());
}

#[test]
fn switching_to_another_server_and_back_loses_neither_address_nor_model() {
    let mut profiles = Profiles::default();
    profiles.use_preset(preset("llama.cpp").unwrap(), "a");
    let mine = profiles.active_mut().unwrap();
    mine.base_url = "http://127.0.0.1:8310/v1".to_owned();
    mine.model = "qwen".to_owned();
    mine.note_model();
    let kept = mine.clone();
    profiles.use_preset(preset("custom").unwrap(), "b");
    profiles.active_mut().unwrap().base_url = "https://llm.example/v1".to_owned();
    profiles.use_preset(preset("llama.cpp").unwrap(), "c");
    assert_eq!(profiles.active(), Some(&kept));
    profiles.use_preset(preset("custom").unwrap(), "d");
    assert_eq!(profiles.active().unwrap().base_url, "https://llm.example/v1");
    assert_eq!(profiles.profiles.len(), 2);
}

#[test]
fn changing_settings_keeps_name_and_recent_models() {
    let mut profile = Profile { name: "Mine".to_owned(), ..Profile::for_preset("a", &PRESETS[0]) };
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
    let mut profile = Profile::for_preset("a", preset("openai").unwrap());
    let mut key = KeyRecord::new(&profile, "sk-1");
    profile.base_url = "https://api.openai.com/v2".to_owned();
    assert_eq!((key.hold_to(&profile), key.for_request(&profile)), (None, Ok("sk-1")));
    profile.base_url = "https://".to_owned();
    assert_eq!((key.hold_to(&profile), key.key.as_str()), (None, "sk-1"));
    assert!(key.for_request(&profile).is_err(), "never sent to what it was not entered for");
    profile.base_url = "https://evil.example/v1".to_owned();
    assert!(key.for_request(&profile).is_err());
    let said = key.hold_to(&profile).unwrap();
    assert_eq!(said, "The key was cleared, because it was entered for another server.");
    assert_eq!((key.key.as_str(), key.for_request(&profile)), ("", Ok("")));
}

#[test]
fn a_key_that_was_entered_before_any_address_belongs_to_the_first_one() {
    let mut profile = Profile::for_preset("a", preset("custom").unwrap());
    let mut key = KeyRecord::new(&profile, "sk-1");
    profile.base_url = "https://llm.example/v1".to_owned();
    assert_eq!(key.hold_to(&profile), None);
    assert_eq!(key.for_request(&profile), Ok("sk-1"));
    let other = Profile { id: "b".to_owned(), ..profile.clone() };
    assert!(key.for_request(&other).is_err(), "of another profile");
    assert!(!format!("{key:?}").contains("sk-1"));
}

#[test]
fn a_profile_is_called_by_its_own_name_or_its_preset_or_its_host() {
    let mut profile = Profile::for_preset("a", preset("openai").unwrap());
    assert_eq!(profile.label(), "OpenAI");
    profile.base_url = "https://llm.example:8443/v1".to_owned();
    assert_eq!(profile.label(), "llm.example:8443");
    profile.name = " Work ".to_owned();
    assert_eq!(profile.label(), "Work");
}

#[test]
fn the_neighbour_of_a_removed_profile_is_in_use() {
    let mut profiles = Profiles::default();
    for id in ["a", "b", "c"] {
        profiles.add(Profile::for_preset(id, &PRESETS[0]));
    }
    assert_eq!(profiles.remove("b").map(|profile| profile.id), Some("b".to_owned()));
    assert_eq!(profiles.active, "c");
    assert!(profiles.remove("c").is_some());
    assert_eq!(profiles.active, "a");
    assert!(profiles.remove("a").is_some() && profiles.active().is_none() && profiles.remove("a").is_none());
}
