//! What goes with the composer and is not needed for a first question: an answer that is wanted at once, questions that wait,
//! texts that were pasted, former questions, instructions of a conversation's own, and notifications. All of it comes with the history of conversations.

pub mod answer_now;
mod notify;
pub mod own_rules;
pub mod own_schema;
pub mod own_system;
pub mod panel;
mod pasting;
pub mod queueing;
mod recalling;

pub use notify::Notifier;

use crate::ui::history::Keeper;
use crate::ui::history::race::RaceNote;
use crate::ui::history::standing::StandingNote;
use answer_now::AnswerNow;
use leptos::prelude::*;
use own_rules::OwnRules;
use own_schema::OwnSchema;
use own_system::OwnSystem;
use panel::Panel;
use queueing::Queueing;

/// Begins all of it, for as long as the current owner lives.
pub fn begin(keeper: Keeper) {
    let chat = keeper.chat;
    let queueing = Queueing::start(keeper);
    pasting::fold_long_pastes(chat);
    recalling::recall_questions(chat);
    chat.draft.slot.fill(move |()| {
        view! {
            <AnswerNow keeper=keeper />
            <Panel queueing=queueing />
        }
        .into_any()
    });
    chat.conversation.head.fill(move |()| {
        view! {
            <StandingNote keeper=keeper />
            <RaceNote keeper=keeper />
            <OwnSystem keeper=keeper />
            <OwnRules keeper=keeper />
            <OwnSchema keeper=keeper />
        }
        .into_any()
    });
    on_cleanup(move || {
        chat.draft.slot.clear();
        chat.conversation.head.clear();
    });
}
