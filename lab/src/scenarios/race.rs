//! Answers to run a race with: the same with and without a stream, and one that is fast.

use std::time::Duration;

use super::{
    always,
    chat::{self, Chat},
};
use crate::script::{Scenario, When};

/// The text of `race`, streamed or whole.
pub const RACE_TEXT: &str = "Both ways of asking bring the same words, and both have said the last of them at the same time. \
    Who reads along has been reading since the first one. Who waits for all of them has looked at nothing until now, \
    and then has everything at once.\n";

/// The tokens of `fast-200`: 10 s at 200 a second.
pub const FAST_TOKENS: usize = 2_000;

/// How long `race` takes, either way.
const RACE_TIME: Duration = Duration::from_secs(3);

pub(super) fn scenarios() -> Vec<Scenario> {
    let tokens = chat::words(RACE_TEXT).len();
    let streamed = Chat::begin().words(RACE_TEXT).finish("stop").usage(tokens, 0).done();
    let gaps = u32::try_from(streamed.len()).unwrap_or(1).saturating_sub(1).max(1);
    let streamed = streamed.every(RACE_TIME / gaps);
    let mut whole = chat::completion(RACE_TEXT, None, tokens);
    whole.head_after = RACE_TIME;
    let fast = (1..=FAST_TOKENS).fold(Chat::begin(), |chat, number| {
        chat.text(&if number % 20 == 0 { format!("w{number}.\n\n") } else { format!("w{number} ") })
    });
    let fast = fast.finish("stop").usage(FAST_TOKENS, 0).done().every(Duration::from_millis(5));
    vec![
        Scenario {
            answers: vec![(When::StreamOff, whole), (When::Always, streamed.clone())],
            ..always("race", "The same answer in 3 s, as a stream or whole, as it is asked for", streamed)
        },
        always("fast-200", "200 tokens a second, for 10 s", fast),
    ]
}
