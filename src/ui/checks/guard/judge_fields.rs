//! The judge: another model that sees the text first. That its host does is said.

use super::form::{JudgeDraft, RulesForm, judge_problem};
use super::host::JudgeServer;
use super::rule_fields::chosen;
use crate::engine::checks::Hold;
use crate::engine::guard::RuleField;
use crate::engine::messages::guard_page as words;
use crate::ui::components::{Button, Switch};
use leptos::prelude::*;

/// The servers that can judge.
type JudgeServers = StoredValue<Vec<JudgeServer>>;

/// What a judge can see before it is shown.
const SEES: [Hold; 3] = [Hold::Sentence, Hold::Block, Hold::Whole];

/// Renders the switch of the judge, and its fields while there is one.
#[component]
pub fn JudgeFields(
    /// What was typed of the rules.
    form: RulesForm,
    /// The servers that can judge.
    servers: Vec<JudgeServer>,
) -> impl IntoView {
    let has_servers = !servers.is_empty();
    let servers = StoredValue::new(servers);
    let is_on = Memo::new(move |_| form.judge.with(|draft| draft.is_on));
    let switch = move |is_on: bool| {
        form.edit_judge(|draft| {
            draft.is_on = is_on;
            if draft.judge.prompt.trim().is_empty() {
                words::DEFAULT_PROMPT.clone_into(&mut draft.judge.prompt);
            }
        });
    };
    let fields = move || {
        if has_servers {
            view! { <JudgeForm form=form servers=servers /> }.into_any()
        } else {
            view! {
                <p class="problem" data-testid="no-judge-servers">
                    {words::NO_SERVERS}
                </p>
            }
            .into_any()
        }
    };
    view! {
        <section class="guard-judge" aria-labelledby="guard-judge-title">
            <h3 id="guard-judge-title">{words::JUDGE}</h3>
            <Switch name="has-judge" label=words::HAS_JUDGE is_on=is_on on_change=switch />
            {move || is_on.get().then(fields)}
        </section>
    }
}

/// Renders the judge's fields.
#[component]
fn JudgeForm(form: RulesForm, servers: JudgeServers) -> impl IntoView {
    let profile = Memo::new(move |_| form.judge.with(|draft| draft.judge.profile.clone()));
    let server = Memo::new(move |_| {
        let id = profile.get();
        servers.with_value(|servers| servers.iter().find(|server| server.id == id).cloned())
    });
    let options = servers.with_value(|servers| {
        let option = |server: &JudgeServer| {
            let (value, id) = (server.id.clone(), server.id.clone());
            let label = server.label.clone();
            view! { <option value=value prop:selected=move || profile.with(|it| *it == id)>{label}</option> }
        };
        servers.iter().map(option).collect_view()
    });
    let models = move || {
        let models = server.get().map(|server| server.models).unwrap_or_default();
        models.into_iter().map(|model| view! { <option value=model></option> }).collect_view()
    };
    let as_there = move || {
        let model = server.get().map(|server| server.model).filter(|model| !model.is_empty());
        model.map(|model| words::model_of_server(&model)).unwrap_or_default()
    };
    let host = move || {
        server.get().map(|server| {
            view! {
                <p class="guard-host" data-testid="judge-host">
                    {words::host_sees(&server.host)}
                </p>
            }
        })
    };
    let sees = SEES.iter().enumerate().map(move |(at, hold)| {
        let is_chosen = move || form.judge.with(|draft| draft.judge.sees == *hold);
        view! { <option value=at.to_string() prop:selected=is_chosen>{hold.name()}</option> }
    });
    let edit = move |change: &dyn Fn(&mut JudgeDraft)| form.edit_judge(change);
    let is_offered = move || form.judge.with(|draft| draft.judge.prompt.trim() == words::DEFAULT_PROMPT);
    view! {
        <div class="field">
            <label for="judge-server">{words::JUDGE_SERVER}</label>
            <select
                id="judge-server"
                name="judge-server"
                aria-describedby="about-judge-server"
                aria-invalid=move || judge_problem(form, RuleField::JudgeProfile).is_some().to_string()
                on:change=move |event| {
                    let id = event_target_value(&event);
                    edit(&|draft| draft.judge.profile.clone_from(&id));
                }
            >
                <option value="" prop:selected=move || server.with(Option::is_none)>
                    {words::CHOOSE}
                </option>
                {options}
            </select>
            <JudgeProblem form=form of=RuleField::JudgeProfile id="about-judge-server" />
            {host}
        </div>
        <div class="field">
            <label for="judge-model">{words::JUDGE_MODEL}</label>
            <datalist id="judge-models">{models}</datalist>
            <input
                type="text"
                id="judge-model"
                name="judge-model"
                list="judge-models"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                placeholder=as_there
                prop:value=move || form.judge.with(|draft| draft.judge.model.clone())
                on:input=move |event| {
                    let model = event_target_value(&event);
                    edit(&|draft| draft.judge.model.clone_from(&model));
                }
            />
        </div>
        <div class="field">
            <label for="judge-prompt">{words::JUDGE_PROMPT}</label>
            <textarea
                id="judge-prompt"
                name="judge-prompt"
                rows="5"
                dir="auto"
                aria-describedby="hint-judge-prompt about-judge-prompt"
                aria-invalid=move || judge_problem(form, RuleField::JudgePrompt).is_some().to_string()
                prop:value=move || form.judge.with(|draft| draft.judge.prompt.clone())
                on:input=move |event| {
                    let prompt = event_target_value(&event);
                    edit(&|draft| draft.judge.prompt.clone_from(&prompt));
                }
            ></textarea>
            <JudgeProblem form=form of=RuleField::JudgePrompt id="about-judge-prompt" />
            <p class="hint" id="hint-judge-prompt">
                {words::JUDGE_PROMPT_HINT}
            </p>
            <Button
                class="button quiet guard-start"
                test_id="default-prompt"
                hidden=Signal::derive(is_offered)
                on_press=move |()| edit(&|draft| words::DEFAULT_PROMPT.clone_into(&mut draft.judge.prompt))
            >
                {words::USE_DEFAULT}
            </Button>
        </div>
        <div class="guard-pair">
            <div class="field">
                <label for="judge-sees">{words::JUDGE_SEES}</label>
                <select
                    id="judge-sees"
                    name="judge-sees"
                    on:change=move |event| {
                        if let Some(hold) = chosen(&SEES, &event_target_value(&event)) {
                            edit(&|draft| draft.judge.sees = hold);
                        }
                    }
                >
                    {sees.collect_view()}
                </select>
            </div>
            <div class="field">
                <label for="judge-seconds">{words::JUDGE_SECONDS}</label>
                <input
                    type="text"
                    id="judge-seconds"
                    name="judge-seconds"
                    inputmode="numeric"
                    autocomplete="off"
                    aria-describedby="about-judge-seconds"
                    aria-invalid=move || judge_problem(form, RuleField::JudgeSeconds).is_some().to_string()
                    prop:value=move || form.judge.with(|draft| draft.seconds.clone())
                    on:input=move |event| {
                        let seconds = event_target_value(&event);
                        edit(&|draft| draft.seconds.clone_from(&seconds));
                    }
                />
                <JudgeProblem form=form of=RuleField::JudgeSeconds id="about-judge-seconds" />
            </div>
        </div>
        <Switch
            name="judge-failure"
            label=words::ON_FAILURE
            is_on=Signal::derive(move || form.judge.with(|draft| draft.judge.shows_on_failure))
            on_change=move |is_on| edit(&|draft| draft.judge.shows_on_failure = is_on)
        />
        <p class="hint">{words::ON_FAILURE_HINT}</p>
    }
}

/// Renders what is wrong with a field of the judge; nothing where it is good.
#[component]
fn JudgeProblem(form: RulesForm, of: RuleField, id: &'static str) -> impl IntoView {
    let problem = move || judge_problem(form, of);
    view! {
        <p class="problem" id=id data-testid="judge-problem" hidden=move || problem().is_none()>
            {move || problem().unwrap_or_default()}
        </p>
    }
}
