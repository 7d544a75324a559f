//! Exports give a person what is shown: a selection as Markdown and rich text, a table as CSV, code as a file. And a
//! prompt asks before a doubtful link is followed.
//!
//! It is a lazy part of the page (`ui::export`), and knows of the page only the nodes that
//! [`DomSink`](super::dom::DomSink) makes.

mod copy;
mod csv;
mod download;
mod escape;
mod html_writer;
mod link_prompt;
mod markdown_writer;
mod selection;

pub use copy::{Clip, clip};
pub use download::extension;

use crate::browser::clipboard;
use crate::browser::dom::{CodeBlock, table_of};
use std::sync::Once;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{ClipboardEvent, Document, Element, Event};

/// Serves copies and answers about links from now on, for the life of the page. Later calls do nothing.
pub fn serve() {
    static SERVED: Once = Once::new();
    SERVED.call_once(|| {
        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
        listen(&document, "copy", copy);
        listen(&document, "click", link_prompt::answered);
    });
}

/// Writes what a button over a table copies; `None` for other buttons.
#[must_use]
pub fn text_of(button: &Element) -> Option<String> {
    let table = || table_of(button);
    match button.get_attribute("data-take")?.as_str() {
        "csv" => Some(csv::of(&table()?)),
        "markdown" => Some(markdown_writer::element(&table()?)),
        _ => None,
    }
}

/// Gives the clipboard what is selected of rendered text. Other copies are left to the browser.
fn copy(event: &Event) {
    let selection = web_sys::window().and_then(|window| window.get_selection().ok().flatten());
    let range =
        selection.filter(|selection| !selection.is_collapsed()).and_then(|it| it.get_range_at(0).ok());
    let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
    if let (Some(clip), Some(data)) = (range.as_ref().and_then(clip), data)
        && data.set_data("text/plain", &clip.plain).is_ok()
        && data.set_data("text/html", &clip.html).is_ok()
    {
        event.prevent_default();
    }
}

/// Does what `button` was pressed for; where it is a link, asks whether to follow it.
pub fn press(button: &Element) {
    if let Some(link) = button.dyn_ref() {
        return drop(link_prompt::ask(link));
    }
    let Some(text) = text_of(button) else { return save(button) };
    let button = button.clone();
    spawn_local(async move { clipboard::put_for(&button, &text).await });
}

fn save(button: &Element) {
    let Some(CodeBlock { language, code }) = CodeBlock::around(button) else { return };
    if let Some(text) = code.text_content() {
        drop(download::save(&format!("code.{}", extension(&language)), &text));
    }
}

/// Listens for as long as there is the page: what is fetched later has no earlier end.
fn listen(document: &Document, event: &str, act: fn(&Event)) {
    let act = Closure::<dyn FnMut(Event)>::new(move |event: Event| act(&event));
    drop(document.add_event_listener_with_callback(event, act.as_ref().unchecked_ref()));
    act.forget();
}
