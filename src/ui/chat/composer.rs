//! The composer takes questions in a field, and has the button that sends them or stops an answer.

use super::context::Chat;
use super::part::Action;
use crate::engine::messages::page;
use crate::ui::components::{Button, Icon};
use crate::ui::state::Draft;
use crate::ui::state::slot::SlotView;
use js_sys::{JsString, Reflect};
use leptos::ev::{InputEvent, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Key code that browsers report for keys that an input method takes for itself.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

/// Renders the field for questions, with its button and what is to be known of its text.
#[component]
pub fn Composer() -> impl IntoView {
    let chat = expect_context::<Chat>();
    let (draft, conversation) = (chat.draft, chat.conversation);
    let send = move || {
        let text = draft.text();
        if !text.is_empty() {
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
            draft.attach(text);
            // Which shows what stands beside the field.
            chat.open_history();
        }
    };
    draft.field.on_load(|field| {
        let _ = field.focus();
    });
    view! {
        <footer class="dock">
            <SlotView from=draft.slot />
            {move || (0 < draft.hidden.get()).then(|| view! { <HiddenNote draft=draft /> })}
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
                    conversation
                        .is_running
                        .get()
                        .then(|| {
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
                        })
                }}
                <Button
                    class="send"
                    test_id="send"
                    label=page::SEND
                    title=page::SEND_TITLE
                    icon=Icon::Send
                    disabled=draft.is_blank
                    hidden=Signal::derive(move || conversation.is_running.get() && draft.is_blank.get())
                    on_press=move |()| send()
                />
            </div>
        </footer>
    }
}

/// Tells of characters that cannot be seen. What somebody pasted may ask for things that only the model reads.
#[component]
fn HiddenNote(draft: Draft) -> impl IntoView {
    let remove = move |()| {
        draft.remove_hidden();
        draft.focus();
    };
    view! {
        <p class="hidden-note" role="status" data-testid="hidden">
            {move || page::text_holds_hidden(draft.hidden.get())}
            <Button class="button quiet" test_id="remove-hidden" on_press=remove>
                {page::REMOVE}
            </Button>
        </p>
    }
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
    (Draft::MOST_IN_FIELD < text.length().saturating_add(held)).then(|| event.data()).flatten()
}
