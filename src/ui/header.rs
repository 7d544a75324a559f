//! The header: the page's name, the model in use, and what concerns the whole page.

use super::chat::{Action, Chat};
use super::components::{Button, Icon, IconView};
use super::state::ModelMenu;
use super::state::slot::SlotView;
use crate::engine::messages::{page, sheet};
use leptos::prelude::*;

/// The line above the transcript.
#[component]
pub fn Header() -> impl IntoView {
    let chat = expect_context::<Chat>();
    let connection = chat.connection;
    let model = move || {
        connection.settings.with(|settings| {
            match &settings.model {
                // Such a server has the model that it has.
                empty if empty.is_empty() && !settings.dialect.names_model() => settings.address().to_owned(),
                empty if empty.is_empty() => page::CHOOSE_A_MODEL.to_owned(),
                model => model.clone(),
            }
        })
    };
    view! {
        // The name moves what stands beside it: nothing is shown there before it is known.
        <header class="header" data-unknown=move || !connection.source.get().is_known()>
            <div class="header-start">
            <Button
                class="icon-button"
                test_id="history"
                label=page::CONVERSATIONS
                icon=Icon::History
                expanded=Signal::derive(move || Some(chat.history.is_open.get()))
                on_press=move |()| chat.toggle_history()
            />
            <h1 class="name">
                <IconView icon=Icon::Mark />
                {page::NAME}
            </h1>
            </div>
            <Button
                class="model-button"
                title=page::CHOOSE_MODEL_TITLE
                opens=ModelMenu::ID
                on_press=move |()| chat.models.show()
            >
                <span>{move || model()}</span>
            </Button>
            <span class="header-tools">
                <Button
                    class="icon-button"
                    test_id="new-chat"
                    label=page::NEW_CHAT
                    icon=Icon::New
                    on_press=move |()| chat.dispatch(Action::NewChat)
                />
                <Button
                    class="icon-button"
                    test_id="open-settings"
                    label=sheet::SETTINGS
                    icon=Icon::Settings
                    on_press=move |()| chat.sheet.show(None)
                />
            </span>
            <SlotView from=chat.models.slot />
        </header>
    }
}
