//! The race asks one question of two to four lanes at once, shows their answers as they come, and compares them.
//!
//! It is in the part `extras`. What it needs of the page it is handed as a [`Host`]; what it gives back are [`Answers`].

pub mod compare;
pub mod dialog;
mod forms;
mod host;
pub mod lane_draft;
pub mod lane_fields;
pub mod lane_view;
mod part;
pub mod plot;
mod presets;
mod races;
pub mod results;
pub mod run;
pub mod set_up;
mod start;
mod text;

pub use forms::Forms;
pub use host::{Answers, Host, LaneAnswer, LaneChecking, RaceServer, Take};
pub use presets::Preset;
pub use races::{Opening, Races};
pub use start::{LaneStart, Start};
