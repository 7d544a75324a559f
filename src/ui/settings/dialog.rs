//! The settings sheet is a modal dialog, so that focus, Escape and the way back are the browser's own.

use super::browser_model::BrowserModelHint;
use super::notify_switch::NotifySwitch;
use super::own_events::OwnEventsFields;
use super::rules_button::RulesButton;
use super::server_fields::{ServerField, ServerTools};
use super::text_fields::{
    AddressField, ExtraField, KeyField, MaxTokensField, ModelField, SystemField, TemperatureField,
};
use super::validation::{check, told};
use crate::engine::messages::{composer, guard_page, keys, sheet, structured_page};
use crate::engine::settings::Field;
use crate::engine::wire::Dialect;
use crate::ui::chat::Chat;
use crate::ui::components::{Button, Icon, SelectField, Switch};
use crate::ui::state::{Connection, KeysList, SettingsSheet};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Event, EventTarget, HtmlDialogElement, HtmlElement};

/// Renders the sheet with all settings.
#[component]
pub fn SettingsDialog() -> impl IntoView {
    let connection = expect_context::<Connection>();
    let opened = expect_context::<SettingsSheet>().opened;
    let list = expect_context::<KeysList>();
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let (Some(opened), Some(dialog)) = (opened.get(), dialog.get()) {
            show(&dialog, opened.field);
        }
    });
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let chat = expect_context::<Chat>();
    let edit_own_system = move || {
        close();
        chat.conversation.edits_system.set(true);
        // It may not be there yet.
        chat.open_history();
    };
    let edit_own_rules = move || {
        close();
        chat.conversation.edits_rules.set(true);
        chat.open_history();
    };
    let edit_schema = move || {
        close();
        chat.conversation.edits_schema.set(true);
        chat.open_history();
    };
    // A press on the dialog itself is one on what lies around its content. One that began inside of it selects text.
    let is_around = move |event: &Event| {
        event.target().is_some_and(|target| {
            dialog.get_untracked().is_some_and(|dialog| target == *dialog.unchecked_ref::<EventTarget>())
        })
    };
    let begins_around = StoredValue::new(false);
    // What is typed there may not be in the settings: another server's settings make the fields anew.
    let switched = connection.servers().switched;
    // The browser's own model has neither address nor key, and takes no numbers.
    let has_none = move || connection.settings.with(|settings| !settings.dialect.has_address());
    let stored = move || connection.storage_problem.get().map_or(Ok(()), Err);
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
                    <h2 id="settings-title">{sheet::SETTINGS}</h2>
                    <Button
                        class="icon-button"
                        label=sheet::CLOSE
                        title=sheet::CLOSE_TITLE
                        icon=Icon::Close
                        on_press=move |()| close()
                    />
                </header>
                <h3 class="sheet-group">{sheet::GROUP_SERVER}</h3>
                <ServerField />
                <BrowserModelHint />
                <ProtocolField />
                <div class="sheet-part" hidden=has_none>
                    <AddressField />
                    <OwnEventsFields />
                    {move || {
                        switched.track();
                        view! { <KeyField /> }
                    }}
                    <Switch
                        name="remember-key"
                        label=sheet::KEEP_KEY
                        is_on=Signal::derive(move || connection.settings.with(|settings| settings.remember_key))
                        on_change=move |is_on| connection.edit(|settings| settings.remember_key = is_on)
                    />
                </div>
                <div hidden=move || connection.settings.with(|settings| !settings.dialect.names_model())>
                    <ModelField />
                    <LoadModels />
                </div>
                <ServerTools />
                <h3 class="sheet-group">{sheet::GROUP_ANSWERS}</h3>
                <SystemField />
                <Button class="button quiet" test_id="other-system" on_press=move |()| edit_own_system()>
                    {composer::OTHER_SYSTEM}
                </Button>
                <RulesButton loader=chat.loader />
                <Button class="button quiet" test_id="other-rules" on_press=move |()| edit_own_rules()>
                    {guard_page::OTHER_RULES}
                </Button>
                <Button class="button quiet" test_id="own-schema-open" on_press=move |()| edit_schema()>
                    {structured_page::JSON_BY_SCHEMA}
                </Button>
                <div class="pair" hidden=has_none>
                    {move || {
                        switched.track();
                        view! {
                            <TemperatureField />
                            <MaxTokensField />
                        }
                    }}
                </div>
                <Switch
                    name="stream"
                    label=sheet::STREAM
                    is_on=Signal::derive(move || connection.settings.with(|settings| settings.stream))
                    on_change=move |is_on| connection.edit(|settings| settings.stream = is_on)
                />
                <NotifySwitch />
                <h3 class="sheet-group">{sheet::GROUP_REQUEST}</h3>
                <ExtraField />
                <ErrorBoundary fallback=storage_notice>{stored}</ErrorBoundary>
                <Button class="button quiet" test_id="list-keys" on_press=move |()| list.show()>
                    {keys::SHOW}
                </Button>
            </div>
        </dialog>
    }
}

/// Renders the choice of a protocol, for a server that is none of the presets.
#[component]
fn ProtocolField() -> impl IntoView {
    let connection = expect_context::<Connection>();
    let choose = move |name: String| {
        if let Some(dialect) = Dialect::from_name(&name) {
            connection.edit(|settings| settings.dialect = dialect);
        }
        check(connection, Field::Dialect);
    };
    // The browser's own model is a server, not what one speaks.
    let spoken = Dialect::ALL.into_iter().filter(|dialect| dialect.has_address());
    let protocols: Vec<_> = spoken.map(|dialect| (dialect.name(), dialect.label())).collect();
    view! {
        <div hidden=move || connection.settings.with(|settings| settings.preset != "custom")>
            <SelectField
                of=Field::Dialect
                label=sheet::PROTOCOL
                hint=sheet::PROTOCOL_HINT.to_owned()
                options=protocols
                value=Signal::derive(move || connection.settings.with(|s| s.dialect.name().to_owned()))
                problem=connection.problem
                on_change=choose
            />
        </div>
    }
}

/// Renders the button that fetches the server's models, and the list that the model's field offers.
#[component]
fn LoadModels() -> impl IntoView {
    let connection = expect_context::<Connection>();
    let is_loading = RwSignal::new(false);
    let load = move |()| {
        is_loading.set(true);
        let before = told(connection);
        spawn_local(async move {
            let outcome = connection.load_models().await;
            is_loading.set(false);
            // A problem that was found in another field meanwhile stays.
            if [before, None, Some(Field::Model)].contains(&told(connection)) {
                connection.problem.set(outcome.err());
            }
        });
    };
    let label = move || match connection.models.with(Vec::len) {
        _ if is_loading.get() => sheet::LOADING.to_owned(),
        0 => sheet::LOAD_MODELS.to_owned(),
        number => sheet::models_found(number),
    };
    let models = move || {
        connection.models.get().into_iter().map(|id| view! { <option value=id></option> }).collect_view()
    };
    view! {
        <datalist id="models">
            {models}
        </datalist>
        <Button
            class="button quiet"
            test_id="load-models"
            icon=Icon::Retry
            disabled=is_loading
            on_press=load
        >
            {move || label()}
        </Button>
    }
}

/// Opens the dialog, at a field if one is named.
fn show(dialog: &HtmlDialogElement, field: Option<Field>) {
    if !dialog.open() {
        let _ = dialog.show_modal();
    }
    let control = field.and_then(|field| dialog.query_selector(&format!("[name={}]", field.name())).ok()?);
    if let Some(control) = control.and_then(|control| control.dyn_into::<HtmlElement>().ok()) {
        let _ = control.focus();
    }
}

/// Tells why settings could not be read or kept.
fn storage_notice(errors: ArcRwSignal<Errors>) -> impl IntoView {
    let problems = move || {
        errors
            .get()
            .into_iter()
            .map(|(_, error)| view! { <p class="problem">{error.to_string()}</p> })
            .collect_view()
    };
    view! { {problems} }
}
