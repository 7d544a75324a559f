//! The switch of notifications asks for the browser's permission where it is pressed, and says so if that is refused.

use crate::browser::notification::{self, Permission};
use crate::browser::storage;
use crate::engine::messages::composer as words;
use crate::ui::components::Switch;
use crate::ui::compose::Notifier;
use crate::ui::state::Connection;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Renders the switch of notifications.
#[component]
pub fn NotifySwitch() -> impl IntoView {
    let connection = expect_context::<Connection>();
    let is_on = RwSignal::new(Notifier::is_on());
    let refusal = RwSignal::new(None::<&'static str>);
    if storage::is_kept(Notifier::RECORD) {
        refusal.set(refused(notification::permission()));
    }
    let change = move |wanted: bool| {
        is_on.set(wanted);
        refusal.set(None);
        if !wanted {
            return storage::remove(Notifier::RECORD);
        }
        spawn_local(async move {
            refusal.set(refused(notification::ask().await));
            if refusal.get_untracked().is_some() {
                storage::remove(Notifier::RECORD);
                is_on.set(false);
            } else {
                connection.storage_problem.set(storage::save(Notifier::RECORD, &true).err());
            }
        });
    };
    view! {
        <Switch name="notify" label=words::NOTIFY is_on=is_on on_change=change />
        <div role="status">
            {move || {
                refusal
                    .get()
                    .map(|words| {
                        view! {
                            <p class="problem" data-testid="notify-refused">
                                {words}
                            </p>
                        }
                    })
            }}
        </div>
    }
}

fn refused(permission: Permission) -> Option<&'static str> {
    match permission {
        Permission::Granted => None,
        Permission::Refused => Some(words::REFUSED),
        Permission::Missing => Some(words::UNKNOWN),
    }
}
