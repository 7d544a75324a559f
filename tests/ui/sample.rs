//! The bundled recording: what a newcomer sees first must never be broken.

use std::time::Duration;
use tokenfall::engine::chat::TurnState;
use tokenfall::engine::session::{Plan, Session};
use tokenfall::engine::tape::{Replay, Speed, Step, Tape};
use tokenfall::engine::timestamp::Timestamp;
use wasm_bindgen_test::wasm_bindgen_test;

const FILE: &str = include_str!("../../assets/sample.tape.jsonl");

#[wasm_bindgen_test]
fn the_sample_survives_reading_and_writing() {
    let tape = Tape::from_jsonl(FILE).unwrap();
    assert!(!tape.question.is_empty());
    assert_eq!(Tape::from_jsonl(&tape.to_jsonl()).unwrap(), tape);
}

#[wasm_bindgen_test]
fn the_sample_is_a_complete_answer_with_two_pauses_and_all_its_numbers() {
    let tape = Tape::from_jsonl(FILE).unwrap();
    let mut session = Session::new(Plan::for_tape(&tape), Timestamp::ORIGIN);
    let pauses = tape
        .chunks()
        .zip(tape.chunks().skip(1))
        .filter(|((before, _), (after, _))| after.duration_since(*before) > Duration::from_secs(1))
        .count();
    let mut replay = Replay::new(tape, Speed::Instant);
    while let Some(at) = replay.recorded() {
        match replay.step().unwrap() {
            Step::Head(head) => session.head(head.clone(), at),
            Step::Chunk(bytes) => assert_eq!(session.feed(bytes, at), tokenfall::engine::session::Next::More),
            Step::Message(..) => unreachable!("a body has no messages"),
            Step::End(end) => session.end(end, false, at),
        }
    }
    let numbers = session.numbers(Timestamp::ORIGIN);
    assert_eq!(session.turn().state, TurnState::Complete);
    assert_eq!(pauses, 2, "the answer speaks of a pause and of gaps in the drawing");
    assert!(numbers.tokens_in.is_some() && numbers.tokens_out.is_some() && numbers.tokens_cached.is_some());
    assert!((15..25).contains(&numbers.elapsed.as_secs()), "{:?}", numbers.elapsed);
}
