//! The arrow keys recall former questions of the conversation in the field, as in a shell.

use super::pasting::is_of_field;
use crate::engine::chat::{Recall, Turn};
use crate::engine::wire::Role;
use crate::ui::chat::Chat;
use crate::ui::state::Draft;
use js_sys::Reflect;
use leptos::ev;
use leptos::prelude::*;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};

/// A walk through former questions.
#[derive(Clone, Debug)]
struct Walk {
    recall: Recall,
    /// Which draft it began in.
    draft: u32,
    /// Height of the field with one line, in pixels.
    line: i32,
}

/// Has the arrow keys recall former questions, for as long as the current owner lives.
pub(super) fn recall_questions(chat: Chat) {
    let walk = StoredValue::new(None::<Walk>);
    let listener = window_event_listener(ev::keydown, move |event| {
        let is_up = match event.key().as_str() {
            "ArrowUp" => true,
            "ArrowDown" => false,
            _ => return,
        };
        let Some(field) = chat.draft.field.get_untracked() else { return };
        if is_plain(&event)
            && is_of_field(chat, &event)
            && let Some(text) = step(chat, &field, walk, is_up)
        {
            event.prevent_default();
            chat.draft.fill(&text);
            // Where the next press goes on from: within several lines the keys move the caret.
            let is_several = walk.with_value(|walk| walk.as_ref().is_some_and(|walk| !walk.fits(&field)));
            let caret = if is_up && is_several { 0 } else { field.text_length() };
            for end in ["selectionStart", "selectionEnd"] {
                let _ = Reflect::set(&field, &end.into(), &caret.into());
            }
        }
    });
    on_cleanup(move || listener.remove());
}

/// Returns the text that the field is to hold after a press; `None` where the press moves the caret, or nowhere.
fn step(
    chat: Chat,
    field: &HtmlTextAreaElement,
    walk: StoredValue<Option<Walk>>,
    is_up: bool,
) -> Option<String> {
    let shown = field.value();
    let draft = chat.draft.replaced.get_value();
    walk.update_value(|walk| {
        // What was sent, or came from elsewhere, ends a walk.
        if walk.as_ref().is_some_and(|walk| walk.draft != draft) {
            *walk = None;
        }
        if walk.is_none() && is_up && shown.is_empty() {
            let recall = Recall::new(former_questions(chat));
            *walk = Some(Walk { recall, draft, line: field.scroll_height() });
        }
    });
    let leads_out = walk.with_value(|walk| Some(walk.as_ref()?.fits(field) || is_at_edge(field, is_up)));
    if leads_out != Some(true) {
        return None;
    }
    walk.try_update_value(|walk| {
        let recall = &mut walk.as_mut()?.recall;
        let text = if is_up { recall.older(&shown) } else { recall.newer(&shown) };
        text.map(str::to_owned)
    })?
}

impl Walk {
    /// Returns whether the field holds no more than one line, as it is drawn.
    fn fits(&self, field: &HtmlTextAreaElement) -> bool {
        field.scroll_height() <= self.line
    }
}

/// Returns the questions on show, the oldest first, without those that the field cannot hold.
fn former_questions(chat: Chat) -> Vec<String> {
    chat.conversation.with_store(|store| {
        let path = store.conversation.path().into_iter().filter_map(|id| store.conversation.turn(id));
        let questions = path.filter(|turn| turn.role == Role::User).map(Turn::text);
        questions.filter(|text| text.len() < Draft::MOST_IN_FIELD as usize).collect()
    })
}

/// Returns whether the caret stands at the end of the text to which an arrow key leads, with nothing selected.
fn is_at_edge(field: &HtmlTextAreaElement, is_up: bool) -> bool {
    let edge = if is_up { 0 } else { field.text_length() };
    let place = |name: &str| Reflect::get(field, &name.into()).ok().and_then(|place| place.as_f64());
    ["selectionStart", "selectionEnd"].iter().all(|name| place(name) == Some(f64::from(edge)))
}

fn is_plain(event: &KeyboardEvent) -> bool {
    let is_with_another = event.shift_key() || event.ctrl_key() || event.alt_key() || event.meta_key();
    !is_with_another && !event.is_composing() && !event.default_prevented()
}
