//! Events of the whole window that concern a conversation, and the title that tells how it is.

use crate::engine::messages::page;
use crate::ui::state::{ConversationState, KeysList};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

/// Has Escape stop the answer that is being written. In a dialog and while an input method is at work it means something else.
pub(super) fn escape_stops(conversation: ConversationState) {
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

/// Has a question mark show the list of keys, where it is no part of a text.
pub(super) fn question_mark_lists_keys(keys: KeysList) {
    let listener = window_event_listener(ev::keydown, move |event| {
        if event.key() == "?" && !event.default_prevented() && !is_typed_into(&event) && !is_a_dialog_open() {
            event.prevent_default();
            keys.show();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Tells whether a key goes into a field.
fn is_typed_into(event: &Event) -> bool {
    event.target().is_some_and(|target| {
        target.has_type::<HtmlTextAreaElement>()
            || target.has_type::<HtmlInputElement>()
            || target.has_type::<HtmlSelectElement>()
    })
}

/// Tells whether any dialog is open. Several parts have one: the document knows them all.
fn is_a_dialog_open() -> bool {
    document().query_selector("dialog[open]").is_ok_and(|open| open.is_some())
}

/// Has the title say that an answer is being written, and that it came while nobody looked.
pub(super) fn tell_in_title(conversation: ConversationState) {
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
