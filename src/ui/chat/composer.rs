//! Where questions are typed. Its text lives in the element, not in a signal.

use crate::engine::markdown::without_hidden;
use crate::ui::el::{El, button, el};
use crate::ui::later::Wish;
use crate::ui::parts::{Icon, icon};
use crate::ui::state::App;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};

/// What browsers report for keys that an input method takes for itself.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

pub(in crate::ui) fn composer(app: App) -> El {
    let field = el("textarea", "")
        .attrs(&[
            ("data-testid", "composer"),
            ("rows", "1"),
            ("dir", "auto"),
            ("aria-label", "Message"),
            ("placeholder", "Ask anything"),
            ("enterkeyhint", "send"),
        ])
        .on("input", move |_| app.composer_changed())
        .on("keydown", move |event| {
            let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
            let is_composing = key.is_composing() || key.key_code() == TAKEN_BY_INPUT_METHOD;
            if key.key() == "Enter" && !key.shift_key() && !is_composing {
                event.prevent_default();
                app.send();
            }
        });
    app.with(|core| core.composer = field.as_a());
    let stop = [("data-testid", "stop"), ("aria-label", "Stop"), ("title", "Stop (Esc)")];
    let send = [("data-testid", "send"), ("aria-label", "Send"), ("title", "Send (Enter)")];
    let button = move || {
        Some(if app.is_running.get() {
            button("send stop", &stop, move || app.wish(Wish::Stop)).child(icon(Icon::Stop))
        } else {
            button("send", &send, move || app.send())
                .live_flag("disabled", move || app.is_blank.get())
                .child(icon(Icon::Send))
        })
    };
    el("footer", "dock")
        .live_child(move || hidden(app, app.hidden.get()))
        .child(el("div", "composer").child(field).live_child(button))
}

/// What somebody pasted may ask for things that only the model reads.
fn hidden(app: App, count: usize) -> Option<El> {
    let words = match count {
        0 => return None,
        1 => "This text holds a character that cannot be seen. The model would read it.".to_owned(),
        _ => format!("This text holds {count} characters that cannot be seen. The model would read them."),
    };
    let remove = button("button quiet", &[("data-testid", "remove-hidden")], move || {
        let Some(field) = app.composer_field() else { return };
        if let Some((text, _)) = without_hidden(&field.value()) {
            app.fill_composer(&field, &text);
            let _ = field.focus();
        }
    });
    let names = [("role", "status"), ("data-testid", "hidden")];
    Some(el("p", "hidden-note").attrs(&names).text(&words).child(remove.text("Remove")))
}

impl App {
    /// Sends what the composer holds, which is emptied if it could be sent.
    fn send(self) {
        let Some(field) = self.composer_field() else { return };
        let text = field.value();
        if !text.trim().is_empty() && !self.is_running.get_untracked() {
            self.wish(Wish::Ask(text.trim().to_owned()));
        }
    }

    /// Empties the composer, unless the person typed something else meanwhile.
    pub(in crate::ui) fn empty_composer(self, sent: &str) {
        if let Some(field) = self.composer_field().filter(|field| field.value().trim() == sent) {
            self.fill_composer(&field, "");
        }
    }

    /// Sends a question, by way of the composer if nothing is in that.
    pub(in crate::ui) fn suggest(self, question: &str) {
        if let Some(field) = self.composer_field() {
            if field.value().trim().is_empty() {
                self.fill_composer(&field, question);
            }
            // A draft stays where it is.
            self.wish(Wish::Ask(question.to_owned()));
        }
    }

    fn fill_composer(self, field: &HtmlTextAreaElement, text: &str) {
        field.set_value(text);
        self.composer_changed();
    }

    fn composer_field(self) -> Option<HtmlTextAreaElement> {
        self.with(|core| core.composer.clone())
    }

    /// Fits the composer to its text: its height follows, up to a limit the style sheet sets.
    pub(in crate::ui) fn composer_changed(self) {
        let Some(field) = self.composer_field() else { return };
        let text = field.value();
        let hidden = without_hidden(&text).map_or(0, |(_, hidden)| hidden);
        if self.hidden.get_untracked() != hidden {
            self.hidden.set(hidden);
        }
        let is_blank = text.trim().is_empty();
        if self.is_blank.get_untracked() != is_blank {
            self.is_blank.set(is_blank);
        }
        let style = web_sys::HtmlElement::style(&field);
        let _ = style.set_property("height", "auto");
        let _ = style.set_property("height", &format!("{}px", field.scroll_height()));
        // What it takes is taken from the transcript.
        self.follow();
    }
}
