//! [`Races`] keep the place of the dialog, and what it is opened for.

use super::host::{Answers, Host};
use super::lane_draft::LaneDraft;
use crate::engine::settings::Settings;
use crate::ui::state::{Loader, Slot};
use leptos::prelude::*;

/// What the dialog is opened for.
#[derive(Clone, Debug)]
pub enum Opening {
    /// A new race.
    New(Host),
    /// A race that was kept.
    Kept(Answers),
}

/// What was typed of a race whose dialog was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The question that it was opened with.
    pub offered: String,
    /// The settings in use at that time.
    pub in_use: Option<Settings>,
    /// The question as it was left.
    pub question: String,
    /// The lanes as they were left.
    pub lanes: Vec<LaneDraft>,
}

/// Lets the rest of the page open a race.
#[derive(Clone, Copy, Debug)]
pub struct Races {
    /// The place of the dialog.
    pub slot: Slot,
    /// What it was opened for last.
    pub opening: StoredValue<Option<Opening>, LocalStorage>,
    /// What was typed last.
    pub typed: StoredValue<Option<Typed>>,
    /// The loader of its part.
    pub loader: Loader,
}

impl Races {
    /// Creates the state of a page in which no race is open.
    #[must_use]
    pub fn new(loader: Loader) -> Races {
        Races {
            slot: Slot::default(),
            opening: StoredValue::new_local(None),
            typed: StoredValue::new(None),
            loader,
        }
    }

    /// Lets go of a dialog that was closed.
    pub fn closed(self) {
        self.slot.clear();
        self.opening.set_value(None);
    }
}
