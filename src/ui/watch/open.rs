//! Opens the dialog, whose part is fetched the first time.

use super::dialog::WatchDialog;
use crate::ui::lazy::{lazy_part, with_panel_styles};
use crate::ui::state::WatchPanel;
use leptos::prelude::*;

lazy_part!(
    /// Opens the dialog in which a stream is watched.
    extras,
    fn open_watch(panel: WatchPanel) = open
);

fn open(panel: WatchPanel) {
    with_panel_styles(move || {
        panel.is_open.set(true);
        if !panel.slot.is_filled() {
            panel.slot.fill(move |()| view! { <WatchDialog is_open=panel.is_open /> }.into_any());
        }
    });
}

impl WatchPanel {
    /// Opens the dialog once its part has loaded.
    pub fn show(self) {
        self.loader.load(open_watch(self));
    }
}
