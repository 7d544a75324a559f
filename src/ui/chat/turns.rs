//! The turns on show: questions and answers, and the loop that draws what is being written.

use super::answer::Answer;
use super::context::Chat;
use super::follow::follow_end;
use super::question::Question;
use super::render_loop::{TurnViews, frame};
use super::tab_stop::{OLD_TURN, TabStops};
use super::window::Earlier;
use super::window_events::{escape_stops, question_mark_lists_keys, tell_in_title};
use crate::browser::clipboard;
use crate::browser::dom::{Copied, Pressed, press, tell_gone};
use crate::browser::frame_loop::FrameLoop;
use crate::engine::messages::page;
use crate::engine::wire::Role;
use crate::ui::export::export_on_demand;
use crate::ui::state::TurnKey;
use crate::ui::typeset::typeset_on_demand;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

/// The turns of the conversation's active path. A turn's elements stay as long as it is on the path.
#[component]
pub fn Turns() -> impl IntoView {
    let chat = expect_context::<Chat>();
    let conversation = chat.conversation;
    let views = TurnViews::default();
    let stops = TabStops::new();
    provide_context(views);
    follow_end(chat.scroll);
    escape_stops(conversation);
    tell_in_title(conversation);
    question_mark_lists_keys(chat.keys);
    export_on_demand();
    typeset_on_demand();
    if let Some(frames) = FrameLoop::new(move |now| frame(chat, views, now)) {
        conversation.set_wake(Rc::new(move || frames.wake()));
    }
    for (event, words) in [(clipboard::COPIED, page::COPIED), (clipboard::REFUSED, page::COULD_NOT_COPY)] {
        let listener =
            window_event_listener_untyped(event, move |_| conversation.announcement.set(words.to_owned()));
        on_cleanup(move || listener.remove());
    }
    tell_when_turns_go(move || conversation.path.get());
    let in_page = move || {
        let first = conversation.first.get();
        conversation.path.with(|path| path.get(first..).unwrap_or_default().to_vec())
    };
    view! {
        <div
            class="turns"
            node_ref=stops.turns
            on:click=press_tool
            on:keydown=move |event| stops.key_pressed(&event)
            on:focusin=move |event| stops.focus_came(&event)
            on:focusout=move |event| stops.focus_went(&event)
        >
            <p id=OLD_TURN class="unseen">
                {page::OLD_TURN}
            </p>
            <Earlier conversation=conversation scroll=chat.scroll />
            <For each=in_page key=|turn| *turn let:turn>
                <TurnItem turn=turn />
            </For>
        </div>
    }
}

/// One turn, by who speaks.
#[component]
fn TurnItem(turn: TurnKey) -> impl IntoView {
    let signals = expect_context::<Chat>().conversation.with_store(|store| store.signals(turn.turn))?;
    Some(match signals.role {
        Role::User => view! { <Question id=turn.turn /> }.into_any(),
        Role::Assistant => view! { <Answer id=turn.turn signals=signals /> }.into_any(),
    })
}

/// Does what a button of rendered Markdown is for.
fn press_tool(event: MouseEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(pressed) = target.and_then(|target| press(&target)) else { return };
    // The link of a footnote leads nowhere by itself.
    event.prevent_default();
    if let Pressed::Copy(Copied { button, text }) = pressed {
        spawn_local(async move { clipboard::put_for(&button, &text).await });
    }
}

/// Tells those who keep something for text on the page when some of it has left.
fn tell_when_turns_go(path: impl Fn() -> Vec<TurnKey> + 'static) {
    Effect::new(move |before: Option<Vec<TurnKey>>| {
        let now = path();
        if before.is_some_and(|before| !now.starts_with(&before)) {
            // Behind the effect that takes the elements away.
            spawn_local(async { tell_gone() });
        }
        now
    });
}
