//! A long reasoning that a client can end, as llama.cpp's server lets it.

use std::time::Duration;

use super::{
    always,
    chat::{self, Chat},
};
use crate::script::{Answer, Scenario, When};

/// The words of the reasoning of `reasoning-control`: 10 s at 20 a second, if nobody ends it.
pub const CONTROLLED_WORDS: usize = 200;

/// The answer behind it.
pub const CONTROL_ANSWER: &str = "It is **seven**, as far as I had come.\n";

pub(super) fn scenarios() -> Vec<Scenario> {
    let thoughts: String = (1..=CONTROLLED_WORDS)
        .map(|number| if number % 20 == 0 { format!("t{number}.\n\n") } else { format!("t{number} ") })
        .collect();
    let thinking = Chat::begin().reasoning(&thoughts);
    // Each event but the first has a wait before it.
    let steps = thinking.len() * 2 - 1;
    let tokens = CONTROLLED_WORDS + chat::words(CONTROL_ANSWER).len();
    let answer = thinking.words(CONTROL_ANSWER).finish("stop").usage(tokens, CONTROLLED_WORDS).done();
    let answer = answer.every(Duration::from_millis(50)).with_reasoning_over(chat::ID, steps);
    let says = |body: &str| Answer::whole(200, "application/json", body);
    let unknown = says(r#"{"success":false,"message":"no active completion for this id"}"#);
    let no_such_path = r#"{"error":{"message":"File Not Found","type":"not_found_error","code":404}}"#;
    let old = Scenario {
        answers: vec![
            (When::Control, Answer::whole(404, "application/json", no_such_path)),
            (When::Always, answer.clone()),
        ],
        ..always(
            "control-missing",
            "The same from a server of before, which knows no control",
            answer.clone(),
        )
    };
    let controlled = Scenario {
        answers: vec![
            (When::ReasoningEnd(chat::ID), says(r#"{"success":true}"#)),
            (When::Control, unknown),
            (When::Always, answer.clone()),
        ],
        ..always(
            "reasoning-control",
            "Reasons for 10 s, or until a POST to /chat/completions/control ends that; then answers",
            answer,
        )
    };
    vec![controlled, old]
}
