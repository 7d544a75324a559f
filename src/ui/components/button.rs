//! The button shows words, an icon or both, and calls back when it is pressed.

use super::icon::{Icon, IconView};
use leptos::prelude::*;

/// Renders a button. Nearly all buttons of the page are this one, so that names, titles and states are told alike.
#[component]
pub fn Button(
    /// Its classes.
    class: &'static str,
    /// Its name for screen readers, and its title, where it shows no words or they say too little.
    #[prop(optional, into)]
    label: Signal<Option<&'static str>>,
    /// Its title, where that says more than the label.
    #[prop(optional)]
    title: Option<&'static str>,
    /// Its name for tests.
    #[prop(optional)]
    test_id: Option<&'static str>,
    /// The icon before its words.
    #[prop(optional)]
    icon: Option<Icon>,
    /// Whether it cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Whether it is not shown now.
    #[prop(optional, into)]
    hidden: Signal<bool>,
    /// Whether what it folds is unfolded; `None` where it folds nothing.
    #[prop(optional, into)]
    expanded: Signal<Option<bool>>,
    /// The id of the popover that it opens and closes, which the browser does by itself once that is there.
    #[prop(optional)]
    opens: Option<&'static str>,
    /// Called when it is pressed.
    #[prop(into)]
    on_press: Callback<()>,
    /// Its words.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=class
            data-testid=test_id
            aria-label=move || label.get()
            title=move || title.or_else(|| label.get())
            aria-expanded=move || expanded.get().map(|is| if is { "true" } else { "false" })
            popovertarget=opens
            aria-haspopup=opens.map(|_| "dialog")
            disabled=move || disabled.get()
            hidden=move || hidden.get()
            on:click=move |_| on_press.run(())
        >
            {icon.map(|icon| view! { <IconView icon=icon /> }.into_any())}
            {children.map(|children| children())}
        </button>
    }
}
