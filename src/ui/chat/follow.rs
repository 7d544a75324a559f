//! Follows the end of the transcript.
//!
//! The end is followed until the person wants to be elsewhere, and again once they have gone back down to it. Their wish
//! is read from what they do, a wheel, a finger, a key, not from how far the page has moved: text that comes fast moves more
//! in a frame than a touchpad does. A scroll that nobody's hand explains and that the page did not do (search in the page,
//! the focus going to a link) ends the following as well.

use crate::browser::clock;
use crate::ui::state::Scroll;
use leptos::ev;
use leptos::html::ElementExt;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDivElement, KeyboardEvent, PointerEvent, TouchEvent, WheelEvent};

/// Distance from the end, in pixels, that counts as being there: positions are fractions on many screens.
const NEAR: i32 = 4;
/// Distance from the end, in pixels, within which a scroll down takes up following again.
const REJOIN: i32 = 24;

/// Makes the transcript follow its end for as long as the current owner lives. Listeners for wheels and touches stand at the
/// window, where browsers do not wait for them.
pub(super) fn follow_end(scroll: Scroll) {
    scroll.element.on_load(move |element| listen(scroll, &element));
    for event in ["pointerup", "touchend", "touchcancel"] {
        // Where a finger scrolls, the browser cancels its pointer, and the finger is still there.
        let listener = window_event_listener_untyped(event, move |_| let_go(scroll));
        on_cleanup(move || listener.remove());
    }
}

fn listen(scroll: Scroll, element: &HtmlDivElement) {
    let keydown = move |event: KeyboardEvent| {
        if event.default_prevented() {
            return;
        }
        wants(scroll, &event, way(&event));
        // Text that comes fast would always be ahead of the browser's own way down, and that would be taken for a step up.
        if event.key() == "End" && !has_modifier(&event) {
            event.prevent_default();
            scroll.go_to_end();
        }
    };
    let touchstart = move |event: TouchEvent| {
        scroll.reading.update_value(|reading| reading.finger = finger(&event));
        hold(scroll);
    };
    let touchmove = move |event: TouchEvent| {
        hold(scroll);
        let now = finger(&event);
        let before = scroll.reading.try_update_value(|reading| std::mem::replace(&mut reading.finger, now));
        // Text goes with the finger: down with it is up in the text.
        if let Some((before, now)) = before.flatten().zip(now) {
            wants(scroll, &event, f64::from(before - now));
        }
    };
    let wheel = move |event: WheelEvent| {
        // Sideways it is for a table, and with the control key it is for the size of the page.
        if !event.ctrl_key() && event.delta_x().abs() <= event.delta_y().abs() {
            wants(scroll, &event, event.delta_y());
        }
    };
    // The press on a bar may end without a word.
    let pointermove = move |event: PointerEvent| {
        if event.buttons() == 0 {
            let_go(scroll);
        } else if scroll.reading.with_value(|reading| reading.held.is_some()) {
            hold(scroll);
        }
    };
    let listeners = [
        element.on(ev::scroll, move |_| scrolled(scroll)),
        element.on(ev::wheel, wheel),
        element.on(ev::touchstart, touchstart),
        element.on(ev::touchmove, touchmove),
        element.on(ev::keydown, keydown),
        element.on(ev::pointerdown, move |_| hold(scroll)),
        element.on(ev::pointermove, pointermove),
    ];
    on_cleanup(move || drop(listeners));
}

fn hold(scroll: Scroll) {
    scroll.reading.update_value(|reading| reading.held = Some(clock::now()));
}

fn let_go(scroll: Scroll) {
    if scroll.reading.try_update_value(|reading| reading.held.take()).flatten().is_some() {
        scroll.follow();
    }
}

/// Returns how far down the only finger is; `None` when there are several, which change the size of the page.
fn finger(event: &TouchEvent) -> Option<i32> {
    let touches = event.touches();
    let first = touches.get(0)?;
    (touches.length() == 1).then(|| first.client_y())
}

/// Returns whether another key is held that makes a key mean something else.
fn has_modifier(key: &KeyboardEvent) -> bool {
    key.shift_key() || key.ctrl_key() || key.alt_key() || key.meta_key()
}

/// Returns the way that a key scrolls: below 0 is up.
fn way(key: &KeyboardEvent) -> f64 {
    // A space presses a button.
    let presses = || {
        let target = key.target().and_then(|target| target.dyn_into::<Element>().ok());
        target.is_some_and(|target| matches!(target.tag_name().as_str(), "BUTTON" | "SUMMARY" | "INPUT"))
    };
    match key.key().as_str() {
        "ArrowUp" | "PageUp" | "Home" => -1.0,
        "ArrowDown" | "PageDown" | "End" => 1.0,
        " " if presses() => 0.0,
        " " if key.shift_key() => -1.0,
        " " => 1.0,
        _ => 0.0,
    }
}

/// Handles a wheel, touch or key that scrolls: up if `way` is below 0, down if it is above.
fn wants(scroll: Scroll, event: &Event, way: f64) {
    let Some(element) = scroll.element.get_untracked() else { return };
    if way < 0.0 {
        scroll.reading.update_value(|reading| (reading.down, reading.end) = (None, None));
        // At the top there is nothing to go up to.
        if element.scroll_top() > 0 && !scrolls_inside(event, &element) {
            scroll.set_following(false);
        }
    } else if way > 0.0 {
        scroll.reading.update_value(|reading| reading.down = Some(clock::now()));
        // At the end nothing moves, and no scroll tells of it.
        if below(&element) <= NEAR {
            scroll.set_following(true);
        }
    }
}

/// Handles a scroll of the transcript, whatever caused it.
fn scrolled(scroll: Scroll) {
    let Some(element) = scroll.element.get_untracked() else { return };
    let (top, height, below) = (element.scroll_top(), element.scroll_height(), below(&element));
    let before = scroll.reading.get_value();
    let is_held = before.is_held();
    scroll.reading.update_value(|reading| {
        if is_held {
            reading.held = Some(clock::now());
        }
        (reading.top, reading.height) = (top, height);
    });
    if scroll.is_following.get_untracked() {
        // Of text that became shorter the browser shows the end, and more may have come behind that by now.
        let is_shorter = height < before.height && below < element.client_height() / 2;
        let is_up = top < before.top && NEAR < below;
        if is_up && before.has_just_gone_to_the_end() && !is_held {
            scroll.to_end();
        } else if is_up && (is_held || !is_shorter) {
            scroll.set_following(false);
        }
    } else {
        // A little text may have come since the person saw the end they went down to.
        let seen_below = before.height - top - element.client_height();
        let is_at_end = below <= REJOIN || (seen_below <= REJOIN && below < element.client_height() / 2);
        if before.top < top && is_at_end && before.wants_down() {
            scroll.set_following(true);
        }
    }
}

fn below(element: &Element) -> i32 {
    element.scroll_height() - element.scroll_top() - element.client_height()
}

/// Returns whether something inside the transcript scrolls up instead of it.
fn scrolls_inside(event: &Event, around: &Element) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    std::iter::successors(target, |element| element.parent_element())
        .take_while(|element| element != around)
        .any(|element| element.scroll_top() > 0)
}
