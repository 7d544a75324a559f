//! The sheet with all settings: a modal dialog, so that focus, Escape and the way back are the browser's own.

use super::field::{field, text};
use super::keep::{change, forget_foreign_key, take_off_ending};
use super::models::load_models;
use super::texts::{ADDRESS, EXTRA, KEY, MAX_TOKENS, MODEL, NUMBERS, SYSTEM, TEMPERATURE};
use crate::engine::settings::{Field, PRESETS, Problem, Settings, preset};
use crate::engine::wire::Dialect;
use crate::ui::el::{El, button, effect, el, property, typed};
use crate::ui::parts::{Icon, icon};
use crate::ui::state::App;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlDialogElement, HtmlElement};

/// Opens the sheet, at the field with the problem if there is one.
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

/// The sheet, made when it is first opened: a question does not wait for it.
fn sheet(app: App) -> Option<HtmlDialogElement> {
    if app.with(|core| core.dialog.is_none()) {
        let (page, owner) = app.with(|core| core.page.clone())?;
        let panel = owner.with(|| untrack(|| panel(app)));
        page.append_child(panel.element()).ok()?;
    }
    app.with(|core| core.dialog.clone())
}

/// Looks at a field the person has left: tells its problem, or that there is none any more.
pub(super) fn check(app: App, field: Field) {
    let ending = if field == Field::BaseUrl { take_off_ending(app) } else { String::new() };
    if field == Field::BaseUrl && forget_foreign_key(app) {
        let sentence = "The key was cleared, because it was entered for another server.";
        app.problem.set(Some(Problem { field: Field::Key, sentence: sentence.to_owned() }));
        return;
    }
    let known = told(app);
    let key = app.with(|core| core.key.clone());
    let found = app.settings.with_untracked(|settings| {
        let problem = settings.endpoint(&key).map(drop).and_then(|()| settings.prompt(Vec::new()).map(drop));
        problem.err()
    });
    // The extra JSON is judged even while other fields are not filled in yet.
    let found = match found {
        Some(problem) if problem.field != field && field == Field::Extra => app
            .settings
            .with_untracked(|settings| {
                let mut settings = settings.clone();
                settings.model.push('x');
                settings.prompt(Vec::new()).map(drop)
            })
            .err()
            .filter(|problem| problem.field == field),
        // Whether a key may be sent is told at the address.
        other => other.filter(|problem| {
            problem.field == field || (field, problem.field) == (Field::Key, Field::BaseUrl)
        }),
    };
    let is_about_this = known.is_none_or(|known| known == field);
    if (found.is_some() || is_about_this) && !NUMBERS.contains(&field) {
        let cut = || Problem {
            field: Field::BaseUrl,
            sentence: format!("{ending} was taken off the end: this page adds it by itself."),
        };
        app.problem.set(found.or_else(|| (!ending.is_empty()).then(cut)));
    }
}

/// The field that a problem is told of.
fn told(app: App) -> Option<Field> {
    app.problem.with_untracked(|problem| problem.as_ref().map(|problem| problem.field))
}

fn panel(app: App) -> El {
    let close = move || {
        if let Some(dialog) = app.with(|core| core.dialog.clone()) {
            dialog.close();
        }
    };
    let closing = [("aria-label", "Close the settings"), ("title", "Close (Esc)")];
    let head = el("header", "sheet-head")
        .child(el("h2", "").attr("id", "settings-title").text("Settings"))
        .child(button("icon-button", &closing, close).child(icon(Icon::Close)));
    let problem =
        move || app.storage_problem.get().map(|problem| el("p", "problem").text(&problem.to_string()));
    let keep = "Keep the key on this device";
    let stream = "Stream the answers of this conversation";
    let content = el("div", "sheet-content")
        .child(head)
        .child(provider(app))
        .child(dialect(app))
        .child(text(app, ADDRESS))
        .child(text(app, KEY))
        .child(switch(app, "remember-key", keep, |s| s.remember_key, |s, on| s.remember_key = on))
        .child(text(app, MODEL))
        .children(models(app))
        .child(el("hr", ""))
        .child(text(app, SYSTEM))
        .child(el("div", "pair").child(text(app, TEMPERATURE)).child(text(app, MAX_TOKENS)))
        .child(switch(app, "stream", stream, |s| s.stream, |s, on| s.stream = on))
        .child(text(app, EXTRA))
        .live_child(problem);
    // A press on the dialog itself is one on what lies around its content. One that began inside of it selects text.
    let is_around = |event: &Event| event.target() == event.current_target();
    let pressed = Rc::new(Cell::new(false));
    let pressing = Rc::clone(&pressed);
    let dialog = el("dialog", "sheet")
        .attrs(&[("data-testid", "settings"), ("aria-labelledby", "settings-title")])
        .on("pointerdown", move |event| pressing.set(is_around(&event)))
        .on("click", move |event| {
            if pressed.get() && is_around(&event) {
                close();
            }
        })
        .child(content);
    app.with(|core| core.dialog = dialog.as_a());
    dialog
}

fn provider(app: App) -> El {
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
        app.settings.with(|settings| {
            preset(&settings.preset).map(|preset| preset.note.to_owned()).unwrap_or_default()
        })
    };
    let options = PRESETS.map(|preset| (preset.name, preset.label));
    let chosen = move || app.settings.with(|settings| settings.preset.clone());
    field(app, Field::Preset, "Provider", note, select(Field::Preset, &options, chosen, choose))
}

fn dialect(app: App) -> El {
    let choose = move |name: String| {
        if let Some(dialect) = Dialect::from_name(&name) {
            change(app, |settings| settings.dialect = dialect);
        }
        check(app, Field::Dialect);
    };
    let options = Dialect::ALL.map(|dialect| (dialect.name(), protocol_label(dialect)));
    let chosen = move || app.settings.with(|settings| settings.dialect.name().to_owned());
    let hint = || "What the server speaks.".to_owned();
    el("div", "")
        .live_flag("hidden", move || app.settings.with(|settings| settings.preset != "custom"))
        .child(field(app, Field::Dialect, "Protocol", hint, select(Field::Dialect, &options, chosen, choose)))
}

/// A control to choose one of several: values and labels.
fn select(
    field: Field,
    options: &[(&str, &str)],
    chosen: impl Fn() -> String + 'static,
    choose: impl Fn(String) + 'static,
) -> El {
    let name = field.name();
    el("select", "")
        .attrs(&[
            ("id", &format!("field-{name}")),
            ("name", name),
            ("aria-describedby", &format!("about-{name}")),
        ])
        .children(options.iter().map(|(value, label)| el("option", "").attr("value", value).text(label)))
        .live_property("value", move || JsValue::from_str(&chosen()))
        .on("change", move |event| choose(typed(&event)))
}

fn models(app: App) -> [El; 2] {
    let is_loading = RwSignal::new(false);
    let load = move || {
        is_loading.set(true);
        let before = told(app);
        spawn_local(async move {
            let outcome = load_models(app).await;
            is_loading.set(false);
            // What was found in another field meanwhile is not for this to take away.
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
    let list = el("datalist", "").attr("id", "models");
    let options = list.element().clone();
    effect(Box::new(move || {
        options.set_text_content(None);
        app.models.with(|models| {
            for id in models {
                let _ = options.append_child(el("option", "").attr("value", id).element());
            }
        });
    }));
    let button = button("button quiet", &[("data-testid", "load-models")], load)
        .live_flag("disabled", move || is_loading.get())
        .child(icon(Icon::Retry))
        .live_text(label);
    [list, button]
}

fn switch(
    app: App,
    name: &str,
    label: &str,
    read: fn(&Settings) -> bool,
    write: fn(&mut Settings, bool),
) -> El {
    let control = el("input", "")
        .attrs(&[("type", "checkbox"), ("name", name)])
        .live_property("checked", move || app.settings.with(read).into())
        .on("change", move |event| {
            change(app, |settings| write(settings, property(&event, "checked").is_truthy()));
        });
    el("label", "switch").child(control).child(el("span", "").text(label))
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
