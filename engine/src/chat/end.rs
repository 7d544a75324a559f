//! How an answer ended, in a person's words, where that is not simply its end.
//!
//! A stop that is no good end is told with the provider's own word: a half sentence must not look whole.

use super::turn::{Turn, TurnState};
use crate::wire::{Stop, StopReason};

/// The most bytes of the provider's word and of its sentence that are shown.
const WORD_LIMIT: usize = 80;
const SENTENCE_LIMIT: usize = 400;

impl Turn {
    /// What its end means for a person, as the provider stated it; empty for a good end, and for one that a failure tells.
    pub fn end_in_words(&self) -> String {
        let words = match self.state {
            TurnState::Truncated
                if self.stop.as_ref().is_some_and(|stop| stop.reason == StopReason::ContextFull) =>
            {
                "Stopped: the model's context is full"
            }
            TurnState::Truncated => "Stopped at the token limit",
            TurnState::Filtered => "A filter withheld the rest",
            TurnState::Paused => "The provider paused here, and goes on when asked to",
            TurnState::Halted => match self.stop.as_ref().map(|stop| stop.reason) {
                Some(StopReason::Malformed) => "The model did not manage to write a call of a tool",
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
                | None => "The provider stopped the answer for a reason of its own",
            },
            TurnState::Sending
            | TurnState::Waiting
            | TurnState::Streaming
            | TurnState::Complete
            | TurnState::Stopped
            | TurnState::Interrupted
            | TurnState::Failed => return String::new(),
        };
        let Some(stop) = &self.stop else { return format!("{words}.") };
        let word = clip(&stop.wire, WORD_LIMIT);
        let word = if word.is_empty() { String::new() } else { format!(" ({word})") };
        format!("{words}{word}.{}", sentence(stop))
    }
}

/// The provider's sentence, behind ours.
fn sentence(stop: &Stop) -> String {
    let detail = clip(stop.detail.trim(), SENTENCE_LIMIT);
    if detail.is_empty() { String::new() } else { format!(" {detail}") }
}

fn clip(text: &str, limit: usize) -> &str {
    &text[..text.floor_char_boundary(limit)]
}
