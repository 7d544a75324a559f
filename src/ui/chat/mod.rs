//! The conversation asks questions, receives answers, and shows both.

mod actions;
pub mod answer;
mod checks;
pub mod composer;
mod context;
pub mod error_notice;
mod follow;
pub mod numbers;
pub mod numbers_dialog;
mod part;
mod protocols;
pub mod question;
mod render_loop;
mod sample;
pub mod sources;
mod tab_stop;
pub mod transcript;
mod turn_view;
pub mod turns;
pub mod waiting;
pub mod welcome;
pub mod window;
mod window_events;

pub use context::Chat;
pub use part::{Action, build_on_chat};
