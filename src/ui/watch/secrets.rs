//! The fields of keys: each one that came out of a command, an address or headers has its own.

use super::field::WatchField;
use super::fill::{Place, SecretField, WatchForm};
use crate::engine::curl::{Secret, SecretPlace};
use crate::engine::messages::watch_page as words;
use crate::engine::watch::FormField;
use crate::ui::components::{Button, Icon};
use leptos::prelude::*;

/// Renders a field for each key, and what takes it away.
#[component]
pub fn SecretFields() -> impl IntoView {
    let form = expect_context::<WatchForm>();
    let kind = Memo::new(move |_| form.form.with(|form| form.kind));
    let row = move |field: SecretField| {
        let SecretField { id, secret } = field;
        let index = untrack(|| form.index_of(id));
        let (label, place) = (label(&secret), secret.place.clone());
        let variable = secret.variable.as_deref().map(words::secret_variable);
        let hint = Signal::derive(move || match (kind.get().sends(&place), &variable) {
            (false, _) => words::SECRET_NOT_SENT.to_owned(),
            (true, Some(variable)) => variable.clone(),
            (true, None) => words::SECRET_HINT.to_owned(),
        });
        view! {
            <div class="watch-secret">
                <WatchField
                    place=Place::Request(FormField::Secret(index))
                    label=label
                    hint=hint
                    is_secret=true
                    name=["secret-".to_owned(), index.to_string()].concat()
                />
                <Button
                    class="icon-button"
                    test_id="remove-secret"
                    label=words::REMOVE_SECRET
                    icon=Icon::Close
                    on_press=move |()| form.remove_secret(id)
                />
            </div>
        }
    };
    view! { <For each=move || form.secrets.get() key=|field| field.id children=row /> }
}

fn label(secret: &Secret) -> String {
    match &secret.place {
        SecretPlace::Header(name) => words::secret_header(name),
        SecretPlace::Query(name) => words::secret_query(name),
        SecretPlace::Cookie => words::SECRET_COOKIE.to_owned(),
        SecretPlace::Subprotocol => words::SECRET_SUBPROTOCOL.to_owned(),
    }
}
