//! The list of keys, in a dialog.

use crate::engine::messages::keys;
use crate::ui::components::{Button, Icon};
use crate::ui::lazy::{lazy_part, with_panel_styles};
use crate::ui::state::KeysList;
use leptos::html;
use leptos::prelude::*;

lazy_part!(
    /// Shows the list of keys.
    settings,
    fn open_keys(list: KeysList) = open
);

fn open(list: KeysList) {
    with_panel_styles(move || {
        list.slot.fill(move |()| view! { <KeysDialog on_close=move |()| list.slot.clear() /> }.into_any());
    });
}

impl KeysList {
    /// Shows the list once its part has loaded.
    pub fn show(self) {
        if !self.slot.is_filled() {
            self.loader.load(open_keys(self));
        }
    }
}

/// The dialog with all keys and what they do. It is made anew each time.
#[component]
pub fn KeysDialog(
    /// The dialog was closed.
    #[prop(into)]
    on_close: Callback<()>,
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
    let rows = keys::ALL.map(|(key, effect)| {
        view! {
            <div>
                <dt>
                    <kbd>{key}</kbd>
                </dt>
                <dd>{effect}</dd>
            </div>
        }
    });
    view! {
        <dialog
            class="notice"
            data-testid="keys"
            aria-label=keys::TITLE
            closedby="any"
            node_ref=dialog
            on:close=move |_| on_close.run(())
        >
            <header class="notice-head">
                <h2>{keys::TITLE}</h2>
                <Button
                    class="icon-button"
                    test_id="close-keys"
                    label=keys::CLOSE
                    title=keys::CLOSE_TITLE
                    icon=Icon::Close
                    on_press=close
                />
            </header>
            <dl class="keys">{rows.collect_view()}</dl>
        </dialog>
    }
}
