//! What can be done with a question or an answer that was said: editing, asking again, going on elsewhere, deleting.

use super::guard_note::GuardNote;
use super::keeper::Keeper;
use super::restore::turns_of;
use super::reveal::reveal_when_sought;
use super::undo::Undo;
use super::versions::Versions;
use crate::browser::clock::unix_millis;
use crate::engine::chat::{Turn, TurnId, TurnMetadata};
use crate::engine::messages::history as words;
use crate::engine::wire::Role;
use crate::ui::components::{Button, Icon};
use crate::ui::state::{ConversationStore, TurnSignals};
use js_sys::{Date, Object, Reflect};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::KeyboardEvent;

/// Shows the tools of a turn.
#[component]
pub fn TurnTools(
    /// The turn.
    id: TurnId,
    /// The keeper of the conversation.
    keeper: Keeper,
    /// What was deleted.
    undo: Undo,
) -> impl IntoView {
    let conversation = keeper.chat.conversation;
    // A recording that is played is no conversation.
    let signals =
        conversation.with_store(|store| store.signals(id)).filter(|signals| !signals.is_recorded)?;
    Some(match signals.role {
        Role::User => view! { <QuestionTools id=id keeper=keeper undo=undo /> }.into_any(),
        Role::Assistant => view! {
            <GuardNote id=id signals=signals.clone() keeper=keeper />
            <AnswerTools id=id signals=signals keeper=keeper undo=undo />
        }
        .into_any(),
    })
}

/// Shows the tools of a question: it can be edited, which puts another one beside it, and deleted.
#[component]
fn QuestionTools(id: TurnId, keeper: Keeper, undo: Undo) -> impl IntoView {
    let is_editing = RwSignal::new(false);
    let element = NodeRef::new();
    reveal_when_sought(id, keeper, element);
    let is_running = keeper.chat.conversation.is_running;
    let tools = move || {
        view! {
            <div class="question-tools" node_ref=element>
                <Versions id=id chat=keeper.chat labels=[words::QUESTION_BEFORE, words::QUESTION_AFTER] />
                <Button
                    class="icon-button small"
                    test_id="edit"
                    label=words::EDIT
                    icon=Icon::Edit
                    disabled=is_running
                    on_press=move |()| is_editing.set(true)
                />
                <DeleteButton id=id keeper=keeper undo=undo />
            </div>
        }
        .into_any()
    };
    let editor = move || view! { <Editor id=id keeper=keeper is_open=is_editing /> }.into_any();
    view! { {move || if is_editing.get() { editor() } else { tools() }} }
}

/// Edits a question. Nothing is lost: the old question and its answers stay beside the new one.
#[component]
fn Editor(id: TurnId, keeper: Keeper, is_open: RwSignal<bool>) -> impl IntoView {
    let chat = keeper.chat;
    let field = NodeRef::<html::Textarea>::new();
    let text = chat.conversation.read_turn(id, Turn::text);
    field.on_load(move |field| {
        field.set_value(&text.unwrap_or_default());
        let _ = field.focus();
    });
    let ask = move || {
        let text = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        // If it cannot be asked the settings say why, and the text stays.
        if chat.send(&text, Some(id)) {
            is_open.try_set(false);
            chat.draft.focus();
        }
    };
    let key_pressed = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" => {
            event.prevent_default();
            is_open.set(false);
        }
        "Enter" if (event.ctrl_key() || event.meta_key()) && !event.is_composing() => {
            event.prevent_default();
            ask();
        }
        _ => {}
    };
    view! {
        <div class="editor">
            <textarea
                rows="4"
                dir="auto"
                data-testid="edit-field"
                aria-label=words::EDITED
                node_ref=field
                on:keydown=key_pressed
            ></textarea>
            <div class="editor-tools">
                <Button class="button quiet" test_id="edit-cancel" on_press=move |()| is_open.set(false)>
                    {words::CANCEL}
                </Button>
                <Button class="button" test_id="edit-ask" on_press=move |()| ask()>
                    {words::ASK}
                </Button>
            </div>
        </div>
    }
}

/// Shows the tools of an answer, and who wrote it when.
#[component]
fn AnswerTools(id: TurnId, signals: TurnSignals, keeper: Keeper, undo: Undo) -> impl IntoView {
    let chat = keeper.chat;
    let conversation = chat.conversation;
    let is_running = conversation.is_running;
    let fork = move |()| {
        let fork = conversation.with_store(|store| ConversationStore {
            system: store.system.clone(),
            checks: store.checks.clone(),
            ..turns_of(store.conversation.fork(id))
        });
        keeper.show_fork(fork);
    };
    // The last one has a button of its own.
    let is_old = move || conversation.path.with(|path| path.last().is_some_and(|key| key.turn != id));
    let about = move || {
        // Another run may have changed it.
        is_running.track();
        let about = conversation.with_store(|store| about(store.conversation.metadata(id)?));
        if about.is_none() {
            // Known once it was saved, which changes the list.
            keeper.list.track();
        }
        let completion = conversation.read_turn(id, |turn| turn.identity.id.clone()).flatten();
        let has_ended = completion.is_some_and(|id| keeper.ended_thinking.with(|ended| ended.contains(&id)));
        words::answered_how(&about.unwrap_or_default(), has_ended)
    };
    let is_over = move || signals.state.get().is_final();
    let element = NodeRef::new();
    reveal_when_sought(id, keeper, element);
    let tools = move || {
        view! {
            <div class="answer-tools" node_ref=element>
                <span class="answered-by" data-testid="answered-by">
                    {about}
                </span>
                <Versions id=id chat=chat />
                <Button
                    class="icon-button small"
                    test_id="ask-again"
                    label=words::ASK_AGAIN
                    icon=Icon::Retry
                    disabled=is_running
                    hidden=Signal::derive(move || !is_old())
                    on_press=move |()| chat.retry(id)
                />
                <Button
                    class="icon-button small"
                    test_id="fork"
                    label=words::FORK
                    icon=Icon::Fork
                    disabled=is_running
                    on_press=fork
                />
                <DeleteButton id=id keeper=keeper undo=undo />
            </div>
        }
        .into_any()
    };
    view! { {move || is_over().then(tools)} }
}

/// Deletes a turn with what follows it.
#[component]
fn DeleteButton(id: TurnId, keeper: Keeper, undo: Undo) -> impl IntoView {
    let conversation = keeper.chat.conversation;
    let delete = move |()| {
        let deleted = conversation.with_store(|store| store.conversation.delete(id, unix_millis()));
        conversation.show_path();
        if let Some(deleted) = deleted {
            undo.turns_deleted(deleted);
        }
        keeper.chat.draft.focus();
    };
    view! {
        <Button
            class="icon-button small"
            test_id="delete-turn"
            label=words::DELETE_TURN
            icon=Icon::Delete
            disabled=conversation.is_running
            on_press=delete
        />
    }
}

/// Says which model answered, on which server, and when.
fn about(metadata: &TurnMetadata) -> Option<String> {
    let time = metadata.finished.filter(|_| metadata.created > 0)?;
    let date = Date::new(&JsValue::from_f64(time as f64));
    let options = Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        Reflect::set(&options, &name.into(), &value.into()).ok()?;
    }
    // In the reader's own language and time zone.
    let time = String::from(date.to_locale_string("default", &options));
    Some(words::answered_by(&metadata.model, &metadata.server, &time))
}
