//! [`SettingsSheet`]: opens the settings, whose part is fetched with the first time.

use super::dialog::SettingsDialog;
use crate::engine::settings::{Field, Problem};
use crate::ui::lazy::{apply_waiting_styles, lazy_part};
use crate::ui::state::{Connection, Loader, Slot};
use leptos::prelude::*;

/// How the sheet was opened last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The field that the keyboard goes to; `None` for the first.
    pub field: Option<Field>,
}

/// The settings sheet as other parts see it.
#[derive(Clone, Copy, Debug)]
pub struct SettingsSheet {
    /// The place of the dialog, which the part `settings` brings.
    pub slot: Slot,
    /// How it was opened last.
    pub opened: RwSignal<Option<Opened>>,
    connection: Connection,
    loader: Loader,
}

lazy_part!(
    /// Opens the sheet, at the field with the problem if there is one.
    settings,
    fn open_settings(sheet: SettingsSheet, problem: Option<Problem>) = open
);

fn open(sheet: SettingsSheet, problem: Option<Problem>) {
    apply_waiting_styles();
    let field = problem.as_ref().map(|problem| problem.field);
    sheet.connection.problem.set(problem);
    sheet.opened.set(Some(Opened { field }));
    if !sheet.slot.is_filled() {
        sheet.slot.fill(|| view! { <SettingsDialog /> }.into_any());
    }
}

impl SettingsSheet {
    /// A sheet that was not opened yet.
    #[must_use]
    pub fn new(connection: Connection, loader: Loader) -> SettingsSheet {
        SettingsSheet { slot: Slot::default(), opened: RwSignal::new(None), connection, loader }
    }

    /// Opens the sheet once its part has loaded, at the field with the problem if there is one.
    pub fn show(self, problem: Option<Problem>) {
        self.loader.load(open_settings(self, problem));
    }
}
