//! A lane while it runs and behind its end: its text, how far it is, and what can be done with it.

use super::plot::Sample;
use super::run::{LaneStatus, RaceRun};
use crate::browser::clock::page_origin;
use crate::engine::chat::{Turn, TurnState};
use crate::engine::messages::{page, race as words};
use crate::ui::components::{Button, Icon, seconds};
use leptos::html;
use leptos::prelude::*;
use std::rc::Rc;

/// Renders a lane of a race that was started.
#[component]
pub fn LaneView(
    /// The race.
    run: StoredValue<Rc<RaceRun>, LocalStorage>,
    /// The place of the lane.
    lane: usize,
    /// Whether an answer can still be taken into the conversation.
    #[prop(into)]
    can_take: Signal<bool>,
    /// Called with the place of the lane whose answer is taken.
    #[prop(into)]
    on_take: Callback<usize>,
) -> impl IntoView {
    let (answer, reasoning) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    Effect::new(move |_| {
        if let (Some(answer), Some(reasoning)) = (answer.get(), reasoning.get()) {
            run.with_value(|run| run.show(lane, answer.into(), reasoning.into()));
        }
    });
    let read = run.with_value(|run| run.lanes.get(lane).map(|lane| (lane.name.clone(), lane.about.clone())));
    let (name, about) = read.unwrap_or_default();
    let status = run.with_value(|run| run.lanes.get(lane).map(|lane| lane.status.clone()))?;
    let status: RwSignal<LaneStatus> = status.into();
    let state = Memo::new(move |_| status.with(|status| status.state));
    let is_over = Memo::new(move |_| status.with(|status| status.state.is_final()));
    let end = move || is_over.get().then(|| run.with_value(|run| run.read(lane, end_of))).flatten();
    let is_takeable = move || {
        let has_words = run.with_value(|run| run.read(lane, Turn::has_content)) == Some(true);
        is_over.get() && has_words && can_take.get()
    };
    let take = move || {
        view! {
            <Button class="button quiet" test_id="race-take" on_press=move |()| on_take.run(lane)>
                {words::TAKE}
            </Button>
        }
    };
    let (label, text_label) = (name.clone(), name.clone());
    Some(view! {
        <section
            class="race-lane"
            data-testid="race-lane"
            data-state=move || state.get().name()
            aria-label=label
        >
            <header>
                <h3>
                    <Sample lane=lane />
                    <bdi>{name}</bdi>
                </h3>
                <p class="hint" dir="auto">
                    {about}
                </p>
                <p class="race-status">
                    <span data-testid="race-status">{move || in_words(status.get())}</span>
                    <Button
                        class="button quiet"
                        test_id="race-stop"
                        icon=Icon::Stop
                        hidden=is_over
                        on_press=move |()| run.with_value(|run| run.stop(lane))
                    >
                        {words::STOP_LANE}
                    </Button>
                </p>
            </header>
            <div class="race-text" tabindex="0" role="group" aria-label=text_label>
                <div>
                    <div
                        class="race-reasoning"
                        hidden=move || !status.with(|status| status.has_reasoning)
                    >
                        <p class="hint">{words::REASONING}</p>
                        <div node_ref=reasoning></div>
                    </div>
                    <div data-testid="race-answer" node_ref=answer></div>
                </div>
            </div>
            {move || {
                status
                    .with(|status| status.is_retried)
                    .then(|| view! { <p class="hint">{words::ASKED_AGAIN}</p> })
            }}
            {move || {
                end()
                    .map(|end| {
                        view! {
                            <p class="problem" dir="auto" role="status" data-testid="race-end">
                                {end}
                            </p>
                        }
                    })
            }}
            {move || is_takeable().then(take)}
        </section>
    })
}

/// Returns how far a lane is.
fn in_words(status: LaneStatus) -> String {
    if let Some(seconds) = status.again {
        return words::again_in(seconds);
    }
    let what = match status.state {
        TurnState::Sending => words::SENDING,
        TurnState::Waiting => words::WAITING,
        TurnState::Streaming => words::WRITING,
        TurnState::Complete => words::DONE,
        TurnState::Stopped => words::STOPPED,
        TurnState::Interrupted => words::BROKE_OFF,
        TurnState::Failed => words::FAILED,
        TurnState::Truncated => page::ANSWER_CUT_OFF,
        TurnState::Filtered => page::ANSWER_WITHHELD,
        TurnState::Paused | TurnState::Halted => words::ENDED,
    };
    words::since(what, &seconds(status.elapsed))
}

/// Returns how an answer ended, and what to do about it, where that is no good end.
fn end_of(turn: &Turn) -> Option<String> {
    if let Some(failure) = &turn.failure {
        let origin = page_origin();
        let seen = failure.clone().seen_from(&origin);
        return Some(format!("{} {}", seen.sentence(), seen.advice(&origin)));
    }
    let end = turn.end_in_words();
    match turn.state {
        _ if !end.is_empty() => Some(end),
        TurnState::Complete if turn.is_blank() => Some(page::EMPTY_ANSWER.to_owned()),
        TurnState::Sending
        | TurnState::Waiting
        | TurnState::Streaming
        | TurnState::Complete
        | TurnState::Stopped
        | TurnState::Interrupted
        | TurnState::Failed
        | TurnState::Truncated
        | TurnState::Filtered
        | TurnState::Paused
        | TurnState::Halted => None,
    }
}
