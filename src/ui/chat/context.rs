//! [`Chat`] bundles the state that a conversation needs, as one value for components, listeners and async code.

use crate::ui::state::{
    Connection, ConversationState, Draft, HistoryState, KeysList, Loader, ModelMenu, Scroll, SettingsSheet,
    Slot, WatchPanel,
};
use leptos::prelude::*;

/// Bundles the state that a conversation needs. What a person can do with it is in `actions`.
#[derive(Clone, Copy, Debug)]
pub struct Chat {
    /// The server and model that are asked.
    pub connection: Connection,
    /// The turns on show.
    pub conversation: ConversationState,
    /// The question that is being typed.
    pub draft: Draft,
    /// The transcript's scroll position.
    pub scroll: Scroll,
    /// The loader of lazy parts.
    pub loader: Loader,
    /// The settings sheet.
    pub sheet: SettingsSheet,
    /// The list of keys.
    pub keys: KeysList,
    /// The history of conversations.
    pub history: HistoryState,
    /// The menu of models.
    pub models: ModelMenu,
    /// The dialog in which a stream is watched.
    pub watch: WatchPanel,
    /// The place of the turns, which the part `chat` brings.
    pub turns: Slot,
}

impl Chat {
    /// Creates the state of a page that has just been opened, and provides it as contexts.
    #[must_use]
    pub fn provide() -> Chat {
        let (connection, loader, scroll) = (Connection::default(), Loader::default(), Scroll::default());
        let draft = Draft::new(scroll);
        let sheet = SettingsSheet::new(connection, loader);
        let chat = Chat {
            connection,
            conversation: ConversationState::default(),
            draft,
            scroll,
            loader,
            sheet,
            keys: KeysList::new(loader),
            history: HistoryState::new(loader),
            models: ModelMenu::new(sheet, draft),
            watch: WatchPanel::new(loader),
            turns: Slot::default(),
        };
        provide_context(chat);
        provide_context(chat.connection);
        provide_context(chat.sheet);
        provide_context(chat.keys);
        provide_context(chat.models);
        chat
    }
}
