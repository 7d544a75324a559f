//! The turns on show, in an element that follows its end until the person scrolls up.

use super::answer::{answer, attach};
use super::empty::empty;
use crate::browser::clock;
use crate::engine::stamp::Stamp;
use crate::engine::wire::{BlockKind, Role};
use crate::ui::el::{El, button, effect, el, listen};
use crate::ui::parts::{Icon, icon};
use crate::ui::state::{App, Place};
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

/// This near the end is at the end: pixels are fractions on many screens.
const NEAR: i32 = 4;
/// Scrolling down to here takes up following again.
const REJOIN: i32 = 24;
/// So long after a wheel, touch, key or press, or while something is held, a scroll is the person's. Without one it is the layout's: heights change
/// when skipped sections come into view.
const INTENT: Duration = Duration::from_secs(3);

pub(in crate::ui) fn transcript(app: App) -> El {
    let last_top = Cell::new(0);
    let intent = Rc::new(Cell::new(None::<Stamp>));
    let touched = Rc::clone(&intent);
    let wanted = Rc::clone(&intent);
    let is_held = Rc::new(Cell::new(false));
    let held = Rc::clone(&is_held);
    let on_scroll = move |_| {
        let Some(element) = app.with(|core| core.scroller.clone()) else { return };
        let top = element.scroll_top();
        let moved_up = top < last_top.replace(top);
        let below = element.scroll_height() - top - element.client_height();
        let is_meant = held.get() || intent.get().is_some_and(|at| clock::now().since(at) < INTENT);
        let is_following = if app.is_following.get_untracked() {
            !(moved_up && is_meant) || below <= NEAR
        } else {
            below <= NEAR || (!moved_up && below <= REJOIN)
        };
        if is_following != app.is_following.get_untracked() {
            app.is_following.set(is_following);
        }
    };
    let column = el("div", "column")
        .attrs(&[("data-testid", "transcript"), ("role", "log"), ("aria-live", "off")])
        .live_attr("aria-busy", move || Some(app.is_running.get().to_string()))
        .live_child(move || app.path.with(Vec::is_empty).then(|| empty(app)));
    let scroll =
        el("div", "scroll").attrs(&[("tabindex", "0"), ("role", "region"), ("aria-label", "Conversation")]);
    let scroll = scroll.live_flag("data-follows", move || app.is_following.get());
    // The bar at the side, or a selection that is drawn past the edge. Where they are let go of is not always told.
    let [pressing, moving, letting_go] = [Rc::clone(&is_held), Rc::clone(&is_held), is_held];
    let scroll = scroll.on("pointerdown", move |_| pressing.set(true)).on("pointermove", move |event| {
        if event.dyn_ref::<MouseEvent>().is_none_or(|event| event.buttons() == 0) {
            moving.set(false);
        }
    });
    if let Some(window) = web_sys::window() {
        listen(&window, "pointerup", Box::new(move |_| letting_go.set(false)));
    }
    let scroll =
        ["wheel", "touchmove", "pointerdown", "keydown"].into_iter().fold(scroll, |scroll, event| {
            let touched = Rc::clone(&touched);
            scroll.on(event, move |_| touched.set(Some(clock::now())))
        });
    app.with(|core| core.scroller = Some(scroll.element().clone()));
    el("main", "scroller")
        .child(scroll.on("scroll", on_scroll).child(column))
        .live_child(move || jump(app, Rc::clone(&wanted)))
}

/// Keeps the column's turns those of the path: what stands before the first difference stays as it is.
pub(in crate::ui) fn turns(app: App, column: Element) {
    let Some(owner) = Owner::current() else { return };
    let mut shown: Vec<(Place, El, Owner)> = Vec::new();
    effect(Box::new(move || {
        let path = app.path.get();
        let same = shown.iter().zip(&path).take_while(|((old, ..), new)| old == *new).count();
        for (_, turn, _) in shown.drain(same..) {
            turn.element().remove();
        }
        for place in path.into_iter().skip(same) {
            let Some(card) = app.talk(|talk| talk.card(place.turn)) else { return };
            // The turn lives until it leaves the path, however often this effect runs.
            let owner = owner.child();
            let turn = owner.with(|| {
                untrack(|| match card.role {
                    Role::User => question(app, place),
                    Role::Assistant => answer(app, place.turn, &card),
                })
            });
            let _ = column.append_child(turn.element());
            if card.role == Role::Assistant {
                untrack(|| attach(app, place.turn, &card, turn.element()));
            }
            shown.push((place, turn, owner));
        }
    }));
}

fn question(app: App, place: Place) -> El {
    let text = app.read_turn(place.turn, |turn| {
        turn.blocks_of(BlockKind::Text).map(|block| block.text.as_str()).collect::<String>()
    });
    el("article", "turn question")
        .attrs(&[("data-testid", "turn"), ("data-role", "user"), ("data-state", "complete")])
        .child(el("h2", "unseen").text("You"))
        .child(el("div", "bubble").attr("dir", "auto").text(&text.unwrap_or_default()))
}

fn jump(app: App, intent: Rc<Cell<Option<Stamp>>>) -> Option<El> {
    let to_end = move || {
        // Whatever moves the page after this is not the scrolling from before.
        intent.set(None);
        app.is_following.set(true);
        app.scroll_to_end();
        app.focus_composer();
    };
    let names = [("data-testid", "jump-to-end"), ("aria-label", "To the end"), ("title", "To the end")];
    (!app.is_following.get()).then(|| button("jump", &names, to_end).child(icon(Icon::Down)))
}
