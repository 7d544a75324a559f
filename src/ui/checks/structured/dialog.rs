//! The dialog in which the schema of a conversation is typed, pasted or made from an example.

use super::form::SchemaForm;
use super::panel::SchemaPanel;
use crate::engine::messages::structured_page as words;
use crate::engine::structured::can_ask;
use crate::ui::components::{Button, Notice, Switch};
use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlDialogElement;

/// Renders the dialog. What is typed in it and not taken is there again when it is opened for the same conversation.
#[component]
pub fn SchemaDialog(
    /// The state of the page's dialog.
    panel: SchemaPanel,
) -> impl IntoView {
    let opening = panel.opening.get_value()?;
    let form = SchemaForm::new(&opening, panel.typed.get_value());
    let field = NodeRef::<html::Textarea>::new();
    let is_told = !can_ask(opening.dialect);
    let has_schema = opening.choice.is_some();
    let typed = StoredValue::new(Some(opening.clone()));
    on_cleanup(move || {
        // What was taken is nothing that was only typed.
        panel.typed.set_value(typed.try_get_value().flatten().map(|opening| form.typed(&opening)));
    });
    let take = move |choice| {
        typed.set_value(None);
        opening.take.run(choice);
        if let Some(dialog) = dialog_of(field) {
            dialog.close();
        }
    };
    let take = Callback::new(take);
    let save = move |()| match form.check() {
        Some(choice) => take.run(Some(choice)),
        None => focus(field),
    };
    Some(view! {
        <Notice
            class="notice schema-notice"
            test_id="schema"
            title=words::JSON_BY_SCHEMA
            close_id="close-schema"
            close_label=words::CLOSE_SCHEMA
            on_close=move |()| panel.closed()
        >
            <p>{words::ABOUT_SCHEMA}</p>
            {is_told
                .then(|| view! { <p class="schema-told" data-testid="schema-told">{words::IN_INSTRUCTIONS}</p> })}
            <SchemaField form=form field=field />
            <ExampleField form=form />
            <Switch
                name="schema-held"
                label=words::HELD
                is_on=form.is_held
                on_change=move |is_on| form.is_held.set(is_on)
            />
            <Switch
                name="schema-stops"
                label=words::STOPS_EARLY
                is_on=form.stops_early
                on_change=move |is_on| form.stops_early.set(is_on)
            />
            <div class="schema-end">
                {has_schema
                    .then(|| {
                        view! {
                            <Button class="button quiet" test_id="drop-schema" on_press=move |()| take.run(None)>
                                {words::NO_SCHEMA}
                            </Button>
                        }
                    })}
                <Button class="button" test_id="save-schema" on_press=save>
                    {words::SAVE}
                </Button>
            </div>
        </Notice>
    })
}

/// Renders the field for the schema, with what is wrong with it.
#[component]
fn SchemaField(
    /// What is typed.
    form: SchemaForm,
    /// The control.
    field: NodeRef<html::Textarea>,
) -> impl IntoView {
    let is_bad = move || form.problem.with(Option::is_some);
    let is_empty = Signal::derive(move || form.text.with(|text| text.trim().is_empty()));
    let below = move || match form.problem.get() {
        Some(problem) => {
            view! { <p class="problem" id="about-schema" data-testid="schema-problem">{problem}</p> }
                .into_any()
        }
        None => {
            view! { <p class="hint" id="about-schema" data-testid="schema-hint">{form.hint()}</p> }.into_any()
        }
    };
    view! {
        <div class="field schema-field">
            <label for="field-schema">{words::SCHEMA}</label>
            <textarea
                id="field-schema"
                data-testid="schema-field"
                rows="12"
                dir="ltr"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-describedby="about-schema"
                aria-invalid=move || is_bad().to_string()
                node_ref=field
                prop:value=move || form.text.get()
                on:input=move |event| form.type_text(event_target_value(&event))
                on:change=move |_| {
                    form.check();
                }
            ></textarea>
            {below}
            <div class="schema-tools">
                <Button
                    class="button quiet"
                    test_id="schema-example"
                    hidden=Signal::derive(move || !is_empty.get())
                    on_press=move |()| {
                        form.put(words::EXAMPLE_SCHEMA.to_owned());
                        focus(field);
                    }
                >
                    {words::EXAMPLE}
                </Button>
                <Button
                    class="button quiet"
                    test_id="schema-put-back"
                    hidden=Signal::derive(move || form.former.with(Option::is_none))
                    on_press=move |()| {
                        form.put_back();
                        focus(field);
                    }
                >
                    {words::PUT_BACK}
                </Button>
            </div>
        </div>
    }
}

/// Renders the fold with the field for JSON that a schema is made of.
#[component]
fn ExampleField(
    /// What is typed.
    form: SchemaForm,
) -> impl IntoView {
    let is_open = RwSignal::new(!form.example.with_untracked(String::is_empty));
    let is_bad = move || form.example_problem.with(Option::is_some);
    let below = move || match form.example_problem.get() {
        Some(problem) => {
            view! { <p class="problem" id="about-example" data-testid="example-problem">{problem}</p> }
                .into_any()
        }
        None => view! { <p class="hint" id="about-example">{words::ABOUT_EXAMPLE}</p> }.into_any(),
    };
    view! {
        <Button
            class="link"
            test_id="schema-from-example"
            expanded=Signal::derive(move || Some(is_open.get()))
            on_press=move |()| is_open.update(|is_open| *is_open = !*is_open)
        >
            {words::FROM_EXAMPLE}
        </Button>
        <div class="field schema-field" hidden=move || !is_open.get()>
            <label for="field-example">{words::EXAMPLE_JSON}</label>
            <textarea
                id="field-example"
                data-testid="example-field"
                rows="6"
                dir="ltr"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-describedby="about-example"
                aria-invalid=move || is_bad().to_string()
                prop:value=move || form.example.get()
                on:input=move |event| {
                    form.example_problem.set(None);
                    form.example.set(event_target_value(&event));
                }
            ></textarea>
            {below}
            <div class="schema-tools">
                <Button
                    class="button quiet"
                    test_id="make-schema"
                    disabled=Signal::derive(move || form.example.with(|example| example.trim().is_empty()))
                    on_press=move |()| form.make_from_example()
                >
                    {words::MAKE_SCHEMA}
                </Button>
            </div>
        </div>
    }
}

fn focus(field: NodeRef<html::Textarea>) {
    if let Some(field) = field.get_untracked() {
        let _ = field.focus();
    }
}

/// Returns the dialog that the field stands in.
fn dialog_of(field: NodeRef<html::Textarea>) -> Option<HtmlDialogElement> {
    use wasm_bindgen::JsCast;
    field.get_untracked()?.closest("dialog").ok()??.dyn_into().ok()
}
