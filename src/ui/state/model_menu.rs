//! [`ModelMenu`]: the menu of models as other parts see it.

use super::draft::Draft;
use super::settings_sheet::SettingsSheet;
use super::slot::Slot;

/// The menu of models as other parts see it.
#[derive(Clone, Copy, Debug)]
pub struct ModelMenu {
    /// The place of the menu, which the part `settings` brings.
    pub slot: Slot,
    /// The sheet with all settings, where a server is chosen.
    pub sheet: SettingsSheet,
    /// The question that the keyboard goes back to once a model was chosen.
    pub draft: Draft,
}

impl ModelMenu {
    /// The id of the menu's element: the button that names it opens and closes it without the program.
    pub const ID: &str = "model-menu";

    /// Makes the state of a menu that was not opened yet.
    #[must_use]
    pub fn new(sheet: SettingsSheet, draft: Draft) -> ModelMenu {
        ModelMenu { slot: Slot::default(), sheet, draft }
    }
}
