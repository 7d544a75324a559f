//! Tells whether the browser has a model of its own, where that is the server.

use crate::browser::live::availability;
use crate::engine::messages::browser_model as words;
use crate::ui::state::Connection;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Tells whether the browser has a model of its own, each time when that is chosen; nothing for any other server.
#[component]
pub fn BrowserModelHint() -> impl IntoView {
    let connection = expect_context::<Connection>();
    let is_chosen = Memo::new(move |_| connection.settings.with(|settings| !settings.dialect.has_address()));
    let told = RwSignal::new(words::LOOKING);
    Effect::new(move |_| {
        if is_chosen.get() {
            told.set(words::LOOKING);
            spawn_local(async move {
                let found = availability().await;
                // The sheet may be gone.
                let _ = told.try_set(found.in_words());
            });
        }
    });
    view! {
        <p class="hint" role="status" data-testid="browser-model" hidden=move || !is_chosen.get()>
            {move || is_chosen.get().then(|| told.get())}
        </p>
    }
}
