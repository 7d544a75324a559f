//! What comes of a watch: the state, whether it streams, the plot, figures, rows and text.

use super::rows::List;
use super::run::WatchRun;
use super::send_box::SendBox;
use super::snapshot::Snapshot;
use crate::engine::messages::watch_page as words;
use crate::ui::components::{Button, Icon};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

/// Renders what comes. Rows and text are drawn by the run itself.
#[component]
pub fn WatchResults() -> impl IntoView {
    let run = expect_context::<WatchRun>();
    let snapshot = run.snapshot;
    let part = move |of: fn(&Snapshot) -> String| Memo::new(move |_| snapshot.with(of));
    let (state, advice) = (part(|told| told.state.clone()), part(|told| told.advice.clone()));
    let (verdict, excerpt) = (part(|told| told.verdict.clone()), part(|told| told.excerpt.clone()));
    let is_bad = Memo::new(move |_| snapshot.with(|told| told.is_bad));
    let connect_now = part(|told| told.connect_now.clone());
    let waits = Memo::new(move |_| connect_now.with(|words| !words.is_empty()));
    let can_send = Memo::new(move |_| snapshot.with(|told| told.can_send));
    let has_text = Memo::new(move |_| snapshot.with(|told| told.has_text));
    let could_not_save = RwSignal::new(false);
    let section = NodeRef::<html::Section>::new();
    Effect::new(move |_| {
        // On a narrow screen they are below the form.
        run.starts.track();
        if let Some(section) = section.get() {
            section.scroll_into_view();
        }
    });
    let advised = move || {
        let advice = advice.get();
        (!advice.is_empty())
            .then(|| view! { <p class="hint" data-testid="watch-advice">{advice}</p> }.into_any())
    };
    let sent = move || {
        let excerpt = excerpt.get();
        (!excerpt.is_empty()).then(|| {
            view! {
                <details class="watch-excerpt">
                    <summary>{words::EXCERPT}</summary>
                    <pre dir="auto" data-testid="watch-excerpt">{excerpt}</pre>
                </details>
            }
            .into_any()
        })
    };
    let notes = move || {
        let note = |note: &String| view! { <p class="hint" data-testid="watch-note">{note.clone()}</p> };
        snapshot.with(|told| told.notes.iter().map(note).collect_view())
    };
    let hurry = move || {
        waits.get().then(|| {
            view! {
                <Button class="button quiet" test_id="watch-hurry" on_press=move |()| run.hurry()>
                    {move || connect_now.get()}
                </Button>
            }
            .into_any()
        })
    };
    view! {
        <section class="watch-results" data-testid="watch-results" node_ref=section>
            <p class="watch-state" role="status" data-testid="watch-state" class:problem=move || is_bad.get()>
                {move || state.get()}
            </p>
            {hurry}
            {advised}
            {sent}
            <p class="watch-verdict" data-testid="watch-verdict">{move || verdict.get()}</p>
            {plot(snapshot)}
            {figures(snapshot)}
            {move || has_text.get().then(|| text(run))}
            {lists(run)}
            {move || can_send.get().then(|| view! { <SendBox /> }.into_any())}
            {notes}
            {details(snapshot)}
            <div class="watch-tools">
                <Button
                    class="button quiet"
                    test_id="watch-save"
                    icon=Icon::Down
                    on_press=move |()| could_not_save.set(!run.save())
                >
                    {words::SAVE}
                </Button>
                {move || {
                    could_not_save.get().then(|| view! { <p class="problem" role="alert">{words::NOT_SAVED}</p> }.into_any())
                }}
            </div>
        </section>
    }
}

fn plot(snapshot: RwSignal<Snapshot>) -> AnyView {
    view! {
        <figure class="watch-plot">
            <svg
                viewBox=move || snapshot.with(|told| Some(told.plot.view_box.clone()).filter(|shown| !shown.is_empty()))
                preserveAspectRatio="none"
                data-testid="watch-plot"
                role="img"
                aria-label=words::PLOT
            >
                <path class="watch-gap" d=move || snapshot.with(|told| told.plot.gap.clone())></path>
                <path class="pace-time" d=move || snapshot.with(|told| told.plot.time.clone())></path>
                <path class="pace-bars" d=move || snapshot.with(|told| told.plot.bars.clone())></path>
                <path class="watch-ticks" d=move || snapshot.with(|told| told.plot.ticks.clone())></path>
            </svg>
            <figcaption>
                <span>{words::PLOT_HINT}</span>
                <span data-testid="watch-plot-end">{move || snapshot.with(|told| told.plot.end.clone())}</span>
            </figcaption>
        </figure>
    }
    .into_any()
}

fn figures(snapshot: RwSignal<Snapshot>) -> AnyView {
    let names = Memo::new(move |_| {
        snapshot.with(|told| told.figures.iter().map(|(name, _)| *name).collect::<Vec<_>>())
    });
    // A figure that changes is a text that changes: the list is made anew only with other figures.
    let rows = move || {
        let names = names.get();
        let row = |name: &'static str| {
            let value = move || {
                snapshot.with(|told| {
                    let found = told.figures.iter().find(|(other, _)| *other == name);
                    found.map(|(_, value)| value.clone()).unwrap_or_default()
                })
            };
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
        };
        names.into_iter().map(row).collect_view()
    };
    view! { <dl class="watch-figures" data-testid="watch-figures">{rows}</dl> }.into_any()
}

fn text(run: WatchRun) -> AnyView {
    view! {
        <section class="watch-text">
            <h3>{words::TEXT}</h3>
            <div node_ref=run.text data-testid="watch-text" tabindex="0" role="region" aria-label=words::TEXT></div>
        </section>
    }
    .into_any()
}

/// Shows the two lists, one at a time, as tabs, and the field that finds rows.
fn lists(run: WatchRun) -> AnyView {
    let tab = move |list: List, id: &'static str, name: &'static str| {
        let is_chosen = move || run.list.get() == list;
        let tab = NodeRef::<html::Button>::new();
        Effect::new(move |was: Option<bool>| {
            // The arrow keys take the focus along; a press has it already.
            let is = is_chosen();
            if is
                && was == Some(false)
                && let Some(tab) = tab.get_untracked()
            {
                let _ = tab.focus();
            }
            is
        });
        view! {
            <button
                type="button"
                role="tab"
                id=id
                data-testid=id
                aria-controls="watch-rows"
                aria-selected=move || is_chosen().to_string()
                tabindex=move || if is_chosen() { "0" } else { "-1" }
                node_ref=tab
                on:click=move |_| choose(run, list)
            >
                {name}
            </button>
        }
        .into_any()
    };
    let key_pressed = move |event: KeyboardEvent| {
        if ["ArrowLeft", "ArrowRight"].contains(&event.key().as_str()) {
            event.prevent_default();
            let other = match run.list.get_untracked() {
                List::Events => List::Lines,
                List::Lines => List::Events,
            };
            choose(run, other);
        }
    };
    let filter = move |words: String| {
        run.filter.set(words);
        run.show_rows();
    };
    let escaped = move |event: KeyboardEvent| {
        if event.key() == "Escape" && run.filter.with_untracked(|filter| !filter.is_empty()) {
            // It closes no dialog.
            event.prevent_default();
            filter(String::new());
        }
    };
    let labelled_by = move || match run.list.get() {
        List::Events => "watch-events",
        List::Lines => "watch-lines",
    };
    view! {
        <div class="watch-list-head">
            <div role="tablist" aria-label=words::LISTS on:keydown=key_pressed>
                {tab(List::Events, "watch-events", words::EVENTS)}
                {tab(List::Lines, "watch-lines", words::LINES)}
            </div>
            <input
                class="input"
                type="search"
                data-testid="watch-filter"
                aria-label=words::FILTER
                placeholder=words::FILTER
                prop:value=move || run.filter.get()
                on:input=move |event| filter(event_target_value(&event))
                on:keydown=escaped
            />
        </div>
        <div role="tabpanel" aria-labelledby=labelled_by>
            <ol class="watch-rows" id="watch-rows" data-testid="watch-rows" tabindex="0" node_ref=run.rows></ol>
        </div>
    }
    .into_any()
}

fn choose(run: WatchRun, list: List) {
    if run.list.get_untracked() != list {
        run.list.set(list);
        run.show_rows();
    }
}

fn details(snapshot: RwSignal<Snapshot>) -> AnyView {
    let headers = Memo::new(move |_| snapshot.with(|told| told.headers.clone()));
    let connections = Memo::new(move |_| snapshot.with(|told| told.connections.clone()));
    let header = |(name, value): (String, String)| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd dir="auto">{value}</dd>
            </div>
        }
    };
    let shown = move || {
        (!headers.with(Vec::is_empty)).then(|| {
            view! {
                <details class="watch-details">
                    <summary>{words::RESPONSE_HEADERS}</summary>
                    <p class="hint">{words::RESPONSE_HEADERS_HINT}</p>
                    <dl data-testid="watch-headers">
                        {move || headers.get().into_iter().map(header).collect_view()}
                    </dl>
                </details>
            }
            .into_any()
        })
    };
    let row = |line: String| view! { <li dir="auto">{line}</li> };
    view! {
        {shown}
        <details class="watch-details">
            <summary>{words::CONNECTIONS}</summary>
            <ol data-testid="watch-connections">
                {move || connections.get().into_iter().map(row).collect_view()}
            </ol>
        </details>
    }
    .into_any()
}
