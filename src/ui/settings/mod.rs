//! The settings: a sheet at the side of the page, and how they are kept.

pub mod dialog;
mod models;
mod part;
mod persistence;
pub mod text_fields;
mod validation;

pub(super) use models::load_models;
pub(super) use part::open_settings;
pub(super) use persistence::{change, own_key, restore};
