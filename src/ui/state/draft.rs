//! [`Draft`] holds the question that is being typed.
//!
//! What is typed lives in the field, not in a signal. Long texts that were pasted live beside it: browsers lay out all that a
//! field holds with each key, and what is typed is to stay in view.

use super::scroll::Scroll;
use super::set_if_new;
use super::slot::Slot;
use crate::engine::chat::DraftText;
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
    /// The texts that were pasted, which are sent behind what is typed.
    pub pastes: RwSignal<Vec<String>>,
    /// The place above the field for what a lazy part shows: texts that were pasted, questions that wait.
    pub slot: Slot,
    /// Counts how often another draft took the place of this one.
    pub replaced: StoredValue<u32>,
    scroll: Scroll,
}

impl Draft {
    /// The most UTF-16 units in the field: more would make each key slow, so a text that goes beyond them stands beside it.
    pub const MOST_IN_FIELD: u32 = 64 << 10;

    /// Creates an empty draft. `scroll` is of the transcript, which gives way when the field grows.
    #[must_use]
    pub fn new(scroll: Scroll) -> Draft {
        Draft {
            field: NodeRef::new(),
            is_blank: RwSignal::new(true),
            hidden: RwSignal::new(0),
            pastes: RwSignal::default(),
            slot: Slot::default(),
            replaced: StoredValue::new(0),
            scroll,
        }
    }

    /// Moves the focus to the field.
    pub fn focus(self) {
        if let Some(field) = self.field.get_untracked() {
            let _ = field.focus();
        }
    }

    /// Returns what was typed, and what was pasted beside it.
    #[must_use]
    pub fn parts(self) -> DraftText {
        DraftText { typed: self.typed(), pastes: self.pastes.get_untracked() }
    }

    fn typed(self) -> String {
        self.field.get_untracked().map(|field| field.value()).unwrap_or_default()
    }

    /// Returns the question that is sent: the typed text, and behind it those that were pasted.
    #[must_use]
    pub fn text(self) -> String {
        self.parts().question()
    }

    /// Puts another draft in the place of this one.
    pub fn put(self, draft: DraftText) {
        self.replaced.update_value(|replaced| *replaced += 1);
        self.pastes.set(draft.pastes);
        self.fill(&draft.typed);
    }

    /// Puts a text into the field.
    pub fn fill(self, text: &str) {
        if let Some(field) = self.field.get_untracked() {
            field.set_value(text);
            self.changed();
        }
    }

    /// Puts a text that is pasted beside the field.
    pub fn attach(self, text: String) {
        self.pastes.update(|pastes| pastes.push(text));
        self.changed();
    }

    /// Removes the characters that cannot be seen.
    pub fn remove_hidden(self) {
        self.pastes.update(|pastes| {
            for paste in pastes {
                if let Some((text, _)) = without_hidden(paste) {
                    *paste = text;
                }
            }
        });
        if let Some((text, _)) = without_hidden(&self.typed()) {
            return self.fill(&text);
        }
        self.changed();
    }

    /// Empties the draft, unless the person typed something else since it was sent.
    pub fn clear(self, sent: &str) {
        if self.text() == sent {
            self.put(DraftText::default());
        }
    }

    /// Updates the signals and the field's height after its text has changed. The height has a limit, which the
    /// stylesheet sets.
    pub fn changed(self) {
        let Some(field) = self.field.get_untracked() else { return };
        let text = field.value();
        let hidden_in = |text: &str| without_hidden(text).map_or(0, |(_, hidden)| hidden);
        let (hidden, is_alone) = self.pastes.with_untracked(|pastes| {
            let hidden: usize = pastes.iter().map(|paste| hidden_in(paste)).sum();
            (hidden_in(&text) + hidden, pastes.iter().all(|paste| paste.trim().is_empty()))
        });
        set_if_new(self.hidden, hidden);
        set_if_new(self.is_blank, text.trim().is_empty() && is_alone);
        let style = web_sys::HtmlElement::style(&field);
        let _ = style.set_property("height", "auto");
        let _ = style.set_property("height", &format!("{}px", field.scroll_height()));
        // The room that it takes is the transcript's.
        self.scroll.follow();
    }
}
