//! Whether the transcript follows its end.
//!
//! It does until the person wants to be elsewhere, and takes it up again once they have gone back down to the end. What
//! they want is read from what they do, a wheel, a finger, a key, not from how far the page has moved: text that
//! comes fast moves more in a frame than a touchpad does. A scroll that nobody's hand explains and that the page did not
//! do (search in the page, the focus going to a link) ends the following as well.

use super::el::{El, listen};
use super::state::App;
use crate::browser::clock;
use crate::engine::timestamp::Timestamp;
use leptos::prelude::*;
use std::cell::Cell;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, MouseEvent, TouchEvent, WheelEvent};

/// This near the end is at the end: pixels are fractions on many screens.
const NEAR: i32 = 4;
/// Scrolling down to here takes up following again.
const REJOIN: i32 = 24;
/// So long after a wheel, touch or key down, a scroll down is that one's; so long after a press nothing lets go of, it
/// was let go of.
const INTENT: Duration = Duration::from_secs(3);

/// So long after the person asked for the end, a way up that began before may still run: the browser moves on from
/// wherever the page is.
const LEFT_OVER: Duration = Duration::from_millis(500);

/// What is known of how the transcript is read.
#[derive(Default)]
pub(super) struct Reading {
    /// Where the page put the transcript, or found it, last; and how tall it was.
    top: Cell<i32>,
    height: Cell<i32>,
    /// When the person last wanted further down.
    down: Cell<Option<Timestamp>>,
    /// When the person last asked for the end, if nothing led up since.
    end: Cell<Option<Timestamp>>,
    /// When what is held inside the transcript moved last: a finger, the bar at its side, a selection that is being drawn.
    held: Cell<Option<Timestamp>>,
    /// How far down the finger is.
    finger: Cell<Option<i32>>,
}

impl Reading {
    fn is_held(&self) -> bool {
        is_within(&self.held, INTENT)
    }

    fn has_just_gone_to_the_end(&self) -> bool {
        is_within(&self.end, LEFT_OVER)
    }

    fn wants_down(&self) -> bool {
        self.is_held() || is_within(&self.down, INTENT)
    }
}

/// Whether something happened, and no longer ago than that.
fn is_within(at: &Cell<Option<Timestamp>>, time: Duration) -> bool {
    at.get().is_some_and(|at| clock::now().duration_since(at) < time)
}

/// Has the transcript follow its end.
pub(super) fn follows_end(app: App, scroll: El) -> El {
    app.with(|core| core.scroller = Some(scroll.element().clone()));
    let let_go = move |_| {
        if app.with(|core| core.reading.held.take()).is_some() {
            app.follow();
        }
    };
    // Where a finger scrolls, the browser cancels its pointer, and the finger is still there.
    if let Some(window) = web_sys::window() {
        for event in ["pointerup", "touchend", "touchcancel"] {
            listen(&window, event, Box::new(let_go));
        }
    }
    let hold = move || app.with(|core| core.reading.held.set(Some(clock::now())));
    scroll
        .live_flag("data-follows", move || app.is_following.get())
        .on("scroll", move |_| app.scrolled())
        .on("wheel", move |event| {
            // Sideways it is for a table, and with the control key it is for the size of the page.
            let Some(wheel) = event.dyn_ref::<WheelEvent>().filter(|wheel| !wheel.ctrl_key()) else { return };
            if wheel.delta_x().abs() <= wheel.delta_y().abs() {
                app.wants(&event, wheel.delta_y());
            }
        })
        .on("touchstart", move |event| {
            app.with(|core| core.reading.finger.set(finger(&event)));
            hold();
        })
        .on("touchmove", move |event| {
            hold();
            let now = finger(&event);
            let before = app.with(|core| core.reading.finger.replace(now));
            // Text goes with the finger: down with it is up in the text.
            if let Some((before, now)) = before.zip(now) {
                app.wants(&event, f64::from(before - now));
            }
        })
        .on("keydown", move |event| {
            let Some(key) = event.dyn_ref().filter(|_| !event.default_prevented()) else { return };
            app.wants(&event, way(key));
            // Text that comes fast would always be ahead of the browser's own way down, and that would be taken for a step up.
            if key.key() == "End" && !has_modifier(key) {
                event.prevent_default();
                app.go_to_end();
            }
        })
        .on("pointerdown", move |_| hold())
        // The press on a bar may end without a word.
        .on("pointermove", move |event| {
            let is_pressed = event.dyn_ref::<MouseEvent>().is_some_and(|event| event.buttons() != 0);
            if !is_pressed {
                let_go(event);
            } else if app.with(|core| core.reading.held.get()).is_some() {
                hold();
            }
        })
}

/// Where the only finger is; none when there are several, which change the size of the page.
fn finger(event: &Event) -> Option<i32> {
    let touches = event.dyn_ref::<TouchEvent>()?.touches();
    let first = touches.get(0)?;
    (touches.length() == 1).then(|| first.client_y())
}

/// Whether another key is held that makes a key mean something else.
fn has_modifier(key: &KeyboardEvent) -> bool {
    key.shift_key() || key.ctrl_key() || key.alt_key() || key.meta_key()
}

/// Which way a key scrolls: below 0 is up.
fn way(key: &KeyboardEvent) -> f64 {
    // A space presses a button.
    let presses = || {
        let target = key.target().and_then(|target| target.dyn_into::<Element>().ok());
        target.is_some_and(|target| target.matches("button, summary, input").unwrap_or(false))
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

impl App {
    /// Takes note of a wheel, touch or key that scrolls: up if `way` is below 0, down if it is above.
    fn wants(self, event: &Event, way: f64) {
        let Some(scroller) = self.with(|core| core.scroller.clone()) else { return };
        if way < 0.0 {
            self.with(|core| {
                core.reading.down.set(None);
                core.reading.end.set(None);
            });
            // At the top there is nothing to go up to.
            if scroller.scroll_top() > 0 && !scrolls_inside(event, &scroller) {
                self.set_following(false);
            }
        } else if way > 0.0 {
            self.with(|core| core.reading.down.set(Some(clock::now())));
            // At the end nothing moves, and no scroll tells of it.
            if below(&scroller) <= NEAR {
                self.set_following(true);
            }
        }
    }

    /// The transcript was scrolled, by whatever.
    fn scrolled(self) {
        let Some(scroller) = self.with(|core| core.scroller.clone()) else { return };
        let (top, height, below) = (scroller.scroll_top(), scroller.scroll_height(), below(&scroller));
        let (before, height_before, is_held, wants_down, is_left_over) = self.with(|core| {
            let reading = &core.reading;
            let is_held = reading.is_held();
            if is_held {
                reading.held.set(Some(clock::now()));
            }
            let (before, height_before) = (reading.top.replace(top), reading.height.replace(height));
            (before, height_before, is_held, reading.wants_down(), reading.has_just_gone_to_the_end())
        });
        if self.is_following.get_untracked() {
            // Of text that became shorter the browser shows the end, and more may have come behind that by now.
            let is_shorter = height < height_before && below < scroller.client_height() / 2;
            let is_up = top < before && NEAR < below;
            if is_up && is_left_over && !is_held {
                self.scroll_to_end();
            } else if is_up && (is_held || !is_shorter) {
                self.set_following(false);
            }
        } else {
            // A little text may have come since the person saw the end they went down to.
            let seen_below = height_before - top - scroller.client_height();
            let is_at_end = below <= REJOIN || (seen_below <= REJOIN && below < scroller.client_height() / 2);
            if before < top && is_at_end && wants_down {
                self.set_following(true);
            }
        }
    }

    fn set_following(self, follows: bool) {
        if self.is_following.get_untracked() != follows {
            self.is_following.set(follows);
        }
    }

    /// Goes to the end because the person asked for it, and follows it from there.
    pub(super) fn go_to_end(self) {
        self.with(|core| core.reading.end.set(Some(clock::now())));
        self.set_following(true);
        self.scroll_to_end();
    }

    /// Moves the transcript to its end, if it follows that. Not under a hand that holds it.
    pub(super) fn follow(self) {
        if self.is_following.get_untracked() && !self.with(|core| core.reading.is_held()) {
            self.scroll_to_end();
        }
    }

    /// Moves the transcript to its end.
    pub(super) fn scroll_to_end(self) {
        let Some(scroller) = self.with(|core| core.scroller.clone()) else { return };
        let height = scroller.scroll_height();
        scroller.set_scroll_top(height);
        let top = scroller.scroll_top();
        self.with(|core| {
            core.reading.top.set(top);
            core.reading.height.set(height);
        });
    }
}

fn below(scroller: &Element) -> i32 {
    scroller.scroll_height() - scroller.scroll_top() - scroller.client_height()
}

/// Whether something inside the transcript scrolls up instead of it.
fn scrolls_inside(event: &Event, scroller: &Element) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    std::iter::successors(target, |element| element.parent_element())
        .take_while(|element| element != scroller)
        .any(|element| element.scroll_top() > 0)
}
