//! What a guard did with an answer is told in a line below it, while text is held back and when it is over.

use super::keeper::Keeper;
use crate::engine::chat::{GuardReport, Turn, TurnId};
use crate::engine::messages::guard_page as words;
use crate::ui::checks::guard::{WithheldHost, open_withheld};
use crate::ui::components::{Button, count};
use crate::ui::state::slot::SlotView;
use crate::ui::state::{Slot, TurnSignals};
use leptos::prelude::*;

/// What is told of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Told {
    /// Bytes that are held back now.
    held: usize,
    /// Number of places that were withheld.
    count: usize,
    /// The rules that withheld something.
    rules: Vec<String>,
    /// Whether there is a list of them.
    has_list: bool,
}

/// Shows what a guard did with an answer; nothing where it did nothing.
#[component]
pub fn GuardNote(
    /// The answer's turn.
    id: TurnId,
    /// The answer's signals.
    signals: TurnSignals,
    /// The keeper of the conversation.
    keeper: Keeper,
) -> impl IntoView {
    let conversation = keeper.chat.conversation;
    let place = Slot::default();
    let changed = RwSignal::new(());
    let told = Memo::new(move |_| {
        // Figures change four times a second while it is being written.
        signals.numbers.track();
        signals.state.track();
        changed.track();
        let read = |turn: &Turn| turn.guard.as_deref().map(Told::of);
        conversation.read_turn(id, read).flatten().unwrap_or_default()
    });
    let open = move |()| {
        let report = conversation.read_turn(id, |turn| turn.guard.as_deref().cloned()).flatten();
        let Some(report) = report else { return };
        let release = move |()| {
            let is_done = release(keeper, id);
            changed.set(());
            is_done
        };
        let host = WithheldHost {
            report,
            release: Callback::new(release),
            closed: Callback::new(move |()| place.clear()),
        };
        keeper.chat.loader.load(open_withheld(place, host));
    };
    let line = move || {
        view! {
            <p class="guard-note" data-testid="guard-note">
                <span data-testid="guard-held" hidden=move || told.with(|told| told.held == 0)>
                    {move || words::held_back(&count(told.with(|told| told.held as u64)))}
                </span>
                <span data-testid="guard-count" hidden=move || told.with(|told| told.count == 0)>
                    {move || told.with(|told| words::withheld(told.count, &told.rules))}
                </span>
                <Button
                    class="button quiet"
                    test_id="what-withheld"
                    hidden=Signal::derive(move || !told.with(|told| told.has_list))
                    on_press=open
                >
                    {words::WHAT}
                </Button>
            </p>
        }
        .into_any()
    };
    let is_there = Memo::new(move |_| told.with(|told| *told != Told::default()));
    view! {
        {move || is_there.get().then(line)}
        <SlotView from=place />
    }
}

impl Told {
    fn of(report: &GuardReport) -> Told {
        let mut rules: Vec<String> = Vec::new();
        for withheld in report.blocks.iter().flat_map(|(_, report)| &report.withheld) {
            if !rules.contains(&withheld.rule) {
                rules.push(withheld.rule.clone());
            }
        }
        Told { held: report.held, count: report.count, rules, has_list: !report.blocks.is_empty() }
    }
}

/// Puts what was withheld into the answer, which is written then. Returns whether that could be done.
fn release(keeper: Keeper, id: TurnId) -> bool {
    let conversation = keeper.chat.conversation;
    let is_done = conversation.with_store(|store| {
        let turn = store.conversation.turn(id).filter(|turn| turn.can_release()).cloned();
        turn.map(|mut turn| {
            turn.release_withheld();
            store.conversation.store(id, turn);
        })
        .is_some()
    });
    if is_done {
        keeper.save();
        conversation.wake();
    }
    is_done
}
