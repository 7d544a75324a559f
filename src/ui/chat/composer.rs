//! The composer takes questions in a field, and has the button that sends them or stops an answer.

use super::context::Chat;
use super::part::Action;
use crate::engine::messages::page;
use crate::ui::components::{Button, Icon, count};
use crate::ui::state::Draft;
use js_sys::{JsString, Reflect};
use leptos::ev::{InputEvent, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Key code that browsers report for keys that an input method takes for itself.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

/// The most UTF-16 units in the field: more would make each key slow, so text that is pasted beyond them is attached.
const MOST_IN_FIELD: u32 = 64 << 10;

/// Renders the field for questions, with its button and what is to be known of its text.
#[component]
pub fn Composer() -> impl IntoView {
    let chat = expect_context::<Chat>();
    let (draft, conversation) = (chat.draft, chat.conversation);
    let send = move || {
        let text = draft.text();
        if !text.is_empty() && !conversation.is_running.get_untracked() {
            chat.dispatch(Action::Ask(text));
        }
    };
    let key_pressed = move |event: KeyboardEvent| {
        if sends(&event) {
            event.prevent_default();
            send();
        }
    };
    let before_input = move |event: InputEvent| {
        if let Some(text) = too_long(draft, &event) {
            event.prevent_default();
            draft.attach(&text);
        }
    };
    draft.field.on_load(|field| {
        let _ = field.focus();
    });
    view! {
        <footer class="dock">
            <DraftNotes draft=draft />
            <div class="composer">
                <textarea
                    data-testid="composer"
                    rows="1"
                    dir="auto"
                    aria-label=page::MESSAGE
                    placeholder=page::ASK_ANYTHING
                    enterkeyhint=if is_touch_keyboard() { "enter" } else { "send" }
                    node_ref=draft.field
                    on:input=move |_| draft.changed()
                    on:beforeinput=before_input
                    on:keydown=key_pressed
                ></textarea>
                {move || {
                    if conversation.is_running.get() {
                        view! {
                            <Button
                                class="send stop"
                                test_id="stop"
                                label=page::STOP
                                title=page::STOP_TITLE
                                icon=Icon::Stop
                                on_press=move |()| conversation.stop()
                            />
                        }
                    } else {
                        view! {
                            <Button
                                class="send"
                                test_id="send"
                                label=page::SEND
                                title=page::SEND_TITLE
                                icon=Icon::Send
                                disabled=draft.is_blank
                                on_press=move |()| send()
                            />
                        }
                    }
                }}
            </div>
        </footer>
    }
}

/// Tells what the field does not show: a long text that is sent behind what is typed, and characters that cannot be seen.
/// What somebody pasted may ask for things that only the model reads.
#[component]
fn DraftNotes(draft: Draft) -> impl IntoView {
    let attached = move || {
        let words = page::text_is_attached(&count(draft.attached.get() as u64));
        note("aside", "hidden-note aside", "remove-aside", words, move |()| {
            draft.detach();
            draft.focus();
        })
    };
    let hidden = move || {
        let words = page::text_holds_hidden(draft.hidden.get());
        note("hidden", "hidden-note", "remove-hidden", words, move |()| {
            draft.remove_hidden();
            draft.focus();
        })
    };
    view! {
        {move || (0 < draft.attached.get()).then(attached)}
        {move || (0 < draft.hidden.get()).then(hidden)}
    }
}

fn note(
    test_id: &'static str,
    class: &'static str,
    button: &'static str,
    words: String,
    on_press: impl Fn(()) + Send + Sync + 'static,
) -> AnyView {
    view! {
        <p class=class role="status" data-testid=test_id>
            {words}
            <Button class="button quiet" test_id=button on_press=on_press>
                {page::REMOVE}
            </Button>
        </p>
    }
    .into_any()
}

/// Returns whether a key sends the question: Enter does, but not with Shift, not in an input method, and not on a touch
/// keyboard, which has no Shift with Enter. Control and Enter do everywhere.
fn sends(event: &KeyboardEvent) -> bool {
    let is_composing = event.is_composing() || event.key_code() == TAKEN_BY_INPUT_METHOD;
    let is_enter = event.key() == "Enter" && !event.shift_key() && !is_composing;
    is_enter && (event.ctrl_key() || event.meta_key() || !is_touch_keyboard())
}

/// Returns whether questions are typed on a touch screen: nothing here points more finely than a finger.
fn is_touch_keyboard() -> bool {
    let query = window().match_media("(hover: none) and (pointer: coarse)");
    query.is_ok_and(|query| query.is_some_and(|query| query.matches()))
}

/// Returns what is about to be put into the field, if the field would hold more than it can be quick with.
fn too_long(draft: Draft, event: &InputEvent) -> Option<String> {
    // Its length first: it may be millions of characters.
    let text = Reflect::get(event, &"data".into()).ok()?.dyn_into::<JsString>().ok()?;
    let held = draft.field.get_untracked()?.text_length();
    (MOST_IN_FIELD < text.length().saturating_add(held)).then(|| event.data()).flatten()
}
