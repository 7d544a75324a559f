//! The Tab key's way past old questions and answers: each is one stop, and Enter goes into it.
//!
//! A long conversation holds hundreds of links and buttons, which somebody who uses the keyboard would pass one by one. All turns but
//! the last question and its answer are old; they have a `tabindex`, and what is in them is passed.

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, HtmlElement, Node};

/// The id of what describes an old turn to a screen reader.
pub(super) const OLD_TURN: &str = "old-turn";

/// Moves the keyboard among turns. One for all of them: a turn has no listener of its own.
#[derive(Clone, Copy, Debug)]
pub(super) struct TabStops {
    /// The element whose children are the turns.
    pub turns: NodeRef<html::Div>,
    /// The old answer that the person has gone into.
    entered: StoredValue<Option<Element>, LocalStorage>,
}

impl TabStops {
    /// Creates the stops of a conversation in which nobody has gone into an answer.
    pub(super) fn new() -> TabStops {
        TabStops { turns: NodeRef::new(), entered: StoredValue::new_local(None) }
    }

    /// Goes into an old answer with Enter, past it with Tab, and out of it with Escape.
    pub(super) fn key_pressed(self, event: &KeyboardEvent) {
        let Some(answer) = self.old_answer_at(event.target()) else { return };
        let is_outside = is_same(event.target(), &answer);
        match (event.key().as_str(), is_outside) {
            ("Enter", true) => {
                event.prevent_default();
                self.entered.set_value(Some(answer.clone()));
                if let Some(first) = first_control(&answer) {
                    let _ = first.focus();
                }
            }
            ("Tab", true) if !event.shift_key() => pass(&answer),
            ("Escape", false) => {
                event.prevent_default();
                self.entered.set_value(None);
                focus(&answer);
            }
            _ => {}
        }
    }

    /// Keeps the keyboard at an old answer where it would come into it from elsewhere: by Shift and Tab, from below.
    pub(super) fn focus_came(self, event: &FocusEvent) {
        let Some(answer) = self.old_answer_at(event.target()) else { return };
        let is_inside = |target: Option<EventTarget>| {
            target.is_some_and(|target| answer.contains(target.dyn_ref::<Node>()))
        };
        // A press with the mouse means the button that it is on.
        if self.is_entered(&answer)
            || is_same(event.target(), &answer)
            || is_inside(event.related_target())
            || !is_by_key(event)
        {
            return;
        }
        // Behind this event: the focus that moves is another of its kind, which the same listener hears.
        spawn_local(async move { focus(&answer) });
    }

    /// Notes that the keyboard has left the answer that it was in.
    pub(super) fn focus_went(self, event: &FocusEvent) {
        let to = event.related_target();
        let is_within = self.entered.with_value(|entered| {
            entered.as_ref().zip(to).is_some_and(|(entered, to)| entered.contains(to.dyn_ref::<Node>()))
        });
        if !is_within {
            self.entered.set_value(None);
        }
    }

    /// Returns the old answer that an element is or is in.
    fn old_answer_at(self, target: Option<EventTarget>) -> Option<Element> {
        let turns = self.turns.get_untracked()?;
        let mut at: Element = target?.dyn_into().ok()?;
        loop {
            let parent = at.parent_element()?;
            if parent.is_same_node(Some(&turns)) {
                return at.has_attribute("tabindex").then_some(at);
            }
            at = parent;
        }
    }

    fn is_entered(self, answer: &Element) -> bool {
        self.entered.with_value(|entered| entered.as_ref() == Some(answer))
    }
}

fn is_same(target: Option<EventTarget>, answer: &Element) -> bool {
    target.is_some_and(|target| target == **answer.unchecked_ref::<Node>())
}

/// Tells whether the browser shows where the focus is, as it does for keys.
fn is_by_key(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.matches(":focus-visible").unwrap_or_default())
}

fn focus(element: &Element) {
    let _ = element.unchecked_ref::<HtmlElement>().focus();
}

/// Has the browser's own Tab pass what is in the answer: nothing in it takes the focus until the key was handled.
fn pass(answer: &Element) {
    let children = answer.children();
    let children: Vec<Element> = (0..children.length()).filter_map(|at| children.item(at)).collect();
    for child in &children {
        let _ = child.set_attribute("inert", "");
    }
    let unpass = move || {
        for child in &children {
            let _ = child.remove_attribute("inert");
        }
    };
    set_timeout(unpass, Duration::ZERO);
}

/// Returns the first element of the answer that the Tab key could reach.
fn first_control(answer: &Element) -> Option<HtmlElement> {
    let all = answer.get_elements_by_tag_name("*");
    (0..all.length())
        .filter_map(|at| all.item(at)?.dyn_into::<HtmlElement>().ok())
        .find(|element| element.tab_index() >= 0 && element.offset_parent().is_some())
}
