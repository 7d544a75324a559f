//! One answer: reasoning, text, what became of it, and its numbers.
//!
//! `live` draws into `.thoughts`, `.answer` and `.pace`, which have no children here.

use super::acts::{Act, tool};
use super::extras::extras;
use super::numbers::{about_numbers, is_error, numbers};
use super::outcome::{note, outcome, way_on};
use crate::engine::chat::{TurnId, TurnState};
use crate::engine::meter::Numbers;
use crate::ui::components::{Icon, icon, pace};
use crate::ui::el::{El, el};
use crate::ui::format::{count, seconds};
use crate::ui::screen::{Budget, Screen};
use crate::ui::state::App;
use crate::ui::talk::{Card, Waiting};
use leptos::prelude::*;

pub(super) fn answer(app: App, id: TurnId, card: &Card) -> El {
    let state: RwSignal<TurnState> = card.state.clone().into();
    let waiting: RwSignal<Waiting> = card.waiting.clone().into();
    let figures: RwSignal<Numbers> = card.numbers.clone().into();
    let has_reasoning: RwSignal<bool> = card.has_reasoning.clone().into();
    on_cleanup(move || app.talk(|talk| talk.screens.retain(|(other, _)| *other != id)));
    let recording = card.recorded.then(|| {
        el("p", "recording")
            .attr("data-testid", "recording")
            .text("Recording: played from a file, at its own pace")
    });
    let thoughts = el("span", "").live_text(move || thinking(state.get(), &figures.get()));
    let reasoning = el("details", "reasoning")
        .attr("data-testid", "reasoning")
        .live_flag("hidden", move || !has_reasoning.get())
        .child(el("summary", "").child(icon(Icon::After)).child(thoughts))
        .child(el("div", "thoughts"));
    let try_now = tool("button", &[("data-testid", "try-now")], Act::TryNow)
        .live_flag("hidden", move || !matches!(waiting.get(), Waiting::Again(_)))
        .text("Try now");
    el("article", "turn reply")
        .attrs(&[("data-testid", "turn"), ("data-role", "assistant")])
        .live_attr("data-state", move || Some(state.get().name().to_owned()))
        .child(el("h2", "unseen").text("Answer"))
        .children(recording)
        .child(reasoning)
        .child(el("div", "answer").attr("data-testid", "answer"))
        .child(el("p", "waiting").live_text(move || in_words(app, id, state.get(), waiting.get())))
        .child(try_now)
        .live_child(move || extras(app, id, state.get()))
        .live_child(move || note(app, id, state.get()))
        .live_child(move || way_on(app, id, state.get()))
        .live_child(move || outcome(app, id, state.get()))
        .child(
            el("footer", "foot")
                .child(numbers(figures, state))
                .child(el("div", "foot-end").child(pace()).child(tools(app, id, state))),
        )
}

/// Gives the elements to `live`, and draws at once what is there already. They must stand in the page.
pub(super) fn attach(app: App, id: TurnId, card: &Card, element: &web_sys::Element) {
    let Some(mut screen) = Screen::inside(element) else { return };
    app.talk(|talk| {
        let is_running = talk.run.as_ref().is_some_and(|run| run.id == id);
        if let Some(turn) = talk.conversation.turn(id).filter(|_| !is_running) {
            // What is more than fits into a frame comes with the next ones.
            screen.draw(turn, &mut Budget::FRAME.clone());
            screen.draw_pace(&card.pace.borrow(), card.numbers.get_untracked().elapsed);
        }
        talk.screens.push((id, screen));
    });
    if app.is_following.get_untracked() {
        app.scroll_to_end();
    }
    app.wake();
}

fn thinking(state: TurnState, figures: &Numbers) -> String {
    match (figures.ttft, figures.ttfo) {
        (Some(first), Some(answer)) => format!("Thought for {}", seconds(answer.saturating_sub(first))),
        _ if state.is_final() => "Thoughts".to_owned(),
        _ => "Thinking".to_owned(),
    }
}

fn in_words(app: App, id: TurnId, state: TurnState, waiting: Waiting) -> String {
    match waiting {
        Waiting::Again(seconds) => {
            let failure = app.read_turn(id, |turn| turn.failure.clone()).flatten();
            let (sentence, is_told) = failure
                .map_or_else(Default::default, |failure| (failure.sentence(), failure.retry_after.is_some()));
            let about = if is_told { "" } else { "about " };
            match seconds {
                0 => format!("{sentence} Asking again now."),
                _ => format!("{sentence} Asking again in {about}{seconds} s."),
            }
        }
        Waiting::Quiet => String::new(),
        Waiting::Reading(done, total) => {
            format!("Reading the prompt: {} of {} tokens", count(done), count(total))
        }
        Waiting::Stalled(seconds) => format!("No data for {seconds} s"),
        Waiting::Unread(seconds) => format!("Connected, but nothing to read for {seconds} s"),
        Waiting::Loading(seconds) => {
            format!("Still waiting, {seconds} s: the server may be loading the model")
        }
        Waiting::Secure(seconds) => format!(
            "Still waiting, {seconds} s: the address begins with https, and servers on this machine usually speak plain http"
        ),
        Waiting::Since(seconds) if state == TurnState::Sending => {
            format!("Waiting for the server, {seconds} s")
        }
        Waiting::Since(seconds) => format!("Waiting for the first word, {seconds} s"),
    }
}

fn tools(app: App, id: TurnId, state: RwSignal<TurnState>) -> El {
    let again = [("data-testid", "retry"), ("aria-label", "Ask again"), ("title", "Ask again")];
    let retry = move || {
        (can_retry(app, id, state.get()) && !is_error(state.get()))
            .then(|| tool("icon-button small", &again, Act::Retry).child(icon(Icon::Retry)))
    };
    let names = [
        ("data-testid", "copy"),
        ("aria-label", "Copy the answer"),
        ("title", "Copy the answer as Markdown"),
    ];
    let copy =
        tool("icon-button small copy", &names, Act::Copy).child(icon(Icon::Copy)).child(icon(Icon::Done));
    el("span", "tools")
        .live_child(move || versions(app, id))
        .child(about_numbers())
        .child(copy)
        .live_child(retry)
}

/// Which of several answers to one question this is, with a way to the others. Not while one is being written.
fn versions(app: App, id: TurnId) -> Option<El> {
    // A new answer changes the path.
    app.path.track();
    let is_running = app.is_running.get();
    let siblings = app.talk(|talk| talk.conversation.siblings(id));
    let at = siblings.iter().position(|sibling| *sibling == id)?;
    if siblings.len() < 2 || is_running {
        return None;
    }
    let step = move |is_there: bool, label: &str, act: Act, drawing: Icon| {
        tool("icon-button small", &[("aria-label", label), ("title", label)], act)
            .live_flag("disabled", move || !is_there)
            .child(icon(drawing))
    };
    let words = format!("{} of {}", at + 1, siblings.len());
    Some(
        el("span", "versions")
            .child(step(0 < at, "The answer before", Act::Before, Icon::Before))
            .child(el("span", "").text(&words))
            .child(step(at + 1 < siblings.len(), "The answer after", Act::After, Icon::After)),
    )
}

/// Whether an answer can be asked for again: the last one on show, once it is over.
pub(super) fn can_retry(app: App, id: TurnId, state: TurnState) -> bool {
    let is_last = app.path.with(|path| path.last().is_some_and(|place| place.turn == id));
    is_last && state.is_final() && !app.is_running.get()
}
