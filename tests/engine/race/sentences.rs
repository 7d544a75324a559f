//! The sentence for a pair of lanes, and the warning about connections.

use super::{lane, numbers};
use tokenfall::engine::chat::TurnState;
use tokenfall::engine::race::Progress::{self, BrokeOff, Finished, Running, Stopped};
use tokenfall::engine::race::{crowded, pair};

/// The sentence for two lanes: first word, total, progress.
fn sentence(one: (u64, u64, Progress), other: (u64, u64, Progress)) -> String {
    let (first, second) = (numbers(one.0, one.1), numbers(other.0, other.1));
    pair(&lane("Streaming", &first, one.2), &lane("Whole", &second, other.2))
}

#[test]
fn each_pair_comes_to_one_plain_sentence() {
    for (one, other, expected) in [
        (
            (400, 8_100, Finished),
            (3_600, 8_150, Finished),
            "Streaming showed the first word 3.2 s earlier; both took 8.1 s in all.",
        ),
        (
            (3_600, 8_150, Finished),
            (400, 8_100, Finished),
            "Whole showed the first word 3.2 s earlier; both took 8.1 s in all.",
        ),
        (
            (1_000, 4_000, Finished),
            (1_040, 9_000, Finished),
            "Both showed the first word after 1.0 s; Streaming took 4.0 s in all, Whole took 9.0 s in all.",
        ),
        (
            (100, 200, Finished),
            (190, 260, Finished),
            "Streaming showed the first word 90 ms earlier; Streaming took 0.2 s in all, Whole took 0.2 s in all.",
        ),
        (
            (500, 125_000, Finished),
            (0, 126_000, BrokeOff),
            "Streaming showed the first word after 0.5 s, Whole none; Streaming took 2 min 05 s in all, Whole broke off after 2 min 06 s.",
        ),
        (
            (0, 2_000, Running),
            (700, 2_000, Stopped),
            "Whole showed the first word after 0.7 s, Streaming none yet; Streaming is at it for 2.0 s, Whole was stopped after 2.0 s.",
        ),
        (
            (0, 900, BrokeOff),
            (0, 900, BrokeOff),
            "Neither showed a word; Streaming broke off after 0.9 s, Whole broke off after 0.9 s.",
        ),
    ] {
        assert_eq!(sentence(one, other), expected);
    }
}

#[test]
fn times_are_the_same_within_chance_and_a_fiftieth_and_differ_beyond() {
    for (one, other, are_same) in
        [(1_000, 1_050, true), (1_000, 1_051, false), (10_000, 10_204, true), (10_000, 10_205, false)]
    {
        let told = sentence((1, one, Finished), (1, other, Finished));
        assert_eq!(told.contains("both took"), are_same, "{told}");
    }
}

#[test]
fn how_far_a_lane_is_follows_from_its_turn() {
    for (state, progress) in [
        (TurnState::Sending, Running),
        (TurnState::Waiting, Running),
        (TurnState::Streaming, Running),
        (TurnState::Complete, Finished),
        (TurnState::Truncated, Finished),
        (TurnState::Filtered, Finished),
        (TurnState::Paused, Finished),
        (TurnState::Halted, Finished),
        (TurnState::Stopped, Stopped),
        (TurnState::Interrupted, BrokeOff),
        (TurnState::Failed, BrokeOff),
    ] {
        assert_eq!(Progress::of(state), progress, "{state:?}");
    }
}

#[test]
fn a_seventh_request_to_one_host_is_told_and_a_sixth_is_not() {
    let local = "http://localhost:8080";
    assert_eq!(crowded(&[]), None);
    assert_eq!(crowded(&[local; 6]), None);
    let mut origins = vec![local; 7];
    origins.push("https://a.example");
    let told = crowded(&origins).unwrap();
    assert!(told.starts_with("7 requests run to http://localhost:8080."), "{told}");
}
