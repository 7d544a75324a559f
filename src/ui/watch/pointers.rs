//! The fields of a person's own pointers, and what they find in sample lines.

use super::field::WatchField;
use super::fill::{Place, WatchForm};
use crate::engine::messages::watch_page as words;
use crate::engine::wire::{Given, OwnEventField, OwnEvents, TriedLine, try_lines};
use leptos::prelude::*;

/// The most lines of a sample whose outcome is shown.
const SHOWN: usize = 100;

/// Renders the fields of the pointers, and tries them on sample lines as they are typed.
#[component]
pub fn PointerFields() -> impl IntoView {
    let form = expect_context::<WatchForm>();
    let tried = Memo::new(move |_| {
        let rules = form.pointers.with(OwnEvents::parse);
        rules.map_or_else(|_| Vec::new(), |rules| form.sample.with(|sample| try_lines(&rules, sample)))
    });
    let rows = move || tried.with(|tried| tried.iter().filter_map(row).take(SHOWN).collect_view());
    let pointer = |field: OwnEventField, label: &'static str, hint: &'static str| {
        view! { <WatchField place=Place::Pointer(field) label=label hint=hint.to_owned() /> }
    };
    view! {
        <div class="pair">
            {pointer(OwnEventField::Text, words::POINTER_TEXT, words::POINTER_TEXT_HINT)}
            {pointer(OwnEventField::Reasoning, words::POINTER_REASONING, words::POINTER_HINT)}
            {pointer(OwnEventField::Error, words::POINTER_ERROR, words::POINTER_HINT)}
            {pointer(OwnEventField::End, words::POINTER_END, words::POINTER_END_HINT)}
        </div>
        <div class="field">
            <label for="watch-sample">{words::SAMPLE}</label>
            <textarea
                id="watch-sample"
                data-testid="watch-sample"
                rows=3
                spellcheck="false"
                aria-describedby="about-watch-sample"
                prop:value=move || form.sample.get()
                on:input=move |event| form.sample.set(event_target_value(&event))
            ></textarea>
            <p class="hint" id="about-watch-sample">{words::SAMPLE_HINT}</p>
            <ol class="watch-tried" data-testid="watch-tried">{rows}</ol>
        </div>
    }
}

/// Shows what a line gave; nothing for one that only parts others.
fn row(tried: &TriedLine) -> Option<AnyView> {
    if tried.gave.is_empty() {
        return None;
    }
    let gave: Vec<_> = tried.gave.iter().map(told).collect();
    let is_wrong = tried.gave.iter().any(|gave| matches!(gave, Given::NotFound | Given::NoJson(_)));
    let text = [words::line(tried.line), gave.join(", ")].join(": ");
    Some(view! { <li dir="auto" class:problem=is_wrong>{text}</li> }.into_any())
}

fn told(given: &Given) -> String {
    match given {
        Given::Text(text) => words::gives_text(text),
        Given::Reasoning(text) => words::gives_reasoning(text),
        Given::Error(text) => words::gives_error(text),
        Given::End => words::GIVES_END.to_owned(),
        Given::Nothing => words::GIVES_NOTHING.to_owned(),
        Given::NotFound => words::GIVES_NOT_FOUND.to_owned(),
        Given::Field => words::GIVES_FIELD.to_owned(),
        Given::NoJson(at) => words::gives_no_json(at + 1),
    }
}
