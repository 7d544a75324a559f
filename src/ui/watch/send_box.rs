//! The field for what goes out over a socket.

use super::run::WatchRun;
use crate::engine::messages::watch_page as words;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// Renders a field whose text is sent by Enter. A text that did not go out stays, and why is told.
#[component]
pub fn SendBox() -> impl IntoView {
    let run = expect_context::<WatchRun>();
    let text = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let submitted = move |event: SubmitEvent| {
        event.prevent_default();
        match text.with_untracked(|text| run.send(text)) {
            Ok(()) => {
                text.set(String::new());
                problem.set(None);
            }
            Err(reason) => problem.set(Some(reason.to_string())),
        }
    };
    let told = move || {
        problem.get().map(|sentence| {
            view! {
                <p class="problem" role="alert" data-testid="watch-not-sent">
                    {sentence}
                </p>
            }
        })
    };
    view! {
        <form class="watch-send" data-testid="watch-send" on:submit=submitted>
            <input
                class="input"
                type="text"
                data-testid="watch-message"
                autocomplete="off"
                aria-label=words::MESSAGE
                placeholder=words::MESSAGE
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
            />
            <button class="button" type="submit">
                {words::SEND}
            </button>
            {told}
        </form>
    }
}
