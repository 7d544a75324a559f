//! The whole page: header, transcript, composer, settings.

use super::chat::Chat;
use super::chat::composer::Composer;
use super::chat::transcript::Transcript;
use super::header::Header;
use super::notices::Notices;
use super::state::slot::SlotView;
use crate::engine::messages::page;
use leptos::ev;
use leptos::prelude::*;

/// The page. One for the life of the document.
#[component]
pub fn App() -> impl IntoView {
    let chat = Chat::provide();
    chat.connection.note_stored();
    chat.fetch_in_time();
    chat.open_history_in_time();
    leaving_asks(chat);
    // A phone that is turned, or its keyboard: text breaks elsewhere, and the end is elsewhere.
    let resized = window_event_listener(ev::resize, move |_| chat.draft.changed());
    on_cleanup(move || resized.remove());
    view! {
        <div class="page" data-sidebar=move || chat.history.is_open.get()>
            <SlotView from=chat.history.slot />
            <Header />
            <Transcript />
            <Notices />
            <Composer />
            <p class="unseen" role="status" aria-live="polite" data-testid="announcer">
                {move || chat.conversation.announcement.get()}
            </p>
            <SlotView from=chat.sheet.slot />
            <SlotView from=chat.keys.slot />
            <SlotView from=chat.watch.slot />
        </div>
    }
}

/// Offers a way out of a frame and nothing else, lest a click that seems to be meant for the page around it does something
/// here.
#[component]
pub fn FramedNotice() -> impl IntoView {
    view! {
        <p class="static-note">
            <a href="." target="_blank" rel="noopener">
                {page::OPEN_IN_OWN_TAB}
            </a>
        </p>
    }
}

/// Has the browser ask before a page is left that has something to lose.
fn leaving_asks(chat: Chat) {
    let listener = window_event_listener(ev::beforeunload, move |event| {
        if chat.conversation.is_running.get_untracked() || !chat.draft.is_blank.get_untracked() {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}
