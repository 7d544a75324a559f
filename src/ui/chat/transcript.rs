//! The transcript holds the welcome or the turns on show, in an element that follows its end until the person scrolls up.

use super::context::Chat;
use super::welcome::Welcome;
use crate::engine::messages::page;
use crate::ui::components::{Button, Icon};
use crate::ui::state::slot::SlotView;
use leptos::prelude::*;

/// Renders the welcome, then the turns, and a way to the end.
#[component]
pub fn Transcript() -> impl IntoView {
    let chat = expect_context::<Chat>();
    let (scroll, conversation) = (chat.scroll, chat.conversation);
    let is_empty = move || conversation.path.with(Vec::is_empty) && !chat.history.is_opening.get();
    let to_end = move |()| {
        scroll.go_to_end();
        chat.draft.focus();
    };
    view! {
        <main class="scroller">
            <div
                class="scroll"
                tabindex="0"
                role="region"
                aria-label=page::CONVERSATION
                data-follows=move || scroll.is_following.get()
                node_ref=scroll.element
            >
                <div
                    class="column"
                    data-testid="transcript"
                    role="log"
                    aria-live="off"
                    aria-label=page::CONVERSATION
                    aria-busy=move || conversation.is_running.get().to_string()
                >
                    <SlotView from=conversation.head />
                    {move || is_empty().then(|| view! { <Welcome /> })}
                    <SlotView from=chat.turns />
                </div>
            </div>
            {move || {
                (!scroll.is_following.get())
                    .then(|| {
                        view! {
                            <Button
                                class="jump"
                                test_id="jump-to-end"
                                label=page::TO_THE_END
                                icon=Icon::Down
                                on_press=to_end
                            />
                        }
                    })
            }}
        </main>
    }
}
