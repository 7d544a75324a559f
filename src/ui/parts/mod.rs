//! Small parts that several places show.

mod icon;
mod pace;

pub(super) use icon::{Icon, icon};
pub(super) use pace::{Sparkline, pace};

pub use pace::pace_bars;
