//! [`SettingsSheet`]: the settings sheet as other parts see it.

use super::connection::Connection;
use super::loader::Loader;
use super::slot::Slot;
use crate::engine::settings::Field;
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
    /// Which server and model are asked.
    pub connection: Connection,
    /// The parts that somebody waits for.
    pub loader: Loader,
}

impl SettingsSheet {
    /// A sheet that was not opened yet.
    #[must_use]
    pub fn new(connection: Connection, loader: Loader) -> SettingsSheet {
        SettingsSheet { slot: Slot::default(), opened: RwSignal::new(None), connection, loader }
    }
}
