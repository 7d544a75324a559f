//! The fields of a lane, each with what is wrong with it below.

use super::forms::Forms;
use super::lane_draft::LaneDraft;
use crate::engine::messages::race as words;
use crate::engine::settings::{Field, Problem};
use crate::ui::components::{Button, Icon, IconView, Switch};
use leptos::prelude::*;

/// The control at which a problem is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Control {
    Name,
    Server,
    Model,
    Temperature,
    MaxTokens,
    Extra,
}

impl Control {
    const fn name(self) -> &'static str {
        match self {
            Control::Name => "name",
            Control::Server => "server",
            Control::Model => "model",
            Control::Temperature => "temperature",
            Control::MaxTokens => "max-tokens",
            Control::Extra => "extra",
        }
    }

    /// Returns where the problem with a setting is told: those of the server at its choice.
    const fn of(field: Field) -> Control {
        match field {
            Field::Preset
            | Field::ServerName
            | Field::Dialect
            | Field::BaseUrl
            | Field::Key
            | Field::System
            | Field::EventText
            | Field::EventReasoning
            | Field::EventError
            | Field::EventEnd
            | Field::Rules
            | Field::Schema => Control::Server,
            Field::Model => Control::Model,
            Field::Temperature => Control::Temperature,
            Field::MaxTokens => Control::MaxTokens,
            Field::Extra => Control::Extra,
        }
    }
}

/// Renders all fields of a lane.
#[component]
pub fn LaneFields(
    /// What was typed of the race.
    forms: Forms,
    /// The lane's id.
    id: u32,
) -> impl IntoView {
    let place = Memo::new(move |_| {
        let at = forms.lanes.with(|lanes| lanes.iter().position(|lane| lane.id == id));
        at.unwrap_or_default()
    });
    let made_up = Signal::derive(move || forms.names().get(place.get()).cloned().unwrap_or_default());
    let server_default = Signal::derive(|| words::SERVER_DEFAULT.to_owned());
    let no_placeholder = Signal::derive(String::new);
    let servers = forms.servers.with_value(|servers| {
        let option = |(id_of_server, label): (String, String)| {
            let value = id_of_server.clone();
            let is_chosen = move || forms.read(id, |lane| lane.server == id_of_server);
            view! { <option value=value prop:selected=is_chosen>{label}</option> }
        };
        servers.iter().map(|server| option((server.id.clone(), server.label.clone()))).collect_view()
    });
    let models = move || {
        let chosen = forms.read(id, |lane| lane.server.clone());
        forms.servers.with_value(|servers| {
            let models =
                servers.iter().find(|server| server.id == chosen).map(|server| server.models.clone());
            let option = |model: String| view! { <option value=model></option> };
            models.unwrap_or_default().into_iter().map(option).collect_view()
        })
    };
    let list = format!("race-models-{id}");
    let server_id = control_id(id, Control::Server);
    let is_least = Signal::derive(move || forms.lanes.with(Vec::len) <= Forms::LEAST);
    // What is wrong must be seen, and is not folded again while it is being mended.
    let is_unfolded = Memo::new(move |was: Option<&bool>| {
        let problem = forms.read(id, |lane| lane.problem.clone());
        was == Some(&true)
            || problem.is_some_and(|Problem { field, .. }| {
                [Control::Temperature, Control::MaxTokens, Control::Extra].contains(&Control::of(field))
            })
    });
    view! {
        <fieldset class="race-fields" data-testid="race-fields">
            <legend>{move || words::lane_number(place.get() + 1)}</legend>
            <Button
                class="icon-button small"
                test_id="race-remove"
                label=words::REMOVE_LANE
                icon=Icon::Delete
                hidden=is_least
                on_press=move |()| forms.remove(id)
            />
            <LaneTextField
                forms=forms
                id=id
                of=Control::Name
                label=words::NAME
                placeholder=made_up
                read=|lane| lane.name.clone()
                write=|lane, text| lane.name = text
            />
            <div class="field">
                <label for=server_id.clone()>{words::SERVER}</label>
                <select
                    id=server_id
                    name=Control::Server.name()
                    aria-describedby=about_id(id, Control::Server)
                    aria-invalid=move || is_bad(forms, id, Control::Server)
                    on:change=move |event| forms.choose_server(id, &event_target_value(&event))
                >
                    {servers}
                </select>
                <ProblemLine forms=forms id=id of=Control::Server />
            </div>
            <datalist id=list.clone()>{models}</datalist>
            <LaneTextField
                forms=forms
                id=id
                of=Control::Model
                label=words::MODEL
                placeholder=no_placeholder
                list=list
                read=|lane| lane.model.clone()
                write=|lane, text| lane.model = text
            />
            <Switch
                name="stream"
                label=words::STREAM
                is_on=Signal::derive(move || forms.read(id, |lane| lane.stream))
                on_change=move |is_on| forms.edit(id, |lane| lane.stream = is_on)
            />
            <details prop:open=move || is_unfolded.get()>
                <summary>
                    <IconView icon=Icon::After />
                    {words::MORE_FIELDS}
                </summary>
                <LaneTextField
                    forms=forms
                    id=id
                    of=Control::Temperature
                    label=words::TEMPERATURE
                    placeholder=server_default
                    mode="decimal"
                    read=|lane| lane.temperature.clone()
                    write=|lane, text| lane.temperature = text
                />
                <LaneTextField
                    forms=forms
                    id=id
                    of=Control::MaxTokens
                    label=words::LIMIT
                    placeholder=server_default
                    mode="numeric"
                    read=|lane| lane.max_tokens.clone()
                    write=|lane, text| lane.max_tokens = text
                />
                <LaneTextField
                    forms=forms
                    id=id
                    of=Control::Extra
                    label=words::EXTRA
                    placeholder=no_placeholder
                    read=|lane| lane.extra.clone()
                    write=|lane, text| lane.extra = text
                />
            </details>
        </fieldset>
    }
}

/// Renders a text field of a lane.
#[component]
fn LaneTextField(
    forms: Forms,
    id: u32,
    of: Control,
    label: &'static str,
    placeholder: Signal<String>,
    #[prop(optional)] list: Option<String>,
    #[prop(default = "text")] mode: &'static str,
    read: fn(&LaneDraft) -> String,
    write: fn(&mut LaneDraft, String),
) -> impl IntoView {
    let control = control_id(id, of);
    let typed = move |text: String| {
        forms.edit(id, |lane| {
            write(lane, text);
            // It is judged again when the race starts.
            if lane.problem.as_ref().is_some_and(|problem| Control::of(problem.field) == of) {
                lane.problem = None;
            }
        });
    };
    view! {
        <div class="field">
            <label for=control.clone()>{label}</label>
            <input
                type="text"
                id=control
                name=of.name()
                list=list
                inputmode=mode
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                placeholder=move || placeholder.get()
                aria-describedby=about_id(id, of)
                aria-invalid=move || is_bad(forms, id, of)
                prop:value=move || forms.read(id, read)
                on:input=move |event| typed(event_target_value(&event))
            />
            <ProblemLine forms=forms id=id of=of />
        </div>
    }
}

/// Renders what is wrong with a field; nothing where it is good.
#[component]
fn ProblemLine(forms: Forms, id: u32, of: Control) -> impl IntoView {
    let sentence = move || problem_of(forms, id, of);
    view! {
        <p
            class="problem"
            id=about_id(id, of)
            data-testid="race-problem"
            hidden=move || sentence().is_none()
        >
            {move || sentence().unwrap_or_default()}
        </p>
    }
}

fn problem_of(forms: Forms, id: u32, of: Control) -> Option<String> {
    let problem = forms.read(id, |lane| lane.problem.clone())?;
    (Control::of(problem.field) == of).then_some(problem.sentence)
}

fn is_bad(forms: Forms, id: u32, of: Control) -> &'static str {
    if problem_of(forms, id, of).is_some() { "true" } else { "false" }
}

fn control_id(id: u32, of: Control) -> String {
    format!("race-{id}-{}", of.name())
}

fn about_id(id: u32, of: Control) -> String {
    format!("race-{id}-about-{}", of.name())
}
