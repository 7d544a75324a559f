//! The rules by which a server's own events are read, tried on sample lines while they are typed.

use super::validation::check;
use crate::engine::messages::own_events as words;
use crate::engine::settings::Field;
use crate::engine::wire::{Given, OwnEventFields, OwnEvents, TriedLine, try_lines};
use crate::ui::components::TextField;
use crate::ui::state::Connection;
use leptos::prelude::*;

/// The most lines of a sample whose outcome is shown.
const SHOWN: usize = 100;

/// Renders the rules, for a server that speaks a protocol of its own; nothing for any other.
#[component]
pub fn OwnEventsFields() -> impl IntoView {
    let connection = expect_context::<Connection>();
    let is_own = Memo::new(move |_| connection.settings.with(|settings| settings.dialect.has_own_rules()));
    let switched = connection.servers().switched;
    move || {
        switched.track();
        is_own.get().then(|| {
            view! {
                <Rule of=Field::EventText rule=|events| &mut events.text label=words::TEXT hint=words::TEXT_HINT placeholder="/choices/0/text" />
                <Rule of=Field::EventReasoning rule=|events| &mut events.reasoning label=words::REASONING hint=words::REASONING_HINT placeholder="/thought" />
                <Rule of=Field::EventError rule=|events| &mut events.error label=words::ERROR hint=words::ERROR_HINT placeholder="/error" />
                <Rule of=Field::EventEnd rule=|events| &mut events.end label=words::END hint=words::END_HINT placeholder="[DONE]" />
                <Trial />
            }
        })
    }
}

/// Renders the field of one rule.
#[component]
fn Rule(
    /// The field.
    of: Field,
    /// The rule that it shows and changes.
    rule: fn(&mut OwnEventFields) -> &mut String,
    /// The words beside it.
    label: &'static str,
    /// What it may hold.
    hint: &'static str,
    /// An example.
    placeholder: &'static str,
) -> impl IntoView {
    let connection = expect_context::<Connection>();
    let value = move || {
        let mut events = connection.settings.with(|settings| settings.events.clone());
        std::mem::take(rule(&mut events))
    };
    view! {
        <TextField
            of=of
            label=label
            hint=hint
            placeholder=placeholder
            value=Signal::derive(value)
            problem=connection.problem
            on_input=move |text| connection.edit(|settings| *rule(&mut settings.events) = text)
            on_commit=move |field| check(connection, field)
        />
    }
}

/// Renders a field for sample lines, which are kept nowhere, and what the rules give on them.
#[component]
fn Trial() -> impl IntoView {
    let connection = expect_context::<Connection>();
    let sample = RwSignal::new(String::new());
    let rules = Memo::new(move |_| connection.settings.with(|settings| settings.events.clone()));
    let outcome = move || {
        let parsed = rules.with(OwnEvents::parse);
        let Ok(rules) = parsed else {
            return sample.with(|sample| !sample.is_empty()).then(|| words::RULES_FIRST.into_any());
        };
        let tried = sample.with(|sample| try_lines(&rules, sample));
        let rows = tried.iter().filter(|line| !line.gave.is_empty()).take(SHOWN).map(row);
        Some(view! { <ol class="trial">{rows.collect_view()}</ol> }.into_any())
    };
    view! {
        <div class="field">
            <label for="event-sample">{words::SAMPLE}</label>
            <textarea
                id="event-sample"
                data-testid="event-sample"
                rows="3"
                autocomplete="off"
                spellcheck="false"
                aria-describedby="about-event-sample"
                placeholder=words::SAMPLE_PLACEHOLDER
                on:input=move |event| sample.set(event_target_value(&event))
            ></textarea>
            <p class="hint" id="about-event-sample">
                {words::SAMPLE_HINT}
            </p>
            <div data-testid="event-trial">
                {outcome}
            </div>
        </div>
    }
}

fn row(tried: &TriedLine) -> impl IntoView + use<> {
    let gave = tried.gave.iter().map(|given| {
        let (label, text) = told(given);
        view! {
            <span class="trial-label">{label}</span>
            <span dir="auto">{text}</span>
        }
    });
    view! { <li value=tried.line>{gave.collect_view()}</li> }
}

/// Returns the words for what a line gave, and its text.
fn told(given: &Given) -> (&'static str, String) {
    match given {
        Given::Text(text) => (words::GAVE_TEXT, text.clone()),
        Given::Reasoning(text) => (words::GAVE_REASONING, text.clone()),
        Given::Error(text) => (words::GAVE_ERROR, text.clone()),
        Given::End => (words::GAVE_END, String::new()),
        Given::Nothing => (words::GAVE_NOTHING, String::new()),
        Given::NotFound => (words::GAVE_NOT_FOUND, String::new()),
        Given::Field => (words::GAVE_FIELD, String::new()),
        Given::NoJson(at) => (words::GAVE_NO_JSON, words::from_byte(*at)),
    }
}
