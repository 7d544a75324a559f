//! The UI layer renders the page with Leptos.
//!
//! [`mount`] puts the page into the document. Signals hold ids, states and counters; the text of an answer never enters the
//! reactive graph: `chat::render_loop` takes it from the engine to bare elements, once an animation frame.

pub mod app;
pub mod chat;
pub mod checks;
pub mod components;
pub mod compose;
mod export;
pub mod header;
pub mod history;
mod lazy;
pub mod notices;
pub mod race;
pub mod settings;
pub mod state;
mod typeset;
pub mod watch;

use leptos::prelude::*;

use app::{App, FramedNotice};

/// Mounts the page in the document's body, over what index.html shows until then.
pub fn mount() {
    let Some(window) = web_sys::window() else { return };
    // Another page around this one could lay its own words over it.
    let is_framed = window.top().ok().flatten().is_none_or(|top| top != window);
    if is_framed {
        leptos::mount::mount_to_body(|| view! { <FramedNotice /> });
    } else {
        leptos::mount::mount_to_body(|| view! { <App /> });
    }
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
