//! State that several components share. Each struct is a context of its own, and a few signals: copy it where it is needed.
//!
//! Nothing here draws or listens, and nothing here knows a component.

mod connection;
mod conversation;
mod draft;
mod keys_list;
mod loader;
mod model_menu;
mod run;
mod scroll;
mod settings_sheet;
pub mod slot;
mod turn_signals;

pub use connection::{Connection, KeyRecord, SettingsSource};
pub use conversation::{ConversationState, ConversationStore, ProtocolOf, TurnKey};
pub use draft::Draft;
pub use keys_list::KeysList;
pub use loader::{LoadState, Loader};
pub use model_menu::ModelMenu;
pub use run::Run;
pub use scroll::{Reading, Scroll};
pub use settings_sheet::{Opened, SettingsSheet};
pub use slot::Slot;
pub use turn_signals::{TurnSignals, Waiting, has_reasoning, waiting};
