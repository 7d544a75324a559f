//! The conversation: asking, answering, and what is shown of both.

mod acts;
mod answer;
mod ask;
mod composer;
mod empty;
mod extras;
mod numbers;
mod outcome;
mod transcript;

pub(super) use composer::composer;
pub(super) use transcript::{transcript, turns};
