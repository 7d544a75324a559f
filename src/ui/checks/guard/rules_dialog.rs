//! The dialog of the rules takes the whole screen. What can be followed is saved while it is typed.

use super::form::RulesForm;
use super::hold_fields::HoldFields;
use super::host::RulesHost;
use super::judge_fields::JudgeFields;
use super::presets::RulePreset;
use super::rule_fields::RuleFields;
use super::trial_view::TrialView;
use crate::engine::messages::{guard_page as words, page};
use crate::ui::components::{Button, Icon, Switch};
use leptos::html;
use leptos::prelude::*;

/// Renders the dialog. It opens once it stands in the page and is made anew each time.
#[component]
pub fn RulesDialog(
    /// What the page gives it.
    host: RulesHost,
) -> impl IntoView {
    let form = RulesForm::new(&host);
    let dialog = NodeRef::<html::Dialog>::new();
    dialog.on_load(|dialog| {
        let _ = dialog.show_modal();
    });
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let RulesHost { title, about, servers, keep, give_up, closed, .. } = host;
    let give_up = give_up.map(|give_up| {
        let press = move |()| {
            give_up.run(());
            close();
        };
        view! {
            <Button class="button quiet guard-start" test_id="give-up-rules" on_press=press>
                {words::AS_IN_SETTINGS}
            </Button>
        }
    });
    view! {
        <dialog
            class="guard screen"
            data-testid="rules"
            aria-label=title
            node_ref=dialog
            on:change=move |_| keep.run(())
            on:click=move |_| keep.run(())
            on:close=move |_| {
                keep.run(());
                closed.run(());
            }
        >
            <header class="screen-head">
                <h2>{title}</h2>
                <Button
                    class="icon-button"
                    test_id="close-rules"
                    label=words::CLOSE
                    title=page::CLOSE_TITLE
                    icon=Icon::Close
                    on_press=move |()| close()
                />
            </header>
            <div class="guard-body">
                <div class="guard-column">
                    <p class="guard-about">{about}</p>
                    {give_up}
                    <RuleList form=form />
                    <HoldFields form=form />
                    <Switch
                        name="sends-withheld"
                        label=words::SENDS_WITHHELD
                        is_on=form.sends_withheld
                        on_change=move |is_on| form.set_sends_withheld(is_on)
                    />
                    <p class="hint">{words::SENDS_WITHHELD_HINT}</p>
                    <JudgeFields form=form servers=servers />
                </div>
                <div class="guard-column guard-try">
                    <TrialView form=form />
                </div>
            </div>
        </dialog>
    }
}

/// Renders the list of rules, with what adds some, and what of it is saved.
#[component]
fn RuleList(form: RulesForm) -> impl IntoView {
    let ids =
        Memo::new(move |_| form.rules.with(|rules| rules.iter().map(|draft| draft.id).collect::<Vec<_>>()));
    let presets = RulePreset::ALL.map(|preset| {
        view! {
            <Button
                class="button quiet"
                test_id=preset.test_id()
                on_press=move |()| form.add_preset(preset)
            >
                {preset.label()}
            </Button>
        }
    });
    let removed = move || {
        let kind = form.removed.with(|removed| removed.as_ref().map(|(_, draft)| draft.rule.kind));
        kind.map(|kind| view! { <RemovedRule form=form name=kind.name() /> })
    };
    let has_problem = move || {
        form.problem.with(Option::is_some)
            || form.rules.with(|rules| rules.iter().any(|draft| draft.problem.is_some()))
            || form.judge.with(|draft| draft.problem.is_some())
    };
    view! {
        <section class="guard-rules" aria-labelledby="guard-rules-title">
            <h3 id="guard-rules-title">{words::RULES}</h3>
            <p class="guard-empty" data-testid="no-rules" hidden=move || !ids.with(Vec::is_empty)>
                {words::EMPTY}
            </p>
            <div class="guard-tools" role="group" aria-label=words::PRESETS>
                {presets.collect_view()}
            </div>
            <For each=move || ids.get() key=|id| *id let:id>
                <RuleFields form=form id=id />
            </For>
            {removed}
            <Button
                class="button guard-start"
                test_id="add-rule"
                icon=Icon::New
                on_press=move |()| form.add()
            >
                {words::ADD}
            </Button>
            <p
                class="guard-saved"
                class:problem=has_problem
                class:hint=move || !has_problem()
                role="status"
                data-testid="rules-saved"
            >
                {move || form.told()}
            </p>
        </section>
    }
}

/// Says that a rule was taken away, and offers it again. It gets the focus, which was on a button that is gone.
#[component]
fn RemovedRule(form: RulesForm, name: &'static str) -> impl IntoView {
    let line = NodeRef::<html::P>::new();
    line.on_load(|line| {
        let _ = line.focus();
    });
    view! {
        <p class="guard-removed" tabindex="-1" role="status" data-testid="rule-removed" node_ref=line>
            {words::removed(name)}
            <Button class="button quiet" test_id="undo-remove-rule" on_press=move |()| form.put_back()>
                {words::UNDO}
            </Button>
        </p>
    }
}
