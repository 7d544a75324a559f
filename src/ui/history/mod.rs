//! The history keeps conversations beyond the life of the tab, lists them, and opens them again.

mod address;
mod entry;
mod export;
pub mod files;
mod followed;
mod following;
pub mod guard_note;
mod hands;
mod import;
mod keeper;
pub mod list;
mod notice;
mod part;
pub mod race;
mod restore;
mod reveal;
mod saving;
pub mod search;
mod settings_copy;
pub mod sidebar;
pub mod sought;
pub mod standing;
mod tabs;
pub mod transfer;
pub mod transfer_dialog;
pub mod turn_tools;
pub mod undo;
pub mod versions;

pub use hands::Standing;
pub use keeper::Keeper;
