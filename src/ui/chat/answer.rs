//! One answer: reasoning, text, what became of it, and its numbers.
//!
//! `live` draws into `.thoughts`, `.answer` and `.pace`, which have no children here.

use super::numbers::numbers;
use super::outcome::{note, outcome};
use crate::engine::chat::{TurnId, TurnState};
use crate::engine::meter::Numbers;
use crate::ui::format::{count, seconds};
use crate::ui::live::Screen;
use crate::ui::parts::{Icon, icon, pace};
use crate::ui::state::{App, Card, Waiting};
use leptos::html::Article;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

pub(super) fn answer(app: App, id: TurnId, card: &Card) -> AnyView {
    let state: RwSignal<TurnState> = card.state.clone().into();
    let waiting: RwSignal<Waiting> = card.waiting.clone().into();
    let figures: RwSignal<Numbers> = card.numbers.clone().into();
    let has_reasoning: RwSignal<bool> = card.has_reasoning.clone().into();
    let place = NodeRef::<Article>::new();
    let shown = card.clone();
    place.on_load(move |element| attach(app, id, &shown, &element));
    on_cleanup(move || app.with(|core| core.screens.retain(|(other, _)| *other != id)));
    let recording = card.recorded.then(|| {
        view! { <p class="recording" data-testid="recording">"Recording: played from a file, at its own pace"</p> }
    });
    view! {
        <article node_ref=place class="turn reply" data-testid="turn" data-role="assistant"
            data-state=move || state.get().name()>
            <h2 class="unseen">"Answer"</h2>
            {recording}
            <details class="reasoning" data-testid="reasoning" hidden=move || !has_reasoning.get()>
                <summary>{icon(Icon::After)}<span>{move || thinking(state.get(), &figures.get())}</span></summary>
                <div class="thoughts"></div>
            </details>
            <div class="answer" data-testid="answer"></div>
            <p class="waiting">{move || in_words(state.get(), waiting.get())}</p>
            {move || note(app, id, state.get())}
            {move || outcome(app, id, state.get())}
            <footer class="foot">
                {numbers(figures)}
                <div class="foot-end">{pace()}{tools(app, id, state)}</div>
            </footer>
        </article>
    }
    .into_any()
}

/// Gives the elements to `live`, and draws at once what is there already.
fn attach(app: App, id: TurnId, card: &Card, element: &web_sys::Element) {
    let Some(mut screen) = Screen::inside(element) else { return };
    app.with(|core| {
        let is_running = core.run.as_ref().is_some_and(|run| run.id == id);
        if let Some(turn) = core.conversation.turn(id).filter(|_| !is_running) {
            screen.draw(turn);
            screen.draw_pace(card);
        }
        core.screens.push((id, screen));
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

fn in_words(state: TurnState, waiting: Waiting) -> String {
    match waiting {
        Waiting::Quiet => String::new(),
        Waiting::Reading(done, total) => {
            format!("Reading the prompt: {} of {} tokens", count(done), count(total))
        }
        Waiting::Stalled(seconds) => format!("No data for {seconds} s"),
        Waiting::Since(seconds) if state == TurnState::Sending => {
            format!("Waiting for the server, {seconds} s")
        }
        Waiting::Since(seconds) => format!("Waiting for the first word, {seconds} s"),
    }
}

fn tools(app: App, id: TurnId, state: RwSignal<TurnState>) -> impl IntoView {
    let is_copied = RwSignal::new(false);
    let copy = move |_| {
        let text = app.read_turn(id, |turn| turn.text()).unwrap_or_default();
        spawn_local(async move {
            let Some(clipboard) = web_sys::window().map(|window| window.navigator().clipboard()) else {
                return;
            };
            let is_done = JsFuture::from(clipboard.write_text(&text)).await.is_ok();
            let _ = is_copied.try_set(is_done);
            let said =
                if is_done { "Copied" } else { "Copying was refused: select the text and press Ctrl+C" };
            app.announcement.set(said.to_owned());
        });
    };
    let retry = move || {
        (can_retry(app, id, state.get()) && !is_bad(state.get())).then(|| {
            view! {
                <button type="button" class="icon-button small" data-testid="retry" aria-label="Ask again"
                    title="Ask again" on:click=move |_| app.retry(id)>{icon(Icon::Retry)}</button>
            }
        })
    };
    view! {
        <span class="tools">
            {move || versions(app, id)}
            <button type="button" class="icon-button small" data-testid="copy" aria-label="Copy the answer"
                title="Copy the answer as Markdown" on:click=copy>
                {move || icon(if is_copied.get() { Icon::Done } else { Icon::Copy })}
            </button>
            {retry}
        </span>
    }
}

/// Which of several answers to one question this is, with a way to the others. Not while one is being written.
fn versions(app: App, id: TurnId) -> Option<AnyView> {
    // A new answer changes the path.
    app.path.track();
    let is_running = app.is_running.get();
    let siblings = app.with(|core| core.conversation.siblings(id));
    let at = siblings.iter().position(|sibling| *sibling == id)?;
    if siblings.len() < 2 || is_running {
        return None;
    }
    let step = move |to: Option<TurnId>, label: &'static str, drawing: Icon| {
        view! {
            <button type="button" class="icon-button small" aria-label=label title=label disabled=to.is_none()
                on:click=move |_| {
                    if let Some(to) = to {
                        app.show(to);
                    }
                }>{icon(drawing)}</button>
        }
    };
    let before = at.checked_sub(1).and_then(|at| siblings.get(at).copied());
    let after = siblings.get(at + 1).copied();
    let words = format!("{} of {}", at + 1, siblings.len());
    Some(
        view! {
            <span class="versions">
                {step(before, "The answer before", Icon::Before)}
                <span>{words}</span>
                {step(after, "The answer after", Icon::After)}
            </span>
        }
        .into_any(),
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
        | TurnState::Filtered => false,
    }
}
