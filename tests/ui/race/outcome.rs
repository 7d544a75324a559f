//! What a race comes to: figures, sentences, curves, differences, and conversations.

use super::{HOSTILE, answers, lane, races};
use crate::conversation::{answer, answer_of};
use crate::kept::{Kept, name_in_address, until, written};
use crate::mounted::{Mounted, owned, settled};
use leptos::prelude::*;
use std::time::Duration;
use tokenfall::engine::chat::TurnState;
use tokenfall::engine::messages::{page, race as words};
use tokenfall::engine::meter::Pace;
use tokenfall::ui::history::race::RaceNote;
use tokenfall::ui::race::Opening;
use tokenfall::ui::race::compare::CompareView;
use tokenfall::ui::race::dialog::RaceDialog;
use tokenfall::ui::race::plot::{Curves, Plot};
use tokenfall::ui::race::results::Results;
use tokenfall::ui::state::HistoryState;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

/// Covers Results: bad input. FigureTable: bad input. Pair: event, state, bad input.
#[wasm_bindgen_test]
async fn the_table_marks_the_best_by_a_word_tells_what_is_not_known_and_each_pair_has_its_sentence() {
    let owner = owned();
    let lanes = vec![
        lane("Streaming", "It is <b>4</b>.", Some((200, 3_000))),
        lane("Whole", "It is <b>5</b>.", Some((3_000, 3_000))),
        lane("<b>Lost</b>", "", None),
    ];
    let mounted = owner
        .with(|| Mounted::new(move || view! { <Results answers=StoredValue::new_local(answers(lanes)) /> }));
    settled().await;
    let row = |figure: &str| {
        let cells = mounted.find::<Element>(&format!("[data-figure={figure}]"));
        let cells = cells.query_selector_all("td").unwrap();
        (0..cells.length()).map(|at| cells.get(at).unwrap().text_content().unwrap()).collect::<Vec<_>>()
    };
    let best = format!("0.20 s{}", words::BEST);
    assert_eq!(row("ttfo"), [best.as_str(), "3.00 s", words::NOT_TOLD]);
    assert_eq!(row("bytes"), ["9 B", "9 B", words::NOT_TOLD]);
    assert_eq!(row("tokens-out"), [words::NOT_TOLD; 3]);
    let sentence = mounted.text("li:nth-child(1) [data-testid=race-sentence]");
    assert_eq!(sentence, "Streaming showed the first word 2.8 s earlier; both took 3.0 s in all.");
    assert_eq!(mounted.text("li:nth-child(2) [data-testid=race-sentence]"), "Streaming and <b>Lost</b>");
    assert_eq!(mounted.count("[data-testid=race-comparison]"), 0);
    mounted.press("li:nth-child(1) [data-testid=race-compare]");
    settled().await;
    assert_eq!((mounted.text("del"), mounted.text("ins")), ("4".to_owned(), "5".to_owned()));
    mounted.press("li:nth-child(1) [data-testid=race-compare]");
    settled().await;
    assert_eq!(mounted.count("[data-testid=race-comparison]"), 0);
    assert_eq!(mounted.count("b"), 0);
}

/// Covers CompareView: bad input.
#[wasm_bindgen_test]
async fn answers_are_told_as_the_same_or_drawn_with_what_differs_and_markup_in_them_stays_text() {
    let owner = owned();
    for (first, second, told, drawn) in [
        ("same", "same", words::IDENTICAL.to_owned(), ""),
        ("a b", "a  b\n", words::SAME_WORDS.to_owned(), ""),
        ("", HOSTILE, words::shared_words(0, 0, 9), HOSTILE),
    ] {
        let mounted = owner.with(|| {
            Mounted::new(move || view! { <CompareView first=first.to_owned() second=second.to_owned() /> })
        });
        settled().await;
        assert_eq!(mounted.text("[role=status]"), told);
        let difference = if drawn.is_empty() { String::new() } else { mounted.text("ins") };
        assert_eq!((difference.as_str(), mounted.count("b")), (drawn, 0));
    }
}

/// Covers Plot: state, bad input.
#[wasm_bindgen_test]
async fn the_plot_follows_its_curves_and_takes_lanes_without_text() {
    let owner = owned();
    let curves = owner.with(|| RwSignal::new(Curves::new(&[], Duration::ZERO)));
    let names = vec!["One".to_owned(), HOSTILE.to_owned()];
    let mounted = owner.with(|| Mounted::new(move || view! { <Plot names=names curves=curves /> }));
    settled().await;
    let path = |lane: usize| {
        let path: Element = mounted.find(&format!("figure > svg > [data-lane='{lane}']"));
        path.get_attribute("d").unwrap_or_default()
    };
    assert_eq!((path(0).as_str(), path(1).as_str()), ("", ""));
    let mut pace = Pace::default();
    pace.add(Duration::from_millis(120), 40);
    pace.add(Duration::from_millis(900), 60);
    curves.set(Curves::new(&[&pace, &Pace::default()], Duration::from_secs(1)));
    settled().await;
    assert_eq!(path(0), "M0 300H150V180H950V0");
    assert!(path(1).starts_with("M0 300H") && !path(1).contains('V'), "{}", path(1));
    assert_eq!(mounted.text(".race-ticks"), "00.2 s0.4 s0.6 s0.8 s1 s");
    assert!(mounted.text("figure").contains(&words::text_up_to("100")));
    assert_eq!(mounted.count("b"), 0);
}

/// Covers KeptRace: bad input.
#[wasm_bindgen_test]
async fn a_race_that_was_kept_without_figures_says_so_and_has_no_way_to_start() {
    let owner = owned();
    let mut lost = lane("One", HOSTILE, None);
    lost.turn = answer(TurnState::Failed);
    let races = races(&owner, Opening::Kept(answers(vec![lost, lane("Two", "b", None)])));
    let mounted = owner.with(|| Mounted::new(move || view! { <RaceDialog races=races /> }));
    settled().await;
    assert!(mounted.text("[data-testid=race]").contains(words::NOT_MEASURED));
    assert_eq!(mounted.text(".race-asked"), HOSTILE);
    assert_eq!(mounted.count("[data-testid=race-start], [data-testid=race-take], b"), 0);
    assert_eq!(
        mounted.find::<Element>("[data-testid=close-race]").get_attribute("title").unwrap(),
        page::CLOSE_TITLE
    );
}

/// Covers RaceNote: event, state, bad input.
#[wasm_bindgen_test]
async fn a_race_goes_from_the_page_into_the_conversation_on_show_and_one_of_its_own_which_shows_it_again() {
    let kept = Kept::new(vec![answer_of("Because.")], &[]).await;
    let keeper = kept.keeper;
    let mounted = kept.asked.mount(move || view! { <RaceNote keeper=keeper /> });
    settled().await;
    assert_eq!(mounted.count("[data-testid=race-note]"), 0);
    keeper.open_race();
    settled().await;
    let host = match keeper.races.opening.get_value() {
        Some(Opening::New(host)) => Some(host),
        Some(Opening::Kept(_)) | None => None,
    };
    let host = host.unwrap();
    assert_eq!((host.question.as_str(), (host.busy)()), ("Why?", vec![]));
    let race = answers(vec![lane("One", "a", Some((1, 2))), lane("Two", HOSTILE, Some((2, 3)))]);
    assert!((host.take)(&race, 1));
    settled().await;
    let shown = kept.asked.chat.conversation.with_store(|store| {
        let path = store.conversation.path();
        path.iter().map(|id| store.conversation.turn(*id).unwrap().text()).collect::<Vec<_>>()
    });
    assert_eq!(shown, ["Why?", "Because.", HOSTILE, HOSTILE]);
    (host.keep)(&race);
    until("it is in the list", || kept.titles().len() == 2).await;
    written().await;
    let records = keeper.list.get_untracked();
    let record = records.iter().find(|record| !record.race.is_empty()).unwrap();
    assert_eq!(kept.record(&record.id).await.unwrap().race.len(), 2);
    name_in_address(&format!("{}{}", HistoryState::FRAGMENT, record.id));
    keeper.open(record.id.clone());
    until("it is on show", || mounted.count("[data-testid=race-note]") == 1).await;
    mounted.press("[data-testid=show-race]");
    settled().await;
    let again = match keeper.races.opening.get_value() {
        Some(Opening::Kept(again)) => Some(again),
        Some(Opening::New(_)) | None => None,
    };
    let again = again.unwrap();
    let lanes: Vec<_> = again.lanes.iter().map(|lane| (lane.name.as_str(), lane.turn.text())).collect();
    assert_eq!(lanes, [("One", "a".to_owned()), ("Two", HOSTILE.to_owned())]);
    assert!(again.lanes.iter().all(|lane| lane.numbers.is_some()));
    assert_eq!(mounted.count("b"), 0);
    keeper.begin_temporary();
    (host.keep)(&again);
    settled().await;
    assert_eq!(kept.titles().len(), 2, "beside a temporary conversation nothing is kept");
    written().await;
}
