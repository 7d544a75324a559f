//! The page, in Leptos.
//!
//! [`mount`] puts it into the document. Signals hold ids, states and counters; the text of an answer never enters the
//! reactive graph: `live` takes it from the engine to bare elements, once an animation frame.

mod app;
mod chat;
pub mod components;
mod el;
mod export;
mod follow;
mod format;
mod lazy;
mod live;
mod screen;
pub mod settings;
mod state;
mod talk;
mod typeset;

use leptos::prelude::{document, request_animation_frame};

pub use components::pace_bars;
pub use format::{count, millis, rate, seconds};
pub use state::App;

/// Puts the page into the document's body, over what index.html shows until then.
pub fn mount() {
    let Some(window) = web_sys::window() else { return };
    // Another page around this one could lay its own words over it.
    let is_framed = window.top().ok().flatten().is_none_or(|top| top != window);
    leptos::mount::mount_to_body(move || if is_framed { app::way_out() } else { app::app() });
    // A text that goes before the browser has counted its first frame is one that came with the program.
    request_animation_frame(|| request_animation_frame(remove_first_paint));
}

fn remove_first_paint() {
    for id in ["first-paint", "could-not-start"] {
        if let Some(element) = document().get_element_by_id(id) {
            element.remove();
        }
    }
}
