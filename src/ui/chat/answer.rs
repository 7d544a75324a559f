//! An answer shows its reasoning, its text, what became of it, and its numbers.

use super::context::Chat;
use super::error_notice::Ending;
use super::numbers::{NumbersLine, is_error};
use super::numbers_dialog::AboutNumbers;
use super::render_loop::TurnViews;
use super::tab_stop::OLD_TURN;
use super::turn_view::TurnView;
use super::waiting::WaitingLine;
use crate::browser::clipboard;
use crate::engine::chat::{Turn, TurnId, TurnState};
use crate::engine::messages::page;
use crate::engine::meter::Numbers;
use crate::ui::components::{Button, Icon, IconView, Sparkline, SparklineView, seconds};
use crate::ui::state::TurnSignals;
use leptos::html;
use leptos::prelude::*;
use leptos::svg;
use leptos::task::spawn_local;

/// Renders an answer. Its text goes past the reactive graph: the render loop draws it into two of the elements here.
#[component]
pub fn Answer(
    /// The answer's turn.
    id: TurnId,
    /// Its signals.
    signals: TurnSignals,
) -> impl IntoView {
    let chat = expect_context::<Chat>();
    let state: RwSignal<TurnState> = signals.state.clone().into();
    let numbers: RwSignal<Numbers> = signals.numbers.clone().into();
    let has_reasoning: RwSignal<bool> = signals.has_reasoning.clone().into();
    let (time, bars) = (NodeRef::<svg::Path>::new(), NodeRef::<svg::Path>::new());
    let (answer, thoughts) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    let is_recorded = signals.is_recorded;
    let is_old = move || chat.conversation.path.with(|path| path.last().is_some_and(|key| key.turn != id));
    let shown = signals.clone();
    let views = expect_context::<TurnViews>();
    let is_there = StoredValue::new(());
    answer.on_load(move |answer| {
        let pace = time.get_untracked().zip(bars.get_untracked());
        if let (Some(thoughts), Some((time, bars))) = (thoughts.get_untracked(), pace) {
            let pace = Sparkline { time: time.into(), bars: bars.into() };
            let shown = shown.clone();
            chat.with_text_maker(id, move |make_text| {
                // The turn may have left the page meanwhile.
                if is_there.try_get_value().is_some() {
                    let view = TurnView::new(answer.into(), thoughts.into(), pace, make_text);
                    views.add(chat, id, &shown, view);
                }
            });
        }
    });
    on_cleanup(move || views.remove(id));
    view! {
        <article
            class="turn reply"
            data-testid="turn"
            data-role="assistant"
            data-state=move || state.get().name()
            tabindex=move || is_old().then_some("0")
            aria-describedby=move || is_old().then_some(OLD_TURN)
        >
            <h2 class="unseen">{page::ANSWER}</h2>
            <p class="recording" data-testid="recording" hidden=!is_recorded>
                {page::RECORDING}
            </p>
            <details class="reasoning" data-testid="reasoning" hidden=move || !has_reasoning.get()>
                <summary>
                    <IconView icon=Icon::After />
                    <span>{move || thinking(state.get(), &numbers.get())}</span>
                </summary>
                <div class="thoughts" node_ref=thoughts></div>
            </details>
            <div class="answer" data-testid="answer" node_ref=answer></div>
            <WaitingLine id=id state=state waiting=signals.waiting.clone().into() />
            {move || state.get().is_final().then(|| view! { <Ending id=id state=state.get_untracked() /> })}
            <footer class="foot">
                <NumbersLine numbers=numbers state=state />
                <div class="foot-end">
                    <SparklineView time=time bars=bars />
                    <span class="tools">
                        <AboutNumbers id=id signals=signals />
                        <CopyButton id=id />
                        <RetryButton id=id is_recorded=is_recorded state=state />
                    </span>
                </div>
                {move || chat.conversation.turn_tools.view(id)}
            </footer>
        </article>
    }
}

/// Renders the button that copies the answer as Markdown.
#[component]
fn CopyButton(id: TurnId) -> impl IntoView {
    let conversation = expect_context::<Chat>().conversation;
    let button = NodeRef::<html::Button>::new();
    let copy = move |_| {
        let words = conversation.read_turn(id, Turn::words).unwrap_or_default();
        if let Some(button) = button.get_untracked() {
            spawn_local(async move { clipboard::put_for(&button, &words).await });
        }
    };
    view! {
        <button
            type="button"
            class="icon-button small copy"
            data-testid="copy"
            aria-label=page::COPY_THE_ANSWER
            title=page::COPY_TITLE
            node_ref=button
            on:click=copy
        >
            <IconView icon=Icon::Copy />
            <IconView icon=Icon::Done />
        </button>
    }
}

/// Renders the button that asks the question again, for another answer beside this one. An error has a button of its own
/// for that.
#[component]
fn RetryButton(id: TurnId, is_recorded: bool, state: RwSignal<TurnState>) -> impl IntoView {
    let chat = expect_context::<Chat>();
    let can_retry = move || {
        let state = state.get();
        state.is_final() && !is_error(state) && chat.conversation.can_retry(id)
    };
    let label = if is_recorded { page::PLAY_AGAIN } else { page::ASK_AGAIN };
    let button = move || {
        view! {
            <Button
                class="icon-button small"
                test_id="retry"
                label=label
                icon=Icon::Retry
                on_press=move |()| chat.retry(id)
            />
        }
    };
    view! { {move || can_retry().then(button)} }
}

fn thinking(state: TurnState, numbers: &Numbers) -> String {
    match (numbers.ttft, numbers.ttfo) {
        (Some(first), Some(answer)) => page::thought_for(&seconds(answer.saturating_sub(first))),
        _ if state.is_final() => page::THOUGHTS.to_owned(),
        _ => page::THINKING.to_owned(),
    }
}
