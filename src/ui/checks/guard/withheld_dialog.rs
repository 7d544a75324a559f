//! The list of what was withheld of an answer. The text itself is shown only when the person asks for it.

use super::host::WithheldHost;
use crate::engine::chat::Withheld;
use crate::engine::guard::action_words;
use crate::engine::messages::guard_page as words;
use crate::ui::components::{Button, Notice};
use leptos::prelude::*;

/// Renders the list. It is made anew each time.
#[component]
pub fn WithheldDialog(
    /// What the page gives it.
    host: WithheldHost,
) -> impl IntoView {
    let WithheldHost { report, release, closed } = host;
    let told = RwSignal::new(None::<&'static str>);
    let can_release = report.can_release;
    let stopped = report.stopped_by.as_deref().map(words::stopped_by);
    let places = report.blocks.iter().flat_map(|(block, report)| {
        let number = block + 1;
        report.withheld.iter().map(move |withheld| {
            let text = report.text.get(withheld.place.clone()).unwrap_or_default();
            let place = place(number, &report.text, withheld);
            let rule = format!("{}: {}", withheld.rule, action_words(withheld.action).0);
            view! { <WithheldPlace rule=rule place=place text=text.to_owned() /> }
        })
    });
    let places = places.collect_view();
    let press = move |()| {
        told.set(Some(if release.run(()) { words::RELEASED } else { words::GONE }));
    };
    view! {
        <Notice
            class="notice guard-withheld"
            test_id="withheld"
            title=words::WHAT
            close_id="close-withheld"
            close_label=words::CLOSE_LIST
            on_close=closed
        >
            <p class="hint">{words::LIST_ABOUT}</p>
            {stopped.map(|stopped| view! { <p>{stopped}</p> })}
            <ol class="guard-places">{places}</ol>
            <Button
                class="button guard-start"
                test_id="release-withheld"
                hidden=Signal::derive(move || !can_release || told.get().is_some())
                on_press=press
            >
                {words::RELEASE}
            </Button>
            <p role="status" data-testid="withheld-told">
                {move || told.get()}
            </p>
        </Notice>
    }
}

/// Renders a place, with its text behind a button.
#[component]
fn WithheldPlace(rule: String, place: String, text: String) -> impl IntoView {
    let is_shown = RwSignal::new(false);
    let text = StoredValue::new(text);
    let shown = move || {
        view! {
            <pre class="guard-shown" data-testid="withheld-text" dir="auto" tabindex="0">
                {text.get_value()}
            </pre>
        }
    };
    view! {
        <li data-testid="withheld-place">
            <span>{rule}</span>
            <span class="hint">{place}</span>
            <Button
                class="button quiet guard-start"
                test_id="show-withheld"
                expanded=Signal::derive(move || Some(is_shown.get()))
                on_press=move |()| is_shown.update(|is| *is = !*is)
            >
                {move || if is_shown.get() { words::HIDE } else { words::SHOW }}
            </Button>
            {move || is_shown.get().then(shown)}
        </li>
    }
}

/// Returns a place in a block, in characters from one on.
fn place(block: usize, text: &str, withheld: &Withheld) -> String {
    let characters = |to: usize| text.get(..to).map_or(0, |text| text.chars().count());
    words::place(block, characters(withheld.place.start) + 1, characters(withheld.place.end))
}
