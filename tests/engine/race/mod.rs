//! Tests of the arithmetic of a race.

mod lanes;
mod sentences;
mod table;
mod words;

use std::time::Duration;
use tokenfall::engine::meter::Numbers;
use tokenfall::engine::race::{Lane, Progress};

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// Figures of a lane with these times in milliseconds: first word (0 for none), total.
fn numbers(first_word: u64, total: u64) -> Numbers {
    let first = (first_word > 0).then(|| millis(first_word));
    Numbers { ttfb: first, ttft: first, ttfo: first, elapsed: millis(total), ..Numbers::default() }
}

fn lane<'a>(name: &'a str, numbers: &'a Numbers, progress: Progress) -> Lane<'a> {
    Lane { name, numbers, progress }
}
