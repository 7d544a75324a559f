//! The meter measures one response.
//!
//! [`Meter`] is told of every chunk and delta with its [`Timestamp`]; [`Meter::numbers`] gives the figures at any moment. A
//! figure that cannot be known is `None`: it is shown as n/a, never guessed. The definitions are those of the design:
//!
//! | figure | from | to |
//! |---|---|---|
//! | TTFB | request start | first byte of the body |
//! | TTFT | request start | first visible delta, reasoning included |
//! | TTFO | request start | first visible delta that is not reasoning |
//! | TPOT | | (last visible − first visible) ÷ (output tokens − 1) |
//! | speed | | 1 ÷ TPOT |

mod pace;

pub use pace::{PACE_BUCKETS, Pace};

use super::timestamp::Timestamp;
use super::wire::{BlockKind, Delta, Usage};
use std::time::Duration;

/// A speed over a shorter span than this says nothing: a whole answer in one burst has no pace.
const SHORTEST_SPAN: Duration = Duration::from_millis(50);

/// Collects the timing of one response.
#[derive(Clone, Debug, PartialEq)]
pub struct Meter {
    started: Timestamp,
    first_byte: Option<Timestamp>,
    first_visible: Option<Timestamp>,
    first_output: Option<Timestamp>,
    last_visible: Option<Timestamp>,
    last_byte: Option<Timestamp>,
    last_delta: Option<Timestamp>,
    /// Time from which on silence is counted.
    awake: Timestamp,
    ended: Option<Timestamp>,
    visible_deltas: u64,
    reasoning_was_shown: bool,
    longest_gap: Duration,
    bytes: u64,
    pace: Pace,
}

/// The speed at which an answer is (or was) written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Speed {
    /// Tokens per second, by the provider's own count of output tokens.
    Tokens(f64),
    /// Deltas per second, while no token count is known: most servers send one token a delta, but not all.
    Deltas(f64),
}

/// The figures of one response at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbers {
    /// Request start to first byte of the body.
    pub ttfb: Option<Duration>,
    /// Request start to first visible delta.
    pub ttft: Option<Duration>,
    /// Request start to first visible delta that is not reasoning.
    pub ttfo: Option<Duration>,
    /// Request start to the end, or to now while it runs.
    pub elapsed: Duration,
    /// Time per output token.
    pub tpot: Option<Duration>,
    /// The speed at which it is written.
    pub speed: Option<Speed>,
    /// The longest pause between two visible deltas.
    pub longest_gap: Option<Duration>,
    /// Prompt tokens, cached ones included.
    pub tokens_in: Option<u64>,
    /// The part of them that was read from a cache.
    pub tokens_cached: Option<u64>,
    /// Answer tokens, reasoning included.
    pub tokens_out: Option<u64>,
    /// The part of them that was spent on reasoning.
    pub tokens_reasoning: Option<u64>,
    /// Bytes of the body.
    pub bytes: u64,
    /// Visible deltas.
    pub deltas: u64,
}

impl Meter {
    /// Starts the clock: `started` is when the request went out.
    pub fn new(started: Timestamp) -> Meter {
        Meter {
            started,
            first_byte: None,
            first_visible: None,
            first_output: None,
            last_visible: None,
            last_byte: None,
            last_delta: None,
            awake: started,
            ended: None,
            visible_deltas: 0,
            reasoning_was_shown: false,
            longest_gap: Duration::ZERO,
            bytes: 0,
            pace: Pace::default(),
        }
    }

    /// Counts a chunk.
    pub fn chunk(&mut self, length: usize, at: Timestamp) {
        if length > 0 && self.ended.is_none() {
            self.first_byte.get_or_insert(at);
            self.last_byte = Some(at);
            self.bytes += length as u64;
        }
    }

    /// Counts a delta. Only visible ones count: text, reasoning, refusals, and the arguments of tool calls.
    pub fn delta(&mut self, delta: &Delta<'_>, at: Timestamp) {
        if !matches!(delta, Delta::KeepAlive) {
            self.last_delta = Some(at);
        }
        let (kind, length) = if let Delta::Fragment { kind, text, .. } = delta {
            (*kind, text.len())
        } else if let Delta::Snapshot { kind, text, .. } = delta
            && self.first_visible.is_none()
            && !text.is_empty()
        {
            // An answer that was not streamed states its text whole.
            (*kind, text.len())
        } else {
            return;
        };
        let is_reasoning = match kind {
            BlockKind::Reasoning => true,
            BlockKind::Text | BlockKind::Refusal | BlockKind::ToolCall => false,
            BlockKind::Said | BlockKind::Other => return,
        };
        if is_reasoning {
            self.reasoning_was_shown = true;
        } else {
            self.first_output.get_or_insert(at);
        }
        self.first_visible.get_or_insert(at);
        if let Some(last) = self.last_visible {
            self.longest_gap = self.longest_gap.max(at.duration_since(last));
        }
        self.last_visible = Some(at);
        self.visible_deltas += 1;
        self.pace.add(at.duration_since(self.started), length);
    }

    /// Ends the response; later chunks do not count.
    pub fn end(&mut self, at: Timestamp) {
        self.ended.get_or_insert(at);
    }

    /// Returns the figures at the moment `now` (ignored once the response has ended).
    pub fn numbers(&self, usage: Option<&Usage>, now: Timestamp) -> Numbers {
        let from_start = |to: Timestamp| to.duration_since(self.started);
        let tokens_out = usage.and_then(|usage| usage.output);
        let tokens_reasoning = usage.and_then(|usage| usage.reasoning);
        // Reasoning that was never sent took no time between visible deltas.
        let written = match (tokens_out, tokens_reasoning) {
            (Some(out), Some(reasoning)) if !self.reasoning_was_shown => Some(out.saturating_sub(reasoning)),
            (out, _) => out,
        };
        let span = match (self.first_visible, self.last_visible) {
            (Some(first), Some(last)) if last.duration_since(first) >= SHORTEST_SPAN => {
                Some(last.duration_since(first))
            }
            _ => None,
        };
        let per_token = span
            .zip(written.filter(|tokens| *tokens > 1))
            .map(|(span, tokens)| span.as_secs_f64() / (tokens - 1) as f64);
        let speed = match per_token {
            Some(seconds) => Some(Speed::Tokens(1.0 / seconds)),
            None => span
                .filter(|_| self.visible_deltas > 2)
                .map(|span| Speed::Deltas((self.visible_deltas - 1) as f64 / span.as_secs_f64())),
        };
        Numbers {
            ttfb: self.first_byte.map(from_start),
            ttft: self.first_visible.map(from_start),
            ttfo: self.first_output.map(from_start),
            elapsed: from_start(self.ended.unwrap_or(now)),
            tpot: per_token.map(Duration::from_secs_f64),
            speed,
            longest_gap: (self.visible_deltas > 1).then_some(self.longest_gap),
            tokens_in: usage.and_then(|usage| usage.input),
            tokens_cached: usage.and_then(|usage| usage.cached),
            tokens_out,
            tokens_reasoning,
            bytes: self.bytes,
            deltas: self.visible_deltas,
        }
    }

    /// Bytes of the body so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Returns the time of the last byte.
    pub fn last_byte(&self) -> Option<Timestamp> {
        self.last_byte
    }

    /// Returns how much came when: the data of the sparkline.
    pub fn pace(&self) -> &Pace {
        &self.pace
    }

    /// Returns how long nothing has come: since the last byte, or since the start if there was none. `None` once ended.
    pub fn silence(&self, now: Timestamp) -> Option<Duration> {
        self.since(self.last_byte, now)
    }

    /// Returns how long nothing that can be read has come, signs of life apart: since the last delta, or since the
    /// start if there was none. `None` once ended.
    pub fn unread(&self, now: Timestamp) -> Option<Duration> {
        self.since(self.last_delta, now)
    }

    /// Begins the count of silence anew: the program did not run until `now`, and heard nothing.
    pub fn woke(&mut self, now: Timestamp) {
        self.awake = now;
    }

    fn since(&self, last: Option<Timestamp>, now: Timestamp) -> Option<Duration> {
        let silence = now.duration_since(last.unwrap_or(self.started));
        self.ended.is_none().then(|| silence.min(now.duration_since(self.awake)))
    }
}
