//! The whole page: header, transcript, composer, settings.

use super::chat::{composer, transcript};
use super::components::{Icon, icon};
use super::el::{El, button, effect, el, listen};
use super::export::export_on_demand;
use super::lazy::{Action, LoadState};
use super::settings::restore;
use super::state::{App, Origin};
use super::typeset::typeset_on_demand;
use crate::browser::clock;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Document, KeyboardEvent};

/// Puts the page behind what the document's body holds. One call for its life.
pub(super) fn app() {
    let app = App::default();
    provide_context(app);
    restore(app);
    let Some(window) = web_sys::window() else { return };
    app.fetch_in_time(&window);
    export_on_demand();
    typeset_on_demand();
    listen(
        &window,
        "keydown",
        Box::new(move |event| {
            // In a dialog and while an input method is at work it means something else.
            let is_taken = event.default_prevented() || a_dialog_is_open();
            let is_escape = event
                .dyn_ref::<KeyboardEvent>()
                .is_some_and(|event| event.key() == "Escape" && !event.is_composing());
            if is_escape && !is_taken && app.is_running.get_untracked() {
                event.prevent_default();
                app.stop();
            }
        }),
    );
    // A page that is left while it has something to lose asks first.
    listen(
        &window,
        "beforeunload",
        Box::new(move |event| {
            if app.is_running.get_untracked() || !app.is_blank.get_untracked() {
                event.prevent_default();
            }
        }),
    );
    let is_online = RwSignal::new(clock::is_online());
    for event in ["online", "offline"] {
        listen(&window, event, Box::new(move |_| is_online.set(clock::is_online())));
    }
    // A phone that is turned, or its keyboard: text breaks elsewhere, and the end is elsewhere.
    listen(&window, "resize", Box::new(move |_| app.composer_changed()));
    if let Some(document) = window.document() {
        tell_in_title(app, document);
    }
    let status = [("role", "status"), ("aria-live", "polite"), ("data-testid", "announcer")];
    let page = el("div", "page")
        .child(header(app))
        .child(transcript(app))
        .live_child(move || offline(is_online.get()))
        .live_child(move || awaited(app.load_state.get()))
        .live_child(move || settling(app.is_settling.get()))
        .child(composer(app))
        .child(el("p", "unseen").attrs(&status).live_text(move || app.announcement.get()));
    app.with(|core| core.page = Owner::current().map(|owner| (page.element().clone(), owner)));
    if let Some(body) = window.document().and_then(|document| document.body()) {
        let _ = body.append_child(page.element());
    }
    app.focus_composer();
}

/// The page in a frame: a way out of it and nothing else, lest a click that seems to be meant for the page around it
/// does something here.
pub(super) fn way_out() {
    let names = [("href", "."), ("target", "_blank"), ("rel", "noopener")];
    let link = el("a", "").attrs(&names).text("Open Tokenfall in a tab of its own");
    let body = web_sys::window().and_then(|window| window.document()).and_then(|document| document.body());
    if let Some(body) = body {
        let _ = body.append_child(el("p", "static-note").child(link).element());
    }
}

/// The title says that an answer is being written, and that it came while nobody looked.
fn tell_in_title(app: App, document: Document) {
    const NAME: &str = "Tokenfall";
    let seen = document.clone();
    listen(
        &document,
        "visibilitychange",
        Box::new(move |_| {
            if !seen.hidden() && !app.is_running.get_untracked() {
                seen.set_title(NAME);
            }
        }),
    );
    let mut was_running = false;
    effect(Box::new(move || {
        let is_running = app.is_running.get();
        document.set_title(&match (is_running, document.hidden()) {
            (true, _) => format!("● Answering – {NAME}"),
            (false, true) if was_running => format!("✓ Answered – {NAME}"),
            (false, _) => NAME.to_owned(),
        });
        was_running = is_running;
    }));
}

/// What being offline means here.
fn offline(is_online: bool) -> Option<El> {
    let words =
        "This device is offline. Hosted models cannot be reached; a model on this device still answers.";
    (!is_online)
        .then(|| el("p", "offline").attrs(&[("role", "status"), ("data-testid", "offline")]).text(words))
}

/// What is said of a part of the page that somebody waits for, above where questions are typed.
fn awaited(state: LoadState) -> Option<El> {
    let (class, words) = match state {
        LoadState::Idle => return None,
        LoadState::Loading => ("offline late", "Fetching the rest of this page."),
        LoadState::Failed => (
            "offline",
            "The rest of this page could not be fetched. Try again; if that does not help, there may be a new version: copy what you typed and reload the page.",
        ),
    };
    Some(el("p", class).attrs(&[("role", "status"), ("data-testid", "rest")]).text(words))
}

/// That a question waits for the server to say which models it has.
fn settling(is_settling: bool) -> Option<El> {
    let names = [("role", "status"), ("data-testid", "settling")];
    is_settling.then(|| el("p", "offline late").attrs(&names).text("Asking the server for its models."))
}

fn a_dialog_is_open() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| document.query_selector("dialog[open]").is_ok_and(|open| open.is_some()))
}

fn header(app: App) -> El {
    let model = button("model-button", &[("title", "Choose the model and where it runs")], move || {
        app.show_settings(None);
    });
    // Its name moves what stands beside it: nothing is shown there before it is known which one it is.
    let model = model.live_flag("data-unknown", move || app.origin.with(|origin| *origin == Origin::Unknown));
    let model = model.live_text(move || {
        app.settings.with(|settings| {
            if settings.model.is_empty() { "Choose a model".to_owned() } else { settings.model.clone() }
        })
    });
    let new = [("data-testid", "new-chat"), ("aria-label", "New chat"), ("title", "New chat")];
    let open = [("data-testid", "open-settings"), ("aria-label", "Settings"), ("title", "Settings")];
    let tools = el("span", "header-tools")
        .child(button("icon-button", &new, move || app.dispatch(Action::NewChat)).child(icon(Icon::New)))
        .child(button("icon-button", &open, move || app.show_settings(None)).child(icon(Icon::Settings)));
    el("header", "header")
        .child(el("h1", "name").child(icon(Icon::Mark)).text("Tokenfall"))
        .child(model)
        .child(tools)
}
