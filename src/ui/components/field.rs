//! Form fields: a label, a control, a line that explains it, and the problem with it in that line's place.

use crate::engine::settings::{Field as Name, Problem};
use leptos::prelude::*;

/// A labelled control with its hint. A problem with this field is shown instead of the hint.
#[component]
pub fn Field(
    /// Which of the settings it is: its name is the control's.
    of: Name,
    /// The words beside the control.
    label: &'static str,
    /// What explains the field.
    #[prop(into)]
    hint: Signal<String>,
    /// The problem that is told now, about whichever field.
    problem: RwSignal<Option<Problem>>,
    /// The control; its id is `field-` and its name, and it is described by `about-` and its name.
    children: Children,
) -> impl IntoView {
    let below = move || match problem_of(problem, of) {
        Some(sentence) => {
            view! { <p class="problem" id=hint_id(of) data-testid="settings-problem">{sentence}</p> }
        }
        .into_any(),
        None => view! { <p class="hint" id=hint_id(of)>{hint.get()}</p> }.into_any(),
    };
    view! {
        <div class="field">
            <label for=control_id(of)>{label}</label>
            {children()}
            {below}
        </div>
    }
}

/// A text field of one line or several.
#[component]
pub fn TextField(
    /// Which of the settings it is: its name is the control's.
    of: Name,
    /// The words beside the control.
    label: &'static str,
    /// What explains the field.
    hint: &'static str,
    /// What an empty field shows.
    placeholder: &'static str,
    /// The keyboard that a phone shows, in the terms of `inputmode`.
    #[prop(default = "text")]
    mode: &'static str,
    /// Rows of a text area; nought for a single line.
    #[prop(default = 0)]
    rows: u32,
    /// What the control shows.
    #[prop(into)]
    value: Signal<String>,
    /// The problem that is told now, about whichever field.
    problem: RwSignal<Option<Problem>>,
    /// Takes what is typed, with each key.
    #[prop(into)]
    on_input: Callback<String>,
    /// The person has left the field after changing it.
    #[prop(into)]
    on_commit: Callback<Name>,
) -> impl IntoView {
    let is_bad = move || problem_of(problem, of).is_some().to_string();
    let shared = view! {
        <{..}
            id=control_id(of)
            name=of.name()
            placeholder=placeholder
            autocomplete="off"
            spellcheck="false"
            aria-describedby=hint_id(of)
            aria-invalid=is_bad
            prop:value=move || value.get()
            on:input=move |event| on_input.run(event_target_value(&event))
            on:change=move |_| on_commit.run(of)
        />
    };
    let control = if rows > 0 {
        view! { <textarea {..shared} rows=rows></textarea> }.into_any()
    } else {
        view! {
            <input
                type=if of == Name::Key { "password" } else { "text" }
                inputmode=mode
                list=(of == Name::Model).then_some("models")
                autocapitalize="off"
                {..shared}
            />
        }
        .into_any()
    };
    view! {
        <Field of=of label=label hint=hint.to_owned() problem=problem>
            {control}
        </Field>
    }
}

/// A choice of one of several.
#[component]
pub fn SelectField(
    /// Which of the settings it is: its name is the control's.
    of: Name,
    /// The words beside the control.
    label: &'static str,
    /// What explains the field.
    #[prop(into)]
    hint: Signal<String>,
    /// The value and the label of each.
    options: Vec<(&'static str, &'static str)>,
    /// What the control shows.
    #[prop(into)]
    value: Signal<String>,
    /// The problem that is told now, about whichever field.
    problem: RwSignal<Option<Problem>>,
    /// Takes the value that was chosen.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let options = options.into_iter().map(move |(name, label)| {
        view! { <option value=name prop:selected=move || value.get() == name>{label}</option> }
    });
    view! {
        <Field of=of label=label hint=hint problem=problem>
            <select
                id=control_id(of)
                name=of.name()
                aria-describedby=hint_id(of)
                on:change=move |event| on_change.run(event_target_value(&event))
            >
                {options.collect_view()}
            </select>
        </Field>
    }
}

/// A switch with its label.
#[component]
pub fn Switch(
    /// The name of the control.
    name: &'static str,
    /// The words beside the control.
    label: &'static str,
    /// Whether it is on.
    #[prop(into)]
    is_on: Signal<bool>,
    /// Takes what it was switched to.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="switch">
            <input
                type="checkbox"
                name=name
                prop:checked=move || is_on.get()
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <span>{label}</span>
        </label>
    }
}

/// The id of a field's control.
fn control_id(of: Name) -> String {
    format!("field-{}", of.name())
}

/// The id of the line that explains a field.
fn hint_id(of: Name) -> String {
    format!("about-{}", of.name())
}

fn problem_of(problem: RwSignal<Option<Problem>>, of: Name) -> Option<String> {
    problem.with(|problem| {
        problem.as_ref().filter(|problem| problem.field == of).map(|problem| problem.sentence.clone())
    })
}
