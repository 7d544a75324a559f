//! Opens the dialog in which a schema is set.

use super::dialog::SchemaDialog;
use super::panel::{SchemaOpening, SchemaPanel};
use crate::ui::chat::build_on_chat;
use crate::ui::checks::schema::warm_up;
use crate::ui::lazy::{lazy_part, with_panel_styles};
use leptos::prelude::*;
use leptos::task::spawn_local;

lazy_part!(
    /// Shows the dialog in which a schema is set.
    schema,
    fn open_schema(panel: SchemaPanel) = open
);

fn open(panel: SchemaPanel) {
    build_on_chat();
    spawn_local(async move {
        // The dialog looks at the schema that is set.
        warm_up().await;
        with_panel_styles(move || {
            if !panel.slot.is_filled() {
                panel.slot.fill(move |()| view! { <SchemaDialog panel=panel /> }.into_any());
            }
        });
    });
}

impl SchemaPanel {
    /// Opens the dialog once its part has loaded.
    pub fn open(self, opening: SchemaOpening) {
        self.opening.set_value(Some(opening));
        self.loader.load(open_schema(self));
    }
}
