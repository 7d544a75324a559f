//! The sheet's text fields each show and change one of the settings.

use super::validation::check;
use crate::engine::messages::sheet;
use crate::engine::settings::{Field, Problem, Settings};
use crate::engine::wire::Decimal;
use crate::ui::components::TextField;
use crate::ui::state::Connection;
use leptos::prelude::*;

/// Renders the field for the server's base address.
#[component]
pub fn AddressField() -> impl IntoView {
    let connection = expect_context::<Connection>();
    let hint = of_settings(connection, |settings| {
        if settings.dialect.names_model() { sheet::ADDRESS_HINT } else { sheet::WHOLE_ADDRESS_HINT }
            .to_owned()
    });
    view! {
        <TextField
            of=Field::BaseUrl
            label=sheet::ADDRESS
            hint=hint
            placeholder=sheet::ADDRESS_PLACEHOLDER
            mode="url"
            value=of_settings(connection, |settings| settings.base_url.clone())
            problem=connection.problem
            on_input=move |text| connection.edit(|settings| settings.base_url = text)
            on_commit=move |field| check(connection, field)
        />
    }
}

/// Renders the field for the server's key.
#[component]
pub fn KeyField() -> impl IntoView {
    let connection = expect_context::<Connection>();
    let value = Signal::derive(move || {
        // Following the problem shows a key that was cleared.
        connection.problem.track();
        connection.key.with_value(|record| record.key.clone())
    });
    view! {
        <TextField
            of=Field::Key
            label=sheet::KEY
            hint=sheet::KEY_HINT
            placeholder=sheet::KEY_PLACEHOLDER
            value=value
            problem=connection.problem
            on_input=move |text: String| connection.set_key(&text)
            on_commit=move |field| check(connection, field)
        />
    }
}

/// Renders the field for the model's name.
#[component]
pub fn ModelField() -> impl IntoView {
    let connection = expect_context::<Connection>();
    view! {
        <TextField
            of=Field::Model
            label=sheet::MODEL
            hint=sheet::MODEL_HINT
            placeholder=sheet::MODEL_PLACEHOLDER
            value=of_settings(connection, |settings| settings.model.clone())
            problem=connection.problem
            on_input=move |text| connection.edit(|settings| settings.model = text)
            on_commit=move |field| check(connection, field)
        />
    }
}

/// Renders the field for the system prompt.
#[component]
pub fn SystemField() -> impl IntoView {
    let connection = expect_context::<Connection>();
    view! {
        <TextField
            of=Field::System
            label=sheet::SYSTEM
            hint=sheet::SYSTEM_HINT
            placeholder=sheet::SYSTEM_PLACEHOLDER
            rows=3
            value=of_settings(connection, |settings| settings.system.clone())
            problem=connection.problem
            on_input=move |text| connection.edit(|settings| settings.system = text)
            on_commit=move |field| check(connection, field)
        />
    }
}

/// Renders the field for the temperature of sampling.
#[component]
pub fn TemperatureField() -> impl IntoView {
    let connection = expect_context::<Connection>();
    // What is typed may be no number yet: the field shows what is stored only when it is made.
    let stored = connection.settings.with_untracked(|settings| {
        settings.temperature.as_ref().map(|temperature| temperature.as_str().to_owned()).unwrap_or_default()
    });
    let take = move |text: String| {
        if let Some(value) =
            number(connection, Field::Temperature, sheet::TEMPERATURE_REFUSED, &text, Decimal::parse)
        {
            connection.edit(|settings| settings.temperature = value);
        }
    };
    view! {
        <TextField
            of=Field::Temperature
            label=sheet::TEMPERATURE
            hint=sheet::TEMPERATURE_HINT
            placeholder=sheet::SERVER_DEFAULT
            mode="decimal"
            value=stored
            problem=connection.problem
            on_input=take
            on_commit=move |field| check(connection, field)
        />
    }
}

/// Renders the field for the longest answer, in tokens.
#[component]
pub fn MaxTokensField() -> impl IntoView {
    let connection = expect_context::<Connection>();
    let stored = connection
        .settings
        .with_untracked(|settings| settings.max_tokens.map(|most| most.to_string()).unwrap_or_default());
    let take = move |text: String| {
        let read = |text: &str| text.parse().ok().filter(|most: &u32| *most > 0);
        if let Some(value) = number(connection, Field::MaxTokens, sheet::LIMIT_REFUSED, &text, read) {
            connection.edit(|settings| settings.max_tokens = value);
        }
    };
    view! {
        <TextField
            of=Field::MaxTokens
            label=sheet::LIMIT
            hint=sheet::LIMIT_HINT
            placeholder=sheet::SERVER_DEFAULT
            mode="numeric"
            value=stored
            problem=connection.problem
            on_input=take
            on_commit=move |field| check(connection, field)
        />
    }
}

/// Renders the field for JSON that is merged into each request.
#[component]
pub fn ExtraField() -> impl IntoView {
    let connection = expect_context::<Connection>();
    view! {
        <TextField
            of=Field::Extra
            label=sheet::EXTRA
            hint=sheet::EXTRA_HINT
            placeholder=sheet::EXTRA_PLACEHOLDER
            rows=3
            value=of_settings(connection, |settings| settings.extra.clone())
            problem=connection.problem
            on_input=move |text| connection.edit(|settings| settings.extra = text)
            on_commit=move |field| check(connection, field)
        />
    }
}

/// Returns a signal of the part of the settings that a field shows.
fn of_settings(connection: Connection, read: fn(&Settings) -> String) -> Signal<String> {
    Signal::derive(move || connection.settings.with(read))
}

/// Reads a number that may be left out: `None` for text that is no number, which is told as a problem of `field`.
fn number<T>(
    connection: Connection,
    field: Field,
    refused: &str,
    text: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Option<Option<T>> {
    let text = text.trim();
    let value = read(text);
    let is_refused = value.is_none() && !text.is_empty();
    let is_about_this =
        connection.problem.with_untracked(|known| known.as_ref().is_none_or(|known| known.field == field));
    if is_refused || is_about_this {
        connection.problem.set(is_refused.then(|| Problem { field, sentence: refused.to_owned() }));
    }
    (!is_refused).then_some(value)
}
