//! The dialog of a race takes the whole screen. To close it ends what runs.

use super::forms::Forms;
use super::host::{Answers, Host};
use super::lane_view::LaneView;
use super::plot::{Curves, Plot};
use super::races::{Opening, Races};
use super::results::{Results, sentence};
use super::run::RaceRun;
use super::set_up::SetUp;
use crate::engine::messages::{page, race as words};
use crate::engine::race::crowded;
use crate::ui::components::{Button, Icon};
use leptos::html;
use leptos::prelude::*;
use std::rc::Rc;
use std::time::Duration;

/// Holds the race that was started last.
type Started = RwSignal<Option<Rc<RaceRun>>, LocalStorage>;

/// Renders the dialog: a new race, or one that was kept.
#[component]
pub fn RaceDialog(
    /// The state of the page's races.
    races: Races,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    dialog.on_load(|dialog| {
        let _ = dialog.show_modal();
    });
    let close = move |()| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let started: Started = RwSignal::new_local(None);
    let opening = races.opening.get_value();
    let host = match &opening {
        Some(Opening::New(host)) => Some(StoredValue::new_local(host.clone())),
        Some(Opening::Kept(_)) | None => None,
    };
    let closed = move |_| {
        let run = started.get_untracked();
        if let Some((run, host)) = run.zip(host) {
            run.stop_all();
            keep(&run, &run.answers(), host);
        }
        races.closed();
    };
    let body = opening.map(|opening| match opening {
        Opening::New(host) => view! { <NewRace host=host started=started races=races /> }.into_any(),
        Opening::Kept(answers) => view! { <KeptRace answers=answers /> }.into_any(),
    });
    view! {
        <dialog class="race screen" data-testid="race" aria-label=words::RACE node_ref=dialog on:close=closed>
            <header class="screen-head">
                <h2>{words::RACE}</h2>
                <Button
                    class="icon-button"
                    test_id="close-race"
                    label=words::CLOSE
                    title=page::CLOSE_TITLE
                    icon=Icon::Close
                    on_press=close
                />
            </header>
            <div class="race-body">{body}</div>
        </dialog>
    }
}

/// Renders the fields of a race, and then the race.
#[component]
fn NewRace(host: Host, started: Started, races: Races) -> impl IntoView {
    let forms = Forms::new(&host);
    let offered = host.question.clone();
    forms.take_up(races.typed.get_value(), &offered);
    on_cleanup(move || races.typed.set_value(Some(forms.typed(offered))));
    let host = StoredValue::new_local(host);
    let note = RwSignal::new(None::<String>);
    let was_started = StoredValue::new(false);
    let start = move |()| {
        let Some(starts) = forms.starts() else { return };
        let lanes = starts.iter().map(|lane| lane.plan.server.host.clone());
        let hosts: Vec<String> = lanes.chain(host.with_value(|host| (host.busy)())).collect();
        note.set(crowded(&hosts.iter().map(String::as_str).collect::<Vec<_>>()));
        let question = forms.question.get_untracked().trim().to_owned();
        was_started.set_value(true);
        started.set(Some(RaceRun::start(question, starts)));
    };
    move || match started.get() {
        None => {
            let takes_focus = was_started.get_value();
            view! { <SetUp forms=forms takes_focus=takes_focus on_start=start /> }.into_any()
        }
        Some(run) => view! {
            <Race
                run=StoredValue::new_local(run)
                host=host
                note=note
                on_change=move |()| started.set(None)
                on_again=start
            />
        }
        .into_any(),
    }
}

/// Renders a race that was started.
#[component]
pub fn Race(
    /// The race.
    run: StoredValue<Rc<RaceRun>, LocalStorage>,
    /// What the page gives it.
    host: StoredValue<Host, LocalStorage>,
    /// What the person has to know of its times.
    #[prop(into)]
    note: Signal<Option<String>>,
    /// Called when the person wants the fields back.
    #[prop(into)]
    on_change: Callback<()>,
    /// Called when the person wants the same again.
    #[prop(into)]
    on_again: Callback<()>,
) -> impl IntoView {
    let (is_over, curves) = run.with_value(|run| (run.is_over.clone(), run.curves.clone()));
    let (is_over, curves): (RwSignal<bool>, RwSignal<Curves>) = (is_over.into(), curves.into());
    let names = run.with_value(|run| run.lanes.iter().map(|lane| lane.name.clone()).collect::<Vec<_>>());
    let told = RwSignal::new(String::new());
    let is_taken = RwSignal::new(false);
    let outcome = RwSignal::new_local(None);
    Effect::new(move |_| {
        if is_over.get() {
            let answers = run.with_value(|run| run.answers());
            told.set(over(&answers));
            run.with_value(|run| keep(run, &answers, host));
            outcome.set(Some(StoredValue::new_local(answers)));
        }
    });
    let take = move |lane: usize| {
        let answers = run.with_value(|run| run.answers());
        let is_done = host.with_value(|host| (host.take)(&answers, lane));
        is_taken.set(is_done);
        told.set(if is_done { words::TAKEN } else { words::TAKE_LATER }.to_owned());
    };
    let can_take = Signal::derive(move || is_over.get() && !is_taken.get());
    let lanes = (0..names.len()).map(|lane| {
        view! { <LaneView run=run lane=lane can_take=can_take on_take=take /> }
    });
    let lanes = lanes.collect_view();
    let results = move || outcome.get().map(|answers| view! { <Results answers=answers /> });
    let question = run.with_value(|run| run.question.clone());
    // The button that started it is gone, and the focus with it.
    let asked = NodeRef::<html::P>::new();
    asked.on_load(|asked| {
        let _ = asked.focus();
    });
    view! {
        <p class="race-asked" dir="auto" tabindex="-1" node_ref=asked>
            {question}
        </p>
        {move || note.get().map(|note| view! { <p class="problem" data-testid="race-crowded">{note}</p> })}
        <div class="race-tools">
            <Button
                class="button"
                test_id="race-stop-all"
                icon=Icon::Stop
                hidden=is_over
                on_press=move |()| run.with_value(|run| run.stop_all())
            >
                {words::STOP_ALL}
            </Button>
            <Button
                class="button"
                test_id="race-again"
                icon=Icon::Retry
                hidden=Signal::derive(move || !is_over.get())
                on_press=on_again
            >
                {words::AGAIN}
            </Button>
            <Button
                class="button quiet"
                test_id="race-change"
                hidden=Signal::derive(move || !is_over.get())
                on_press=on_change
            >
                {words::CHANGE}
            </Button>
            <p class="hint" role="status" data-testid="race-told">
                {move || told.get()}
            </p>
        </div>
        <Plot names=names curves=curves />
        <div class="race-lanes">{lanes}</div>
        {results}
    }
}

/// Renders a race that was kept. Its answers stand in the conversation that was kept of it.
#[component]
fn KeptRace(answers: Answers) -> impl IntoView {
    let paces: Vec<_> = answers.lanes.iter().map(|lane| &lane.pace).collect();
    let elapsed = |lane: &super::host::LaneAnswer| lane.numbers.as_ref().map(|numbers| numbers.elapsed);
    let longest = answers.lanes.iter().filter_map(elapsed).max().unwrap_or(Duration::ZERO);
    let curves = RwSignal::new(Curves::new(&paces, longest));
    let names = answers.lanes.iter().map(|lane| lane.name.clone()).collect();
    let question = answers.question.clone();
    view! {
        <p class="race-asked" dir="auto">
            {question}
        </p>
        <Plot names=names curves=curves />
        <Results answers=StoredValue::new_local(answers) />
    }
}

/// Says that the race is over, and of two lanes what they come to: it stands far below.
fn over(answers: &Answers) -> String {
    let two = (answers.lanes.len() == 2).then(|| sentence(answers, 0, 1)).flatten();
    two.map_or(words::OVER.to_owned(), |sentence| format!("{} {sentence}", words::OVER))
}

/// Has the page keep a race that is over, once, if anything was said in it.
fn keep(run: &RaceRun, answers: &Answers, host: StoredValue<Host, LocalStorage>) {
    let is_worth_it = answers.lanes.iter().any(|lane| lane.turn.has_content());
    if is_worth_it && !run.is_kept.replace(true) {
        host.with_value(|host| (host.keep)(answers));
    }
}
