//! One answer: reasoning, text, what became of it, and its numbers.
//!
//! `live` draws into `.thoughts`, `.answer` and `.pace`, which have no children here.

use super::extras::extras;
use super::numbers::{about_numbers, numbers};
use super::outcome::{note, outcome, way_on};
use crate::browser::clipboard;
use crate::browser::dom::{Copied, Pressed, press};
use crate::engine::chat::{Turn, TurnId, TurnState};
use crate::engine::meter::Numbers;
use crate::ui::el::{El, button, el};
use crate::ui::format::{count, seconds};
use crate::ui::live::Screen;
use crate::ui::parts::{Icon, icon, pace};
use crate::ui::state::App;
use crate::ui::talk::{Card, Waiting};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

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
    let try_now = button("button", &[("data-testid", "try-now")], move || app.hurry())
        .live_flag("hidden", move || !matches!(waiting.get(), Waiting::Again(_)))
        .text("Try now");
    el("article", "turn reply")
        .attrs(&[("data-testid", "turn"), ("data-role", "assistant")])
        .live_attr("data-state", move || Some(state.get().name().to_owned()))
        .on("click", |event| press_tool(&event))
        .on(clipboard::COPIED, move |_| app.announcement.set("Copied".to_owned()))
        .on(clipboard::REFUSED, move |_| {
            app.announcement.set("Copying was refused: select the text and press Ctrl+C".to_owned());
        })
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
                .child(numbers(figures))
                .child(el("div", "foot-end").child(pace()).child(tools(app, id, state, figures))),
        )
}

/// Gives the elements to `live`, and draws at once what is there already. They must stand in the page.
pub(super) fn attach(app: App, id: TurnId, card: &Card, element: &web_sys::Element) {
    let Some(mut screen) = Screen::inside(element) else { return };
    app.talk(|talk| {
        let is_running = talk.run.as_ref().is_some_and(|run| run.id == id);
        if let Some(turn) = talk.conversation.turn(id).filter(|_| !is_running) {
            screen.draw_whole(turn);
            screen.draw_pace(card);
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

/// Serves the buttons that the Markdown sink puts over code and tables and into the boxes of images.
fn press_tool(event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(pressed) = target.as_ref().and_then(press) else { return };
    // An image may stand in a link.
    event.prevent_default();
    if let Pressed::Copy(Copied { button, text }) = pressed {
        spawn_local(async move { clipboard::put_for(&button, &text).await });
    }
}

fn tools(app: App, id: TurnId, state: RwSignal<TurnState>, figures: RwSignal<Numbers>) -> El {
    let again = [("data-testid", "retry"), ("aria-label", "Ask again"), ("title", "Ask again")];
    let retry = move || {
        (can_retry(app, id, state.get()) && !is_bad(state.get()))
            .then(|| button("icon-button small", &again, move || app.retry(id)).child(icon(Icon::Retry)))
    };
    let names = [
        ("data-testid", "copy"),
        ("aria-label", "Copy the answer"),
        ("title", "Copy the answer as Markdown"),
    ];
    let copy = move |event: Event| {
        let text = app.read_turn(id, Turn::words).unwrap_or_default();
        let Some(button) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) else {
            return;
        };
        spawn_local(async move { clipboard::put_for(&button, &text).await });
    };
    let copy = el("button", "icon-button small copy")
        .attr("type", "button")
        .attrs(&names)
        .on("click", copy)
        .child(icon(Icon::Copy))
        .child(icon(Icon::Done));
    el("span", "tools")
        .live_child(move || versions(app, id))
        .child(about_numbers(figures))
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
    let step = move |to: Option<TurnId>, label: &str, drawing: Icon| {
        let act = move || {
            if let Some(to) = to {
                app.show(to);
            }
        };
        button("icon-button small", &[("aria-label", label), ("title", label)], act)
            .live_flag("disabled", move || to.is_none())
            .child(icon(drawing))
    };
    let before = at.checked_sub(1).and_then(|at| siblings.get(at).copied());
    let after = siblings.get(at + 1).copied();
    let words = format!("{} of {}", at + 1, siblings.len());
    Some(
        el("span", "versions")
            .child(step(before, "The answer before", Icon::Before))
            .child(el("span", "").text(&words))
            .child(step(after, "The answer after", Icon::After)),
    )
}

/// Whether an answer can be asked for again: the last one on show, once it is over.
pub(super) fn can_retry(app: App, id: TurnId, state: TurnState) -> bool {
    let is_last = app.path.with(|path| path.last().is_some_and(|place| place.turn == id));
    is_last && state.is_final() && !app.is_running.get()
}

/// Whether the outcome has its own button to try again.
fn is_bad(state: TurnState) -> bool {
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
