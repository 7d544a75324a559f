//! Shared state lies in structs of a few signals each, which most code copies. Components get them by context, from
//! [`Chat`](super::chat::Chat), which bundles them.
//!
//! Nothing here draws or listens, and nothing here knows a component.

mod checking;
mod connection;
mod conversation;
mod draft;
mod draw_text;
mod history;
mod keys_list;
mod loader;
mod model_menu;
mod run;
mod scroll;
mod servers;
mod settings_sheet;
pub mod slot;
mod turn_signals;
mod watch;

pub use checking::{Checking, Making, Structuring};
pub use connection::{Connection, SettingsSource};
pub use conversation::{ConversationState, ConversationStore, TurnKey, Wire, Wish};
pub use draft::Draft;
pub use draw_text::{DrawText, MakeText, TextHands, TextPlace, Work};
pub use history::HistoryState;
pub use keys_list::KeysList;
pub use loader::{LoadState, Loader};
pub use model_menu::ModelMenu;
pub use run::Run;
pub use scroll::{Reading, Scroll};
pub use servers::{RemovedServer, Servers};
pub use settings_sheet::{Opened, SettingsSheet};
pub use slot::Slot;
pub use turn_signals::{TurnSignals, Waiting, has_reasoning, waiting};
pub use watch::WatchPanel;

use leptos::prelude::*;

/// Sets a signal where the value is another one, so that nothing is drawn again for nothing.
pub fn set_if_new<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
}
