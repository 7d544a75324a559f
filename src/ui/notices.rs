//! Notices above the composer tell what stands in the way of the whole page.

use super::chat::Chat;
use super::state::LoadState;
use crate::browser::clock;
use crate::engine::messages::page;
use leptos::ev;
use leptos::prelude::*;

/// Shows that the browser is offline, that a lazy part is on its way or could not be fetched, and that the server's models
/// are being looked up.
#[component]
pub fn Notices() -> impl IntoView {
    let chat = expect_context::<Chat>();
    let is_online = RwSignal::new(clock::is_online());
    let update = move |_| is_online.set(clock::is_online());
    let (online, offline) =
        (window_event_listener(ev::online, update), window_event_listener(ev::offline, update));
    on_cleanup(move || {
        online.remove();
        offline.remove();
    });
    view! {
        {move || (!is_online.get()).then(|| notice("offline", "offline", page::OFFLINE))}
        {move || match chat.loader.state.get() {
            LoadState::Idle => None,
            LoadState::Loading => Some(notice("rest", "offline late", page::LOADING)),
            LoadState::Failed => Some(notice("rest", "offline", page::LOADING_FAILED)),
        }}
        {move || {
            let is_looking = chat.connection.is_looking_for_model.get();
            is_looking.then(|| notice("settling", "offline late", page::LOOKING_FOR_MODELS))
        }}
    }
}

fn notice(test_id: &'static str, class: &'static str, words: &'static str) -> AnyView {
    view! {
        <p class=class role="status" data-testid=test_id>
            {words}
        </p>
    }
    .into_any()
}
