//! The settings: a sheet at the side of the page, and how they are kept.

mod field;
mod keep;
mod panel;
mod texts;

pub(super) use keep::{change, load_models, own_key, restore};
pub(super) use panel::{open_settings, panel};
