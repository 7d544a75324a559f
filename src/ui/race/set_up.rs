//! The fields of a race before it starts.

use super::forms::Forms;
use super::lane_fields::LaneFields;
use super::presets::Preset;
use crate::engine::messages::race as words;
use crate::ui::components::{Button, Icon};
use leptos::html;
use leptos::prelude::*;

/// Renders the question, the presets and the lanes.
#[component]
pub fn SetUp(
    /// What was typed of the race.
    forms: Forms,
    /// Whether the focus goes to the question: what had it is gone.
    #[prop(optional)]
    takes_focus: bool,
    /// Called when the race is to start.
    #[prop(into)]
    on_start: Callback<()>,
) -> impl IntoView {
    let presets = Preset::ALL.map(|preset| {
        view! {
            <Button class="button quiet" test_id=preset.test_id() on_press=move |()| forms.fill(preset)>
                {preset.label()}
            </Button>
        }
    });
    let is_full = Signal::derive(move || Forms::MOST <= forms.lanes.with(Vec::len));
    let ids =
        Memo::new(move |_| forms.lanes.with(|lanes| lanes.iter().map(|lane| lane.id).collect::<Vec<_>>()));
    let field = NodeRef::<html::Textarea>::new();
    field.on_load(move |field| {
        if takes_focus {
            let _ = field.focus();
        }
    });
    let below = move || match forms.question_problem.get() {
        Some(problem) => {
            view! { <p class="problem" id="race-question-about" data-testid="race-problem">{problem}</p> }
                .into_any()
        }
        None => view! { <p class="hint" id="race-question-about">{words::QUESTION_HINT}</p> }.into_any(),
    };
    view! {
        <div class="field">
            <label for="race-question">{words::QUESTION}</label>
            <textarea
                id="race-question"
                name="question"
                data-testid="race-question"
                rows="3"
                dir="auto"
                node_ref=field
                aria-describedby="race-question-about"
                aria-invalid=move || forms.question_problem.get().is_some().to_string()
                prop:value=move || forms.question.get()
                on:input=move |event| {
                    forms.question_problem.set(None);
                    forms.question.set(event_target_value(&event));
                }
            ></textarea>
            {below}
        </div>
        <div class="race-tools" role="group" aria-label=words::PRESETS>
            {presets.collect_view()}
        </div>
        <div class="race-lanes">
            <For each=move || ids.get() key=|id| *id let:id>
                <LaneFields forms=forms id=id />
            </For>
        </div>
        <div class="race-tools">
            <Button
                class="button quiet"
                test_id="race-add"
                icon=Icon::New
                disabled=is_full
                on_press=move |()| forms.add()
            >
                {words::ADD_LANE}
            </Button>
            <Button class="button" test_id="race-start" icon=Icon::Play on_press=on_start>
                {words::START}
            </Button>
        </div>
    }
}
