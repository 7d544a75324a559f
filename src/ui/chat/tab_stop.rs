//! The Tab key's way past old answers: each is one stop, and Enter goes into it.
//!
//! A long conversation holds hundreds of links and buttons, which somebody who uses the keyboard would pass one by one.

use crate::engine::chat::TurnId;
use crate::ui::state::ConversationState;
use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

/// An answer as a stop of the Tab key. Only answers with another turn below them are old.
#[derive(Clone, Copy, Debug)]
pub(super) struct TabStop {
    /// The answer's element.
    pub article: NodeRef<html::Article>,
    conversation: ConversationState,
    id: TurnId,
    is_entered: StoredValue<bool>,
}

impl TabStop {
    /// Makes the stop of an answer, which nobody has gone into.
    pub(super) fn new(conversation: ConversationState, id: TurnId) -> TabStop {
        TabStop { article: NodeRef::new(), conversation, id, is_entered: StoredValue::new(false) }
    }

    /// Returns whether another turn stands below the answer.
    pub(super) fn is_old(self) -> bool {
        self.conversation.path.with(|path| path.last().is_some_and(|key| key.turn != self.id))
    }

    /// Goes into the answer with Enter, past it with Tab, and out of it with Escape.
    pub(super) fn key_pressed(self, event: &KeyboardEvent) {
        let Some(article) = self.article.get_untracked().filter(|_| untrack(|| self.is_old())) else {
            return;
        };
        let is_outside = event.target().as_ref() == Some(article.as_ref());
        match (event.key().as_str(), is_outside) {
            ("Enter", true) => {
                event.prevent_default();
                self.is_entered.set_value(true);
                if let Some(first) = first_control(&article) {
                    let _ = first.focus();
                }
            }
            ("Tab", true) if !event.shift_key() => pass(&article),
            ("Escape", false) => {
                event.prevent_default();
                self.is_entered.set_value(false);
                let _ = article.focus();
            }
            _ => {}
        }
    }

    /// Keeps the keyboard at the answer where it would come into it from elsewhere: by Shift and Tab, from below.
    pub(super) fn focus_came(self, event: &FocusEvent) {
        let Some(article) = self.article.get_untracked().filter(|_| untrack(|| self.is_old())) else {
            return;
        };
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
            return;
        };
        let is_from_inside = is_in(&article, event.related_target());
        // A press with the mouse means the button that it is on.
        let is_by_key = target.matches(":focus-visible").unwrap_or_default();
        if target != *article.unchecked_ref::<Element>()
            && !self.is_entered.get_value()
            && !is_from_inside
            && is_by_key
        {
            // Behind this event: the focus that moves is another of its kind, which the same listener hears.
            spawn_local(async move {
                let _ = article.focus();
            });
        }
    }

    /// Notes that the keyboard has left the answer.
    pub(super) fn focus_went(self, event: &FocusEvent) {
        let is_within =
            self.article.get_untracked().is_some_and(|article| is_in(&article, event.related_target()));
        if !is_within {
            self.is_entered.set_value(false);
        }
    }
}

fn is_in(article: &HtmlElement, target: Option<web_sys::EventTarget>) -> bool {
    target.is_some_and(|target| article.contains(target.dyn_ref::<Node>()))
}

/// Has the browser's own Tab pass what is in the answer: nothing in it takes the focus until the key was handled.
fn pass(article: &HtmlElement) {
    let children = article.children();
    let children: Vec<Element> = (0..children.length()).filter_map(|at| children.item(at)).collect();
    for child in &children {
        let _ = child.set_attribute("inert", "");
    }
    set_timeout(
        move || {
            for child in &children {
                let _ = child.remove_attribute("inert");
            }
        },
        std::time::Duration::ZERO,
    );
}

/// Returns the first element of the answer that the Tab key could reach.
fn first_control(article: &HtmlElement) -> Option<HtmlElement> {
    let all = article.get_elements_by_tag_name("*");
    (0..all.length())
        .filter_map(|at| all.item(at)?.dyn_into::<HtmlElement>().ok())
        .find(|element| element.tab_index() >= 0 && element.offset_parent().is_some())
}
