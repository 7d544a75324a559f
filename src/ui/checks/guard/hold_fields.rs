//! How much is held back, and what that costs.

use super::form::RulesForm;
use crate::engine::checks::Hold;
use crate::engine::messages::guard_page as words;
use leptos::prelude::*;

/// Renders the choice of how much is held back, each with what it costs.
#[component]
pub fn HoldFields(
    /// What was typed of the rules.
    form: RulesForm,
) -> impl IntoView {
    let choices = Hold::ALL.map(|hold| {
        view! {
            <label class="guard-choice">
                <input
                    type="radio"
                    name="hold"
                    data-testid=test_id(hold)
                    prop:checked=move || form.hold.get() == hold
                    on:change=move |_| form.set_hold(hold)
                />
                <span>
                    {hold.name()} <span class="hint">{hold.hint()}" "{costs(hold)}</span>
                </span>
            </label>
        }
    });
    view! {
        <fieldset class="guard-choices" data-testid="hold">
            <legend>{words::HOLD}</legend>
            {choices.collect_view()}
        </fieldset>
    }
}

const fn costs(hold: Hold) -> &'static str {
    match hold {
        Hold::Match => words::MATCH_COSTS,
        Hold::Sentence => words::SENTENCE_COSTS,
        Hold::Block => words::BLOCK_COSTS,
        Hold::Whole => words::WHOLE_COSTS,
    }
}

const fn test_id(hold: Hold) -> &'static str {
    match hold {
        Hold::Match => "hold-match",
        Hold::Sentence => "hold-sentence",
        Hold::Block => "hold-block",
        Hold::Whole => "hold-whole",
    }
}
