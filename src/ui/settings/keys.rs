//! The list of keys, in a dialog.

use crate::engine::messages::keys;
use crate::ui::components::Notice;
use crate::ui::lazy::{lazy_part, with_panel_styles};
use crate::ui::state::KeysList;
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

/// Renders the dialog with all keys and what they do.
#[component]
pub fn KeysDialog(
    /// Called when the dialog was closed.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
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
        <Notice
            test_id="keys"
            title=keys::TITLE
            close_id="close-keys"
            close_label=keys::CLOSE
            on_close=on_close
        >
            <dl class="keys">{rows.collect_view()}</dl>
        </Notice>
    }
}
