//! [`WatchPanel`]: the dialog in which a stream is watched, as other parts see it.

use super::loader::Loader;
use super::slot::Slot;
use leptos::prelude::*;

/// The dialog in which a stream is watched, as other parts see it.
#[derive(Clone, Copy, Debug)]
pub struct WatchPanel {
    /// The place of the dialog, which the part `extras` brings. It stays there once it is: what was typed is not lost.
    pub slot: Slot,
    /// Whether the dialog is open.
    pub is_open: RwSignal<bool>,
    /// The parts that somebody waits for.
    pub loader: Loader,
}

impl WatchPanel {
    /// Makes the state of a dialog that is not shown.
    #[must_use]
    pub fn new(loader: Loader) -> WatchPanel {
        WatchPanel { slot: Slot::default(), is_open: RwSignal::new(false), loader }
    }
}
