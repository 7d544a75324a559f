//! Where questions are typed. Its text lives in the element, not in a signal.

use crate::ui::parts::{Icon, icon};
use crate::ui::state::App;
use leptos::ev::KeyboardEvent;
use leptos::html::Textarea;
use leptos::prelude::*;
use web_sys::HtmlTextAreaElement;

/// What browsers report for keys that an input method takes for itself.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

pub(in crate::ui) fn composer(app: App) -> impl IntoView {
    let field = NodeRef::<Textarea>::new();
    field.on_load(move |element| {
        let _ = element.focus();
        app.with(|core| core.composer = Some(element));
    });
    let on_key = move |event: KeyboardEvent| {
        let is_composing = event.is_composing() || event.key_code() == TAKEN_BY_INPUT_METHOD;
        if event.key() == "Enter" && !event.shift_key() && !is_composing {
            event.prevent_default();
            app.send();
        }
    };
    let button = move || {
        if app.is_running.get() {
            view! {
                <button type="button" class="send stop" data-testid="stop" aria-label="Stop" title="Stop (Esc)"
                    on:click=move |_| app.stop()>{icon(Icon::Stop)}</button>
            }
            .into_any()
        } else {
            view! {
                <button type="button" class="send" data-testid="send" aria-label="Send" title="Send (Enter)"
                    disabled=move || app.is_blank.get() on:click=move |_| app.send()>{icon(Icon::Send)}</button>
            }
            .into_any()
        }
    };
    view! {
        <footer class="dock">
            <div class="composer">
                <textarea node_ref=field data-testid="composer" rows="1" aria-label="Message"
                    placeholder="Ask anything" enterkeyhint="send" on:keydown=on_key
                    on:input=move |_| app.composer_changed()></textarea>
                {button}
            </div>
        </footer>
    }
}

impl App {
    /// Sends what the composer holds and empties it, if it could be sent.
    fn send(self) {
        let Some(field) = self.composer_field() else { return };
        let text = field.value();
        if self.ask(text.trim()) {
            self.empty_composer(text.trim());
            let _ = field.focus();
        }
    }

    /// Empties the composer, unless the person typed something else meanwhile.
    pub(in crate::ui) fn empty_composer(self, sent: &str) {
        if let Some(field) = self.composer_field().filter(|field| field.value().trim() == sent) {
            self.fill_composer(&field, "");
        }
    }

    /// Puts a question into the composer and sends it, if that can be.
    pub(in crate::ui) fn suggest(self, question: &str) {
        if let Some(field) = self.composer_field() {
            self.fill_composer(&field, question);
            self.send();
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
    fn composer_changed(self) {
        let Some(field) = self.composer_field() else { return };
        let is_blank = field.value().trim().is_empty();
        if self.is_blank.get_untracked() != is_blank {
            self.is_blank.set(is_blank);
        }
        let style = web_sys::HtmlElement::style(&field);
        let _ = style.set_property("height", "auto");
        let _ = style.set_property("height", &format!("{}px", field.scroll_height()));
    }
}
