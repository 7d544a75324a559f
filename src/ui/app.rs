//! The whole page: header, transcript, composer, settings.

use super::chat::Chat;
use super::chat::composer::Composer;
use super::chat::transcript::Transcript;
use super::export::export_on_demand;
use super::header::Header;
use super::notices::Notices;
use super::state::ConversationState;
use super::state::slot::SlotView;
use super::typeset::typeset_on_demand;
use crate::engine::messages::page;
use leptos::ev;
use leptos::prelude::*;

/// The page. One for the life of the document.
#[component]
pub fn App() -> impl IntoView {
    let chat = Chat::provide();
    chat.connection.restore();
    chat.fetch_in_time();
    export_on_demand();
    typeset_on_demand();
    escape_stops(chat.conversation);
    leaving_asks(chat);
    // A phone that is turned, or its keyboard: text breaks elsewhere, and the end is elsewhere.
    let resized = window_event_listener(ev::resize, move |_| chat.draft.changed());
    on_cleanup(move || resized.remove());
    tell_in_title(chat.conversation);
    view! {
        <div class="page">
            <Header />
            <Transcript />
            <Notices />
            <Composer />
            <p class="unseen" role="status" aria-live="polite" data-testid="announcer">
                {move || chat.conversation.announcement.get()}
            </p>
            <SlotView from=chat.sheet.slot />
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

/// Has Escape stop the answer that is being written. In a dialog and while an input method is at work it means something else.
fn escape_stops(conversation: ConversationState) {
    let listener = window_event_listener(ev::keydown, move |event| {
        let is_escape = event.key() == "Escape" && !event.is_composing();
        if is_escape
            && !event.default_prevented()
            && conversation.is_running.get_untracked()
            && !is_a_dialog_open()
        {
            event.prevent_default();
            conversation.stop();
        }
    });
    on_cleanup(move || listener.remove());
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

/// Has the title say that an answer is being written, and that it came while nobody looked.
fn tell_in_title(conversation: ConversationState) {
    let seen = window_event_listener(ev::Custom::<ev::Event>::new("visibilitychange"), move |_| {
        if !document().hidden() && !conversation.is_running.get_untracked() {
            document().set_title(page::NAME);
        }
    });
    on_cleanup(move || seen.remove());
    Effect::new(move |was_running: Option<bool>| {
        let is_running = conversation.is_running.get();
        match (is_running, document().hidden()) {
            (true, _) => document().set_title(&page::title_answering()),
            (false, true) if was_running == Some(true) => document().set_title(&page::title_answered()),
            (false, _) => document().set_title(page::NAME),
        }
        is_running
    });
}

/// Whether any dialog is open. Several parts have one: the document knows them all.
fn is_a_dialog_open() -> bool {
    document().query_selector("dialog[open]").is_ok_and(|open| open.is_some())
}
