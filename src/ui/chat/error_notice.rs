//! Notices tell what became of an answer that was not simply written to its end: a note, or an error with what to do about
//! it.

use super::context::Chat;
use super::sources::Sources;
use crate::browser::clock::page_origin;
use crate::engine::chat::{Failure, Turn, TurnId, TurnState};
use crate::engine::messages::page;
use crate::engine::settings::Problem;
use crate::ui::components::{Button, Icon, IconView};
use leptos::prelude::*;

/// Renders what stands under the text of an answer that is over: sources, a note, a way to go on, an error.
#[component]
pub fn Ending(
    /// The answer's turn.
    id: TurnId,
    /// How it ended.
    state: TurnState,
) -> impl IntoView {
    let chat = expect_context::<Chat>();
    let (note, failure) =
        chat.conversation.read_turn(id, |turn| (note(turn, state), turn.failure.clone())).unwrap_or_default();
    let note = (!note.is_empty()).then(|| {
        view! {
            <p class="note" data-testid="note">
                {note}
            </p>
        }
        .into_any()
    });
    let error = failure.map(|failure| view! { <ErrorNotice id=id failure=failure state=state /> });
    // An error has the button beside the other ways on.
    let go_on = error.is_none().then(|| view! { <GoOn id=id state=state /> });
    view! {
        <Sources id=id />
        {note}
        {go_on}
        {error}
    }
}

/// Renders the button that has the model go on behind an answer that is not whole.
#[component]
fn GoOn(
    /// The answer's turn.
    id: TurnId,
    /// How it ended.
    state: TurnState,
) -> impl IntoView {
    let chat = expect_context::<Chat>();
    let has_words = chat.conversation.read_turn(id, |turn| !turn.words().trim().is_empty());
    // What a provider has paused may have no words yet; any other answer without words is asked for again.
    let has_begun = state == TurnState::Paused || has_words.unwrap_or_default();
    let is_recorded = chat.conversation.with_store(|store| store.is_recorded());
    let can_go_on = state.is_cut_off() && has_begun && !is_recorded;
    let button = move || {
        view! {
            <Button class="button" test_id="go-on" on_press=move |()| chat.go_on(id)>
                {page::GO_ON}
            </Button>
        }
    };
    move || (can_go_on && chat.conversation.can_retry(id)).then(button)
}

/// Renders an error in its place, with the server's own words and a way on.
#[component]
pub fn ErrorNotice(
    /// The answer's turn.
    id: TurnId,
    /// What went wrong.
    failure: Failure,
    /// How the answer ended.
    state: TurnState,
) -> impl IntoView {
    let chat = expect_context::<Chat>();
    let problem = failure.field().map(|field| Problem { field, sentence: failure.sentence() });
    let seen = failure.seen_from(&page_origin());
    let details = seen.details();
    let details = (!details.is_empty()).then(|| {
        view! {
            <details class="details">
                <summary>
                    <IconView icon=Icon::After />
                    {page::DETAILS}
                </summary>
                <pre>{details}</pre>
            </details>
        }
        .into_any()
    });
    let try_again = move || {
        view! {
            <Button class="button" test_id="retry" icon=Icon::Retry on_press=move |()| chat.retry(id)>
                {page::TRY_AGAIN}
            </Button>
        }
    };
    view! {
        <section class="error" data-testid="error">
            <p class="error-sentence" dir="auto">
                {seen.sentence()}
            </p>
            <p>{seen.advice(&page_origin())}</p>
            {details}
            <div class="error-tools">
                <GoOn id=id state=state />
                {move || chat.conversation.can_retry(id).then(try_again)}
                <Button
                    class="button quiet"
                    test_id="error-settings"
                    on_press=move |()| chat.sheet.show(problem.clone())
                >
                    {page::SETTINGS}
                </Button>
            </div>
        </section>
    }
}

/// Returns how an answer ended, where that is not plain; empty otherwise.
fn note(turn: &Turn, state: TurnState) -> String {
    let end = turn.end_in_words();
    let mut notes: Vec<&str> = Vec::new();
    match state {
        TurnState::Stopped if turn.has_content() => notes.push(page::STOPPED_WITH_TEXT),
        TurnState::Stopped => notes.push(page::STOPPED),
        TurnState::Truncated | TurnState::Filtered | TurnState::Paused | TurnState::Halted => {
            notes.push(&end);
        }
        TurnState::Complete if turn.is_blank() => notes.push(page::EMPTY_ANSWER),
        // The error says what is kept.
        TurnState::Sending
        | TurnState::Waiting
        | TurnState::Streaming
        | TurnState::Interrupted
        | TurnState::Failed
        | TurnState::Complete => {}
    }
    if turn.whole && turn.has_content() {
        notes.push(page::IN_ONE_PIECE);
    }
    if turn.unreadable_count > 0 {
        notes.push(page::EVENTS_LEFT_OUT);
    }
    notes.join(" ")
}
