//! The settings: a sheet at the side of the page, and how they are kept.

pub mod dialog;
mod models;
mod persistence;
mod sheet;
pub mod text_fields;
mod validation;
