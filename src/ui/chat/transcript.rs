//! The turns on show, in an element that follows its end until the person scrolls up.

use super::answer::answer;
use super::empty::empty;
use crate::browser::clock;
use crate::engine::stamp::Stamp;
use crate::engine::wire::{BlockKind, Role};
use crate::ui::parts::{Icon, icon};
use crate::ui::state::{App, Place};
use leptos::html::Div;
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

/// This near the end is at the end: pixels are fractions on many screens.
const NEAR: i32 = 4;
/// Scrolling down to here takes up following again.
const REJOIN: i32 = 24;
/// So long after a wheel, touch, key or press a scroll is the person's. Without one it is the layout's: heights change
/// when skipped sections come into view.
const INTENT: Duration = Duration::from_secs(3);

pub(in crate::ui) fn transcript(app: App) -> impl IntoView {
    let scroller = NodeRef::<Div>::new();
    scroller.on_load(move |element| app.with(|core| core.scroller = Some(element.into())));
    let last_top = Cell::new(0);
    let intent = Rc::new(Cell::new(None::<Stamp>));
    let touched = {
        let intent = Rc::clone(&intent);
        move || intent.set(Some(clock::now()))
    };
    let (wheel, touch, press, key) = (touched.clone(), touched.clone(), touched.clone(), touched);
    let on_scroll = move |_| {
        let Some(element) = app.with(|core| core.scroller.clone()) else { return };
        let top = element.scroll_top();
        let moved_up = top < last_top.replace(top);
        let below = element.scroll_height() - top - element.client_height();
        let is_meant = intent.get().is_some_and(|at| clock::now().since(at) < INTENT);
        let is_following = if app.is_following.get_untracked() {
            !(moved_up && is_meant) || below <= NEAR
        } else {
            below <= NEAR || (!moved_up && below <= REJOIN)
        };
        if is_following != app.is_following.get_untracked() {
            app.is_following.set(is_following);
        }
    };
    view! {
        <main class="scroller">
            <div class="scroll" node_ref=scroller on:scroll=on_scroll on:wheel=move |_| wheel()
                on:touchmove=move |_| touch() on:pointerdown=move |_| press() on:keydown=move |_| key()
                tabindex="0" role="region"
                aria-label="Conversation">
                <div class="column" data-testid="transcript" role="log" aria-live="off"
                    aria-busy=move || if app.is_running.get() { "true" } else { "false" }>
                    {move || app.path.with(Vec::is_empty).then(|| empty(app))}
                    <For each=move || app.path.get() key=|place| *place children=move |place| turn(app, place)/>
                </div>
            </div>
            {jump(app)}
        </main>
    }
}

fn turn(app: App, place: Place) -> AnyView {
    let Some(card) = app.with(|core| core.card(place.turn)) else { return ().into_any() };
    match card.role {
        Role::User => question(app, place),
        Role::Assistant => answer(app, place.turn, &card),
    }
}

fn question(app: App, place: Place) -> AnyView {
    let text = app.read_turn(place.turn, |turn| {
        turn.blocks_of(BlockKind::Text).map(|block| block.text.as_str()).collect::<String>()
    });
    view! {
        <article class="turn question" data-testid="turn" data-role="user" data-state="complete">
            <h2 class="unseen">"You"</h2>
            <div class="bubble">{text}</div>
        </article>
    }
    .into_any()
}

fn jump(app: App) -> impl IntoView {
    let to_end = move |_| {
        app.is_following.set(true);
        app.scroll_to_end();
        app.focus_composer();
    };
    move || {
        (!app.is_following.get()).then(|| {
            view! {
                <button type="button" class="jump" data-testid="jump-to-end" aria-label="To the end"
                    title="To the end" on:click=to_end>{icon(Icon::Down)}</button>
            }
        })
    }
}
