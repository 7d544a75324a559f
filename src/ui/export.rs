//! Export, of the part `extras`: copies of selections and tables, saved code, and what is asked before a doubtful link is followed.
//!
//! It is fetched once somebody selects text, or presses a button that needs it, which then does what it was pressed for.

use super::lazy::{lazy_part, with_panel_styles};
use crate::browser::export;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlAnchorElement, KeyboardEvent, MouseEvent};

/// The buttons and links that need the part.
const NEEDING: &str = "[data-take]";
/// Marks a button whose part could not be fetched, for the stylesheet to say so.
const MISSING: &str = "data-missing";

lazy_part!(
    /// Serves copies of what is selected from now on.
    extras,
    fn serve_copies() = export::serve
);

lazy_part!(
    /// Does what a button or link was pressed for.
    extras,
    fn press(target: Element) = press_in_part
);

fn press_in_part(target: Element) {
    export::serve();
    // It may ask, in a dialog.
    with_panel_styles(move || export::press(&target));
}

/// Fetches the part when it is wanted, for as long as the current owner lives.
pub(super) fn export_on_demand() {
    let copies = window_event_listener_untyped("selectstart", |_| {
        spawn_local(async {
            let _ = serve_copies().await;
        });
    });
    // A middle click follows a link as well.
    let clicks = ["click", "auxclick"]
        .map(|event| window_event_listener_untyped(event, |event| pressed(&event, is_followed)));
    // A link that asks has no address yet, so the browser does not press it for the keyboard.
    let keys = window_event_listener(ev::keydown, |event| pressed(&event, is_link_entered));
    on_cleanup(move || {
        copies.remove();
        clicks.into_iter().for_each(WindowListenerHandle::remove);
        keys.remove();
    });
}

/// Whether a key presses the link `target`.
fn is_link_entered(event: &Event, target: &Element) -> bool {
    let is_enter = event.dyn_ref::<KeyboardEvent>().is_some_and(|key| key.key() == "Enter" && !key.repeat());
    let is_entered = is_enter && target.has_type::<HtmlAnchorElement>();
    if is_entered {
        event.prevent_default();
    }
    is_entered
}

/// Whether a click presses `target`: the first button does, and the middle one follows links.
fn is_followed(event: &Event, target: &Element) -> bool {
    match event.dyn_ref::<MouseEvent>().map(MouseEvent::button) {
        None | Some(0) => true,
        Some(1) => target.has_type::<HtmlAnchorElement>(),
        Some(_) => false,
    }
}

fn pressed(event: &Event, is_press: fn(&Event, &Element) -> bool) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let needing = target.and_then(|target| target.closest(NEEDING).ok().flatten());
    if let Some(target) = needing.filter(|target| is_press(event, target)) {
        spawn_local(async move {
            let is_missing = press(target.clone()).await.is_err();
            let _ = target.toggle_attribute_with_force(MISSING, is_missing);
        });
    }
}
