//! Tests of the numbers, on invented timestamps.

use std::time::Duration;
use tokenfall::engine::meter::{Meter, Numbers, PACE_BUCKETS, Pace, Speed};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::{BlockIndex, BlockKind, Delta, Usage};

fn at(millis: u64) -> Timestamp {
    Timestamp::from_micros(millis * 1_000)
}

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn fragment(kind: BlockKind) -> Delta<'static> {
    Delta::Fragment { block: BlockIndex(0), kind, text: "abc" }
}

/// A meter that began at 1000 ms and saw these deltas, each in a chunk of 10 bytes.
fn meter(deltas: &[(u64, BlockKind)]) -> Meter {
    let mut meter = Meter::new(at(1_000));
    for (time, kind) in deltas {
        meter.chunk(10, at(*time));
        meter.delta(&fragment(*kind), at(*time));
    }
    meter
}

fn usage(output: u64, reasoning: Option<u64>) -> Usage {
    Usage { output: Some(output), reasoning, ..Usage::default() }
}

const TEXT: BlockKind = BlockKind::Text;
const REASONING: BlockKind = BlockKind::Reasoning;

#[test]
fn nothing_is_known_before_anything_came_but_the_time() {
    let numbers = Meter::new(at(1_000)).numbers(None, at(1_250));
    assert_eq!(numbers, Numbers { elapsed: millis(250), ..Numbers::default() });
}

#[test]
fn the_first_byte_may_come_long_before_the_first_text() {
    let mut meter = Meter::new(at(1_000));
    meter.chunk(0, at(1_010));
    meter.chunk(5, at(1_100));
    meter.delta(&Delta::KeepAlive, at(1_100));
    meter.delta(&Delta::Progress { done: 1, total: 2 }, at(1_200));
    meter.delta(&fragment(BlockKind::Other), at(1_250));
    meter.chunk(5, at(1_300));
    meter.delta(&fragment(TEXT), at(1_300));
    let numbers = meter.numbers(None, at(1_400));
    assert_eq!(
        (numbers.ttfb, numbers.ttft, numbers.ttfo),
        (Some(millis(100)), Some(millis(300)), Some(millis(300)))
    );
    assert_eq!((numbers.bytes, numbers.deltas), (10, 1));
}

#[test]
fn reasoning_counts_for_the_first_token_and_not_for_the_first_output() {
    let numbers = meter(&[(1_200, REASONING), (1_300, REASONING), (1_900, TEXT)]).numbers(None, at(2_000));
    assert_eq!((numbers.ttft, numbers.ttfo), (Some(millis(200)), Some(millis(900))));
    assert_eq!(numbers.longest_gap, Some(millis(600)));
    let thinking = meter(&[(1_200, REASONING)]).numbers(None, at(2_000));
    assert_eq!((thinking.ttft, thinking.ttfo), (Some(millis(200)), None));
}

#[test]
fn refusals_and_arguments_of_calls_are_output() {
    for kind in [BlockKind::Refusal, BlockKind::ToolCall] {
        assert_eq!(meter(&[(1_200, kind)]).numbers(None, at(2_000)).ttfo, Some(millis(200)));
    }
}

#[test]
fn time_per_token_is_the_span_over_tokens_less_one_and_speed_its_inverse() {
    let meter = meter(&[(1_200, TEXT), (1_500, TEXT), (2_200, TEXT)]);
    let numbers = meter.numbers(Some(&usage(101, None)), at(9_000));
    assert_eq!(numbers.tpot, Some(millis(10)));
    assert_eq!(numbers.speed, Some(Speed::Tokens(100.0)));
}

#[test]
fn without_a_count_of_tokens_speed_is_told_in_deltas() {
    let deltas = [(1_200, TEXT), (1_300, TEXT), (1_400, TEXT), (1_700, TEXT)];
    let numbers = meter(&deltas).numbers(None, at(9_000));
    assert_eq!((numbers.tpot, numbers.speed), (None, Some(Speed::Deltas(6.0))));
    let few = meter(&deltas[..2]).numbers(None, at(9_000));
    assert_eq!(few.speed, None, "two deltas have no pace");
}

#[test]
fn one_token_or_none_has_no_time_per_token() {
    for output in [0, 1] {
        let meter = meter(&[(1_200, TEXT), (1_700, TEXT)]);
        let numbers = meter.numbers(Some(&usage(output, None)), at(9_000));
        assert_eq!((numbers.tpot, numbers.speed), (None, None));
    }
}

#[test]
fn reasoning_that_was_never_sent_is_subtracted_and_shown_reasoning_is_not() {
    let hidden = meter(&[(1_200, TEXT), (2_200, TEXT)]);
    assert_eq!(hidden.numbers(Some(&usage(101, Some(50))), at(9_000)).speed, Some(Speed::Tokens(50.0)));
    let shown = meter(&[(1_200, REASONING), (2_200, TEXT)]);
    assert_eq!(shown.numbers(Some(&usage(101, Some(50))), at(9_000)).speed, Some(Speed::Tokens(100.0)));
    let nonsense = hidden.numbers(Some(&usage(10, Some(50))), at(9_000));
    assert_eq!((nonsense.tpot, nonsense.speed), (None, None), "more reasoning than output");
}

#[test]
fn an_answer_in_one_burst_has_no_speed() {
    let numbers =
        meter(&[(1_200, TEXT), (1_200, TEXT), (1_249, TEXT)]).numbers(Some(&usage(500, None)), at(9_000));
    assert_eq!((numbers.tpot, numbers.speed), (None, None));
}

#[test]
fn an_answer_that_was_not_streamed_has_a_first_moment_and_no_speed() {
    let mut meter = Meter::new(at(1_000));
    meter.chunk(100, at(3_000));
    meter.delta(&Delta::Snapshot { block: BlockIndex(0), kind: TEXT, text: "all of it" }, at(3_000));
    let numbers = meter.numbers(Some(&usage(500, None)), at(3_000));
    assert_eq!((numbers.ttfb, numbers.ttft), (Some(millis(2_000)), Some(millis(2_000))));
    assert_eq!((numbers.tpot, numbers.speed, numbers.longest_gap), (None, None, None));
}

#[test]
fn a_closing_statement_of_what_was_streamed_is_no_delta() {
    let mut meter = meter(&[(1_200, TEXT), (1_300, TEXT)]);
    meter.delta(&Delta::Snapshot { block: BlockIndex(0), kind: TEXT, text: "all of it" }, at(5_000));
    let numbers = meter.numbers(None, at(6_000));
    assert_eq!((numbers.deltas, numbers.longest_gap), (2, Some(millis(100))));
}

#[test]
fn a_clock_that_jumps_back_gives_zeros_and_never_a_negative_time() {
    let mut meter = Meter::new(at(5_000));
    meter.chunk(10, at(4_000));
    meter.delta(&fragment(TEXT), at(4_000));
    meter.delta(&fragment(TEXT), at(3_000));
    meter.delta(&fragment(TEXT), at(3_010));
    let numbers = meter.numbers(Some(&usage(100, None)), at(1_000));
    assert_eq!((numbers.ttfb, numbers.ttft, numbers.elapsed), (Some(millis(0)), Some(millis(0)), millis(0)));
    assert_eq!((numbers.longest_gap, numbers.speed), (Some(millis(10)), None));
    assert_eq!(meter.silence(at(1_000)), Some(millis(0)));
}

#[test]
fn the_end_stops_the_clock_and_the_counters() {
    let mut meter = meter(&[(1_200, TEXT)]);
    meter.end(at(2_000));
    meter.end(at(3_000));
    meter.chunk(10, at(4_000));
    let numbers = meter.numbers(None, at(9_000));
    assert_eq!((numbers.elapsed, numbers.bytes), (millis(1_000), 10));
    assert_eq!(meter.silence(at(9_000)), None);
}

#[test]
fn counters_are_passed_on_as_given_and_unknown_ones_stay_unknown() {
    let usage = Usage { input: Some(7), cached: Some(0), ..Usage::default() };
    let numbers = meter(&[(1_200, TEXT)]).numbers(Some(&usage), at(2_000));
    assert_eq!((numbers.tokens_in, numbers.tokens_cached), (Some(7), Some(0)));
    assert_eq!((numbers.tokens_out, numbers.tokens_reasoning), (None, None));
}

#[test]
fn a_span_of_50_ms_has_a_speed_and_a_shorter_one_says_nothing() {
    for (last, expected) in [(1_249, None), (1_250, Some(Speed::Tokens(200.0)))] {
        let numbers = meter(&[(1_200, TEXT), (last, TEXT)]).numbers(Some(&usage(11, None)), at(9_000));
        assert_eq!(numbers.speed, expected, "{last}");
    }
}

#[test]
fn an_empty_statement_is_no_first_text() {
    let mut meter = Meter::new(at(1_000));
    meter.delta(&Delta::Snapshot { block: BlockIndex(0), kind: TEXT, text: "" }, at(1_100));
    meter.delta(&fragment(TEXT), at(1_300));
    let numbers = meter.numbers(None, at(2_000));
    assert_eq!((numbers.ttft, numbers.deltas), (Some(millis(300)), 1));
}

#[test]
fn silence_counts_from_the_last_byte_and_what_cannot_be_read_from_the_last_delta() {
    let mut meter = Meter::new(at(1_000));
    assert_eq!((meter.silence(at(1_400)), meter.unread(at(1_400))), (Some(millis(400)), Some(millis(400))));
    assert_eq!((meter.bytes(), meter.last_byte()), (0, None));
    meter.chunk(10, at(2_000));
    meter.delta(&fragment(TEXT), at(2_000));
    meter.chunk(7, at(5_000));
    meter.delta(&Delta::KeepAlive, at(5_000));
    assert_eq!((meter.bytes(), meter.last_byte()), (17, Some(at(5_000))));
    assert_eq!(
        (meter.silence(at(6_000)), meter.unread(at(6_000))),
        (Some(millis(1_000)), Some(millis(4_000))),
        "a sign of life ends silence and is nothing that can be read"
    );
    meter.end(at(6_000));
    assert_eq!((meter.silence(at(7_000)), meter.unread(at(7_000))), (None, None));
}

#[test]
fn a_program_that_slept_heard_no_silence_meanwhile() {
    let mut meter = meter(&[(1_200, TEXT)]);
    meter.woke(at(600_000));
    assert_eq!(
        (meter.silence(at(600_300)), meter.unread(at(600_300))),
        (Some(millis(300)), Some(millis(300)))
    );
    meter.chunk(10, at(600_200));
    assert_eq!(
        (meter.silence(at(600_300)), meter.unread(at(600_300))),
        (Some(millis(100)), Some(millis(300)))
    );
}

#[test]
fn the_pace_of_an_answer_counts_from_its_request() {
    let meter = meter(&[(1_010, TEXT), (1_110, REASONING), (1_120, BlockKind::Other)]);
    assert_eq!(meter.pace().buckets(), [3, 0, 3]);
}

#[test]
fn a_pause_is_empty_slices() {
    let mut pace = Pace::default();
    for (time, length) in [(0, 3), (49, 4), (50, 5), (249, 6)] {
        pace.add(millis(time), length);
    }
    assert_eq!((pace.buckets(), pace.width()), (&[7, 5, 0, 0, 6][..], millis(50)));
}

#[test]
fn slices_that_are_joined_keep_their_sum_and_their_number_is_bounded() {
    let mut pace = Pace::default();
    let mut sum = 0;
    for step in 0..10_000 {
        pace.add(millis(step * 37), 3);
        sum += 3;
        assert!(pace.buckets().len() <= PACE_BUCKETS);
        assert_eq!(pace.buckets().iter().sum::<u32>(), sum);
    }
    assert_eq!(pace.width(), millis(3_200), "the least width that holds 370 s in 120 slices");
    let uneven =
        pace.buckets()[..pace.buckets().len() - 1].iter().filter(|n| !(258..=261).contains(*n)).count();
    assert_eq!(uneven, 0, "an even pace stays even: {:?}", pace.buckets());
}

#[test]
fn a_delta_that_comes_after_a_day_costs_a_few_joinings() {
    let mut pace = Pace::default();
    pace.add(millis(10), 1);
    pace.add(Duration::from_secs(86_400), 2);
    pace.add(Duration::from_micros(u64::MAX), 4);
    assert_eq!(pace.buckets().iter().sum::<u32>(), 7);
    pace.add(millis(0), usize::MAX);
    assert_eq!(pace.buckets()[0], u32::MAX, "a slice saturates");
}

#[test]
fn stamps_from_a_browser_are_never_negative() {
    for (given, micros) in [(1.5, 1_500), (-3.0, 0), (f64::NAN, 0), (f64::INFINITY, u64::MAX)] {
        assert_eq!(Timestamp::from_millis(given).micros(), micros);
    }
    assert_eq!(at(2).after(Duration::MAX).micros(), u64::MAX);
}
