//! [`Scroll`]: where the transcript is scrolled to, and whether it follows its end.

use crate::browser::clock;
use crate::engine::timestamp::Timestamp;
use leptos::html;
use leptos::prelude::*;
use std::time::Duration;

/// So long after a wheel, touch or key down, a scroll down is that one's; so long after a press that nothing let go of, it
/// counts as let go of.
const INTENT: Duration = Duration::from_secs(3);
/// So long after the person asked for the end, a way up that began before may still run: the browser moves on from
/// wherever the page is.
const LEFT_OVER: Duration = Duration::from_millis(500);

/// What is known of how the transcript is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading {
    /// Where the page put the transcript, or found it, last.
    pub top: i32,
    /// How tall its content was then.
    pub height: i32,
    /// When the person last wanted further down.
    pub down: Option<Timestamp>,
    /// When the person last asked for the end, if nothing led up since.
    pub end: Option<Timestamp>,
    /// When what is held inside the transcript moved last: a finger, the bar at its side, a selection that is being drawn.
    pub held: Option<Timestamp>,
    /// How far down the finger is.
    pub finger: Option<i32>,
}

impl Reading {
    /// Whether a hand holds the transcript.
    #[must_use]
    pub fn is_held(&self) -> bool {
        is_within(self.held, INTENT)
    }

    /// Whether the person asked for the end a moment ago.
    #[must_use]
    pub fn has_just_gone_to_the_end(&self) -> bool {
        is_within(self.end, LEFT_OVER)
    }

    /// Whether a scroll down would be the person's.
    #[must_use]
    pub fn wants_down(&self) -> bool {
        self.is_held() || is_within(self.down, INTENT)
    }
}

/// Whether something happened, and no longer ago than that.
fn is_within(at: Option<Timestamp>, time: Duration) -> bool {
    at.is_some_and(|at| clock::now().duration_since(at) < time)
}

/// The transcript's place, and how it is read.
#[derive(Clone, Copy, Debug)]
pub struct Scroll {
    /// The element that scrolls.
    pub element: NodeRef<html::Div>,
    /// Whether the transcript follows its end.
    pub is_following: RwSignal<bool>,
    /// How it is read.
    pub reading: StoredValue<Reading>,
}

impl Default for Scroll {
    /// A transcript that follows its end.
    fn default() -> Scroll {
        let reading = StoredValue::default();
        Scroll { element: NodeRef::new(), is_following: RwSignal::new(true), reading }
    }
}

impl Scroll {
    /// Follows the end from now on, or no longer.
    pub fn set_following(self, follows: bool) {
        if self.is_following.get_untracked() != follows {
            self.is_following.set(follows);
        }
    }

    /// Goes to the end because the person asked for it, and follows it from there.
    pub fn go_to_end(self) {
        self.reading.update_value(|reading| reading.end = Some(clock::now()));
        self.set_following(true);
        self.to_end();
    }

    /// Moves the transcript to its end, if it follows that. Not under a hand that holds it.
    pub fn follow(self) {
        if self.is_following.get_untracked() && !self.reading.with_value(Reading::is_held) {
            self.to_end();
        }
    }

    /// Moves the transcript to its end.
    pub fn to_end(self) {
        let Some(element) = self.element.get_untracked() else { return };
        let height = element.scroll_height();
        element.set_scroll_top(height);
        let top = element.scroll_top();
        self.reading.update_value(|reading| (reading.top, reading.height) = (top, height));
    }
}
