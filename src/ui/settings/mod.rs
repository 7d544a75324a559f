//! The settings: a sheet at the side of the page, and how they are kept.

mod field;
mod keep;
mod models;
mod panel;
mod part;
mod texts;

pub(super) use keep::{change, own_key, restore};
pub(super) use models::load_models;
pub(super) use part::open_settings;
