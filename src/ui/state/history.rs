//! [`HistoryState`] lets the rest of the page show the history of conversations.

use super::loader::Loader;
use super::slot::Slot;
use leptos::prelude::*;

/// Holds the state of the history of conversations, which the part `settings` brings.
#[derive(Clone, Copy, Debug)]
pub struct HistoryState {
    /// The place of the side bar, and of all that goes with it.
    pub slot: Slot,
    /// Whether the side bar is shown.
    pub is_open: RwSignal<bool>,
    /// Whether a conversation is being opened, so that the page does not look like an empty one meanwhile.
    pub is_opening: RwSignal<bool>,
    /// The loader of its part.
    pub loader: Loader,
}

impl HistoryState {
    /// What stands before a conversation's id in the fragment of the page's address.
    pub const FRAGMENT: &str = "#c=";
    /// The record of whether the side bar is shown.
    pub const RECORD: &str = "tokenfall.sidebar";

    /// The query of a window in which the side bar stands beside the conversation.
    pub const WIDE: &str = "(min-width: 60rem)";

    /// Returns whether the side bar stands beside the conversation now.
    #[must_use]
    pub fn is_wide() -> bool {
        window().match_media(Self::WIDE).ok().flatten().is_none_or(|query| query.matches())
    }

    /// Creates a history that was not opened yet.
    #[must_use]
    pub fn new(loader: Loader) -> HistoryState {
        HistoryState {
            slot: Slot::default(),
            is_open: RwSignal::new(false),
            is_opening: RwSignal::new(false),
            loader,
        }
    }
}
