//! The numbers line under an answer shows the figures that are known, of a list that the dialog shows whole.

use crate::engine::chat::TurnState;
use crate::engine::messages::figures;
use crate::engine::meter::{Numbers, Speed};
use crate::ui::components::{count, millis, rate, seconds};
use leptos::prelude::*;

/// Names what a figure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Time,
    Stream,
    Tokens,
}

/// Describes one figure of an answer.
#[derive(Clone, Copy)]
pub(super) struct Figure {
    /// Its name for tests and styles.
    pub(super) name: &'static str,
    /// Its label and its definition.
    pub(super) words: (&'static str, &'static str),
    pub(super) group: Group,
    /// Whether it stands in the line under the answer.
    pub(super) is_in_line: bool,
    /// Reads and formats it; `None` while it is not known.
    pub(super) read: fn(&Numbers) -> Option<String>,
}

const TOTAL: &str = "elapsed";

const fn figure(
    name: &'static str,
    words: (&'static str, &'static str),
    group: Group,
    is_in_line: bool,
    read: fn(&Numbers) -> Option<String>,
) -> Figure {
    Figure { name, words, group, is_in_line, read }
}

/// All figures, in the order in which they stand.
pub(super) const FIGURES: [Figure; 13] = [
    figure(TOTAL, figures::TOTAL, Group::Time, true, |numbers| Some(seconds(numbers.elapsed))),
    figure("ttfb", figures::FIRST_BYTE, Group::Time, false, |numbers| numbers.ttfb.map(seconds)),
    figure("ttft", figures::FIRST_WORD, Group::Time, true, |numbers| numbers.ttft.map(seconds)),
    figure("ttfo", figures::FIRST_AFTER_THINKING, Group::Time, false, |numbers| numbers.ttfo.map(seconds)),
    figure("longest-gap", figures::LONGEST_GAP, Group::Time, false, |numbers| {
        numbers.longest_gap.map(millis)
    }),
    figure("speed", figures::SPEED, Group::Stream, true, |numbers| {
        numbers.speed.map(|speed| match speed {
            Speed::Tokens(per_second) => figures::tokens_a_second(&rate(per_second)),
            Speed::Deltas(per_second) => figures::events_a_second(&rate(per_second)),
        })
    }),
    figure("tpot", figures::PER_TOKEN, Group::Stream, false, |numbers| numbers.tpot.map(millis)),
    figure("events", figures::EVENTS, Group::Stream, false, |numbers| Some(count(numbers.deltas))),
    figure("bytes", figures::RECEIVED, Group::Stream, false, |numbers| {
        Some(figures::bytes(&count(numbers.bytes)))
    }),
    figure("tokens-in", figures::PROMPT_TOKENS, Group::Tokens, true, |numbers| numbers.tokens_in.map(count)),
    figure("tokens-out", figures::ANSWER_TOKENS, Group::Tokens, true, |numbers| {
        numbers.tokens_out.map(count)
    }),
    figure("tokens-reasoning", figures::REASONING_TOKENS, Group::Tokens, false, |numbers| {
        numbers.tokens_reasoning.map(count)
    }),
    figure("tokens-cached", figures::CACHED_TOKENS, Group::Tokens, true, |numbers| {
        numbers.tokens_cached.map(count)
    }),
];

/// Renders the line under an answer with the figures that are known. For one that failed it shows only how long that took,
/// if the server sent anything.
#[component]
pub fn NumbersLine(
    /// The answer's figures.
    numbers: RwSignal<Numbers>,
    /// The answer's state.
    state: RwSignal<TurnState>,
) -> impl IntoView {
    let in_line = FIGURES.into_iter().filter(|figure| figure.is_in_line);
    let figures = in_line.map(|Figure { name, words: (label, definition), read, .. }| {
        let shown = move || {
            let is_failed = is_error(state.get());
            numbers.with(|numbers| {
                let has_place = !is_failed || (name == TOTAL && 0 < numbers.bytes);
                if has_place { read(numbers) } else { None }
            })
        };
        view! {
            <span class="figure" role="listitem" title=definition hidden=move || shown().is_none()>
                <span class="label">{label}</span>
                <bdi data-number=name title=definition>
                    {move || shown().unwrap_or_default()}
                </bdi>
            </span>
        }
    });
    view! {
        <div class="numbers" role="list" data-testid="numbers">
            {figures.collect_view()}
        </div>
    }
}

/// Returns whether an answer's outcome is an error, told in a box with its own button to try again.
pub(super) const fn is_error(state: TurnState) -> bool {
    match state {
        TurnState::Failed | TurnState::Interrupted => true,
        TurnState::Sending
        | TurnState::Waiting
        | TurnState::Streaming
        | TurnState::Complete
        | TurnState::Stopped
        | TurnState::Truncated
        | TurnState::Filtered
        | TurnState::Paused
        | TurnState::Halted => false,
    }
}
