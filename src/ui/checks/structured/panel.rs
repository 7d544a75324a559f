//! [`SchemaPanel`] keeps the place of the dialog in which a schema is set, and what it is opened for.

use crate::engine::checks::SchemaChoice;
use crate::engine::wire::Dialect;
use crate::ui::state::{Loader, Slot};
use leptos::prelude::*;

/// What the dialog is opened for.
#[derive(Clone, Debug)]
pub struct SchemaOpening {
    /// The number of the conversation on show.
    pub chat: u32,
    /// The schema that it has.
    pub choice: Option<SchemaChoice>,
    /// The protocol of the server that will be asked.
    pub dialect: Dialect,
    /// Takes another schema; `None` for none any more.
    pub take: Callback<Option<SchemaChoice>>,
    /// Called when the dialog was closed.
    pub closed: Callback<()>,
}

/// What was typed in a dialog that was closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedSchema {
    /// The number of the conversation that it was typed for.
    pub chat: u32,
    /// The schema that the conversation had.
    pub from: Option<SchemaChoice>,
    /// The schema and its switches as they were left.
    pub choice: SchemaChoice,
    /// The JSON that a schema was to be made of.
    pub example: String,
}

/// Lets the page open the dialog.
#[derive(Clone, Copy, Debug)]
pub struct SchemaPanel {
    /// The place of the dialog.
    pub slot: Slot,
    /// What it was opened for last.
    pub opening: StoredValue<Option<SchemaOpening>>,
    /// What was typed last and not taken.
    pub typed: StoredValue<Option<TypedSchema>>,
    /// The loader of its part.
    pub loader: Loader,
}

impl SchemaPanel {
    /// Creates the state of a page in which the dialog is closed.
    #[must_use]
    pub fn new(loader: Loader) -> SchemaPanel {
        SchemaPanel {
            slot: Slot::default(),
            opening: StoredValue::new(None),
            typed: StoredValue::new(None),
            loader,
        }
    }

    /// Lets go of a dialog that was closed.
    pub fn closed(self) {
        self.slot.clear();
        let opening = self.opening.try_update_value(Option::take).flatten();
        if let Some(opening) = opening {
            opening.closed.run(());
        }
    }
}
