//! Instructions of a conversation's own stand folded above it, and are edited in that place.

use super::queueing::first_words;
use crate::engine::messages::{composer as words, sheet};
use crate::ui::components::{Button, Icon, IconView};
use crate::ui::history::Keeper;
use crate::ui::state::set_if_new;
use leptos::html;
use leptos::prelude::*;

/// Shows the instructions of the conversation on show, if it has any of its own, or they are to be written.
#[component]
pub fn OwnSystem(
    /// The keeper of the conversation.
    keeper: Keeper,
) -> impl IntoView {
    let chat = keeper.chat;
    let conversation = chat.conversation;
    let own = RwSignal::new(None::<String>);
    let set = move |system: Option<String>| {
        conversation.with_store(|store| store.system.clone_from(&system));
        own.set(system);
    };
    Effect::new(move |before: Option<u32>| {
        let shown = conversation.chat.get();
        if before.is_some_and(|before| before != shown) {
            conversation.edits_system.set(false);
        }
        // Another tab may have changed them, which shows in the path.
        conversation.path.track();
        let system = conversation.with_store(|store| store.system.clone());
        set_if_new(own, system);
        shown
    });
    // It begins as a copy of the settings' own.
    Effect::new(move |_| {
        if conversation.edits_system.get() && own.with_untracked(Option::is_none) {
            set(Some(chat.connection.settings.with_untracked(|settings| settings.system.clone())));
            keeper.save();
        }
    });
    let drop_it = move |()| {
        conversation.edits_system.set(false);
        set(None);
        keeper.save();
        chat.draft.focus();
    };
    let field = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        if let (true, Some(field)) = (conversation.edits_system.get(), field.get()) {
            let _ = field.focus();
        }
    });
    let first = move || {
        let first = own.with(|own| own.as_deref().map(first_words)).unwrap_or_default();
        if first.is_empty() { words::NO_SYSTEM.to_owned() } else { first }
    };
    let is_there = Memo::new(move |_| own.with(Option::is_some));
    let fold = move || {
        view! {
            <section class="own-system" data-testid="own-system">
                <Button
                    class="own-system-fold"
                    test_id="fold-system"
                    icon=Icon::About
                    expanded=Signal::derive(move || Some(conversation.edits_system.get()))
                    on_press=move |()| conversation.edits_system.update(|is| *is = !*is)
                >
                    {words::OWN_SYSTEM}
                    <span class="own-system-words" dir="auto" hidden=conversation.edits_system>
                        {first}
                    </span>
                    <IconView icon=Icon::Down />
                </Button>
                <div class="own-system-editor" hidden=move || !conversation.edits_system.get()>
                    <textarea
                        rows="4"
                        dir="auto"
                        data-testid="own-system-field"
                        aria-label=words::OWN_SYSTEM
                        placeholder=sheet::SYSTEM_PLACEHOLDER
                        node_ref=field
                        prop:value=move || own.get().unwrap_or_default()
                        on:input=move |event| set(Some(event_target_value(&event)))
                        on:change=move |_| keeper.save()
                    ></textarea>
                    <Button class="button quiet" test_id="drop-system" on_press=drop_it>
                        {words::AS_IN_SETTINGS}
                    </Button>
                    <Button
                        class="button"
                        test_id="close-system"
                        on_press=move |()| {
                            conversation.edits_system.set(false);
                            chat.draft.focus();
                        }
                    >
                        {words::FOLD}
                    </Button>
                </div>
            </section>
        }
    };
    view! { {move || is_there.get().then(fold)} }
}
