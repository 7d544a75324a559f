//! Versions lead from a question or an answer to the others in the same place.

use crate::engine::chat::TurnId;
use crate::engine::messages::page;
use crate::ui::chat::Chat;
use crate::ui::components::{Button, Icon};
use leptos::prelude::*;

/// Shows which of several questions or answers this is, with a way to the others, but not while one is being written.
#[component]
pub fn Versions(
    /// The one on show.
    id: TurnId,
    /// The state of the page.
    chat: Chat,
    /// The names of the ways to the one before and the one after.
    #[prop(default = [page::ANSWER_BEFORE, page::ANSWER_AFTER])]
    labels: [&'static str; 2],
) -> impl IntoView {
    let conversation = chat.conversation;
    let siblings = move || conversation.with_store(|store| store.conversation.siblings(id));
    let show = move |step: isize| {
        let siblings = siblings();
        let at = siblings.iter().position(|sibling| *sibling == id);
        if let Some(to) = at.and_then(|at| siblings.get(at.checked_add_signed(step)?)) {
            chat.show(*to);
        }
    };
    let versions = move || {
        // A new answer changes the path.
        conversation.path.track();
        let is_running = conversation.is_running.get();
        let siblings = siblings();
        let at = siblings.iter().position(|sibling| *sibling == id)?;
        (1 < siblings.len() && !is_running).then(|| {
            view! {
                <span class="versions">
                    <Button
                        class="icon-button small"
                        label=labels[0]
                        icon=Icon::Before
                        disabled=at == 0
                        on_press=move |()| show(-1)
                    />
                    <span>{page::version_of(at + 1, siblings.len())}</span>
                    <Button
                        class="icon-button small"
                        label=labels[1]
                        icon=Icon::After
                        disabled=at + 1 == siblings.len()
                        on_press=move |()| show(1)
                    />
                </span>
            }
            .into_any()
        })
    };
    view! { {move || versions()} }
}
