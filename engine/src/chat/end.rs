//! Tells how answers ended, where that is no good end.
//!
//! A stop that is no good end is told with the provider's own word: a half sentence must not look whole.

use super::turn::{Turn, TurnState};
use crate::messages::{end as words, guard};
use crate::wire::StopReason;

/// The most bytes of the provider's word and of its sentence that are shown.
const WORD_LIMIT: usize = 80;
const SENTENCE_LIMIT: usize = 400;

impl Turn {
    /// Returns what its end means for a person, as the provider stated it; empty for a good end, and for one that a
    /// failure tells.
    pub fn end_in_words(&self) -> String {
        if let Some(rule) = self.guard.as_ref().and_then(|guard| guard.stopped_by.as_deref()) {
            return guard::stopped_by(rule);
        }
        let what = match self.state {
            TurnState::Truncated
                if self.stop.as_ref().is_some_and(|stop| stop.reason == StopReason::ContextFull) =>
            {
                words::CONTEXT_FULL
            }
            TurnState::Truncated => words::TOKEN_LIMIT,
            TurnState::Filtered => words::FILTERED,
            TurnState::Paused => words::PAUSED,
            TurnState::Halted => match self.stop.as_ref().map(|stop| stop.reason) {
                Some(StopReason::Malformed) => words::MALFORMED_CALL,
                Some(
                    StopReason::Finished
                    | StopReason::Length
                    | StopReason::ContextFull
                    | StopReason::StopSequence
                    | StopReason::ToolCalls
                    | StopReason::Filtered
                    | StopReason::Paused
                    | StopReason::Cancelled
                    | StopReason::Failed
                    | StopReason::Other,
                )
                | None => words::HALTED,
            },
            TurnState::Sending
            | TurnState::Waiting
            | TurnState::Streaming
            | TurnState::Complete
            | TurnState::Stopped
            | TurnState::Interrupted
            | TurnState::Failed => return String::new(),
        };
        let (word, sentence) = match &self.stop {
            Some(stop) => (clip(&stop.wire, WORD_LIMIT), clip(stop.detail.trim(), SENTENCE_LIMIT)),
            None => ("", ""),
        };
        words::with_providers_words(what, word, sentence)
    }
}

fn clip(text: &str, limit: usize) -> &str {
    &text[..text.floor_char_boundary(limit)]
}
