//! Shared components are those that several places show; `format` writes figures for people.

pub mod button;
pub mod field;
pub mod format;
pub mod icon;
pub mod notice;
pub mod sparkline;

pub use button::Button;
pub use field::{Field, SelectField, Switch, TextField};
pub use format::{count, millis, rate, seconds};
pub use icon::{Icon, IconView};
pub use notice::Notice;
pub use sparkline::{Sparkline, SparklineView, pace_bars, time_line};
