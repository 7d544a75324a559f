//! [`Scroll`] holds where the transcript is scrolled to, and whether it follows its end.

use crate::browser::clock;
use crate::engine::timestamp::Timestamp;
use leptos::html;
use leptos::prelude::*;
use std::time::Duration;

/// Time after a wheel, touch or key down for which a scroll down counts as caused by it, and after which a press whose end
/// was not told counts as over.
const INTENT: Duration = Duration::from_secs(3);
/// Time for which a scroll up that began before the person asked for the end may still run: the browser goes on with it
/// from wherever the page is.
const LEFT_OVER: Duration = Duration::from_millis(500);

/// Records where the transcript was last, and what the person did last to move it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading {
    /// Scroll position that the page set or found last, in pixels.
    pub top: i32,
    /// Height of the content then, in pixels.
    pub height: i32,
    /// Time at which the person last wanted further down.
    pub down: Option<Timestamp>,
    /// Time at which the person last asked for the end, if nothing led up since.
    pub end: Option<Timestamp>,
    /// Time of the last move of what is held in the transcript: a finger, the bar at its side, the end of a selection.
    pub held: Option<Timestamp>,
    /// The finger's distance from the top of the window, in pixels.
    pub finger: Option<i32>,
}

impl Reading {
    /// Returns whether a hand holds the transcript.
    #[must_use]
    pub fn is_held(&self) -> bool {
        is_within(self.held, INTENT)
    }

    /// Returns whether the person asked for the end a moment ago.
    #[must_use]
    pub fn has_just_gone_to_the_end(&self) -> bool {
        is_within(self.end, LEFT_OVER)
    }

    /// Returns whether a scroll down would be the person's.
    #[must_use]
    pub fn wants_down(&self) -> bool {
        self.is_held() || is_within(self.down, INTENT)
    }
}

/// Returns whether something happened, and less than `time` ago.
fn is_within(at: Option<Timestamp>, time: Duration) -> bool {
    at.is_some_and(|at| clock::now().duration_since(at) < time)
}

/// Holds the transcript's element, and how it is read.
#[derive(Clone, Copy, Debug)]
pub struct Scroll {
    /// The element that scrolls.
    pub element: NodeRef<html::Div>,
    /// Whether the transcript follows its end.
    pub is_following: RwSignal<bool>,
    /// Where it was last, and what the person did to move it.
    pub reading: StoredValue<Reading>,
}

impl Default for Scroll {
    /// Returns the state of a transcript that follows its end.
    fn default() -> Scroll {
        let reading = StoredValue::default();
        Scroll { element: NodeRef::new(), is_following: RwSignal::new(true), reading }
    }
}

impl Scroll {
    /// Sets whether the end is followed.
    pub fn set_following(self, follows: bool) {
        if self.is_following.get_untracked() != follows {
            self.is_following.set(follows);
        }
    }

    /// Scrolls to the end because the person asked for it, and follows it from there.
    pub fn go_to_end(self) {
        self.reading.update_value(|reading| reading.end = Some(clock::now()));
        self.set_following(true);
        self.to_end();
    }

    /// Scrolls to the end if that is followed, but not while a hand holds the transcript.
    pub fn follow(self) {
        if self.is_following.get_untracked() && !self.reading.with_value(Reading::is_held) {
            self.to_end();
        }
    }

    /// Scrolls to the end.
    pub fn to_end(self) {
        let Some(element) = self.element.get_untracked() else { return };
        let height = element.scroll_height();
        element.set_scroll_top(height);
        let top = element.scroll_top();
        self.reading.update_value(|reading| (reading.top, reading.height) = (top, height));
    }
}
