//! The notice is a modal dialog over the page, which says one thing: focus, Escape and the way back are the browser's own.

use super::button::Button;
use super::icon::Icon;
use crate::engine::messages::page;
use leptos::html;
use leptos::prelude::*;

/// Renders a dialog with a title and a button that closes it. It opens once it stands in the page and is made anew each
/// time: whoever shows it takes it off the page once it was closed.
#[component]
pub fn Notice(
    /// Its classes.
    #[prop(default = "notice")]
    class: &'static str,
    /// Its name for tests.
    test_id: &'static str,
    /// Its heading.
    title: &'static str,
    /// Its name for screen readers, where that says more than the heading.
    #[prop(optional)]
    label: Option<&'static str>,
    /// The closing button's name for tests.
    close_id: &'static str,
    /// The closing button's name for screen readers.
    close_label: &'static str,
    /// Called when it was closed, whatever closed it.
    #[prop(into)]
    on_close: Callback<()>,
    /// What stands below the heading.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    dialog.on_load(|dialog| {
        let _ = dialog.show_modal();
    });
    let close = move |()| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <dialog
            class=class
            data-testid=test_id
            aria-label=label.unwrap_or(title)
            closedby="any"
            node_ref=dialog
            on:close=move |_| on_close.run(())
        >
            <header class="notice-head">
                <h2>{title}</h2>
                <Button
                    class="icon-button"
                    test_id=close_id
                    label=close_label
                    title=page::CLOSE_TITLE
                    icon=Icon::Close
                    on_press=close
                />
            </header>
            {children()}
        </dialog>
    }
}
