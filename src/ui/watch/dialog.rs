//! The dialog in which a stream is watched: the form, and what comes. It fills the screen.

use super::fill::WatchForm;
use super::form_view::WatchFormView;
use super::results::WatchResults;
use super::run::WatchRun;
use crate::engine::messages::{page, watch_page as words};
use crate::ui::components::{Button, Icon};
use leptos::html;
use leptos::prelude::*;

/// Renders the dialog. To close it stops what runs; what was typed and what came stays until it is opened again.
#[component]
pub fn WatchDialog(
    /// Whether it is open.
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let (form, run) = (WatchForm::default(), WatchRun::default());
    provide_context(form);
    provide_context(run);
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get()
            && is_open.get()
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
    });
    let close = move |()| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let closed = move |_| {
        run.stop();
        is_open.set(false);
    };
    on_cleanup(move || run.stop());
    view! {
        <dialog class="watch screen" data-testid="watch" aria-labelledby="watch-title" node_ref=dialog on:close=closed>
            <header class="screen-head">
                <h2 id="watch-title">{words::TITLE}</h2>
                <Button
                    class="icon-button"
                    test_id="close-watch"
                    label=words::CLOSE
                    title=page::CLOSE_TITLE
                    icon=Icon::Close
                    on_press=close
                />
            </header>
            <div class="watch-body">
                <WatchFormView />
                {move || match run.has_run.get() {
                    true => view! { <WatchResults /> }.into_any(),
                    false => view! { <p class="watch-about">{words::ABOUT}</p> }.into_any(),
                }}
            </div>
        </dialog>
    }
}
