//! [`Draft`] holds the question that is being typed.
//!
//! Its text lives in the field, not in a signal; a very long text that was pasted lives beside it, since browsers lay out all
//! that a field holds with each key.

use super::scroll::Scroll;
use crate::engine::markdown::without_hidden;
use leptos::html;
use leptos::prelude::*;

/// Holds the question that is being typed.
#[derive(Clone, Copy, Debug)]
pub struct Draft {
    /// The field that it is typed into.
    pub field: NodeRef<html::Textarea>,
    /// Whether there is nothing to send.
    pub is_blank: RwSignal<bool>,
    /// Number of its characters that cannot be seen.
    pub hidden: RwSignal<usize>,
    /// Number of characters in the long text, which is sent behind the field's.
    pub attached: RwSignal<usize>,
    long_text: StoredValue<String>,
    scroll: Scroll,
}

impl Draft {
    /// Creates an empty draft. `scroll` is of the transcript, which gives way when the field grows.
    #[must_use]
    pub fn new(scroll: Scroll) -> Draft {
        Draft {
            field: NodeRef::new(),
            is_blank: RwSignal::new(true),
            hidden: RwSignal::new(0),
            attached: RwSignal::new(0),
            long_text: StoredValue::default(),
            scroll,
        }
    }

    /// Moves the focus to the field.
    pub fn focus(self) {
        if let Some(field) = self.field.get_untracked() {
            let _ = field.focus();
        }
    }

    /// Returns the typed text, and behind it the long one.
    #[must_use]
    pub fn text(self) -> String {
        let typed = self.field.get_untracked().map(|field| field.value()).unwrap_or_default();
        self.long_text.with_value(|long| match (typed.trim(), long.trim()) {
            (typed, "") => typed.to_owned(),
            ("", long) => long.to_owned(),
            (typed, long) => format!("{typed}\n\n{long}"),
        })
    }

    /// Puts a text into the field.
    pub fn fill(self, text: &str) {
        if let Some(field) = self.field.get_untracked() {
            field.set_value(text);
            self.changed();
        }
    }

    /// Appends a text to the long one.
    pub fn attach(self, text: &str) {
        let mut long = self.long_text.get_value();
        if !long.is_empty() {
            long.push_str("\n\n");
        }
        long.push_str(text);
        self.set_long_text(long);
    }

    /// Removes the long text.
    pub fn detach(self) {
        self.set_long_text(String::new());
    }

    /// Removes the characters that cannot be seen.
    pub fn remove_hidden(self) {
        if let Some((text, _)) = self.long_text.with_value(|long| without_hidden(long)) {
            self.set_long_text(text);
        }
        let typed = self.field.get_untracked().map(|field| field.value()).unwrap_or_default();
        if let Some((text, _)) = without_hidden(&typed) {
            self.fill(&text);
        }
    }

    /// Empties the draft, unless the person typed something else since it was sent.
    pub fn clear(self, sent: &str) {
        if self.text() == sent {
            self.detach();
            self.fill("");
        }
    }

    /// Updates the signals and the field's height after its text has changed. The height has a limit, which the
    /// stylesheet sets.
    pub fn changed(self) {
        let Some(field) = self.field.get_untracked() else { return };
        let text = field.value();
        let hidden_in = |text: &str| without_hidden(text).map_or(0, |(_, hidden)| hidden);
        let (hidden, is_alone) =
            self.long_text.with_value(|long| (hidden_in(&text) + hidden_in(long), long.trim().is_empty()));
        set_if_new(self.hidden, hidden);
        set_if_new(self.is_blank, text.trim().is_empty() && is_alone);
        let style = web_sys::HtmlElement::style(&field);
        let _ = style.set_property("height", "auto");
        let _ = style.set_property("height", &format!("{}px", field.scroll_height()));
        // The room that it takes is the transcript's.
        self.scroll.follow();
    }

    fn set_long_text(self, text: String) {
        self.attached.set(text.chars().count());
        self.long_text.set_value(text);
        self.changed();
    }
}

fn set_if_new<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
}
