//! [`El`]: elements of the page, made by plain calls and kept up to date by effects.
//!
//! A `view!` makes a type of each piece of the page and compiles the whole of Leptos' renderer for each: 40 KB of the
//! page after gzip. Here every element, listener and effect is the same few functions. Signals, owners and effects are
//! Leptos' own, so whatever an owner made goes when that owner goes: listeners are taken back, effects end.

use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use std::any::Any;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AddEventListenerOptions, Document, Element, Event, EventTarget, Node};

/// An element that is being put together.
#[derive(Clone)]
pub(super) struct El(Element);

/// An HTML element of that class; empty for none.
pub(super) fn el(tag: &str, class: &str) -> El {
    made(document().create_element(tag)).attr("class", class)
}

/// An SVG element of that class; empty for none.
pub(super) fn svg(tag: &str, class: &str) -> El {
    made(document().create_element_ns(Some("http://www.w3.org/2000/svg"), tag)).attr("class", class)
}

/// A button of that class, with attributes, that does something.
pub(super) fn button(class: &str, attributes: &[(&str, &str)], act: impl Fn() + 'static) -> El {
    el("button", class).attr("type", "button").attrs(attributes).on("click", move |_| act())
}

/// Listens for as long as the current owner lives. No wheel or touch waits for what is done about it.
pub(super) fn listen(target: &EventTarget, event: &'static str, act: Box<dyn FnMut(Event)>) {
    let act = Closure::wrap(act);
    let function = act.as_ref().unchecked_ref();
    let options = AddEventListenerOptions::new();
    options.set_passive(matches!(event, "wheel" | "touchstart" | "touchmove"));
    let _ = target.add_event_listener_with_callback_and_add_event_listener_options(event, function, &options);
    keep(Box::new(Listener { target: target.clone(), event, act }));
}

/// Runs `act` now, and again whenever a signal it has read changes, for as long as the current owner lives.
pub(super) fn effect(mut act: Box<dyn FnMut()>) {
    keep(Box::new(RenderEffect::new(move |_| act())));
}

impl El {
    /// The element itself.
    pub(super) fn element(&self) -> &Element {
        &self.0
    }

    /// The element as what it is, for its own properties and methods.
    pub(super) fn as_a<T: JsCast>(&self) -> Option<T> {
        self.0.clone().dyn_into().ok()
    }

    /// Sets an attribute; an empty value leaves it away.
    pub(super) fn attr(self, name: &str, value: &str) -> El {
        if !value.is_empty() {
            let _ = self.0.set_attribute(name, value);
        }
        self
    }

    /// Sets several attributes; an empty value leaves its attribute away.
    pub(super) fn attrs(self, attributes: &[(&str, &str)]) -> El {
        attributes.iter().fold(self, |el, (name, value)| el.attr(name, value))
    }

    /// Appends text, as a text node.
    pub(super) fn text(self, text: &str) -> El {
        self.append(&document().create_text_node(text));
        self
    }

    /// Appends an element.
    pub(super) fn child(self, child: El) -> El {
        self.append(&child.0);
        self
    }

    /// Appends several elements.
    pub(super) fn children(self, children: impl IntoIterator<Item = El>) -> El {
        children.into_iter().fold(self, El::child)
    }

    /// Listens to the element's events of one kind.
    pub(super) fn on(self, event: &'static str, act: impl FnMut(Event) + 'static) -> El {
        listen(&self.0, event, Box::new(act));
        self
    }

    /// Appends text that follows the signals it is made from.
    pub(super) fn live_text(self, text: impl Fn() -> String + 'static) -> El {
        let node = document().create_text_node("");
        self.append(&node);
        let mut shown = String::new();
        effect(Box::new(move || {
            let text = text();
            // Browsers lay out anew what is set again.
            if shown != text {
                node.set_data(&text);
                shown = text;
            }
        }));
        self
    }

    /// An attribute that follows the signals it is made from; `None` takes it away.
    pub(super) fn live_attr(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> El {
        let element = self.0.clone();
        effect(Box::new(move || {
            let _ = match value() {
                Some(value) => element.set_attribute(name, &value),
                None => element.remove_attribute(name),
            };
        }));
        self
    }

    /// An attribute without a value that is there or not.
    pub(super) fn live_flag(self, name: &'static str, is_set: impl Fn() -> bool + 'static) -> El {
        self.live_attr(name, move || is_set().then(String::new))
    }

    /// Appends a place for an element that comes, changes and goes with the signals it is made from.
    pub(super) fn live_child(self, make: impl Fn() -> Option<El> + 'static) -> El {
        // An empty text marks the place.
        let place = document().create_text_node("");
        self.append(&place);
        let mut shown: Option<El> = None;
        effect(Box::new(move || {
            let next = make();
            if let Some(old) = shown.take() {
                old.0.remove();
            }
            if let (Some(new), Some(parent)) = (&next, place.parent_node()) {
                let _ = parent.insert_before(&new.0, Some(&place));
            }
            shown = next;
        }));
        self
    }

    fn append(&self, node: &Node) {
        // Fails only for a node put into itself.
        let _ = self.0.append_child(node);
    }
}

struct Listener {
    target: EventTarget,
    event: &'static str,
    act: Closure<dyn FnMut(Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let act = self.act.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback(self.event, act);
    }
}

/// Keeps something until the current owner goes or runs again.
fn keep(thing: Box<dyn Any>) {
    let _ = StoredValue::new_local(thing);
}

#[expect(
    clippy::expect_used,
    reason = "a script in a page has a document, or there is nothing to show anything in"
)]
fn document() -> Document {
    web_sys::window().and_then(|window| window.document()).expect("a page has a document")
}

#[expect(clippy::expect_used, reason = "the names of elements are written in this crate and valid")]
fn made(element: Result<Element, JsValue>) -> El {
    El(element.expect("the name of an element is valid"))
}
