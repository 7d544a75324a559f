//! One field: its label, its control, a line that explains it, and the problem with it in its place.

use crate::ui::state::App;
use leptos::prelude::*;

/// How a text field is made.
pub(super) struct Text {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) hint: &'static str,
    pub(super) placeholder: &'static str,
    pub(super) mode: &'static str,
    /// Rows of a text area; nought for a single line.
    pub(super) rows: u32,
    pub(super) read: fn(App) -> String,
    pub(super) write: fn(App, String),
}

/// A labelled control with its hint; the problem is shown instead of the hint.
pub(super) fn field(
    app: App,
    name: &'static str,
    label: &'static str,
    hint: impl Fn() -> String + Send + 'static,
    control: AnyView,
) -> AnyView {
    let below = move || {
        let problem = app.problem.with(|problem| {
            problem.as_ref().filter(|problem| problem.field == name).map(|problem| problem.sentence.clone())
        });
        match problem {
            Some(sentence) => {
                view! { <p class="problem" id=format!("about-{name}") data-testid="settings-problem">{sentence}</p> }
                    .into_any()
            }
            None => view! { <p class="hint" id=format!("about-{name}")>{hint()}</p> }.into_any(),
        }
    };
    view! {
        <div class="field">
            <label for=format!("field-{name}")>{label}</label>
            {control}
            {below}
        </div>
    }
    .into_any()
}

/// A field for text, of one line or several.
pub(super) fn text(app: App, how: Text) -> AnyView {
    let Text { name, label, hint, placeholder, mode, rows, read, write } = how;
    let id = format!("field-{name}");
    let about = format!("about-{name}");
    let is_bad = move || app.problem.with(|problem| problem.as_ref().is_some_and(|p| p.field == name));
    let invalid = move || if is_bad() { "true" } else { "false" };
    let control = if rows > 0 {
        view! {
            <textarea id=id name=name rows=rows placeholder=placeholder aria-describedby=about aria-invalid=invalid
                autocomplete="off" spellcheck="false" prop:value=move || read(app)
                on:input=move |event| write(app, event_target_value(&event))
                on:change=move |_| super::panel::check(app, name)></textarea>
        }
        .into_any()
    } else {
        let kind = if name == "key" { "password" } else { "text" };
        let list = (name == "model").then_some("models");
        view! {
            <input id=id name=name type=kind inputmode=mode list=list placeholder=placeholder aria-describedby=about
                aria-invalid=invalid autocomplete="off" autocapitalize="off" spellcheck="false"
                prop:value=move || read(app)
                on:input=move |event| write(app, event_target_value(&event))
                on:change=move |_| super::panel::check(app, name)/>
        }
        .into_any()
    };
    field(app, name, label, move || hint.to_owned(), control)
}
