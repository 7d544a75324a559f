//! The whole page: header, transcript, composer, settings.

use super::chat::{composer, transcript};
use super::live;
use super::parts::{Icon, icon};
use super::settings::{open_settings, panel, restore};
use super::state::App;
use crate::browser::frame_loop::FrameLoop;
use leptos::ev;
use leptos::prelude::*;

/// The page. One call for its life.
pub(super) fn app() -> impl IntoView {
    let app = App::new();
    app.set_frames(FrameLoop::new(move |now| live::frame(app, now)));
    restore(app);
    let escape = window_event_listener(ev::keydown, move |event| {
        let is_taken = event.default_prevented() || app.settings_are_open.get_untracked();
        if event.key() == "Escape" && !is_taken && app.is_running.get_untracked() {
            event.prevent_default();
            app.stop();
        }
    });
    on_cleanup(move || escape.remove());
    view! {
        <div class="page">
            {header(app)}
            {transcript(app)}
            {composer(app)}
            {panel(app)}
            <p class="unseen" role="status" aria-live="polite" data-testid="announcer">
                {move || app.announcement.get()}
            </p>
        </div>
    }
}

fn header(app: App) -> impl IntoView {
    view! {
        <header class="header">
            <span class="name">{icon(Icon::Mark)}"Tokenfall"</span>
            <button type="button" class="model-button" title="Choose the model and where it runs"
                on:click=move |_| open_settings(app, None)>
                {move || app.settings.with(|settings| {
                    if settings.model.is_empty() { "Choose a model".to_owned() } else { settings.model.clone() }
                })}
            </button>
            <span class="header-tools">
                <button type="button" class="icon-button" data-testid="new-chat" aria-label="New chat"
                    title="New chat" on:click=move |_| app.new_chat()>{icon(Icon::New)}</button>
                <button type="button" class="icon-button" data-testid="open-settings" aria-label="Settings"
                    title="Settings" on:click=move |_| open_settings(app, None)>{icon(Icon::Settings)}</button>
            </span>
        </header>
    }
}
