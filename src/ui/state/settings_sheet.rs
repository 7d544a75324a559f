//! [`SettingsSheet`] lets the rest of the page open the settings.

use super::connection::Connection;
use super::loader::Loader;
use super::slot::Slot;
use crate::engine::settings::Field;
use leptos::prelude::*;

/// Tells how the sheet was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The field that the keyboard goes to; `None` for the first.
    pub field: Option<Field>,
}

/// Holds the state of the settings sheet, whose dialog a lazy part brings.
#[derive(Clone, Copy, Debug)]
pub struct SettingsSheet {
    /// The place of the dialog, which the part `settings` brings.
    pub slot: Slot,
    /// How it was opened last; `None` before the first time.
    pub opened: RwSignal<Option<Opened>>,
    /// The connection whose settings it shows.
    pub connection: Connection,
    /// The loader of its part.
    pub loader: Loader,
}

impl SettingsSheet {
    /// Creates a sheet that was not opened yet.
    #[must_use]
    pub fn new(connection: Connection, loader: Loader) -> SettingsSheet {
        SettingsSheet { slot: Slot::default(), opened: RwSignal::new(None), connection, loader }
    }
}
