//! [`pair`] says in one sentence what two lanes come to.

use super::{Lane, Progress};
use crate::messages::race as words;
use std::time::Duration;

/// Times that differ by less are the same to a person, and by chance.
const SAME: Duration = Duration::from_millis(50);
/// Of long times so much (a fiftieth) is the same too.
const SAME_PART: u32 = 50;

/// Returns the sentence: which of the two showed its first word earlier and by how much, and how long both took.
#[must_use]
pub fn pair(first: &Lane<'_>, second: &Lane<'_>) -> String {
    words::sentence(&first_word(first, second), &whole(first, second))
}

fn first_word(first: &Lane<'_>, second: &Lane<'_>) -> String {
    let alone = |one: &Lane<'_>, at: Duration, other: &Lane<'_>| {
        words::alone(one.name, at, other.name, other.progress == Progress::Running)
    };
    match (first.numbers.ttfo, second.numbers.ttfo) {
        (Some(one), Some(other)) if are_same(one, other) => words::together(one.max(other)),
        (Some(one), Some(other)) if one < other => words::earlier(first.name, other - one),
        (Some(one), Some(other)) => words::earlier(second.name, one - other),
        (Some(one), None) => alone(first, one, second),
        (None, Some(other)) => alone(second, other, first),
        (None, None) => words::NEITHER.to_owned(),
    }
}

fn whole(first: &Lane<'_>, second: &Lane<'_>) -> String {
    let (one, other) = (first.numbers.elapsed, second.numbers.elapsed);
    let are_finished = [first, second].iter().all(|lane| lane.progress == Progress::Finished);
    if are_finished && are_same(one, other) {
        words::both_took(one.max(other))
    } else {
        words::and(&took(first), &took(second))
    }
}

fn took(lane: &Lane<'_>) -> String {
    let elapsed = lane.numbers.elapsed;
    match lane.progress {
        Progress::Finished => words::took(lane.name, elapsed),
        Progress::BrokeOff => words::broke_off(lane.name, elapsed),
        Progress::Stopped => words::stopped(lane.name, elapsed),
        Progress::Running => words::runs(lane.name, elapsed),
    }
}

fn are_same(one: Duration, other: Duration) -> bool {
    one.abs_diff(other) <= SAME.max(one.max(other) / SAME_PART)
}
