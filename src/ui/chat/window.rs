//! Of a long conversation only the end is in the page at first. What is before it comes portion by portion as the person reads up
//! to it: the browser would take seconds to lay out hundreds of turns, and half a gigabyte to hold them.

use crate::engine::chat::TurnId;
use crate::engine::messages::page;
use crate::ui::components::Button;
use crate::ui::state::{ConversationState, Scroll};
use leptos::ev;
use leptos::html::ElementExt;
use leptos::prelude::*;
use std::time::Duration;

/// Distance from the top, in pixels, within which the turns before come.
const NEAR_THE_TOP: i32 = 1_500;

/// Time in which a portion is drawn.
const DRAWN: Duration = Duration::from_millis(300);

/// Offers the turns that are not in the page yet, and brings them when the person comes near.
#[component]
pub fn Earlier(
    /// The conversation.
    conversation: ConversationState,
    /// The transcript's scroll position.
    scroll: Scroll,
) -> impl IntoView {
    scroll.element.on_load(move |element| {
        let top = element.clone();
        let listener = element.on(ev::scroll, move |_| {
            if !scroll.is_following.get_untracked() && top.scroll_top() < NEAR_THE_TOP {
                conversation.show_earlier();
            }
        });
        on_cleanup(move || drop(listener));
    });
    // A tall window has room for more than one portion, and then nothing can be scrolled.
    Effect::new(move |_| {
        let is_more = 0 < conversation.first.get();
        let look = move || {
            let element = scroll.element.try_get_untracked().flatten();
            if element.is_some_and(|element| element.scroll_height() < 2 * element.client_height()) {
                conversation.show_earlier();
            }
        };
        if is_more {
            set_timeout(look, DRAWN);
        }
    });
    move || {
        let count = conversation.first.get();
        (count > 0).then(|| {
            view! {
                <Button class="link" test_id="earlier-turns" on_press=move |()| conversation.show_earlier()>
                    {page::earlier_turns(count)}
                </Button>
            }
        })
    }
}

impl ConversationState {
    /// Brings the turns into the page that stand right before those that are there.
    pub fn show_earlier(self) {
        if let Some(first) = self.first.try_get_untracked().filter(|first| 0 < *first) {
            self.first.set(self.portion_before(first));
        }
    }

    /// Brings a turn of the path into the page, with those behind it.
    pub fn reach(self, turn: TurnId) {
        let place = self.path.with_untracked(|path| path.iter().position(|key| key.turn == turn));
        if let Some(place) = place.filter(|place| *place < self.first.get_untracked()) {
            self.first.set(place);
        }
    }
}
