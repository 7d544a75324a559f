//! Where questions are typed. Its text lives in the element, not in a signal; a very long one that was pasted lives beside
//! it, since browsers lay out all of what a field holds with each key.

use crate::engine::markdown::without_hidden;
use crate::ui::components::{Icon, icon};
use crate::ui::el::{El, button, el};
use crate::ui::format::count;
use crate::ui::lazy::Action;
use crate::ui::state::App;
use js_sys::{JsString, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlTextAreaElement, InputEvent, KeyboardEvent};

/// What browsers report for keys that an input method takes for itself.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

/// More UTF-16 units than that in the field would make each key slow: text that is pasted beyond it stands aside.
const MOST_IN_FIELD: u32 = 64 << 10;

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
        .on("beforeinput", move |event| {
            if let Some(text) = event.dyn_ref().and_then(|event| app.too_long(event)) {
                event.prevent_default();
                app.take_aside(&text);
            }
        })
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
            button("send stop", &stop, move || app.stop()).child(icon(Icon::Stop))
        } else {
            button("send", &send, move || app.send())
                .live_flag("disabled", move || app.is_blank.get())
                .child(icon(Icon::Send))
        })
    };
    el("footer", "dock")
        .live_child(move || aside(app, app.aside.get()))
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
        let aside = app.with(|core| core.aside.clone());
        if let Some((text, _)) = without_hidden(&aside) {
            app.set_aside(text);
        }
        if let Some((text, _)) = without_hidden(&field.value()) {
            app.fill_composer(&field, &text);
        }
        let _ = field.focus();
    });
    let names = [("role", "status"), ("data-testid", "hidden")];
    Some(el("p", "hidden-note").attrs(&names).text(&words).child(remove.text("Remove")))
}

/// That a long text stands behind what is typed.
fn aside(app: App, characters: usize) -> Option<El> {
    if characters == 0 {
        return None;
    }
    let words =
        format!("A text of {} characters is sent behind what you type here.", count(characters as u64));
    let remove = button("button quiet", &[("data-testid", "remove-aside")], move || {
        app.set_aside(String::new());
        app.focus_composer();
    });
    let names = [("role", "status"), ("data-testid", "aside")];
    Some(el("p", "hidden-note aside").attrs(&names).text(&words).child(remove.text("Remove")))
}

impl App {
    /// Sends what the composer holds, which is emptied if it could be sent.
    fn send(self) {
        let text = self.draft();
        if !text.is_empty() && !self.is_running.get_untracked() {
            self.dispatch(Action::Ask(text));
        }
    }

    /// What was typed, and behind it what stands aside.
    fn draft(self) -> String {
        let typed = self.composer_field().map(|field| field.value()).unwrap_or_default();
        self.with(|core| match (typed.trim(), core.aside.trim()) {
            (typed, "") => typed.to_owned(),
            ("", aside) => aside.to_owned(),
            (typed, aside) => format!("{typed}\n\n{aside}"),
        })
    }

    /// What is about to be put into the field, if the field would hold more than it can be quick with.
    fn too_long(self, event: &InputEvent) -> Option<String> {
        // Its length first: it may be millions of characters.
        let text = Reflect::get(event, &"data".into()).ok()?.dyn_into::<JsString>().ok()?;
        let held = self.composer_field()?.text_length();
        (MOST_IN_FIELD < text.length().saturating_add(held)).then(|| event.data()).flatten()
    }

    /// Puts a text behind what stands aside.
    fn take_aside(self, text: &str) {
        let mut aside = self.with(|core| core.aside.clone());
        if !aside.is_empty() {
            aside.push_str("\n\n");
        }
        aside.push_str(text);
        self.set_aside(aside);
    }

    fn set_aside(self, text: String) {
        self.aside.set(text.chars().count());
        self.with(|core| core.aside = text);
        self.composer_changed();
    }

    /// Empties the composer, unless the person typed something else meanwhile.
    pub(in crate::ui) fn empty_composer(self, sent: &str) {
        if let Some(field) = self.composer_field().filter(|_| self.draft() == sent) {
            self.set_aside(String::new());
            self.fill_composer(&field, "");
        }
    }

    /// Sends a question, by way of the composer if nothing is in that.
    pub(in crate::ui) fn suggest(self, question: &str) {
        if let Some(field) = self.composer_field() {
            if self.draft().is_empty() {
                self.fill_composer(&field, question);
            }
            // A draft stays where it is.
            self.dispatch(Action::Ask(question.to_owned()));
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
        let hidden_in = |text: &str| without_hidden(text).map_or(0, |(_, hidden)| hidden);
        let (hidden, has_aside) = self.with(|core| {
            let aside = core.aside.as_str();
            (hidden_in(&text) + hidden_in(aside), !aside.trim().is_empty())
        });
        if self.hidden.get_untracked() != hidden {
            self.hidden.set(hidden);
        }
        let is_blank = text.trim().is_empty() && !has_aside;
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
