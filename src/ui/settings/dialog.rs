//! The settings sheet: a modal dialog, so that focus, Escape and the way back are the browser's own.

use super::models::load_models;
use super::persistence::change;
use super::text_fields::{
    AddressField, ExtraField, KeyField, MaxTokensField, ModelField, SystemField, TemperatureField,
};
use super::validation::{check, told};
use crate::engine::settings::{Field, PRESETS, Problem, preset};
use crate::engine::wire::Dialect;
use crate::ui::components::{Icon, IconView, SelectField, Switch};
use crate::ui::state::App;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

/// Opens the sheet, at the field with the problem if there is one. It is made when it is first opened.
pub(super) fn open(app: App, problem: Option<Problem>) {
    let Some(dialog) = sheet(app) else { return };
    let name = problem.as_ref().map(|problem| problem.field.name());
    app.problem.set(problem);
    if !dialog.open() {
        let _ = dialog.show_modal();
    }
    let field = name.and_then(|name| dialog.query_selector(&format!("[name={name}]")).ok().flatten());
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        let _ = field.focus();
    }
}

fn sheet(app: App) -> Option<web_sys::HtmlDialogElement> {
    if app.with(|core| core.dialog.is_none()) {
        let (page, owner) = app.with(|core| core.page.clone())?;
        owner.with(|| {
            let dialog = NodeRef::<html::Dialog>::new();
            let view = untrack(|| view! { <SettingsDialog dialog=dialog /> }.into_view());
            let mut state = view.build();
            state.mount(&page, None);
            // It stays as long as the page.
            let _ = StoredValue::new_local(state);
            app.with(|core| core.dialog = dialog.get_untracked());
        });
    }
    app.with(|core| core.dialog.clone())
}

/// The sheet with all settings.
#[component]
pub fn SettingsDialog(
    /// Where the element is told, for whoever opens it.
    dialog: NodeRef<html::Dialog>,
) -> impl IntoView {
    let app = expect_context::<App>();
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    // A press on the dialog itself is one on what lies around its content. One that began inside of it selects text.
    let is_around = |event: &Event| event.target() == event.current_target();
    let begins_around = StoredValue::new(false);
    let problem = move || {
        app.storage_problem.get().map(|problem| view! { <p class="problem">{problem.to_string()}</p> })
    };
    view! {
        <dialog
            class="sheet"
            data-testid="settings"
            aria-labelledby="settings-title"
            node_ref=dialog
            on:pointerdown=move |event| begins_around.set_value(is_around(&event))
            on:click=move |event| {
                if begins_around.get_value() && is_around(&event) {
                    close();
                }
            }
        >
            <div class="sheet-content">
                <header class="sheet-head">
                    <h2 id="settings-title">"Settings"</h2>
                    <button
                        type="button"
                        class="icon-button"
                        aria-label="Close the settings"
                        title="Close (Esc)"
                        on:click=move |_| close()
                    >
                        <IconView icon=Icon::Close />
                    </button>
                </header>
                <h3 class="sheet-group">"Server and model"</h3>
                <ProviderField />
                <ProtocolField />
                <AddressField />
                <KeyField />
                <Switch
                    name="remember-key"
                    label="Keep the key on this device"
                    is_on=Signal::derive(move || app.settings.with(|settings| settings.remember_key))
                    on_change=move |is_on| change(app, |settings| settings.remember_key = is_on)
                />
                <ModelField />
                <LoadModels />
                <h3 class="sheet-group">"Answers"</h3>
                <SystemField />
                <div class="pair">
                    <TemperatureField />
                    <MaxTokensField />
                </div>
                <Switch
                    name="stream"
                    label="Stream the answers of this conversation"
                    is_on=Signal::derive(move || app.settings.with(|settings| settings.stream))
                    on_change=move |is_on| change(app, |settings| settings.stream = is_on)
                />
                <h3 class="sheet-group">"Request"</h3>
                <ExtraField />
                {problem}
            </div>
        </dialog>
    }
}

/// The choice of a provider, which sets address and protocol.
#[component]
fn ProviderField() -> impl IntoView {
    let app = expect_context::<App>();
    let choose = move |name: String| {
        let Some(preset) = preset(&name) else { return };
        change(app, |settings| {
            settings.preset = preset.name.to_owned();
            settings.base_url = preset.base_url.to_owned();
            settings.dialect = preset.dialect;
            settings.model.clear();
        });
        app.models.set(Vec::new());
        app.problem.set(None);
        check(app, Field::BaseUrl);
    };
    let note = move || {
        let name = app.settings.with(|settings| settings.preset.clone());
        preset(&name).map(|preset| preset.note.to_owned()).unwrap_or_default()
    };
    view! {
        <SelectField
            of=Field::Preset
            label="Provider"
            hint=Signal::derive(note)
            options=PRESETS.iter().map(|preset| (preset.name, preset.label)).collect()
            value=Signal::derive(move || app.settings.with(|settings| settings.preset.clone()))
            problem=app.problem
            on_change=choose
        />
    }
}

/// The choice of a protocol, for a server that is none of the presets.
#[component]
fn ProtocolField() -> impl IntoView {
    let app = expect_context::<App>();
    let choose = move |name: String| {
        if let Some(dialect) = Dialect::from_name(&name) {
            change(app, |settings| settings.dialect = dialect);
        }
        check(app, Field::Dialect);
    };
    view! {
        <div hidden=move || app.settings.with(|settings| settings.preset != "custom")>
            <SelectField
                of=Field::Dialect
                label="Protocol"
                hint="What the server speaks.".to_owned()
                options=Dialect::ALL.map(|dialect| (dialect.name(), protocol_label(dialect))).to_vec()
                value=Signal::derive(move || app.settings.with(|s| s.dialect.name().to_owned()))
                problem=app.problem
                on_change=choose
            />
        </div>
    }
}

/// A button that fetches the server's models, and the list that the model's field offers.
#[component]
fn LoadModels() -> impl IntoView {
    let app = expect_context::<App>();
    let is_loading = RwSignal::new(false);
    let load = move |_| {
        is_loading.set(true);
        let before = told(app);
        spawn_local(async move {
            let outcome = load_models(app).await;
            is_loading.set(false);
            // A problem that was found in another field meanwhile stays.
            if [before, None, Some(Field::Model)].contains(&told(app)) {
                app.problem.set(outcome.err());
            }
        });
    };
    let label = move || match app.models.with(Vec::len) {
        _ if is_loading.get() => "Loading…".to_owned(),
        0 => "Load the server's models".to_owned(),
        1 => "1 model found. Load again".to_owned(),
        number => format!("{number} models found. Load again"),
    };
    let models =
        move || app.models.get().into_iter().map(|id| view! { <option value=id></option> }).collect_view();
    view! {
        <datalist id="models">
            {models}
        </datalist>
        <button
            type="button"
            class="button quiet"
            data-testid="load-models"
            disabled=move || is_loading.get()
            on:click=load
        >
            <IconView icon=Icon::Retry />
            {label}
        </button>
    }
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
