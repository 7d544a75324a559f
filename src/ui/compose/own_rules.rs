//! Rules of a conversation's own are told in one line above it, which opens them.

use crate::engine::checks::Rules;
use crate::engine::messages::guard_page as words;
use crate::ui::checks::guard::{RulesHost, open_rules};
use crate::ui::components::{Button, Icon, IconView};
use crate::ui::history::Keeper;
use crate::ui::state::slot::SlotView;
use crate::ui::state::{Slot, set_if_new};
use leptos::prelude::*;

/// Says what the conversation on show is checked by, if it has rules of its own, and opens them.
#[component]
pub fn OwnRules(
    /// The keeper of the conversation.
    keeper: Keeper,
) -> impl IntoView {
    let chat = keeper.chat;
    let conversation = chat.conversation;
    let own = RwSignal::new(None::<Rules>);
    let place = Slot::default();
    Effect::new(move |before: Option<u32>| {
        let shown = conversation.chat.get();
        if before.is_some_and(|before| before != shown) {
            conversation.edits_rules.set(false);
            place.clear();
        }
        // Another tab may have changed them, which shows in the path.
        conversation.path.track();
        let rules = conversation.with_store(|store| store.checks.rules.clone());
        set_if_new(own, rules);
        shown
    });
    // Made here, since what an effect makes is gone when it runs again.
    let host = host(keeper, own, place);
    Effect::new(move |_| {
        if conversation.edits_rules.get() {
            conversation.edits_rules.set(false);
            let rules = own.get_untracked().unwrap_or_default();
            let servers = chat.connection.judge_servers();
            chat.loader.load(open_rules(place, RulesHost { rules, servers, ..host.clone() }));
        }
    });
    let is_there = Memo::new(move |_| own.with(|own| own.as_ref().is_some_and(|rules| !rules.is_empty())));
    let line = move || {
        view! {
            <div class="own-system">
                <Button
                    class="own-system-fold"
                    test_id="own-rules"
                    icon=Icon::About
                    on_press=move |()| conversation.edits_rules.set(true)
                >
                    {words::CHECKED}
                    <span class="own-rules-words" dir="auto">
                        {move || own.with(|own| own.as_ref().map(|rules| told(keeper, rules)))}
                    </span>
                    <IconView icon=Icon::After />
                </Button>
            </div>
        }
    };
    view! {
        {move || is_there.get().then(line)}
        <SlotView from=place />
    }
}

/// Returns what the dialog is given for the conversation on show. It belongs to the owner in which it is made.
fn host(keeper: Keeper, own: RwSignal<Option<Rules>>, place: Slot) -> RulesHost {
    let conversation = keeper.chat.conversation;
    let set = move |rules: Option<Rules>| {
        conversation.with_store(|store| store.checks.rules.clone_from(&rules));
        own.set(rules);
    };
    let give_up = move |()| {
        set(None);
        keeper.save();
    };
    RulesHost {
        title: words::CONVERSATION_RULES,
        about: words::CONVERSATION_ABOUT.to_owned(),
        rules: Rules::default(),
        servers: Vec::new(),
        set: Callback::new(move |rules| set(Some(rules))),
        keep: Callback::new(move |()| keeper.save()),
        give_up: Some(Callback::new(give_up)),
        closed: Callback::new(move |()| {
            place.clear();
            keeper.chat.draft.focus();
        }),
    }
}

/// Says how many rules there are, and who judges.
fn told(keeper: Keeper, rules: &Rules) -> String {
    let judge = rules.judge.as_ref().map(|judge| {
        let servers = keeper.chat.connection.judge_servers();
        let known = servers.into_iter().find(|server| server.id == judge.profile);
        known.map_or_else(|| words::UNKNOWN_JUDGE.to_owned(), |server| server.label)
    });
    words::checked_by(rules.rules.iter().filter(|rule| !rule.is_off).count(), judge.as_deref())
}
