//! The settings are changed in a sheet at the side of the page, and kept in the browser's storage.

pub mod dialog;
pub mod keys;
pub mod model_menu;
mod models;
mod persistence;
mod recent;
mod sheet;
pub mod text_fields;
mod validation;
