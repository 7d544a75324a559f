//! The sheet with all settings: a modal dialog, so that focus, Escape and the way back are the browser's own.

use super::field::{Text, field, text};
use super::keep::{change, forget_foreign_key, load_models, set_key};
use crate::engine::json::Decimal;
use crate::engine::settings::{PRESETS, Problem, preset};
use crate::engine::wire::Dialect;
use crate::ui::parts::{Icon, icon};
use crate::ui::state::App;
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Opens the sheet, at the field with the problem if there is one.
pub(in crate::ui) fn open_settings(app: App, problem: Option<Problem>) {
    let Some(dialog) = app.with(|core| core.dialog.clone()) else { return };
    let name = problem.as_ref().map(|problem| problem.field);
    app.problem.set(problem);
    if !dialog.open() {
        let _ = dialog.show_modal();
    }
    app.settings_are_open.set(true);
    let field = name.and_then(|name| dialog.query_selector(&format!("[name={name}]")).ok().flatten());
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        let _ = field.focus();
    }
}

/// Looks at a field the person has left: tells its problem, or that there is none any more.
pub(super) fn check(app: App, name: &'static str) {
    if name == "base-url" && forget_foreign_key(app) {
        let sentence = "The key was cleared, because it was entered for another server.";
        app.problem.set(Some(Problem { field: "key", sentence: sentence.to_owned() }));
        return;
    }
    let known = app.problem.with_untracked(|problem| problem.as_ref().map(|problem| problem.field));
    let key = app.with(|core| core.key.clone());
    let found = app.settings.with_untracked(|settings| {
        let problem = settings.endpoint(&key).map(drop).and_then(|()| settings.prompt(Vec::new()).map(drop));
        problem.err()
    });
    // The extra JSON is judged even while other fields are not filled in yet.
    let found = match found {
        Some(problem) if problem.field != name && name == "extra" => app
            .settings
            .with_untracked(|settings| {
                let mut settings = settings.clone();
                settings.model.push('x');
                settings.prompt(Vec::new()).map(drop)
            })
            .err()
            .filter(|problem| problem.field == name),
        // Whether a key may be sent is told at the address.
        other => {
            other.filter(|problem| problem.field == name || (name, problem.field) == ("key", "base-url"))
        }
    };
    let is_about_this = known.is_none_or(|known| known == name);
    if (found.is_some() || is_about_this) && !NUMBERS.contains(&name) {
        app.problem.set(found);
    }
}

/// Fields whose text may be no number: judged while it is typed, since the settings cannot hold it.
const NUMBERS: [&str; 2] = ["temperature", "max-tokens"];

const ADDRESS: Text = Text {
    name: "base-url",
    label: "Address",
    hint: "The base address, up to and with its version, as in http://127.0.0.1:8080/v1.",
    placeholder: "https://…",
    mode: "url",
    rows: 0,
    read: |app| app.settings.with(|settings| settings.base_url.clone()),
    write: |app, text| change(app, |settings| settings.base_url = text),
};

const KEY: Text = Text {
    name: "key",
    label: "Key",
    hint: "Sent only to this address. Forgotten when the page closes, unless you keep it below.",
    placeholder: "None",
    mode: "text",
    rows: 0,
    // Following the problem shows a key that was cleared.
    read: |app| {
        app.problem.track();
        app.with(|core| core.key.clone())
    },
    write: set_key,
};

const MODEL: Text = Text {
    name: "model",
    label: "Model",
    hint: "As the server names it. Load the list to choose from it.",
    placeholder: "The server's first",
    mode: "text",
    rows: 0,
    read: |app| app.settings.with(|settings| settings.model.clone()),
    write: |app, text| change(app, |settings| settings.model = text),
};

const SYSTEM: Text = Text {
    name: "system",
    label: "System prompt",
    hint: "Instructions that stand above every conversation.",
    placeholder: "None",
    mode: "text",
    rows: 3,
    read: |app| app.settings.with(|settings| settings.system.clone()),
    write: |app, text| change(app, |settings| settings.system = text),
};

const TEMPERATURE: Text = Text {
    name: "temperature",
    label: "Temperature",
    hint: "0 is strict, 1 is free.",
    placeholder: "Server's own",
    mode: "decimal",
    rows: 0,
    read: |app| {
        app.settings
            .with_untracked(|s| s.temperature.as_ref().map(|t| t.as_str().to_owned()).unwrap_or_default())
    },
    write: |app, text| {
        number(
            app,
            "temperature",
            "The temperature must be a number from 0 up.",
            &text,
            Decimal::parse,
            |app, value| {
                change(app, |settings| settings.temperature = value);
            },
        );
    },
};

const MAX_TOKENS: Text = Text {
    name: "max-tokens",
    label: "Longest answer",
    hint: "In tokens.",
    placeholder: "Server's own",
    mode: "numeric",
    rows: 0,
    read: |app| app.settings.with_untracked(|s| s.max_tokens.map(|n| n.to_string()).unwrap_or_default()),
    write: |app, text| {
        number(
            app,
            "max-tokens",
            "The limit must be a whole number from 1 up.",
            &text,
            limit,
            |app, value| {
                change(app, |settings| settings.max_tokens = value);
            },
        );
    },
};

const EXTRA: Text = Text {
    name: "extra",
    label: "Extra JSON",
    hint: "Merged into each request at the very end; null removes a member.",
    placeholder: r#"{"top_p": 0.9}"#,
    mode: "text",
    rows: 3,
    read: |app| app.settings.with(|settings| settings.extra.clone()),
    write: |app, text| change(app, |settings| settings.extra = text),
};

pub(in crate::ui) fn panel(app: App) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    dialog.on_load(move |element| app.with(|core| core.dialog = Some(element)));
    let close = move || {
        if let Some(dialog) = app.with(|core| core.dialog.clone()) {
            dialog.close();
        }
    };
    view! {
        <dialog node_ref=dialog class="sheet" data-testid="settings" aria-labelledby="settings-title"
            on:close=move |_| app.settings_are_open.set(false)
            on:click=move |event| {
                // A click on the dialog itself is one on what lies around its content.
                if event.target() == event.current_target() {
                    close();
                }
            }>
            <div class="sheet-content">
                <header class="sheet-head">
                    <h2 id="settings-title">"Settings"</h2>
                    <button type="button" class="icon-button" aria-label="Close the settings" title="Close (Esc)"
                        on:click=move |_| close()>{icon(Icon::Close)}</button>
                </header>
                {provider(app)}
                {text(app, KEY)}
                {switch(app, "remember-key", "Keep the key on this device", |s| s.remember_key, |s, on| s.remember_key = on)}
                {text(app, MODEL)}
                {models(app)}
                <hr/>
                {text(app, SYSTEM)}
                <div class="pair">{text(app, TEMPERATURE)}{text(app, MAX_TOKENS)}</div>
                {switch(app, "stream", "Stream answers as they are written", |s| s.stream, |s, on| s.stream = on)}
                {text(app, EXTRA)}
                {move || app.storage_problem.get().map(|problem| view! { <p class="problem">{problem.to_string()}</p> })}
            </div>
        </dialog>
    }
}

fn provider(app: App) -> AnyView {
    let options = PRESETS.map(|preset| {
        let is_chosen = move || app.settings.with(|settings| settings.preset == preset.name);
        view! { <option value=preset.name prop:selected=is_chosen>{preset.label}</option> }
    });
    let choose = move |event| {
        let Some(preset) = preset(&event_target_value(&event)) else { return };
        change(app, |settings| {
            settings.preset = preset.name.to_owned();
            settings.base_url = preset.base_url.to_owned();
            settings.dialect = preset.dialect.name().to_owned();
            settings.model.clear();
        });
        app.models.set(Vec::new());
        app.problem.set(None);
        check(app, "base-url");
    };
    let select = view! {
        <select id="field-preset" name="preset" aria-describedby="about-preset" on:change=choose>
            {options.into_iter().collect_view()}
        </select>
    };
    let note = move || {
        app.settings.with(|settings| {
            preset(&settings.preset).map(|preset| preset.note.to_owned()).unwrap_or_default()
        })
    };
    view! { {field(app, "preset", "Provider", note, select.into_any())} {dialect(app)} {text(app, ADDRESS)} }
        .into_any()
}

fn dialect(app: App) -> AnyView {
    let options = Dialect::ALL.map(|dialect| {
        let is_chosen = move || app.settings.with(|settings| settings.dialect == dialect.name());
        view! { <option value=dialect.name() prop:selected=is_chosen>{protocol_label(dialect)}</option> }
    });
    let select = view! {
        <select id="field-dialect" name="dialect" aria-describedby="about-dialect"
            on:change=move |event| {
                change(app, |settings| settings.dialect = event_target_value(&event));
                check(app, "dialect");
            }>
            {options.into_iter().collect_view()}
        </select>
    };
    let hint = || "What the server speaks.".to_owned();
    let is_hidden = move || app.settings.with(|settings| settings.preset != "custom");
    view! { <div hidden=is_hidden>{field(app, "dialect", "Protocol", hint, select.into_any())}</div> }
        .into_any()
}

fn models(app: App) -> AnyView {
    let is_loading = RwSignal::new(false);
    let load = move |_| {
        is_loading.set(true);
        spawn_local(async move {
            let outcome = load_models(app).await;
            is_loading.set(false);
            app.problem.set(outcome.err());
        });
    };
    let options =
        move || app.models.get().into_iter().map(|id| view! { <option value=id></option> }).collect_view();
    let label = move || match app.models.with(Vec::len) {
        _ if is_loading.get() => "Loading…".to_owned(),
        0 => "Load the server's models".to_owned(),
        1 => "1 model found. Load again".to_owned(),
        number => format!("{number} models found. Load again"),
    };
    view! {
        <datalist id="models">{options}</datalist>
        <button type="button" class="button quiet" data-testid="load-models" disabled=move || is_loading.get()
            on:click=load>{icon(Icon::Retry)}{label}</button>
    }
    .into_any()
}

fn switch(
    app: App,
    name: &'static str,
    label: &'static str,
    read: fn(&crate::engine::settings::Settings) -> bool,
    write: fn(&mut crate::engine::settings::Settings, bool),
) -> AnyView {
    view! {
        <label class="switch">
            <input type="checkbox" name=name prop:checked=move || app.settings.with(read)
                on:change=move |event| change(app, |settings| write(settings, event_target_checked(&event)))/>
            <span>{label}</span>
        </label>
    }
    .into_any()
}

const fn protocol_label(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::ChatCompletions => "OpenAI Chat Completions",
        Dialect::Responses => "OpenAI Responses",
        Dialect::Anthropic => "Anthropic Messages",
        Dialect::Gemini => "Gemini",
        Dialect::Interactions => "Gemini Interactions",
        Dialect::Ollama => "Ollama",
        Dialect::Cohere => "Cohere",
    }
}

/// Takes a number that may be left out.
fn number<T>(
    app: App,
    field: &'static str,
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
    app.problem.set(is_refused.then(|| Problem { field, sentence: sentence.to_owned() }));
}

/// A whole number from 1 up.
fn limit(text: &str) -> Option<u32> {
    text.parse().ok().filter(|number| *number > 0)
}
