//! The conversation: asking, answering, and what is shown of both.

mod acts;
mod answer;
mod ask;
mod composer;
mod empty;
mod extras;
mod numbers;
mod outcome;
mod part;
mod sample;
mod transcript;

pub(super) use composer::composer;
pub(super) use part::perform;
pub(super) use transcript::transcript;
use transcript::turns;
