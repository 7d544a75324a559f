//! Records of an answer's figures and pace.

use super::{exact, is_default, micros};
use crate::meter::{Numbers, PACE_BUCKETS, Pace, Speed};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The figures of an answer. Times are microseconds, but for `tpot_ns`. Token counts are in the turn's usage.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NumbersRecord {
    /// Time to first byte.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttfb: Option<u64>,
    /// Time to first token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttft: Option<u64>,
    /// Time to first output.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttfo: Option<u64>,
    /// From the request to the end.
    pub elapsed: u64,
    /// Time per output token, in nanoseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tpot_ns: Option<u64>,
    /// Tokens per second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens_per_second: Option<f64>,
    /// Deltas per second, where no token count is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deltas_per_second: Option<f64>,
    /// The longest pause between two visible deltas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longest_gap: Option<u64>,
    /// Tokens of the prompt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens_in: Option<u64>,
    /// The part of them that was read from a cache.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens_cached: Option<u64>,
    /// Tokens of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens_out: Option<u64>,
    /// The part of them that was spent on reasoning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens_reasoning: Option<u64>,
    /// Bytes of the body.
    #[serde(skip_serializing_if = "is_default")]
    pub bytes: u64,
    /// Visible deltas.
    #[serde(skip_serializing_if = "is_default")]
    pub deltas: u64,
}

/// How much of an answer came when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PaceRecord {
    /// How long one slice is, in microseconds.
    pub width: u64,
    /// Bytes of visible text in each slice.
    pub buckets: Vec<u32>,
}

impl NumbersRecord {
    pub(super) fn new(numbers: &Numbers) -> NumbersRecord {
        let (tokens_per_second, deltas_per_second) = match numbers.speed {
            Some(Speed::Tokens(speed)) => (Some(speed), None),
            Some(Speed::Deltas(speed)) => (None, Some(speed)),
            None => (None, None),
        };
        NumbersRecord {
            ttfb: numbers.ttfb.map(micros),
            ttft: numbers.ttft.map(micros),
            ttfo: numbers.ttfo.map(micros),
            elapsed: micros(numbers.elapsed),
            tpot_ns: numbers.tpot.map(|tpot| exact(u64::try_from(tpot.as_nanos()).unwrap_or(u64::MAX))),
            tokens_per_second: tokens_per_second.filter(|speed| speed.is_finite()),
            deltas_per_second: deltas_per_second.filter(|speed| speed.is_finite()),
            longest_gap: numbers.longest_gap.map(micros),
            tokens_in: numbers.tokens_in.map(exact),
            tokens_cached: numbers.tokens_cached.map(exact),
            tokens_out: numbers.tokens_out.map(exact),
            tokens_reasoning: numbers.tokens_reasoning.map(exact),
            bytes: exact(numbers.bytes),
            deltas: exact(numbers.deltas),
        }
    }

    pub(super) fn into_numbers(self) -> Numbers {
        let tokens = self.tokens_per_second.map(Speed::Tokens);
        Numbers {
            ttfb: self.ttfb.map(Duration::from_micros),
            ttft: self.ttft.map(Duration::from_micros),
            ttfo: self.ttfo.map(Duration::from_micros),
            elapsed: Duration::from_micros(self.elapsed),
            tpot: self.tpot_ns.map(Duration::from_nanos),
            speed: tokens.or(self.deltas_per_second.map(Speed::Deltas)),
            longest_gap: self.longest_gap.map(Duration::from_micros),
            tokens_in: self.tokens_in,
            tokens_cached: self.tokens_cached,
            tokens_out: self.tokens_out,
            tokens_reasoning: self.tokens_reasoning,
            bytes: self.bytes,
            deltas: self.deltas,
        }
    }
}

impl PaceRecord {
    pub(super) fn new(pace: &Pace) -> PaceRecord {
        PaceRecord { width: micros(pace.width()), buckets: pace.buckets().to_vec() }
    }

    pub(super) fn into_pace(mut self) -> Option<Pace> {
        self.buckets.truncate(PACE_BUCKETS);
        Pace::stored(Duration::from_micros(self.width), self.buckets)
    }
}
