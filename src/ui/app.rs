//! The whole page: header, transcript, composer, settings.

use super::chat::{composer, transcript};
use super::el::{El, button, el, listen};
use super::live;
use super::parts::{Icon, icon};
use super::settings::{open_settings, panel, restore};
use super::state::App;
use crate::browser::frame_loop::FrameLoop;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// Puts the page behind what the document's body holds. One call for its life.
pub(super) fn app() {
    let app = App::new();
    app.set_frames(FrameLoop::new(move |now| live::frame(app, now)));
    restore(app);
    let Some(window) = web_sys::window() else { return };
    listen(
        &window,
        "keydown",
        Box::new(move |event| {
            let is_taken = event.default_prevented() || app.settings_are_open.get_untracked();
            let is_escape = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape");
            if is_escape && !is_taken && app.is_running.get_untracked() {
                event.prevent_default();
                app.stop();
            }
        }),
    );
    let status = [("role", "status"), ("aria-live", "polite"), ("data-testid", "announcer")];
    let page = el("div", "page")
        .child(header(app))
        .child(transcript(app))
        .child(composer(app))
        .child(panel(app))
        .child(el("p", "unseen").attrs(&status).live_text(move || app.announcement.get()));
    if let Some(body) = window.document().and_then(|document| document.body()) {
        let _ = body.append_child(page.element());
    }
    app.focus_composer();
}

fn header(app: App) -> El {
    let model = button("model-button", &[("title", "Choose the model and where it runs")], move || {
        open_settings(app, None);
    });
    let model = model.live_text(move || {
        app.settings.with(|settings| {
            if settings.model.is_empty() { "Choose a model".to_owned() } else { settings.model.clone() }
        })
    });
    let new = [("data-testid", "new-chat"), ("aria-label", "New chat"), ("title", "New chat")];
    let open = [("data-testid", "open-settings"), ("aria-label", "Settings"), ("title", "Settings")];
    let tools = el("span", "header-tools")
        .child(button("icon-button", &new, move || app.new_chat()).child(icon(Icon::New)))
        .child(button("icon-button", &open, move || open_settings(app, None)).child(icon(Icon::Settings)));
    el("header", "header")
        .child(el("span", "name").child(icon(Icon::Mark)).text("Tokenfall"))
        .child(model)
        .child(tools)
}
