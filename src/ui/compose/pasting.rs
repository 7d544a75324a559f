//! A long text that is pasted stands beside the field, so that what is typed stays in view.

use crate::engine::chat::DraftText;
use crate::engine::messages::composer as words;
use crate::ui::chat::Chat;
use js_sys::Reflect;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

/// Puts long texts that are pasted or dropped into the field beside it, for as long as the current owner lives.
pub(super) fn fold_long_pastes(chat: Chat) {
    let listener = window_event_listener(ev::beforeinput, move |event| {
        let kind = Reflect::get(&event, &"inputType".into()).ok().and_then(|kind| kind.as_string());
        let is_pasted = matches!(kind.as_deref(), Some("insertFromPaste" | "insertFromDrop"));
        if !is_pasted || event.default_prevented() || !is_of_field(chat, &event) {
            return;
        }
        if let Some(text) = event.data().filter(|text| DraftText::is_long(text)) {
            event.prevent_default();
            chat.draft.attach(text);
            chat.conversation.announcement.set(words::FOLDED.to_owned());
        }
    });
    on_cleanup(move || listener.remove());
}

/// Tells whether an event is one of the field for questions.
pub(super) fn is_of_field(chat: Chat, event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let field = chat.draft.field.get_untracked();
    target.is_some_and(|target| field.is_some_and(|field| target == **field))
}
