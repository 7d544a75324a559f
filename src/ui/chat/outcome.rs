//! What became of an answer, where it was not simply written to its end: a note, or an error with what to do about it.

use super::acts::{Act, tool};
use super::answer::can_retry;
use crate::browser::clock::page_origin;
use crate::engine::chat::{Turn, TurnId, TurnState};
use crate::engine::settings::Problem;
use crate::ui::components::{Icon, icon};
use crate::ui::el::{El, el};
use crate::ui::state::App;

/// A line under the text that says how it ended.
pub(super) fn note(app: App, id: TurnId, state: TurnState) -> Option<El> {
    if !state.is_final() {
        return None;
    }
    let words = app.read_turn(id, |turn| in_words(turn, state))?;
    (!words.is_empty()).then(|| el("p", "note").attr("data-testid", "note").text(&words))
}

/// The way on where the provider paused.
pub(super) fn way_on(app: App, id: TurnId, state: TurnState) -> Option<El> {
    let can_go_on = state == TurnState::Paused && can_retry(app, id, state);
    can_go_on.then(|| tool("button", &[("data-testid", "go-on")], Act::GoOn).text("Go on"))
}

/// The error in its place, with the server's own words and a way on.
pub(super) fn outcome(app: App, id: TurnId, state: TurnState) -> Option<El> {
    if !state.is_final() {
        return None;
    }
    let failure = app.read_turn(id, |turn| turn.failure.clone()).flatten()?.seen_from(&page_origin());
    let retry = move || {
        can_retry(app, id, state).then(|| {
            tool("button", &[("data-testid", "retry")], Act::Retry).child(icon(Icon::Retry)).text("Try again")
        })
    };
    let details = failure.details();
    let details = (!details.is_empty()).then(|| {
        el("details", "details")
            .child(el("summary", "").child(icon(Icon::After)).text("Details"))
            .child(el("pre", "").text(&details))
    });
    let sentence = failure.sentence();
    let settings = tool("button quiet", &[("data-testid", "error-settings")], Act::Settings);
    Some(
        el("section", "error")
            .attr("data-testid", "error")
            .child(el("p", "error-sentence").attr("dir", "auto").text(&sentence))
            .child(el("p", "").text(&failure.advice(&page_origin())))
            .children(details)
            .child(el("div", "error-tools").live_child(retry).child(settings.text("Settings"))),
    )
}

/// What an answer's failure says about a field of the settings.
pub(super) fn problem(app: App, id: TurnId) -> Option<Problem> {
    let failure = app.read_turn(id, |turn| turn.failure.clone()).flatten()?;
    failure.field().map(|field| Problem { field, sentence: failure.sentence() })
}

fn in_words(turn: &Turn, state: TurnState) -> String {
    let end = turn.end_in_words();
    let mut notes: Vec<&str> = Vec::new();
    match state {
        TurnState::Stopped if turn.has_content() => notes.push("Stopped. The text so far is kept."),
        TurnState::Stopped => notes.push("Stopped."),
        TurnState::Truncated | TurnState::Filtered | TurnState::Paused | TurnState::Halted => {
            notes.push(&end);
        }
        TurnState::Complete if turn.is_blank() => notes.push("The model sent an empty answer."),
        // The error says what is kept.
        TurnState::Sending
        | TurnState::Waiting
        | TurnState::Streaming
        | TurnState::Interrupted
        | TurnState::Failed
        | TurnState::Complete => {}
    }
    if turn.whole && turn.has_content() {
        notes.push("It came in one piece, not streamed.");
    }
    if turn.unreadable_count > 0 {
        notes.push("Some events could not be read and were left out.");
    }
    notes.join(" ")
}
