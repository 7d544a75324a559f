//! Playing a tape: when each step is due, and that the turn and the numbers are those of the recording.

use super::{at, sample};
use proptest::prelude::*;
use std::time::Duration;
use tokenfall::engine::chat::{Server, Turn};
use tokenfall::engine::meter::Numbers;
use tokenfall::engine::session::{Plan, Session};
use tokenfall::engine::tape::{End, Head, Replay, Speed, Step, Tape};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::Dialect;

fn due(speed: Speed) -> Vec<Duration> {
    let mut tape = Tape::new(Dialect::Cohere, true, "");
    tape.record_head(at(1_000), Head::default());
    tape.record(at(4_000), b"a");
    tape.record_end(at(10_000), End::Closed);
    let mut replay = Replay::new(tape, speed);
    let mut due = Vec::new();
    while let Some(time) = replay.due() {
        due.push(time);
        assert!(replay.step().is_some());
    }
    assert_eq!(replay.step(), None);
    assert_eq!((replay.recorded(), replay.due()), (None, None));
    due
}

#[test]
fn steps_are_due_at_the_recorded_times_or_faster_or_at_once() {
    let micros = |times: [u64; 3]| times.map(Duration::from_micros).to_vec();
    assert_eq!(due(Speed::Times(1.0)), micros([1_000, 4_000, 10_000]));
    assert_eq!(due(Speed::Times(4.0)), micros([250, 1_000, 2_500]));
    assert_eq!(due(Speed::Times(0.5)), micros([2_000, 8_000, 20_000]));
    assert_eq!(due(Speed::Instant), micros([0, 0, 0]));
}

#[test]
fn a_senseless_speed_is_the_recorded_one_and_none_overflows() {
    for factor in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(due(Speed::Times(factor)), due(Speed::Times(1.0)), "{factor}");
    }
    assert_eq!(due(Speed::Times(f64::MIN_POSITIVE))[2], Duration::MAX);
}

#[test]
fn a_tape_without_head_and_end_is_a_plain_200_that_was_lost() {
    let mut tape = Tape::new(Dialect::Cohere, true, "");
    tape.record(at(5), b"a");
    let mut replay = Replay::new(tape, Speed::Instant);
    assert_eq!(replay.step(), Some(Step::Head(&Head { status: 200, ..Head::default() })));
    assert_eq!(replay.step(), Some(Step::Chunk(b"a")));
    assert_eq!((replay.recorded(), replay.step()), (Some(at(5)), Some(Step::End(End::Lost))));
}

/// Plays a tape as the page does: each step at the time it was recorded, counted from another moment.
fn play(tape: &Tape, speed: Speed, origin: Timestamp) -> (Turn, Numbers, Tape) {
    let mut session = Session::new(Plan::for_tape(tape), origin);
    let mut replay = Replay::new(tape.clone(), speed);
    while let Some(recorded) = replay.recorded() {
        let now = origin.after(recorded.duration_since(Timestamp::ORIGIN));
        match replay.step().unwrap() {
            Step::Head(head) => session.head(head.clone(), now),
            Step::Chunk(chunk) => drop(session.feed(chunk, now)),
            Step::Message(..) => panic!("a body has no messages"),
            Step::End(end) => session.end(end, false, now),
        }
    }
    (session.turn().clone(), session.numbers(origin), session.tape().clone())
}

/// A turn without the name of the server, which a recording does not have.
fn nameless(turn: &Turn) -> Turn {
    let mut turn = turn.clone();
    if let Some(failure) = &mut turn.failure {
        failure.server = Server::default();
    }
    turn
}

#[test]
fn a_tape_played_is_recorded_as_itself() {
    // Behind the end marker nothing is recorded: the last two chunks of the sample are lost on purpose.
    let mut tape = sample();
    let (_, _, again) = play(&tape, Speed::Instant, at(77));
    assert_eq!(again.len() + 2, tape.len());
    tape = again;
    let (_, _, again) = play(&tape, Speed::Times(2.0), at(99));
    assert_eq!(again.chunks().collect::<Vec<_>>(), tape.chunks().collect::<Vec<_>>());
    assert_eq!((again.head(), again.end()), (tape.head(), tape.end()));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn a_replay_at_any_speed_gives_the_turn_and_the_numbers_of_the_live_stream(
        words in prop::collection::vec("[a-zé👦 ]{1,8}", 1..20),
        gaps in prop::collection::vec(0u64..400_000, 1..40),
        length in 1usize..60,
        finished in any::<bool>(),
        start in 0u64..5_000_000_000,
        origin in 0u64..5_000_000_000,
        factor in 0.1f64..50.0,
    ) {
        let mut body: String = words
            .iter()
            .enumerate()
            .map(|(n, word)| {
                let name = if n < words.len() / 3 { "reasoning_content" } else { "content" };
                format!("data: {{\"choices\":[{{\"delta\":{{\"{name}\":\"{word}\"}}}}]}}\n\n")
            })
            .collect();
        if finished {
            body += "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"completion_tokens\":40}}\n\n";
            body += "data: [DONE]\n\n";
        }
        let mut now = Timestamp::from_micros(start);
        let plan = Plan::new(Dialect::ChatCompletions, true, "live", Server::default(), None);
        let mut live = Session::new(plan, now);
        let mut gaps = gaps.iter().cycle();
        let mut later = || {
            now = now.after(Duration::from_micros(*gaps.next().unwrap_or(&0)));
            now
        };
        live.head(Head { status: 200, content_type: "text/event-stream".to_owned(), ..Head::default() }, later());
        for chunk in body.as_bytes().chunks(length) {
            let _ = live.feed(chunk, later());
        }
        live.end(End::Closed, false, later());
        let (turn, numbers) = (nameless(live.turn()), live.numbers(Timestamp::ORIGIN));
        let tape = Tape::from_jsonl(&live.tape().to_jsonl()).unwrap();
        prop_assert_eq!(&tape, live.tape());
        for speed in [Speed::Times(1.0), Speed::Times(factor), Speed::Instant] {
            let (again, figures, _) = play(&tape, speed, Timestamp::from_micros(origin));
            prop_assert_eq!((nameless(&again), figures), (turn.clone(), numbers.clone()));
        }
    }
}
