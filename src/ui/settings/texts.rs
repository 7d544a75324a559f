//! The fields of the sheet that take text: their words, and what of the settings they show and change.

use super::field::Text;
use super::keep::{change, set_key};
use crate::engine::settings::{Field, Problem};
use crate::engine::wire::Decimal;
use crate::ui::state::App;
use leptos::prelude::*;

/// Fields whose text may be no number: judged while it is typed, since the settings cannot hold it.
pub(super) const NUMBERS: [Field; 2] = [Field::Temperature, Field::MaxTokens];

pub(super) const ADDRESS: Text = Text {
    field: Field::BaseUrl,
    label: "Address",
    hint: "The base address, up to and with its version, as in http://127.0.0.1:8080/v1.",
    placeholder: "https://…",
    mode: "url",
    read: |app| app.settings.with(|settings| settings.base_url.clone()),
    write: |app, text| change(app, |settings| settings.base_url = text),
    ..LINE
};

pub(super) const KEY: Text = Text {
    field: Field::Key,
    label: "Key",
    hint: "Sent only to this address. Forgotten when the page closes, unless you keep it below.",
    placeholder: "None",
    // Following the problem shows a key that was cleared.
    read: |app| {
        app.problem.track();
        app.with(|core| core.key.clone())
    },
    write: set_key,
    ..LINE
};

pub(super) const MODEL: Text = Text {
    field: Field::Model,
    label: "Model",
    hint: "As the server names it. Load the list to choose from it.",
    placeholder: "The server's first",
    read: |app| app.settings.with(|settings| settings.model.clone()),
    write: |app, text| change(app, |settings| settings.model = text),
    ..LINE
};

pub(super) const SYSTEM: Text = Text {
    field: Field::System,
    label: "System prompt",
    hint: "Instructions that stand above every conversation.",
    placeholder: "None",
    rows: 3,
    read: |app| app.settings.with(|settings| settings.system.clone()),
    write: |app, text| change(app, |settings| settings.system = text),
    ..LINE
};

pub(super) const TEMPERATURE: Text = Text {
    field: Field::Temperature,
    label: "Temperature",
    hint: "0 is strict, 1 is free.",
    placeholder: "Server's own",
    mode: "decimal",
    read: |app| {
        app.settings
            .with_untracked(|s| s.temperature.as_ref().map(|t| t.as_str().to_owned()).unwrap_or_default())
    },
    write: |app, text| {
        number(
            app,
            Field::Temperature,
            "The temperature must be a number from 0 up.",
            &text,
            Decimal::parse,
            |app, value| {
                change(app, |settings| settings.temperature = value);
            },
        );
    },
    ..LINE
};

pub(super) const MAX_TOKENS: Text = Text {
    field: Field::MaxTokens,
    label: "Longest answer",
    hint: "In tokens.",
    placeholder: "Server's own",
    mode: "numeric",
    read: |app| app.settings.with_untracked(|s| s.max_tokens.map(|n| n.to_string()).unwrap_or_default()),
    write: |app, text| {
        number(
            app,
            Field::MaxTokens,
            "The limit must be a whole number from 1 up.",
            &text,
            limit,
            |app, value| {
                change(app, |settings| settings.max_tokens = value);
            },
        );
    },
    ..LINE
};

pub(super) const EXTRA: Text = Text {
    field: Field::Extra,
    label: "Extra JSON",
    hint: "Merged into each request at the very end; null removes a member.",
    placeholder: r#"{"top_p": 0.9}"#,
    rows: 3,
    read: |app| app.settings.with(|settings| settings.extra.clone()),
    write: |app, text| change(app, |settings| settings.extra = text),
    ..LINE
};

/// What most fields have in common: one line of any text.
const LINE: Text = Text {
    field: Field::System,
    label: "",
    hint: "",
    placeholder: "",
    mode: "text",
    rows: 0,
    read: |_| String::new(),
    write: |_, _| {},
};

/// Takes a number that may be left out.
fn number<T>(
    app: App,
    field: Field,
    sentence: &str,
    text: &str,
    read: fn(&str) -> Option<T>,
    set: fn(App, Option<T>),
) {
    let text = text.trim();
    let value = read(text);
    let is_refused = value.is_none() && !text.is_empty();
    if !is_refused {
        set(app, value);
    }
    let is_about_this =
        app.problem.with_untracked(|known| known.as_ref().is_none_or(|known| known.field == field));
    if is_refused || is_about_this {
        app.problem.set(is_refused.then(|| Problem { field, sentence: sentence.to_owned() }));
    }
}

/// A whole number from 1 up.
fn limit(text: &str) -> Option<u32> {
    text.parse().ok().filter(|number| *number > 0)
}
