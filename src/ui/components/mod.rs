//! Components that several places show.

pub mod field;
pub mod icon;
mod pace;

pub(super) use field::{SelectField, Switch, TextField};
pub(super) use icon::{Icon, IconView, icon};
pub(super) use pace::{Sparkline, pace};

pub use pace::pace_bars;
