//! The fields of a rule, with what is wrong with its text below that.

use super::form::RulesForm;
use crate::engine::checks::{Action, Rule, RuleKind};
use crate::engine::guard::{ACTIONS, RuleProblem, action_words};
use crate::engine::messages::guard_page as words;
use crate::ui::components::{Button, Icon, Switch};
use leptos::html;
use leptos::prelude::*;

/// Renders all fields of a rule.
#[component]
pub fn RuleFields(
    /// What was typed of the rules.
    form: RulesForm,
    /// The rule's id.
    id: u32,
) -> impl IntoView {
    let place = Memo::new(move |_| {
        let at = form.rules.with(|rules| rules.iter().position(|draft| draft.id == id));
        at.unwrap_or_default()
    });
    let kind = Memo::new(move |_| form.read(id, |draft| draft.rule.kind));
    let action = Memo::new(move |_| form.read(id, |draft| draft.rule.action));
    let is_off = Memo::new(move |_| form.read(id, |draft| draft.rule.is_off));
    let kinds = RuleKind::ALL.iter().enumerate().map(move |(at, of)| {
        view! { <option value=at.to_string() prop:selected=move || kind.get() == *of>{of.name()}</option> }
    });
    let actions = ACTIONS.iter().enumerate().map(move |(at, of)| {
        let name = action_words(*of).0;
        view! { <option value=at.to_string() prop:selected=move || action.get() == *of>{name}</option> }
    });
    let (kinds, actions) = (kinds.collect_view(), actions.collect_view());
    let choose_kind = move |text: String| {
        if let Some(kind) = chosen(&RuleKind::ALL, &text) {
            form.edit(id, |rule| rule.kind = kind);
        }
    };
    let choose_action = move |text: String| {
        if let Some(action) = chosen::<Action>(&ACTIONS, &text) {
            form.edit(id, |rule| rule.action = action);
        }
    };
    let select = NodeRef::<html::Select>::new();
    Effect::new(move |_| {
        if let Some(select) = select.get()
            && form.focused.get() == Some(id)
        {
            form.focused.set(None);
            let _ = select.focus();
        }
    });
    let text = move || {
        kind.get().has_text().then(|| view! { <RuleText form=form id=id kind=kind.get() /> }.into_any())
    };
    view! {
        <fieldset class="guard-rule" data-testid="rule" data-off=move || is_off.get().to_string()>
            <legend>{move || words::rule_number(place.get() + 1)}</legend>
            <div class="guard-rule-tools">
                <Switch
                    name="rule-on"
                    label=words::IS_ON
                    is_on=Signal::derive(move || !is_off.get())
                    on_change=move |is_on: bool| form.edit(id, |rule| rule.is_off = !is_on)
                />
                <Button
                    class="icon-button"
                    test_id="remove-rule"
                    label=words::REMOVE
                    icon=Icon::Delete
                    on_press=move |()| form.remove(id)
                />
            </div>
            <div class="field">
                <label for=control(id, KIND)>{words::KIND}</label>
                <select
                    id=control(id, KIND)
                    name=KIND
                    node_ref=select
                    aria-describedby=about(id, KIND)
                    on:change=move |event| choose_kind(event_target_value(&event))
                >
                    {kinds}
                </select>
                <p class="hint" id=about(id, KIND)>
                    {move || kind.get().hint()}
                </p>
            </div>
            {text}
            <div class="field">
                <label for=control(id, ACTION)>{words::ACTION}</label>
                <select
                    id=control(id, ACTION)
                    name=ACTION
                    aria-describedby=about(id, ACTION)
                    on:change=move |event| choose_action(event_target_value(&event))
                >
                    {actions}
                </select>
                <p class="hint" id=about(id, ACTION)>
                    {move || action_words(action.get()).1}
                </p>
            </div>
        </fieldset>
    }
}

/// Renders the text of a rule: several lines for words and hosts, one for a pattern or a number.
#[component]
fn RuleText(form: RulesForm, id: u32, kind: RuleKind) -> impl IntoView {
    let (label, has_lines) = match kind {
        RuleKind::Words => (words::WORDS, true),
        RuleKind::Links => (words::HOSTS, true),
        RuleKind::Length => (words::MOST, false),
        RuleKind::Pattern
        | RuleKind::Email
        | RuleKind::Phone
        | RuleKind::Card
        | RuleKind::Iban
        | RuleKind::Secrets
        | RuleKind::Code
        | RuleKind::Json => (words::PATTERN, false),
    };
    let problem = move || {
        form.read(id, |draft| {
            let problem = draft.problem.as_ref().filter(|_| draft.is_touched);
            problem.map(|problem| told(problem, &draft.rule))
        })
    };
    let typed = move |text: String| {
        form.edit(id, |rule| rule.text = text);
        form.touch(id);
    };
    let shared = view! {
        <{..}
            id=control(id, TEXT)
            name=TEXT
            data-testid="rule-text"
            autocomplete="off"
            spellcheck="false"
            aria-describedby=about(id, TEXT)
            aria-invalid=move || problem().is_some().to_string()
            prop:value=move || form.read(id, |draft| draft.rule.text.clone())
            on:input=move |event| typed(event_target_value(&event))
            on:blur=move |_| form.touch(id)
        />
    };
    let field = if has_lines {
        view! { <textarea rows="3" dir="auto" {..shared}></textarea> }.into_any()
    } else {
        let mode = if kind == RuleKind::Length { "numeric" } else { "text" };
        view! { <input type="text" inputmode=mode autocapitalize="off" {..shared} /> }.into_any()
    };
    view! {
        <div class="field">
            <label for=control(id, TEXT)>{label}</label>
            {field}
            <p
                class="problem"
                id=about(id, TEXT)
                data-testid="rule-problem"
                hidden=move || problem().is_none()
            >
                {move || problem().unwrap_or_default()}
            </p>
        </div>
    }
}

/// Returns the problem with its place in the text.
fn told(problem: &RuleProblem, rule: &Rule) -> String {
    let Some(at) = problem.at else { return problem.words.clone() };
    let before: String = rule.text.chars().take(at).collect();
    let line = before.matches('\n').count();
    let character = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    if rule.text.trim_end().contains('\n') {
        words::at_line(line + 1, character, &problem.words)
    } else {
        words::at_character(character, &problem.words)
    }
}

/// Returns what was chosen of a list, by its place.
pub(super) fn chosen<T: Copy>(all: &[T], place: &str) -> Option<T> {
    all.get(place.parse::<usize>().ok()?).copied()
}

const KIND: &str = "rule-kind";
const TEXT: &str = "rule-text";
const ACTION: &str = "rule-action";

fn control(id: u32, name: &str) -> String {
    format!("{name}-{id}")
}

fn about(id: u32, name: &str) -> String {
    format!("about-{name}-{id}")
}
