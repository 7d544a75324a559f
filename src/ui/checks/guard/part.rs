//! The split points of the dialogs.

use super::host::{RulesHost, WithheldHost};
use super::rules_dialog::RulesDialog;
use super::withheld_dialog::WithheldDialog;
use crate::ui::checks::rules::make_ready;
use crate::ui::lazy::{lazy_part, with_panel_styles};
use crate::ui::state::Slot;
use leptos::prelude::*;
use leptos::task::spawn_local;

lazy_part!(
    /// Opens the rules in that place.
    extras,
    pub fn open_rules(place: Slot, host: RulesHost) = show_rules
);

lazy_part!(
    /// Opens the list of what was withheld of an answer in that place.
    extras,
    pub fn open_withheld(place: Slot, host: WithheldHost) = show_withheld
);

fn show_rules(place: Slot, host: RulesHost) {
    spawn_local(async move {
        // The dialog looks at each rule.
        make_ready(host.rules.clone()).await;
        with_panel_styles(move || {
            place.fill(move |()| view! { <RulesDialog host=host.clone() /> }.into_any());
        });
    });
}

fn show_withheld(place: Slot, host: WithheldHost) {
    with_panel_styles(move || {
        place.fill(move |()| view! { <WithheldDialog host=host.clone() /> }.into_any());
    });
}
