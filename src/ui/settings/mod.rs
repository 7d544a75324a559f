//! The settings are changed in a sheet at the side of the page, and kept in the browser's storage.

pub mod dialog;
mod models;
mod persistence;
mod sheet;
pub mod text_fields;
mod validation;
