//! Opens the race, whose part is fetched the first time.

use super::dialog::RaceDialog;
use super::races::{Opening, Races};
use crate::ui::chat::build_on_chat;
use crate::ui::lazy::{lazy_part, with_panel_styles};
use leptos::prelude::*;

lazy_part!(
    /// Shows the dialog of a race.
    extras,
    fn open_race(races: Races) = open
);

fn open(races: Races) {
    build_on_chat();
    with_panel_styles(move || {
        if !races.slot.is_filled() {
            races.slot.fill(move |()| view! { <RaceDialog races=races /> }.into_any());
        }
    });
}

impl Races {
    /// Opens the dialog once its part has loaded.
    pub fn open(self, opening: Opening) {
        self.opening.set_value(Some(opening));
        self.loader.load(open_race(self));
    }
}
