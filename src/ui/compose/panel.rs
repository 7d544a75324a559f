//! The panel above the field: questions that wait, and texts that were pasted.

use super::queueing::{Queueing, first_words};
use crate::engine::messages::composer as words;
use crate::ui::components::{Button, Icon, count};
use crate::ui::state::Draft;
use leptos::prelude::*;

/// Shows the questions that wait for an answer, and the texts that were pasted beside the field.
#[component]
pub fn Panel(
    /// The questions that wait.
    queueing: Queueing,
) -> impl IntoView {
    let chat = queueing.chat;
    let (draft, is_running) = (chat.draft, chat.conversation.is_running);
    let note = move || match queueing.hold.get() {
        Some(hold) => hold.sentence(),
        None => words::NEXT,
    };
    let rows = move || {
        let rows = queueing.rows.get().into_iter().enumerate();
        rows.map(|(index, text)| view! { <Queued queueing=queueing index=index text=text /> }).collect_view()
    };
    let queue = move || {
        view! {
            <section class="queue" aria-label=words::WAITING data-testid="queue">
                <p class="queue-note" data-testid="queue-note">
                    {note}
                    <Button
                        class="button"
                        test_id="send-queued"
                        hidden=is_running
                        on_press=move |()| {
                            queueing.go_on();
                            draft.focus();
                        }
                    >
                        {words::SEND}
                    </Button>
                </p>
                <ol>{rows}</ol>
            </section>
        }
    };
    let has_rows =
        Memo::new(move |_| queueing.rows.with(|rows| !rows.is_empty()) && !queueing.is_elsewhere.get());
    let cards = move || {
        let count = draft.pastes.with(Vec::len);
        (0..count).map(|index| view! { <Pasted draft=draft index=index /> }).collect_view()
    };
    view! {
        <div class="above-field" hidden=move || !has_rows.get() && draft.pastes.with(Vec::is_empty)>
            {move || has_rows.get().then(queue)}
            {cards}
        </div>
    }
}

/// Shows a question that waits, with what can be done with it.
#[component]
fn Queued(queueing: Queueing, index: usize, text: String) -> impl IntoView {
    view! {
        <li class="queued" data-testid="queued">
            <span class="queued-text" dir="auto">
                {text}
            </span>
            <Button class="link" test_id="send-now" on_press=move |()| queueing.send_now(index)>
                {words::SEND_NOW}
            </Button>
            <Button
                class="icon-button small"
                test_id="edit-queued"
                label=words::EDIT
                icon=Icon::Edit
                on_press=move |()| queueing.edit(index)
            />
            <Button
                class="icon-button small"
                test_id="drop-queued"
                label=words::DROP
                icon=Icon::Delete
                on_press=move |()| queueing.drop(index)
            />
        </li>
    }
}

/// Shows the first words of a text that was pasted, and how long it is.
#[component]
fn Pasted(draft: Draft, index: usize) -> impl IntoView {
    let read = draft.pastes.with_untracked(|pastes| {
        let paste = pastes.get(index)?;
        let number = |number: usize| count(number as u64);
        let size = words::size(&number(paste.chars().count()), &number(paste.lines().count()));
        Some((first_words(paste), size, paste.encode_utf16().count()))
    });
    let (text, size, length) = read.unwrap_or_default();
    let fits = u32::try_from(length).is_ok_and(|length| length < Draft::MOST_IN_FIELD);
    let show = move |()| {
        if let Some(paste) = take(draft, index) {
            let before = draft.parts().typed;
            let gap = if before.trim().is_empty() { "" } else { "\n\n" };
            draft.fill(&format!("{before}{gap}{paste}"));
        }
        draft.focus();
    };
    let remove = move |()| {
        take(draft, index);
        draft.focus();
    };
    view! {
        <div class="pasted" role="group" aria-label=words::PASTED data-testid="aside">
            <span class="pasted-text" dir="auto">
                {text}
            </span>
            <span class="pasted-size">{size}</span>
            <Button class="link" test_id="show-aside" hidden=!fits on_press=show>
                {words::SHOW}
            </Button>
            <Button class="link" test_id="remove-aside" on_press=remove>
                {words::REMOVE}
            </Button>
        </div>
    }
}

/// Takes a text that was pasted out of the draft.
fn take(draft: Draft, index: usize) -> Option<String> {
    let taken =
        draft.pastes.try_update(|pastes| (index < pastes.len()).then(|| pastes.remove(index))).flatten();
    draft.changed();
    taken
}
