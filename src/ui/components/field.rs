//! Form fields show a label, a control, and a line that explains the control or tells the problem with it.

use crate::engine::settings::{Field as Name, Problem};
use leptos::prelude::*;

/// Renders a control with its label and hint. A problem with this field takes the hint's place.
#[component]
pub fn Field(
    /// The setting that it changes, whose name is the control's.
    of: Name,
    /// The words beside the control.
    label: &'static str,
    /// The hint, which explains the field.
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

/// Renders a text field of one line or several.
#[component]
pub fn TextField(
    /// The setting that it changes, whose name is the control's.
    of: Name,
    /// The words beside the control.
    label: &'static str,
    /// The hint, which explains the field.
    #[prop(into)]
    hint: Signal<String>,
    /// The text that an empty field shows.
    placeholder: &'static str,
    /// The keyboard that a phone shows, in the terms of `inputmode`.
    #[prop(default = "text")]
    mode: &'static str,
    /// Rows of a text area; nought for a single line.
    #[prop(default = 0)]
    rows: u32,
    /// The value that the control shows.
    #[prop(into)]
    value: Signal<String>,
    /// The problem that is told now, about whichever field.
    problem: RwSignal<Option<Problem>>,
    /// Called with the text, at each key.
    #[prop(into)]
    on_input: Callback<String>,
    /// Called when the person leaves the field after changing it.
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
        <Field of=of label=label hint=hint problem=problem>
            {control}
        </Field>
    }
}

/// Renders a choice of one value among several.
#[component]
pub fn SelectField(
    /// The setting that it changes, whose name is the control's.
    of: Name,
    /// The words beside the control.
    label: &'static str,
    /// The hint, which explains the field.
    #[prop(into)]
    hint: Signal<String>,
    /// The value and the label of each.
    options: Vec<(&'static str, &'static str)>,
    /// The value that the control shows.
    #[prop(into)]
    value: Signal<String>,
    /// The problem that is told now, about whichever field.
    problem: RwSignal<Option<Problem>>,
    /// Called with the value that was chosen.
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

/// Renders a switch with its label.
#[component]
pub fn Switch(
    /// The name of the control.
    name: &'static str,
    /// The words beside the control.
    label: &'static str,
    /// Whether it is on.
    #[prop(into)]
    is_on: Signal<bool>,
    /// Called with what it was switched to.
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

/// Returns the id of a field's control.
fn control_id(of: Name) -> String {
    format!("field-{}", of.name())
}

/// Returns the id of the line that explains a field.
fn hint_id(of: Name) -> String {
    format!("about-{}", of.name())
}

fn problem_of(problem: RwSignal<Option<Problem>>, of: Name) -> Option<String> {
    problem.with(|problem| {
        problem.as_ref().filter(|problem| problem.field == of).map(|problem| problem.sentence.clone())
    })
}
