//! Typesetting, of the part `extras`: colours for code and MathML for formulas, fetched with the first of either.

use super::lazy::lazy_part;
use crate::browser::dom::TYPESET;
use crate::browser::typeset::serve;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

lazy_part!(
    /// Typesets what the page shows, from now on.
    extras,
    fn serve_typesetting() = serve
);

/// Fetches the part when something is to be typeset, for the life of the page. Where it cannot be fetched code is plain and
/// formulas show their source.
pub(super) fn typeset_on_demand() {
    // It is asked for once: each line of code would try again.
    let is_asked = Cell::new(false);
    let fetch = Closure::<dyn Fn()>::new(move || {
        if !is_asked.replace(true) {
            spawn_local(async {
                let _ = serve_typesetting().await;
            });
        }
    });
    // The event does not bubble: it is heard on its way down.
    let _ =
        document().add_event_listener_with_callback_and_bool(TYPESET, fetch.as_ref().unchecked_ref(), true);
    fetch.forget();
}
