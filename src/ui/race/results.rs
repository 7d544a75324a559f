//! What a race comes to: the table of figures, and a sentence for each two lanes.

use super::compare::CompareView;
use super::host::Answers;
use crate::engine::messages::{figures, race as words};
use crate::engine::meter::Numbers;
use crate::engine::race::{Cell, Figure, Lane, Progress, Row, pair, table};
use crate::ui::components::{Button, count, millis, rate, seconds};
use leptos::prelude::*;

/// Renders the figures of all lanes and what each two of them come to.
#[component]
pub fn Results(
    /// The answers.
    answers: StoredValue<Answers, LocalStorage>,
) -> impl IntoView {
    let number = answers.with_value(|answers| answers.lanes.len());
    let pairs = (0..number).flat_map(|first| (first + 1..number).map(move |second| (first, second)));
    let pairs = pairs.map(|(first, second)| view! { <Pair answers=answers first=first second=second /> });
    let pairs = pairs.collect_view();
    view! {
        <section aria-labelledby="race-figures">
            <h3 id="race-figures">{words::FIGURES}</h3>
            <FigureTable answers=answers />
        </section>
        <section aria-labelledby="race-pairs">
            <h3 id="race-pairs">{words::PAIRS}</h3>
            <ul class="race-pairs">{pairs}</ul>
        </section>
    }
}

/// Renders the table of figures, a column for each lane. The best of a row are marked by a word.
#[component]
fn FigureTable(answers: StoredValue<Answers, LocalStorage>) -> impl IntoView {
    let unmeasured = Numbers::default();
    let (names, rows, are_known) = answers.with_value(|answers| {
        let lanes: Vec<_> = answers.lanes.iter().collect();
        let names: Vec<String> = lanes.iter().map(|lane| lane.name.clone()).collect();
        let known: Vec<bool> = lanes.iter().map(|lane| lane.numbers.is_some()).collect();
        let lanes: Vec<_> = lanes
            .iter()
            .map(|lane| Lane {
                name: &lane.name,
                numbers: lane.numbers.as_ref().unwrap_or(&unmeasured),
                progress: Progress::of(lane.turn.state),
            })
            .collect();
        (names, table(&lanes), known)
    });
    let is_whole = are_known.iter().all(|is_known| *is_known);
    let head = names.into_iter().map(|name| view! { <th scope="col" dir="auto">{name}</th> }).collect_view();
    let rows = rows.into_iter().map(|row| table_row(row, &are_known)).collect_view();
    view! {
        <div class="race-table" tabindex="0" role="group" aria-label=words::FIGURES>
            <table data-testid="race-table">
                <thead>
                    <tr>
                        <td></td>
                        {head}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {(!is_whole).then(|| view! { <p class="hint">{words::NOT_MEASURED}</p> })}
    }
}

fn table_row(row: Row, are_known: &[bool]) -> AnyView {
    let (label, definition) = row.figure.words();
    let Row { figure, cells, best } = row;
    let cells = cells.into_iter().zip(are_known).enumerate().map(|(at, (cell, is_known))| {
        let text = if *is_known { in_words(figure, cell) } else { words::NOT_TOLD.to_owned() };
        let is_best = *is_known && best.contains(&at);
        view! {
            <td data-best=is_best.to_string()>
                {text}
                {is_best.then(|| view! { <span class="race-best">{words::BEST}</span> })}
            </td>
        }
    });
    view! {
        <tr data-figure=name_of(figure)>
            <th scope="row" title=definition>
                {label}
            </th>
            {cells.collect_view()}
        </tr>
    }
    .into_any()
}

/// Renders what two lanes come to, with the comparison of their answers.
#[component]
fn Pair(answers: StoredValue<Answers, LocalStorage>, first: usize, second: usize) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let sentence = answers.with_value(|answers| sentence(answers, first, second));
    let texts = move || {
        answers.with_value(|answers| {
            let text = |at: usize| answers.lanes.get(at).map(|lane| lane.turn.words()).unwrap_or_default();
            (text(first), text(second))
        })
    };
    let comparison = move || {
        let (first, second) = texts();
        view! { <CompareView first=first second=second /> }
    };
    view! {
        <li>
            <p dir="auto" data-testid="race-sentence">
                {sentence}
            </p>
            <Button
                class="link"
                test_id="race-compare"
                expanded=Signal::derive(move || Some(is_open.get()))
                on_press=move |()| is_open.update(|is_open| *is_open = !*is_open)
            >
                {words::COMPARE}
            </Button>
            {move || is_open.get().then(comparison)}
        </li>
    }
}

/// Returns what two lanes come to.
pub(super) fn sentence(answers: &Answers, first: usize, second: usize) -> Option<String> {
    let (one, other) = (answers.lanes.get(first)?, answers.lanes.get(second)?);
    Some(match (one.lane(), other.lane()) {
        (Some(one), Some(other)) => pair(&one, &other),
        (None, _) | (_, None) => words::two(&one.name, &other.name),
    })
}

fn in_words(figure: Figure, cell: Cell) -> String {
    match cell {
        Cell::Time(time) if figure == Figure::LongestGap => millis(time),
        Cell::Time(time) => seconds(time),
        Cell::Count(number) if figure == Figure::Bytes => figures::bytes(&count(number)),
        Cell::Count(number) => count(number),
        Cell::TokensASecond(speed) => figures::tokens_a_second(&rate(speed)),
        Cell::EventsASecond(speed) => figures::events_a_second(&rate(speed)),
        Cell::Unknown(why) => why.word().to_owned(),
    }
}

/// Returns the name of a figure for tests.
const fn name_of(figure: Figure) -> &'static str {
    match figure {
        Figure::FirstByte => "ttfb",
        Figure::FirstText => "ttft",
        Figure::FirstWord => "ttfo",
        Figure::Total => "elapsed",
        Figure::Tokens => "tokens-out",
        Figure::Speed => "speed",
        Figure::LongestGap => "longest-gap",
        Figure::Bytes => "bytes",
    }
}
