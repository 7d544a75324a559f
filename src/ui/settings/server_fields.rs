//! The sheet's list of servers: those that were set up, those that are known by name, and what can be done with the one in use.

use crate::engine::messages::sheet;
use crate::engine::settings::{Field as Name, PRESETS, preset};
use crate::ui::components::{Button, Field, Icon, TextField};
use crate::ui::state::Connection;
use leptos::html;
use leptos::prelude::*;

/// Renders the choice of a server: one that was set up, or one to be added.
#[component]
pub fn ServerField() -> impl IntoView {
    let connection = expect_context::<Connection>();
    let profiles = connection.servers().profiles;
    let select = NodeRef::<html::Select>::new();
    let labels = Memo::new(move |_| profiles.with(|profiles| profiles.labels()));
    // A server counts as set up once something of it was changed; until then it is its preset.
    let chosen = Memo::new(move |_| {
        connection.settings.with(|settings| match settings.profile.as_str() {
            "" => settings.preset.clone(),
            profile => profile.to_owned(),
        })
    });
    Effect::new(move |_| {
        labels.track();
        if let Some(select) = select.get() {
            select.set_value(&chosen.get());
        }
    });
    let choose = move |chosen: String| match preset(&chosen) {
        Some(preset) => connection.use_preset(preset),
        None => connection.use_server(&chosen),
    };
    let option = |(value, label): (String, String)| view! { <option value=value>{label}</option> };
    let own = move || labels.get().into_iter().map(option).collect_view();
    // Not all browsers hide a group that is marked as hidden.
    let has_own = Memo::new(move |_| labels.with(|labels| !labels.is_empty()));
    let known = PRESETS.iter().map(move |preset| option((preset.name.to_owned(), preset.label.to_owned())));
    let note = move || {
        let note = connection.settings.with(|settings| preset(&settings.preset).map(|preset| preset.note));
        note.unwrap_or_default().to_owned()
    };
    view! {
        <Field of=Name::Preset label=sheet::SERVER hint=Signal::derive(note) problem=connection.problem>
            <select
                id="field-preset"
                name=Name::Preset.name()
                aria-describedby="about-preset"
                node_ref=select
                on:change=move |event| choose(event_target_value(&event))
            >
                {move || has_own.get().then(|| view! { <optgroup label=sheet::YOUR_SERVERS>{own}</optgroup> })}
                <optgroup label=sheet::ADD_SERVER>{known.collect_view()}</optgroup>
            </select>
        </Field>
    }
}

/// Renders the name of the server in use, the button that removes it, and the way back.
#[component]
pub fn ServerTools() -> impl IntoView {
    let connection = expect_context::<Connection>();
    let servers = connection.servers();
    let profile = Memo::new(move |_| connection.settings.with(|settings| settings.profile.clone()));
    let own_name = move || {
        let name =
            |id: &str| servers.profiles.with(|profiles| profiles.find(id).map(|known| known.name.clone()));
        profile.with(|id| name(id)).unwrap_or_default()
    };
    let removed =
        move || servers.removed.with(|all| all.last().map(|removed| sheet::server_removed(&removed.label)));
    view! {
        <TextField
            of=Name::ServerName
            label=sheet::SERVER_NAME
            hint=sheet::SERVER_NAME_HINT
            placeholder=sheet::SERVER_NAME_PLACEHOLDER
            value=Signal::derive(own_name)
            problem=connection.problem
            on_input=move |text: String| connection.rename_server(&text)
            on_commit=|_| ()
        />
        <Button
            class="button quiet"
            test_id="remove-server"
            icon=Icon::Close
            hidden=Signal::derive(move || profile.with(String::is_empty))
            on_press=move |()| connection.remove_server()
        >
            {sheet::REMOVE_SERVER}
        </Button>
        <p class="hint" role="status" data-testid="removed-server">
            {removed}
        </p>
        <Button
            class="button quiet"
            test_id="undo-remove-server"
            hidden=Signal::derive(move || servers.removed.with(Vec::is_empty))
            on_press=move |()| connection.put_server_back()
        >
            {sheet::PUT_SERVER_BACK}
        </Button>
    }
}
