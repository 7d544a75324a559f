//! The part `chat`: what a question, its answer and a recording need.

use super::context::Chat;
use super::turns::Turns;
use crate::ui::lazy::{PartMissing, apply_waiting_styles, lazy_part, saves_data, when_idle};
use crate::ui::state::LoadState;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::convert::Infallible;
use std::rc::Rc;

/// What the part does.
#[derive(Debug)]
pub enum Action {
    /// Put into the page what a question will need, before there is one.
    Prepare,
    /// Ask this, and empty the composer if it could be sent. While an answer is being written the draft waits for its end.
    Ask(String),
    /// Play the bundled recording.
    Play,
    /// Begin an empty conversation.
    NewChat,
}

lazy_part!(
    /// Performs an action in the part `chat`.
    chat,
    fn perform(chat: Chat, action: Action) = act
);

fn act(chat: Chat, action: Action) {
    begin(chat);
    let is_awaited = !matches!(action, Action::Prepare);
    let acting = async move {
        chat.connection.restore().await;
        act_with_settings(chat, action);
    };
    if is_awaited {
        chat.loader.load(async move {
            acting.await;
            Ok::<(), Infallible>(())
        });
    } else {
        spawn_local(acting);
    }
}

fn act_with_settings(chat: Chat, action: Action) {
    match action {
        Action::Prepare => chat.fetch_protocols_in_time(),
        Action::Ask(question) if chat.conversation.is_running.get_untracked() => {
            if !chat.say(&question) {
                chat.queue_draft();
            }
        }
        Action::Ask(question) => {
            if chat.send(&question, None) {
                chat.draft.focus();
            }
        }
        Action::Play => chat.play_sample(),
        Action::NewChat => chat.new_chat(),
    }
}

/// Makes the part that calls it need all of the part `chat`. Code that only some of several parts share is written to a file
/// of its own for each such group, and calls between files are indirect. As each other part needs `chat`, whatever a question
/// needs is in one file.
pub fn build_on_chat() {
    std::hint::black_box::<fn(Chat, Action)>(act);
}

/// Puts into the page what was not there before.
fn begin(chat: Chat) {
    if chat.conversation.has_store() {
        return;
    }
    apply_waiting_styles();
    chat.conversation.begin(Rc::new(move || chat.cancel()));
    chat.turns.fill(|()| view! { <Turns /> }.into_any());
}

impl Chat {
    /// Performs an action, once the part that can has loaded.
    pub fn dispatch(self, action: Action) {
        self.loader.load(perform(self, action));
    }

    /// Has the draft wait for the answer that is being written. It stays in the field until the part that keeps what waits is
    /// there.
    fn queue_draft(self) {
        if self.history.slot.is_filled() {
            self.conversation.queue_draft();
        } else {
            self.open_history();
        }
    }

    /// Sends a question, by way of the composer if nothing is in that.
    pub fn suggest(self, question: &str) {
        if self.draft.text().is_empty() {
            self.draft.fill(question);
        }
        // A draft stays where it is.
        self.dispatch(Action::Ask(question.to_owned()));
    }

    /// Fetches in time what a question needs, so that nobody waits for it: once the page was painted and has nothing else to
    /// do, and else with the first key or press.
    pub fn fetch_in_time(self) {
        let prefetch = StoredValue::new(Prefetch::NotYet);
        for event in ["pointerdown", "keydown", "input"] {
            let handle =
                window_event_listener_untyped(event, move |_| self.prefetch(prefetch, Prefetch::Wanted));
            on_cleanup(move || handle.remove());
        }
        let window = window();
        if !saves_data(&window) {
            when_idle(&window, move || self.prefetch(prefetch, Prefetch::Ahead));
        }
    }

    /// Puts into the page what a question needs, once its part has loaded.
    ///
    /// # Errors
    /// When the part could not be fetched.
    pub async fn prepare(self) -> Result<(), PartMissing> {
        perform(self, Action::Prepare).await
    }

    fn prefetch(self, prefetch: StoredValue<Prefetch>, why: Prefetch) {
        match (prefetch.try_get_value(), why) {
            // Somebody wants now what was fetched ahead: they should know if it does not come.
            (Some(Prefetch::Ahead), Prefetch::Wanted) => return prefetch.set_value(why),
            (Some(Prefetch::NotYet), _) => {}
            (None | Some(Prefetch::Ahead | Prefetch::Wanted | Prefetch::Done), _) => return,
        }
        prefetch.set_value(why);
        spawn_local(async move {
            let is_there = self.prepare().await.is_ok();
            // Without it the next sign of a person tries again.
            let why = prefetch.try_get_value();
            prefetch.set_value(if is_there { Prefetch::Done } else { Prefetch::NotYet });
            let is_told = self.loader.state.get_untracked() == LoadState::Failed;
            if is_there && is_told || !is_there && why == Some(Prefetch::Wanted) {
                self.loader.finish(is_there);
            }
            if is_there {
                // Without it nothing is kept, which the person is told when they ask for the history.
                let _ = self.bring_history().await;
            }
        });
    }
}

/// Whether what a question needs is being fetched before there is one, and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prefetch {
    NotYet,
    /// Nobody has asked for it yet, and nobody is told if it fails.
    Ahead,
    /// A person has touched the page.
    Wanted,
    Done,
}
