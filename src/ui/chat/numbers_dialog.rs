//! The numbers dialog shows all figures of an answer with their definitions: no keyboard and no finger reaches a title. It
//! is in the part `extras`.

use super::context::Chat;
use super::numbers::{FIGURES, Figure, Group};
use crate::engine::chat::{GuardReport, Turn, TurnId};
use crate::engine::messages::{figures, guard_page};
use crate::engine::meter::{Numbers, Pace};
use crate::ui::components::{Button, Icon, Notice, Sparkline, SparklineView, count, millis};
use crate::ui::lazy::{lazy_part, with_panel_styles};
use crate::ui::state::slot::SlotView;
use crate::ui::state::{ConversationState, Slot, TurnSignals};
use leptos::prelude::*;
use leptos::svg;

/// Holds the signals of the answer that is looked at.
type Signals = StoredValue<TurnSignals, LocalStorage>;

lazy_part!(
    /// Opens the dialog in its place.
    extras,
    fn open_numbers(place: Slot, id: TurnId, signals: Signals) = open
);

fn open(place: Slot, id: TurnId, signals: Signals) {
    with_panel_styles(move || {
        place.fill(move |()| {
            let on_close = move |()| place.clear();
            view! { <AllNumbers id=id signals=signals.get_value() on_close=on_close /> }.into_any()
        });
    });
}

/// Renders the button that opens the dialog, which goes on counting. The dialog is made anew each time: none is kept that
/// nobody looks at.
#[component]
pub fn AboutNumbers(
    /// The answer's turn.
    id: TurnId,
    /// The answer's signals.
    signals: TurnSignals,
) -> impl IntoView {
    let loader = expect_context::<Chat>().loader;
    let place = Slot::default();
    let signals = StoredValue::new_local(signals);
    view! {
        <Button
            class="icon-button small"
            test_id="about-numbers"
            label=figures::ALL_NUMBERS_TITLE
            icon=Icon::About
            on_press=move |()| loader.load(open_numbers(place, id, signals))
        />
        <SlotView from=place />
    }
}

/// Renders the dialog with all figures of an answer in three groups; one that is not known is `n/a`.
#[component]
pub fn AllNumbers(
    /// The answer's turn.
    id: TurnId,
    /// The answer's signals.
    signals: TurnSignals,
    /// Called when the dialog was closed.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let numbers: RwSignal<Numbers> = signals.numbers.clone().into();
    let (time, bars) = (NodeRef::<svg::Path>::new(), NodeRef::<svg::Path>::new());
    let conversation = expect_context::<Chat>().conversation;
    Effect::new(move |_| {
        // The figures change as often as the drawing should.
        let elapsed = numbers.with(|numbers| numbers.elapsed);
        if let Some((time, bars)) = time.get().zip(bars.get()) {
            let drawing = Sparkline { time: time.into(), bars: bars.into() };
            with_pace(conversation, id, &signals, |pace| {
                drawing.draw(pace, elapsed);
                drawing.stretch(pace);
            });
        }
    });
    let groups = [
        (Group::Time, figures::GROUP_TIME),
        (Group::Stream, figures::GROUP_STREAM),
        (Group::Tokens, figures::GROUP_TOKENS),
    ];
    let group = move |(group, title): (Group, &'static str)| {
        let rows = FIGURES.into_iter().filter(move |figure| figure.group == group);
        view! {
            <section>
                <h3>{title}</h3>
                <dl class="all-numbers">
                    {rows.map(|figure| view! { <Row figure=figure numbers=numbers /> }).collect_view()}
                </dl>
            </section>
        }
        .into_any()
    };
    let guard = move || {
        // What a guard does changes the figures too.
        numbers.track();
        let read = |turn: &Turn| turn.guard.as_deref().map(guard_figures);
        let rows = conversation.read_turn(id, read).flatten()?.into_iter();
        let rows =
            rows.map(|(name, words, figure)| view! { <GuardRow name=name words=words figure=figure /> });
        Some(
            view! {
                <section>
                    <h3>{guard_page::GROUP}</h3>
                    <dl class="all-numbers" data-testid="guard-numbers">
                        {rows.collect_view()}
                    </dl>
                </section>
            }
            .into_any(),
        )
    };
    view! {
        <Notice
            class="notice numbers-notice"
            test_id="all-numbers"
            title=figures::ALL_NUMBERS
            label=figures::ALL_NUMBERS_TITLE
            close_id="close-numbers"
            close_label=figures::CLOSE
            on_close=on_close
        >
            <SparklineView time=time bars=bars />
            <p class="hint">{figures::PACE_HINT}</p>
            <div class="number-groups">{groups.map(group).collect_view()} {guard}</div>
        </Notice>
    }
}

/// Renders one figure with its definition.
#[component]
fn Row(figure: Figure, numbers: RwSignal<Numbers>) -> impl IntoView {
    let Figure { name, words: (label, definition), read, .. } = figure;
    view! {
        <div>
            <dt>{label}</dt>
            <dd data-number=name>{move || numbers.with(read).unwrap_or_else(|| figures::NOT_KNOWN.to_owned())}</dd>
            <dd class="definition">{definition}</dd>
        </div>
    }
}

/// A figure of what a guard did: its name for tests, its label and definition, and itself.
type GuardFigure = (&'static str, (&'static str, &'static str), String);

/// Returns the figures of what a guard did; those of a judge only where one was asked.
fn guard_figures(report: &GuardReport) -> Vec<GuardFigure> {
    let judged = &report.judged;
    let mut figures = vec![
        ("longest-hold", guard_page::LONGEST_HOLD, millis(report.longest_hold)),
        ("withheld", guard_page::COUNT, count(report.count as u64)),
    ];
    if 0 < judged.parts {
        figures.push(("judged", guard_page::JUDGED, count(u64::from(judged.parts))));
        figures.push(("judge-failed", guard_page::JUDGE_FAILED, count(u64::from(judged.failed))));
        figures.push(("judge-tokens", guard_page::JUDGE_TOKENS, count(judged.tokens)));
        figures.push(("judge-longest", guard_page::JUDGE_LONGEST, millis(judged.longest)));
    }
    figures
}

/// Renders a figure of what a guard did, with its definition.
#[component]
fn GuardRow(name: &'static str, words: (&'static str, &'static str), figure: String) -> impl IntoView {
    view! {
        <div>
            <dt>{words.0}</dt>
            <dd data-number=name>{figure}</dd>
            <dd class="definition">{words.1}</dd>
        </div>
    }
}

/// Calls `read` with an answer's pace, which is its session's while it is being written.
fn with_pace(conversation: ConversationState, id: TurnId, signals: &TurnSignals, read: impl FnOnce(&Pace)) {
    conversation.with_store(|store| match store.run.as_ref().filter(|run| run.id == id) {
        Some(run) => read(run.session.borrow().meter().pace()),
        None => read(&signals.pace.borrow()),
    });
}
