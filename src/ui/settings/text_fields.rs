//! The fields of the sheet that take text: their words, and what of the settings each shows and changes.

use super::persistence::{change, set_key};
use super::validation::check;
use crate::engine::settings::{Field, Problem, Settings};
use crate::engine::wire::Decimal;
use crate::ui::components::TextField;
use crate::ui::state::App;
use leptos::prelude::*;

/// The base address of the server.
#[component]
pub fn AddressField() -> impl IntoView {
    let app = expect_context::<App>();
    view! {
        <TextField
            of=Field::BaseUrl
            label="Address"
            hint="The base address, up to and with its version, as in http://127.0.0.1:8080/v1."
            placeholder="https://…"
            mode="url"
            value=of_settings(app, |settings| settings.base_url.clone())
            problem=app.problem
            on_input=move |text| change(app, |settings| settings.base_url = text)
            on_commit=move |field| check(app, field)
        />
    }
}

/// The key for the server.
#[component]
pub fn KeyField() -> impl IntoView {
    let app = expect_context::<App>();
    let value = Signal::derive(move || {
        // Following the problem shows a key that was cleared.
        app.problem.track();
        app.with(|core| core.key.clone())
    });
    view! {
        <TextField
            of=Field::Key
            label="Key"
            hint="Sent only to this address. Forgotten when the page closes, unless you keep it below."
            placeholder="None"
            value=value
            problem=app.problem
            on_input=move |text| set_key(app, text)
            on_commit=move |field| check(app, field)
        />
    }
}

/// The name of the model.
#[component]
pub fn ModelField() -> impl IntoView {
    let app = expect_context::<App>();
    view! {
        <TextField
            of=Field::Model
            label="Model"
            hint="As the server names it. Load the list to choose from it."
            placeholder="The server's first"
            value=of_settings(app, |settings| settings.model.clone())
            problem=app.problem
            on_input=move |text| change(app, |settings| settings.model = text)
            on_commit=move |field| check(app, field)
        />
    }
}

/// The system prompt.
#[component]
pub fn SystemField() -> impl IntoView {
    let app = expect_context::<App>();
    view! {
        <TextField
            of=Field::System
            label="System prompt"
            hint="Instructions that stand above every conversation."
            placeholder="None"
            rows=3
            value=of_settings(app, |settings| settings.system.clone())
            problem=app.problem
            on_input=move |text| change(app, |settings| settings.system = text)
            on_commit=move |field| check(app, field)
        />
    }
}

/// The temperature of sampling.
#[component]
pub fn TemperatureField() -> impl IntoView {
    let app = expect_context::<App>();
    const REFUSED: &str = "The temperature must be a number from 0 up.";
    // What is typed may be no number yet: the field shows what is stored only when it is made.
    let stored = app.settings.with_untracked(|settings| {
        settings.temperature.as_ref().map(|temperature| temperature.as_str().to_owned()).unwrap_or_default()
    });
    let take = move |text: String| {
        if let Some(value) = number(app, Field::Temperature, REFUSED, &text, Decimal::parse) {
            change(app, |settings| settings.temperature = value);
        }
    };
    view! {
        <TextField
            of=Field::Temperature
            label="Temperature"
            hint="0 is strict, 1 is free."
            placeholder="Server's own"
            mode="decimal"
            value=stored
            problem=app.problem
            on_input=take
            on_commit=move |field| check(app, field)
        />
    }
}

/// The longest answer, in tokens.
#[component]
pub fn MaxTokensField() -> impl IntoView {
    let app = expect_context::<App>();
    const REFUSED: &str = "The limit must be a whole number from 1 up.";
    let stored = app
        .settings
        .with_untracked(|settings| settings.max_tokens.map(|most| most.to_string()).unwrap_or_default());
    let take = move |text: String| {
        let read = |text: &str| text.parse().ok().filter(|most: &u32| *most > 0);
        if let Some(value) = number(app, Field::MaxTokens, REFUSED, &text, read) {
            change(app, |settings| settings.max_tokens = value);
        }
    };
    view! {
        <TextField
            of=Field::MaxTokens
            label="Longest answer"
            hint="In tokens."
            placeholder="Server's own"
            mode="numeric"
            value=stored
            problem=app.problem
            on_input=take
            on_commit=move |field| check(app, field)
        />
    }
}

/// JSON that is merged into each request.
#[component]
pub fn ExtraField() -> impl IntoView {
    let app = expect_context::<App>();
    view! {
        <TextField
            of=Field::Extra
            label="Extra JSON"
            hint="Merged into each request at the very end; null removes a member."
            placeholder=r#"{"top_p": 0.9}"#
            rows=3
            value=of_settings(app, |settings| settings.extra.clone())
            problem=app.problem
            on_input=move |text| change(app, |settings| settings.extra = text)
            on_commit=move |field| check(app, field)
        />
    }
}

/// A part of the settings that a field shows.
fn of_settings(app: App, read: fn(&Settings) -> String) -> Signal<String> {
    Signal::derive(move || app.settings.with(read))
}

/// Reads a number that may be left out: `None` for text that is no number, which is told as a problem of `field`.
fn number<T>(
    app: App,
    field: Field,
    refused: &str,
    text: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Option<Option<T>> {
    let text = text.trim();
    let value = read(text);
    let is_refused = value.is_none() && !text.is_empty();
    let is_about_this =
        app.problem.with_untracked(|known| known.as_ref().is_none_or(|known| known.field == field));
    if is_refused || is_about_this {
        app.problem.set(is_refused.then(|| Problem { field, sentence: refused.to_owned() }));
    }
    (!is_refused).then_some(value)
}
