//! [`SchemaForm`] holds what is typed of a schema, and checks it a moment behind the last key.

use super::panel::{SchemaOpening, TypedSchema};
use crate::browser::timer::sleep;
use crate::engine::checks::SchemaChoice;
use crate::engine::messages::structured_page as words;
use crate::engine::structured::Schema;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// Time behind the last key after which the text is checked.
const PAUSE: Duration = Duration::from_millis(300);

/// Holds what is typed of a schema.
#[derive(Clone, Copy, Debug)]
pub struct SchemaForm {
    /// The schema's text.
    pub text: RwSignal<String>,
    /// Why it cannot be used.
    pub problem: RwSignal<Option<String>>,
    /// Whether it was checked as it is, and can be used.
    pub is_good: RwSignal<bool>,
    /// Whether nothing is shown until the whole is valid.
    pub is_held: RwSignal<bool>,
    /// Whether the first wrong value ends the answer.
    pub stops_early: RwSignal<bool>,
    /// The JSON that a schema is to be made of.
    pub example: RwSignal<String>,
    /// Why no schema can be made of that.
    pub example_problem: RwSignal<Option<String>>,
    /// The text that stood there before a schema was made.
    pub former: RwSignal<Option<String>>,
    /// How often the text has changed.
    changes: StoredValue<u32>,
}

impl SchemaForm {
    /// Creates the form: with what was typed and not taken, if that was for the same conversation and schema, or else with the
    /// schema that the conversation has.
    #[must_use]
    pub fn new(opening: &SchemaOpening, typed: Option<TypedSchema>) -> SchemaForm {
        let is_same = |typed: &TypedSchema| typed.chat == opening.chat && typed.from == opening.choice;
        let typed = typed.filter(is_same).unwrap_or_else(|| TypedSchema {
            choice: opening.choice.clone().unwrap_or_default(),
            ..TypedSchema::default()
        });
        let form = SchemaForm {
            text: RwSignal::new(typed.choice.text),
            problem: RwSignal::new(None),
            is_good: RwSignal::new(false),
            is_held: RwSignal::new(typed.choice.is_held),
            stops_early: RwSignal::new(typed.choice.stops_early),
            example: RwSignal::new(typed.example),
            example_problem: RwSignal::new(None),
            former: RwSignal::new(None),
            changes: StoredValue::new(0),
        };
        form.check();
        form
    }

    /// Takes what is typed, and checks it when nothing more is typed for a moment.
    pub fn type_text(self, text: String) {
        self.text.set(text);
        self.is_good.set(false);
        self.former.set(None);
        self.changes.update_value(|changes| *changes += 1);
        let change = self.changes.get_value();
        spawn_local(async move {
            sleep(PAUSE).await;
            if self.changes.try_get_value() == Some(change) {
                self.check();
            }
        });
    }

    /// Puts a text into the field that nobody typed.
    pub fn put(self, text: String) {
        self.text.set(text);
        self.check();
    }

    /// Makes a schema of the JSON beside it, and keeps what stood in the field.
    pub fn make_from_example(self) {
        match self.example.with_untracked(|example| Schema::from_example(example)) {
            Ok(schema) => {
                let former = self.text.get_untracked();
                self.put(schema);
                self.example_problem.set(None);
                self.former.set(Some(former).filter(|former| !former.trim().is_empty()));
            }
            Err(problem) => self.example_problem.set(Some(problem.in_words())),
        }
    }

    /// Puts back what stood in the field before a schema was made.
    pub fn put_back(self) {
        if let Some(former) = self.former.get_untracked() {
            self.former.set(None);
            self.put(former);
        }
    }

    /// Checks the text. Returns the choice if the schema can be used.
    pub fn check(self) -> Option<SchemaChoice> {
        let text = self.text.get_untracked();
        if text.trim().is_empty() {
            self.problem.set(None);
            self.is_good.set(false);
            return None;
        }
        let outcome = Schema::parse(&text);
        self.problem.set(outcome.as_ref().err().map(|problem| problem.in_words()));
        self.is_good.set(outcome.is_ok());
        outcome.ok().map(|_| self.choice(text))
    }

    /// Returns what stands in the form, to be there again.
    #[must_use]
    pub fn typed(self, opening: &SchemaOpening) -> TypedSchema {
        TypedSchema {
            chat: opening.chat,
            from: opening.choice.clone(),
            choice: self.choice(self.text.get_untracked()),
            example: self.example.get_untracked(),
        }
    }

    /// Returns what is said below the field.
    #[must_use]
    pub fn hint(self) -> &'static str {
        match (self.text.with(|text| text.trim().is_empty()), self.is_good.get()) {
            (true, _) => words::SCHEMA_EMPTY,
            (false, true) => words::SCHEMA_GOOD,
            // It was not checked yet.
            (false, false) => "",
        }
    }

    fn choice(self, text: String) -> SchemaChoice {
        SchemaChoice {
            text,
            is_held: self.is_held.get_untracked(),
            stops_early: self.stops_early.get_untracked(),
        }
    }
}
