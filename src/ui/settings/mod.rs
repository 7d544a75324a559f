//! The settings are changed in a sheet at the side of the page, and kept in the browser's storage.

pub mod browser_model;
pub mod dialog;
pub mod keys;
pub mod model_menu;
mod models;
pub mod notify_switch;
mod other_tabs;
pub mod own_events;
mod persistence;
mod profile_keys;
mod profiles;
mod recent;
pub mod rules_button;
pub mod server_fields;
mod sheet;
mod switching;
pub mod text_fields;
mod validation;
