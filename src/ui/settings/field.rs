//! One field: its label, its control, a line that explains it, and the problem with it in its place.

use crate::engine::settings::Field;
use crate::ui::el::{El, el, typed};
use crate::ui::state::App;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// How a text field is made.
pub(super) struct Text {
    pub(super) field: Field,
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
    field: Field,
    label: &str,
    hint: impl Fn() -> String + 'static,
    control: El,
) -> El {
    let name = field.name();
    let about = format!("about-{name}");
    let below = move || {
        let problem = app.problem.with(|problem| {
            problem.as_ref().filter(|problem| problem.field == field).map(|problem| problem.sentence.clone())
        });
        Some(match problem {
            Some(sentence) => {
                let names = [("id", about.as_str()), ("data-testid", "settings-problem")];
                el("p", "problem").attrs(&names).text(&sentence)
            }
            None => el("p", "hint").attr("id", &about).text(&hint()),
        })
    };
    el("div", "field")
        .child(el("label", "").attr("for", &format!("field-{name}")).text(label))
        .child(control)
        .live_child(below)
}

/// A field for text, of one line or several.
pub(super) fn text(app: App, how: Text) -> El {
    let Text { field: of, label, hint, placeholder, mode, rows, read, write } = how;
    let name = of.name();
    let is_bad = move || app.problem.with(|problem| problem.as_ref().is_some_and(|p| p.field == of));
    let control = if rows > 0 {
        el("textarea", "").attr("rows", &rows.to_string())
    } else {
        el("input", "").attrs(&[
            ("type", if of == Field::Key { "password" } else { "text" }),
            ("inputmode", mode),
            ("list", if of == Field::Model { "models" } else { "" }),
            ("autocapitalize", "off"),
        ])
    };
    let control = control
        .attrs(&[
            ("id", &format!("field-{name}")),
            ("name", name),
            ("placeholder", placeholder),
            ("aria-describedby", &format!("about-{name}")),
            ("autocomplete", "off"),
            ("spellcheck", "false"),
        ])
        .live_attr("aria-invalid", move || Some(is_bad().to_string()))
        .live_property("value", move || JsValue::from_str(&read(app)))
        .on("input", move |event| write(app, typed(&event)))
        .on("change", move |_| super::panel::check(app, of));
    field(app, of, label, move || hint.to_owned(), control)
}
