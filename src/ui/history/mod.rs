//! The history keeps conversations beyond the life of the tab, lists them, and opens them again.

mod address;
mod entry;
mod following;
mod hands;
mod keeper;
pub mod list;
mod part;
mod restore;
mod saving;
mod settings_copy;
pub mod sidebar;
pub mod standing;
mod tabs;
pub mod turn_tools;
pub mod undo;
pub mod versions;

pub use hands::Standing;
pub use keeper::Keeper;
