//! The schema of a conversation stands folded above it. The dialog in which it is set is a lazy part.

use crate::engine::checks::SchemaChoice;
use crate::engine::messages::structured_page as words;
use crate::engine::structured::property_count;
use crate::ui::checks::{SchemaOpening, SchemaPanel};
use crate::ui::components::{Button, Icon};
use crate::ui::history::Keeper;
use crate::ui::state::set_if_new;
use crate::ui::state::slot::SlotView;
use leptos::prelude::*;

/// Shows that answers of the conversation on show are to be JSON, if they are, and opens the dialog in which that is set.
#[component]
pub fn OwnSchema(
    /// The keeper of the conversation.
    keeper: Keeper,
) -> impl IntoView {
    let chat = keeper.chat;
    let conversation = chat.conversation;
    let panel = SchemaPanel::new(chat.loader);
    let own = RwSignal::new(None::<SchemaChoice>);
    Effect::new(move |_| {
        conversation.chat.track();
        // Another tab may have changed it, which shows in the path.
        conversation.path.track();
        set_if_new(own, conversation.with_store(|store| store.checks.schema.clone()));
    });
    let take = Callback::new(move |choice: Option<SchemaChoice>| {
        conversation.with_store(|store| store.checks.schema.clone_from(&choice));
        own.set(choice);
        keeper.save();
    });
    let closed = Callback::new(move |()| {
        conversation.edits_schema.set(false);
        chat.draft.focus();
    });
    Effect::new(move |_| {
        if conversation.edits_schema.get() {
            panel.open(SchemaOpening {
                chat: conversation.chat.get_untracked(),
                choice: own.get_untracked(),
                dialect: chat.connection.settings.with_untracked(|settings| settings.dialect),
                take,
                closed,
            });
        }
    });
    let told =
        move || own.with(|own| own.as_ref().map(|own| words::answers_are_json(property_count(&own.text))));
    let line = move |told: String| {
        view! {
            <section class="own-system" data-testid="own-schema">
                <Button
                    class="own-system-fold"
                    test_id="edit-schema"
                    icon=Icon::About
                    on_press=move |()| conversation.edits_schema.set(true)
                >
                    {told}
                </Button>
            </section>
        }
    };
    view! {
        {move || told().map(line)}
        <SlotView from=panel.slot />
    }
}
