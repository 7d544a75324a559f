//! “Answer now” ends the reasoning of the answer that is being written, where its server can do that: llama.cpp's.

use super::queueing::first_words;
use crate::browser::transport::fetch_text;
use crate::engine::chat::Server;
use crate::engine::messages::composer as words;
use crate::engine::session::Redactor;
use crate::engine::wire::{BlockKind, Endpoint, end_reasoning_request, read_end_of_reasoning};
use crate::ui::chat::Chat;
use crate::ui::components::Button;
use crate::ui::history::Keeper;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What became of the person's wish.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Wish {
    /// There is none yet.
    #[default]
    None,
    /// The server was asked.
    Asked,
    /// The server does not do it: a sentence says why.
    Refused(String),
}

/// Shows the button while the newest of the answer that is being written is reasoning.
#[component]
pub fn AnswerNow(
    /// The keeper of the conversation.
    keeper: Keeper,
) -> impl IntoView {
    let chat = keeper.chat;
    let thinking = RwSignal::new(None::<String>);
    let wish = RwSignal::new(Wish::None);
    Effect::new(move |_| {
        let now = completion_that_reasons(chat);
        if thinking.with_untracked(|before| *before != now) {
            thinking.set(now);
            wish.set(Wish::None);
            // The room that it takes is the transcript's.
            spawn_local(async move { chat.scroll.follow() });
        }
    });
    let press = move |()| {
        if let Some(id) = thinking.get_untracked() {
            wish.set(Wish::Asked);
            chat.draft.focus();
            spawn_local(async move {
                let outcome = end_reasoning(chat, &id).await;
                tell(keeper, outcome, id, thinking, wish);
            });
        }
    };
    let note = move || match wish.get() {
        Wish::None => words::STILL_THINKING.to_owned(),
        Wish::Asked => words::ASKED_TO_ANSWER.to_owned(),
        Wish::Refused(sentence) => sentence,
    };
    let row = move || {
        view! {
            <div class="answer-now" data-testid="answer-now-row">
                <span class="answer-now-note" dir="auto" data-testid="answer-now-note">
                    {note}
                </span>
                <Button
                    class="button quiet"
                    test_id="answer-now"
                    disabled=Signal::derive(move || wish.with(|wish| *wish == Wish::Asked))
                    on_press=press
                >
                    {words::ANSWER_NOW}
                </Button>
            </div>
        }
    };
    let is_thinking = Memo::new(move |_| thinking.with(Option::is_some));
    view! { {move || is_thinking.get().then(row)} }
}

/// Returns the id of the completion whose reasoning is being written, if its server can be told to end that. It is looked at
/// again with each change of the figures, four times a second.
fn completion_that_reasons(chat: Chat) -> Option<String> {
    let conversation = chat.conversation;
    if !conversation.is_running.get() {
        return None;
    }
    conversation.chat.track();
    // Whoever sets another server has nothing to tell this one.
    let server = chat.connection.settings.with(|settings| {
        let endpoint = settings.is_llama_cpp_stream().then(|| settings.endpoint("").ok())??;
        Some(Server::new(&endpoint.base, &settings.preset, endpoint.dialect))
    })?;
    let (signals, session) = conversation.with_store(|store| {
        let run = store.run.as_ref()?;
        Some((run.signals.clone(), run.session.clone()))
    })?;
    signals.numbers.track();
    let session = session.borrow();
    let turn = session.turn();
    let is_reasoning = turn.blocks.last().is_some_and(|block| block.kind == BlockKind::Reasoning);
    let can_end = is_reasoning && !turn.state.is_final() && !turn.whole && !signals.is_recorded;
    if can_end && *session.server() == server { turn.identity.id.clone() } else { None }
}

/// Tells the server to end the reasoning of the completion of that id.
///
/// # Errors
/// What the person is told.
async fn end_reasoning(chat: Chat, id: &str) -> Result<(), String> {
    let connection = chat.connection;
    let key = connection.own_key().map_err(|problem| problem.sentence)?;
    let endpoint = connection.settings.with_untracked(|settings| settings.endpoint(&key));
    let endpoint: Endpoint = endpoint.map_err(|problem| problem.sentence)?;
    let (status, body) = fetch_text(&end_reasoning_request(&endpoint, id))
        .await
        .map_err(|_| words::no_answer_to_answer_now(endpoint.base.host()))?;
    read_end_of_reasoning(status, &body).map_err(|said| {
        // Servers repeat what they were sent.
        let redactor = endpoint.key.as_ref().and_then(Redactor::new);
        let said = redactor.map_or_else(|| said.clone(), |redactor| redactor.text(&said).into_owned());
        words::answer_now_refused(&first_words(&said))
    })
}

/// Tells what came of it, also if the page shows something else by now.
fn tell(
    keeper: Keeper,
    outcome: Result<(), String>,
    id: String,
    thinking: RwSignal<Option<String>>,
    wish: RwSignal<Wish>,
) {
    let announcement = keeper.chat.conversation.announcement;
    match outcome {
        Ok(()) => {
            keeper.ended_thinking.try_update(|ended| ended.push(id));
            announcement.try_set(words::THINKING_ENDED.to_owned());
        }
        Err(sentence) => {
            if thinking.try_with_untracked(|now| now.as_ref() == Some(&id)) == Some(true) {
                announcement.try_set(sentence.clone());
                wish.try_set(Wish::Refused(sentence));
            }
        }
    }
}
