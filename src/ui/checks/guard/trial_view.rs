//! A place to try rules: what of a text would be shown when, and what would be withheld.

use super::form::RulesForm;
use super::taped::{Pieces, read};
use super::trial_plot::TrialPlot;
use crate::browser::files::ChosenFile;
use crate::engine::guard::{Ruleset, Trial, action_words, paced};
use crate::engine::messages::guard_page as words;
use crate::ui::components::{Button, count, millis};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Words a second at which a text that was typed is tried: a quick model's.
const PACE: u32 = 50;

/// The most bytes that are tried: rules are tried anew with each key.
const MOST: usize = 32 << 10;

/// The most places that are listed.
const LISTED: usize = 100;

/// A recording that was opened: its name and its text.
type Taped = Option<(String, Pieces)>;

/// Renders a field for a text, and what the rules in force do with it, anew with each change of either.
#[component]
pub fn TrialView(
    /// What was typed of the rules.
    form: RulesForm,
) -> impl IntoView {
    let text = RwSignal::new(words::SAMPLE.to_owned());
    let taped = RwSignal::new(Taped::None);
    let problem = RwSignal::new(None::<&'static str>);
    let trial = Memo::new(move |_| {
        form.ruleset.with(|ruleset| {
            ruleset.as_ref().map(|ruleset| text.with(|text| taped.with(|taped| tried(ruleset, text, taped))))
        })
    });
    let has_rules = Memo::new(move |_| {
        form.rules.with(|rules| rules.iter().any(|draft| draft.problem.is_none() && !draft.rule.is_off))
    });
    let file = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        let Some(field) = file.get_untracked() else { return };
        let name = field.value().rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let Some(file) = ChosenFile::first_of(&field) else { return };
        spawn_local(async move {
            let outcome = read(file).await;
            problem.try_set(outcome.as_ref().err().copied());
            if let Ok(pieces) = outcome {
                text.try_set(pieces.iter().map(|(_, text)| text.as_str()).collect());
                taped.try_set(Some((name, pieces)));
            }
            // The same file can be chosen again.
            field.set_value("");
        });
    };
    let typed = move |new: String| {
        taped.set(None);
        problem.set(None);
        text.set(new);
    };
    let about = move || {
        let pace = taped.with(|taped| match taped {
            Some((name, pieces)) => words::of_tape(name, pieces.len()),
            None => words::paced(PACE),
        });
        let is_cut = text.with(String::len) > MOST;
        if is_cut { format!("{pace} {}", words::beginning(&count(MOST as u64))) } else { pace }
    };
    let outcome = move || {
        let trial = trial.get()?;
        Some(view! { <Outcome trial=trial has_rules=has_rules.get() /> }.into_any())
    };
    view! {
        <section class="guard-trial" aria-labelledby="guard-trial-title">
            <h3 id="guard-trial-title">{words::TRY}</h3>
            <p class="hint">{words::TRY_HINT}</p>
            <div class="field">
                <label for="trial-text">{words::TRY_TEXT}</label>
                <textarea
                    id="trial-text"
                    name="trial-text"
                    data-testid="trial-text"
                    rows="8"
                    dir="auto"
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby="about-trial-text"
                    prop:value=move || text.get()
                    on:input=move |event| typed(event_target_value(&event))
                ></textarea>
                <p class="hint" id="about-trial-text">
                    {about}
                </p>
            </div>
            <div class="guard-tools">
                <Button
                    class="button quiet"
                    test_id="trial-sample"
                    on_press=move |()| typed(words::SAMPLE.to_owned())
                >
                    {words::USE_SAMPLE}
                </Button>
                <label class="button quiet guard-file">
                    <input
                        type="file"
                        class="unseen"
                        name="trial-tape"
                        data-testid="trial-tape"
                        accept=".jsonl"
                        node_ref=file
                        on:change=chosen
                    />
                    {words::OPEN_TAPE}
                </label>
            </div>
            {move || {
                problem
                    .get()
                    .map(|problem| {
                        view! {
                            <p class="problem" role="alert" data-testid="trial-problem">
                                {problem}
                            </p>
                        }
                    })
            }}
            {outcome}
        </section>
    }
}

/// Renders what comes of a text.
#[component]
fn Outcome(trial: Trial, has_rules: bool) -> impl IntoView {
    let most = trial.pieces.iter().map(|piece| piece.held).max().unwrap_or_default();
    let sentence = if has_rules {
        words::outcome(trial.withheld.len(), &millis(trial.longest_hold), &count(most as u64))
    } else {
        words::NOTHING_TO_TRY.to_owned()
    };
    let stopped = trial.stopped_by.as_deref().map(words::would_stop);
    let stopped = stopped.map(|stopped| view! { <p data-testid="trial-stopped">{stopped}</p> });
    let places = trial.withheld.iter().take(LISTED).map(|(withheld, text)| {
        let (from, to) = (withheld.place.start, withheld.place.end);
        let place = words::tried_place(&withheld.rule, action_words(withheld.action).0, from, to);
        view! {
            <li>
                {place} <code dir="auto">{text.clone()}</code>
            </li>
        }
    });
    let places = places.collect_view();
    let has_places = !trial.withheld.is_empty();
    let shown = pieces(&trial.shown).map(|(is_mark, text)| {
        let text = text.to_owned();
        if is_mark { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
    });
    let shown = shown.collect_view();
    let plot = has_rules.then(|| view! { <TrialPlot trial=Signal::stored(trial) /> });
    view! {
        <p role="status" data-testid="trial-outcome">
            {sentence}
        </p>
        {stopped}
        <h4>{words::WOULD_SHOW}</h4>
        <pre class="guard-shown" data-testid="trial-shown" dir="auto" tabindex="0">
            {shown}
        </pre>
        {plot}
        <div hidden=!has_places>
            <h4>{words::WOULD_WITHHOLD}</h4>
            <ol class="guard-places" data-testid="trial-places">
                {places}
            </ol>
        </div>
    }
}

/// Tries rules on the beginning of a text, or on a recording.
fn tried(ruleset: &Ruleset, text: &str, taped: &Taped) -> Trial {
    match taped {
        Some((_, pieces)) => {
            let mut left = MOST;
            let pieces = pieces.iter().take_while(|(_, text)| {
                let is_within = 0 < left;
                left = left.saturating_sub(text.len());
                is_within
            });
            Trial::run(ruleset, &pieces.map(|(at, text)| (*at, text.as_str())).collect::<Vec<_>>())
        }
        None => Trial::run(ruleset, &paced(&text[..text.floor_char_boundary(MOST)], PACE)),
    }
}

/// Cuts a text into what stands between marks, and the marks.
fn pieces(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let begin = rest.find('⟦').unwrap_or(rest.len());
        let (is_mark, length) = match rest[begin..].find('⟧').filter(|_| begin == 0) {
            Some(end) => (true, end + '⟧'.len_utf8()),
            None if begin == 0 => (false, rest.len()),
            None => (false, begin),
        };
        let (piece, behind) = rest.split_at(length);
        rest = behind;
        (!piece.is_empty()).then_some((is_mark, piece))
    })
}
