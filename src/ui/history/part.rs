//! The history of conversations belongs to the part `settings`: no question needs it, and it is fetched when the page is idle.

use super::sidebar::History;
use crate::browser::storage;
use crate::ui::chat::{Chat, build_on_chat};
use crate::ui::lazy::{PartMissing, lazy_part, with_panel_styles};
use crate::ui::state::HistoryState;
use leptos::prelude::*;

lazy_part!(
    /// Begins to keep conversations, and shows those that were kept. The part `chat` must be there.
    settings,
    fn begin_history(chat: Chat) = begin
);

fn begin(chat: Chat) {
    build_on_chat();
    with_panel_styles(move || {
        if !chat.history.slot.is_filled() {
            chat.history.slot.fill(|()| view! { <History /> }.into_any());
        }
    });
}

impl Chat {
    /// Opens the history at once where the address names a conversation, or the side bar was open.
    pub fn open_history_in_time(self) {
        let is_named =
            window().location().hash().is_ok_and(|fragment| fragment.starts_with(HistoryState::FRAGMENT));
        self.history.is_opening.set(is_named);
        // A sheet over the page is for whoever asks for it.
        self.history.is_open.set(storage::is_kept(HistoryState::RECORD) && HistoryState::is_wide());
        if is_named || self.history.is_open.get_untracked() {
            self.open_history();
        }
    }

    /// Shows or hides the side bar.
    pub fn toggle_history(self) {
        self.history.is_open.update(|is_open| *is_open = !*is_open);
        self.open_history();
    }

    /// Fetches the parts that the history needs, and begins it.
    pub fn open_history(self) {
        if !self.history.slot.is_filled() {
            self.loader.load(async move {
                self.prepare().await?;
                self.bring_history().await
            });
        }
    }

    /// Begins the history, once its part has loaded. The part `chat` must be there.
    ///
    /// # Errors
    /// When the part could not be fetched.
    pub async fn bring_history(self) -> Result<(), PartMissing> {
        begin_history(self).await
    }
}
