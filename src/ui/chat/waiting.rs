//! The waiting line says why an answer does not go on.

use super::context::Chat;
use crate::engine::chat::{TurnId, TurnState};
use crate::engine::messages::{browser_model, page};
use crate::ui::components::{Button, count};
use crate::ui::state::Waiting;
use leptos::prelude::*;

/// Says why an answer does not go on, and offers to ask at once where it would be asked again later.
#[component]
pub fn WaitingLine(
    /// The answer's turn.
    id: TurnId,
    /// The answer's state.
    state: RwSignal<TurnState>,
    /// The reason for which it does not go on.
    waiting: RwSignal<Waiting>,
) -> impl IntoView {
    let chat = expect_context::<Chat>();
    view! {
        <p class="waiting">{move || in_words(chat, id, state.get(), waiting.get())}</p>
        <Button
            class="button"
            test_id="try-now"
            hidden=Signal::derive(move || !matches!(waiting.get(), Waiting::Again(_)))
            on_press=move |()| chat.hurry()
        >
            {page::TRY_NOW}
        </Button>
    }
}

fn in_words(chat: Chat, id: TurnId, state: TurnState, waiting: Waiting) -> String {
    match waiting {
        Waiting::Again(seconds) => {
            let failure = chat.conversation.read_turn(id, |turn| turn.failure.clone()).flatten();
            let (sentence, is_told) = failure
                .map_or_else(Default::default, |failure| (failure.sentence(), failure.retry_after.is_some()));
            page::asking_again(&sentence, seconds, is_told)
        }
        Waiting::Quiet => String::new(),
        Waiting::Reading(done, total) => page::reading_the_prompt(&count(done), &count(total)),
        Waiting::Fetching(percent) => browser_model::fetching(percent),
        Waiting::Stalled(seconds) => page::no_data_for(seconds),
        Waiting::Unread(seconds) => page::nothing_to_read_for(seconds),
        Waiting::Loading(seconds) => page::model_may_be_loading(seconds),
        Waiting::Secure(seconds) => page::address_may_be_plain(seconds),
        Waiting::Since(seconds) if state == TurnState::Sending => page::waiting_for_server(seconds),
        Waiting::Since(seconds) => page::waiting_for_first_word(seconds),
    }
}
