//! Opens the settings sheet, whose part is fetched the first time.

use super::dialog::SettingsDialog;
use crate::engine::settings::Problem;
use crate::ui::lazy::{lazy_part, with_panel_styles};
use crate::ui::state::{Opened, SettingsSheet};
use leptos::prelude::*;
use leptos::task::spawn_local;

lazy_part!(
    /// Opens the sheet, at the field with the problem if there is one.
    settings,
    fn open_settings(sheet: SettingsSheet, problem: Option<Problem>) = open
);

fn open(sheet: SettingsSheet, problem: Option<Problem>) {
    // Before the dialog asks for them: they live longer than it.
    sheet.connection.servers();
    spawn_local(async move {
        sheet.connection.restore().await;
        sheet.connection.take_up_servers();
    });
    let field = problem.as_ref().map(|problem| problem.field);
    sheet.connection.problem.set(problem);
    sheet.opened.set(Some(Opened { field }));
    with_panel_styles(move || {
        if !sheet.slot.is_filled() {
            sheet.slot.fill(|()| view! { <SettingsDialog /> }.into_any());
        }
    });
}

impl SettingsSheet {
    /// Opens the sheet once its part has loaded, at the field with the problem if there is one.
    pub fn show(self, problem: Option<Problem>) {
        self.loader.load(open_settings(self, problem));
    }
}
