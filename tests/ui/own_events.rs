//! The rules for a server's own events: typed, refused at their field, tried on sample lines.

use crate::mounted::{Mounted, page, settled};
use leptos::prelude::*;
use tokenfall::engine::messages::own_events as words;
use tokenfall::engine::settings::Settings;
use tokenfall::engine::wire::Dialect;
use tokenfall::ui::chat::Chat;
use tokenfall::ui::settings::dialog::SettingsDialog;
use wasm_bindgen_test::wasm_bindgen_test;

/// The sheet of a server that streams events of its own.
fn sheet(dialect: Dialect) -> (Owner, Mounted, Chat) {
    window().local_storage().unwrap().unwrap().clear().unwrap();
    let (owner, mounted, chat) = page(|| view! { <SettingsDialog /> });
    chat.connection.change(|settings| {
        *settings = Settings::default();
        settings.preset = "custom".to_owned();
        settings.base_url = "http://127.0.0.1:3000/feed".to_owned();
        settings.dialect = dialect;
    });
    (owner, mounted, chat)
}

const SAMPLE: &str = "[data-testid=event-sample]";
const TRIAL: &str = "[data-testid=event-trial]";

/// Covers OwnEventsFields: event, state. Rule: event, state.
#[wasm_bindgen_test]
async fn rules_are_asked_for_where_a_server_has_events_of_its_own_and_kept_as_they_are_typed() {
    let (_owner, mounted, chat) = sheet(Dialect::ChatCompletions);
    settled().await;
    assert_eq!(mounted.count("[name=event-text]"), 0);
    chat.connection.change(|settings| settings.dialect = Dialect::OwnLines);
    settled().await;
    for (name, typed) in
        [("text", " /body/piece "), ("reasoning", "/why"), ("error", "/error"), ("end", "event: over")]
    {
        mounted.type_into(&format!("[name=event-{name}]"), typed);
    }
    settled().await;
    assert_eq!(mounted.count("[data-testid=settings-problem]"), 0);
    let events = chat.connection.settings.get_untracked().events;
    assert_eq!(
        [events.text, events.reasoning, events.error, events.end],
        [" /body/piece ", "/why", "/error", "event: over"]
    );
}

/// Covers OwnEventsFields: bad input. Rule: bad input.
#[wasm_bindgen_test]
async fn a_rule_that_cannot_be_read_is_told_at_its_field_and_stays_as_typed() {
    let (_owner, mounted, chat) = sheet(Dialect::OwnEvents);
    settled().await;
    mounted.type_into("[name=event-text]", "/a");
    for (name, typed, sentence) in [
        ("text", "a.b", "A pointer begins with a slash. Perhaps you mean /a/b."),
        ("text", "", words::NOTHING_TO_READ),
        ("text", "#/a", words::FRAGMENT),
        ("text", "/a", ""),
        ("reasoning", "/a", words::SAME_AS_TEXT),
        ("reasoning", "data", words::ONLY_POINTERS),
        ("reasoning", "", ""),
        ("error", "<b>", words::NO_SLASH),
        ("error", "", ""),
        ("end", "event: ", words::NAME_MISSING),
        ("end", "/type=", "Character 6: Behind = must stand"),
        ("end", "", ""),
    ] {
        mounted.type_into(&format!("[name=event-{name}]"), typed);
        settled().await;
        let told = mounted.text(&format!("#about-event-{name}"));
        if sentence.is_empty() {
            assert_eq!(mounted.count("[data-testid=settings-problem]"), 0, "{name} {typed}: {told}");
        } else {
            assert!(told.contains(sentence), "{name} {typed}: {told}");
        }
    }
    assert_eq!(chat.connection.settings.get_untracked().events.text, "/a");
    assert_eq!(mounted.count("b"), 0);
}

/// Covers Trial: event, state, bad input.
#[wasm_bindgen_test]
async fn sample_lines_show_what_the_rules_give_as_they_change_and_their_markup_stays_text() {
    let (_owner, mounted, chat) = sheet(Dialect::OwnEvents);
    settled().await;
    let sample = "event: word\ndata: {\"t\":\"<b>Hi</b>\"}\n\n{\"u\":1}\nno JSON\ndata: {\"error\":\"<i>broken</i>\"}\ndata: [DONE]";
    mounted.type_into(SAMPLE, sample);
    settled().await;
    assert_eq!(mounted.text(TRIAL), words::RULES_FIRST, "there is no rule yet");
    mounted.type_into("[name=event-text]", "/t");
    mounted.type_into("[name=event-error]", "/error");
    settled().await;
    let rows: Vec<_> = (1..=6).map(|row| mounted.text(&format!("{TRIAL} li:nth-child({row})"))).collect();
    assert_eq!(rows[0], words::GAVE_FIELD);
    assert_eq!(rows[1], format!("{}<b>Hi</b>", words::GAVE_TEXT));
    assert_eq!(rows[2], words::GAVE_NOT_FOUND);
    assert_eq!(rows[3], format!("{}from byte 1 on", words::GAVE_NO_JSON));
    assert_eq!(rows[4], format!("{}<i>broken</i>", words::GAVE_ERROR));
    assert_eq!(rows[5], words::GAVE_END);
    assert_eq!(mounted.count(&format!("{TRIAL} b, {TRIAL} i")), 0);
    mounted.type_into("[name=event-text]", "/u");
    settled().await;
    assert_eq!(mounted.text(&format!("{TRIAL} li:nth-child(3)")), format!("{}1", words::GAVE_TEXT));
    assert_eq!(chat.connection.settings.get_untracked().events.text, "/u");
}
