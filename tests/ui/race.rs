//! The race: its fields, its lanes while they run, its table, its comparison, and where its answers go.

use crate::conversation::{answer, answer_of};
use crate::kept::{Kept, name_in_address, until, written};
use crate::mounted::{Mounted, dispatch, later, owned, settled};
use leptos::prelude::*;
use std::rc::Rc;
use std::time::Duration;
use tokenfall::browser::pump;
use tokenfall::engine::chat::TurnState;
use tokenfall::engine::messages::{page, race as words, sheet};
use tokenfall::engine::meter::{Numbers, Pace};
use tokenfall::engine::session::Plan;
use tokenfall::engine::settings::{KeyRecord, Settings, preset};
use tokenfall::engine::tape::{Speed, Tape};
use tokenfall::engine::wire::Protocol;
use tokenfall::ui::history::race::RaceNote;
use tokenfall::ui::race::compare::CompareView;
use tokenfall::ui::race::dialog::{Race, RaceDialog};
use tokenfall::ui::race::plot::{Curves, Plot};
use tokenfall::ui::race::results::Results;
use tokenfall::ui::race::run::RaceRun;
use tokenfall::ui::race::set_up::SetUp;
use tokenfall::ui::race::{Answers, Forms, Host, LaneAnswer, LaneStart, Opening, RaceServer, Races};
use tokenfall::ui::state::{HistoryState, Loader};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlDialogElement, HtmlElement, HtmlInputElement};

const HOSTILE: &str = "<b>not bold</b>";

/// A server at an address of this machine where nothing answers.
fn server(id: &str, label: &str, models: &[&str]) -> RaceServer {
    let settings = Settings {
        base_url: "http://127.0.0.1:9/v1".to_owned(),
        model: models.first().map(|&model| model.to_owned()).unwrap_or_default(),
        profile: id.to_owned(),
        ..Settings::for_preset(preset("custom").unwrap())
    };
    RaceServer {
        id: id.to_owned(),
        label: label.to_owned(),
        key: KeyRecord::new(&settings, ""),
        models: models.iter().map(|&model| model.to_owned()).collect(),
        settings,
    }
}

/// What a race gave back.
#[derive(Clone, Copy)]
struct Given {
    taken: RwSignal<Vec<(usize, usize)>>,
    kept: RwSignal<Vec<String>>,
    can_take: RwSignal<bool>,
}

fn host(question: &str, servers: Vec<RaceServer>) -> (Host, Given) {
    let given =
        Given { taken: RwSignal::default(), kept: RwSignal::default(), can_take: RwSignal::new(true) };
    let take = move |answers: &Answers, lane| {
        given.taken.update(|taken| taken.push((answers.lanes.len(), lane)));
        given.can_take.get_untracked()
    };
    let keep = move |answers: Answers| given.kept.update(|kept| kept.push(answers.question));
    let host = Host {
        question: question.to_owned(),
        servers,
        busy: Rc::new(|| vec!["127.0.0.1:9".to_owned(); 3]),
        take: Rc::new(take),
        keep: Rc::new(keep),
    };
    (host, given)
}

/// The fields of a race.
fn set_up(servers: Vec<RaceServer>) -> (Owner, Mounted, Forms, RwSignal<u32>) {
    let owner = owned();
    let (host, _) = host("Why?", servers);
    let forms = owner.with(|| Forms::new(&host));
    let starts = RwSignal::new(0);
    let start = move |()| {
        if forms.starts().is_some() {
            starts.update(|starts| *starts += 1);
        }
    };
    let mounted = owner.with(|| Mounted::new(move || view! { <SetUp forms=forms on_start=start /> }));
    (owner, mounted, forms, starts)
}

/// The problems that are told.
fn problems(mounted: &Mounted) -> Vec<String> {
    let all = mounted.find::<Element>(".race-lanes").parent_element().unwrap();
    let all = all.query_selector_all("[data-testid=race-problem]:not([hidden])").unwrap();
    (0..all.length()).map(|at| all.get(at).unwrap().text_content().unwrap()).collect()
}

fn value(mounted: &Mounted, selector: &str) -> String {
    mounted.find::<Element>(selector).unchecked_into::<HtmlInputElement>().value()
}

/// Covers SetUp: bad input. LaneFields: bad input. LaneTextField: event, bad input. ProblemLine: state, bad input.
#[wasm_bindgen_test]
async fn each_bad_field_is_told_at_its_place_nothing_starts_and_nothing_typed_is_lost() {
    let (_owner, mounted, _forms, starts) = set_up(vec![server("a", "Home", &["m"])]);
    settled().await;
    let first = "[data-testid=race-fields]:first-child";
    for (field, text, problem) in [
        ("model", "  ", None),
        ("temperature", "warm", Some(sheet::TEMPERATURE_REFUSED)),
        ("max-tokens", "0", Some(sheet::LIMIT_REFUSED)),
        ("max-tokens", "1e3", Some(sheet::LIMIT_REFUSED)),
        ("extra", "{\"top_k\":", None),
        ("extra", HOSTILE, None),
    ] {
        let control = format!("{first} [name={field}]");
        let before = value(&mounted, &control);
        mounted.type_into(&control, text);
        mounted.press("[data-testid=race-start]");
        settled().await;
        let told = problems(&mounted);
        assert_eq!(told.len(), 1, "{field}: {told:?}");
        assert!(problem.is_none_or(|problem| problem == told[0]), "{field}: {told:?}");
        let described = mounted.find::<Element>(&control).get_attribute("aria-describedby").unwrap();
        assert_eq!(mounted.text(&format!("#{described}")), told[0], "{field}");
        assert_eq!(mounted.find::<Element>(&control).get_attribute("aria-invalid").as_deref(), Some("true"));
        assert_eq!(value(&mounted, &control), text, "what was typed stays");
        mounted.type_into(&control, &before);
        settled().await;
        assert_eq!(problems(&mounted), Vec::<String>::new(), "{field}: it is told until it is changed");
    }
    mounted.type_into("[data-testid=race-question]", " \n ");
    mounted.press("[data-testid=race-start]");
    settled().await;
    assert_eq!(problems(&mounted), [words::QUESTION_MISSING]);
    assert_eq!((starts.get_untracked(), mounted.count("b")), (0, 0));
    mounted.type_into("[data-testid=race-question]", "Why?");
    mounted.press("[data-testid=race-start]");
    settled().await;
    assert_eq!((problems(&mounted).len(), starts.get_untracked()), (0, 1));
}

/// Covers SetUp: event, state. LaneFields: event, state. LaneTextField: state.
#[wasm_bindgen_test]
async fn presets_fill_in_lanes_that_are_named_by_what_differs_and_lanes_come_and_go_between_two_and_four() {
    let servers = vec![server("a", "Home", &["m", "m2"]), server("b", HOSTILE, &["m3"])];
    let (_owner, mounted, forms, _) = set_up(servers);
    settled().await;
    for (preset, names) in [
        ("race-models", vec!["m", "m2"]),
        ("race-proxy", vec!["m, Home", "m3, <b>not bold</b>"]),
        ("race-same", vec!["Answer 1", "Answer 2", "Answer 3"]),
        ("race-stream-whole", vec![words::STREAMING, words::WHOLE]),
    ] {
        mounted.press(&format!("[data-testid={preset}]"));
        settled().await;
        assert_eq!(untrack(|| forms.names()), names);
        assert_eq!(mounted.count("[data-testid=race-fields]") as usize, names.len());
    }
    assert_eq!(mounted.count("b"), 0, "a server's name is text");
    let last = "[data-testid=race-fields]:last-child";
    let choice: Element = mounted.find(&format!("{last} select"));
    choice.unchecked_ref::<web_sys::HtmlSelectElement>().set_value("b");
    dispatch(&choice, "change");
    settled().await;
    assert_eq!(value(&mounted, &format!("{last} [name=model]")), "m3", "it follows the server");
    mounted.type_into(&format!("{last} [name=model]"), "own");
    mounted.type_into(&format!("{last} [name=name]"), "Mine");
    mounted.press("[data-testid=race-add]");
    mounted.press("[data-testid=race-add]");
    settled().await;
    assert!(mounted.find::<web_sys::HtmlButtonElement>("[data-testid=race-add]").disabled());
    assert_eq!(forms.lanes.with_untracked(Vec::len), 4);
    assert_eq!(value(&mounted, &format!("{last} [name=model]")), "own", "it is like the last one");
    let placeholder = mounted.find::<Element>(&format!("{last} [name=name]")).get_attribute("placeholder");
    assert!(placeholder.is_some_and(|name| name.contains("own")));
    for left in [3, 2] {
        mounted.press(&format!("{last} [data-testid=race-remove]"));
        settled().await;
        assert_eq!(mounted.count("[data-testid=race-fields]"), left);
    }
    assert!(mounted.find::<HtmlElement>(&format!("{last} [data-testid=race-remove]")).hidden());
}

/// Covers SetUp: bad input. LaneFields: state.
#[wasm_bindgen_test]
async fn a_preset_that_lacks_a_model_or_a_server_says_what_to_do_and_a_foreign_key_is_refused_at_its_server()
{
    let mut only = server("a", "Home", &["m"]);
    let (_owner, mounted, ..) = set_up(vec![only.clone()]);
    for (preset, problem) in
        [("race-models", words::NAME_OTHER_MODEL), ("race-proxy", words::NO_OTHER_SERVER)]
    {
        mounted.press(&format!("[data-testid={preset}]"));
        settled().await;
        assert_eq!(problems(&mounted), [problem]);
    }
    only.key =
        KeyRecord { origin: "https://other.example".to_owned(), ..KeyRecord::new(&only.settings, "sk-1") };
    let (_owner, mounted, _forms, starts) = set_up(vec![only]);
    mounted.press("[data-testid=race-start]");
    settled().await;
    assert_eq!((problems(&mounted).len(), starts.get_untracked()), (2, 0));
}

/// A tape whose answer is `text`, which ends or never does within a test.
fn tape(text: &str, ends: bool) -> Tape {
    let event = |content: &str| {
        let data = serde_json::json!({ "choices": [{ "index": 0, "delta": { "content": content } }] });
        serde_json::json!(format!("data: {data}\n\n"))
    };
    let mut lines = vec![
        r#"{"tape":1,"dialect":"chat-completions","stream":true,"title":"m","question":"q"}"#.to_owned(),
        r#"{"t":1000,"status":200,"content_type":"text/event-stream"}"#.to_owned(),
        format!(r#"{{"t":2000,"text":{}}}"#, event(text)),
    ];
    if ends {
        lines.push(r#"{"t":3000,"text":"data: [DONE]\n\n"}"#.to_owned());
        lines.push(r#"{"t":3000,"end":"closed"}"#.to_owned());
    } else {
        lines.push(format!(r#"{{"t":60000000,"text":{}}}"#, event("late")));
    }
    Tape::from_jsonl(&(lines.join("\n") + "\n")).unwrap()
}

/// A lane that plays a tape.
fn played(name: &str, text: &str, ends: bool) -> LaneStart {
    let tape = tape(text, ends);
    LaneStart {
        name: name.to_owned(),
        about: HOSTILE.to_owned(),
        model: "m".to_owned(),
        plan: Plan::for_tape(&tape),
        protocol: Protocol::CHAT_COMPLETIONS,
        start: Box::new(move |session, wake| pump::play(tape, Speed::Times(1.0), session, wake)),
    }
}

/// A lane whose server is not there.
fn unreachable(name: &str) -> LaneStart {
    let asked = server("a", "Home", &["m"]);
    let lanes = tokenfall::ui::race::Preset::StreamAgainstWhole.lanes(std::slice::from_ref(&asked));
    LaneStart::new(&lanes[0], &asked, name.to_owned(), "Why?").unwrap()
}

/// A race of these lanes.
async fn race(lanes: Vec<LaneStart>) -> (Owner, Mounted, Given) {
    let owner = owned();
    let (host, given) = host("Why?", vec![]);
    let mounted = owner.with(|| {
        Mounted::new(move || {
            let run = StoredValue::new_local(RaceRun::start("<i>Why?</i>".to_owned(), lanes));
            let host = StoredValue::new_local(host);
            let note = Signal::derive(|| Some(HOSTILE.to_owned()));
            view! { <Race run=run host=host note=note on_change=|()| () on_again=|()| () /> }
        })
    });
    settled().await;
    (owner, mounted, given)
}

fn state_of(mounted: &Mounted, lane: u32) -> String {
    let lane: Element = mounted.find(&format!("[data-testid=race-lane]:nth-child({lane})"));
    lane.get_attribute("data-state").unwrap()
}

/// Covers Race: event, state, bad input. LaneView: event, state, bad input.
#[wasm_bindgen_test]
async fn a_lane_that_fails_is_told_while_others_run_one_is_stopped_and_the_rest_is_over_and_kept_once() {
    let lanes = vec![played("One", HOSTILE, true), played("Two", "so far", false), unreachable("Three")];
    let (_owner, mounted, given) = race(lanes).await;
    until("the first has ended", || state_of(&mounted, 1) == "complete").await;
    assert_eq!(mounted.text("[data-testid=race-lane]:nth-child(1) [data-testid=race-answer]"), HOSTILE);
    assert_eq!(state_of(&mounted, 2), "streaming");
    assert_eq!(mounted.count("[data-testid=race-table]"), 0, "figures come at the end");
    assert_eq!(mounted.count("[data-testid=race-take]"), 0);
    mounted.press("[data-testid=race-lane]:nth-child(2) [data-testid=race-stop]");
    until("the second has stopped", || state_of(&mounted, 2) == "stopped").await;
    // Its question goes out again by itself before it is given up.
    mounted.press("[data-testid=race-stop-all]");
    until("all is over", || mounted.count("[data-testid=race-table]") == 1).await;
    assert!(["failed", "stopped"].contains(&state_of(&mounted, 3).as_str()));
    assert_eq!(mounted.text("[data-testid=race-told]"), words::OVER);
    assert_eq!(given.kept.get_untracked(), ["<i>Why?</i>"]);
    assert_eq!(mounted.count("[data-testid=race-take]"), 2, "where nothing came there is nothing to take");
    assert_eq!(mounted.count("[data-testid=race-sentence]"), 3);
    given.can_take.set(false);
    mounted.press("[data-testid=race-lane]:nth-child(2) [data-testid=race-take]");
    settled().await;
    assert_eq!(mounted.text("[data-testid=race-told]"), words::TAKE_LATER);
    given.can_take.set(true);
    mounted.press("[data-testid=race-lane]:nth-child(2) [data-testid=race-take]");
    settled().await;
    assert_eq!(given.taken.get_untracked(), [(3, 1), (3, 1)]);
    assert_eq!(mounted.count("[data-testid=race-take]"), 0);
    assert_eq!((mounted.count("b, i"), given.kept.with_untracked(Vec::len)), (0, 1));
}

/// A lane with that answer, which showed its first word and ended after so many milliseconds.
fn lane(name: &str, text: &str, times: Option<(u64, u64)>) -> LaneAnswer {
    let numbers = times.map(|(first, total)| {
        let first = Some(Duration::from_millis(first));
        let elapsed = Duration::from_millis(total);
        Numbers { ttfb: first, ttft: first, ttfo: first, elapsed, bytes: 9, ..Numbers::default() }
    });
    let mut pace = Pace::default();
    pace.add(Duration::from_millis(times.map_or(0, |(first, _)| first)), text.len());
    LaneAnswer {
        name: name.to_owned(),
        turn: answer_of(text),
        numbers,
        pace,
        model: "m".to_owned(),
        server: "s".to_owned(),
        created: 1,
        finished: Some(2),
    }
}

fn answers(lanes: Vec<LaneAnswer>) -> Answers {
    Answers { question: HOSTILE.to_owned(), lanes }
}

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

/// The dialog, opened for that.
async fn dialog(owner: &Owner, opening: Opening) -> (Mounted, Races) {
    let races = owner.with(|| Races::new(Loader::default()));
    races.opening.set_value(Some(opening));
    let mounted = owner.with(|| Mounted::new(move || view! { <RaceDialog races=races /> }));
    settled().await;
    (mounted, races)
}

/// Covers RaceDialog: event, state, bad input. NewRace: event, state, bad input.
#[wasm_bindgen_test]
async fn the_dialog_goes_from_fields_to_a_race_and_back_keeps_what_was_typed_and_its_end_ends_what_runs() {
    let owner = owned();
    let (host, given) = host(HOSTILE, vec![server("a", "Home", &["m"])]);
    let (mounted, races) = dialog(&owner, Opening::New(host.clone())).await;
    let dialog: HtmlDialogElement = mounted.find("dialog");
    assert!(dialog.open() && dialog.matches(":modal").unwrap());
    assert_eq!(value(&mounted, "[data-testid=race-question]"), HOSTILE);
    mounted.press("[data-testid=race-same]");
    mounted.press("[data-testid=race-add]");
    settled().await;
    mounted.type_into("[data-testid=race-fields]:first-child [name=name]", "Mine");
    mounted.press("[data-testid=race-start]");
    settled().await;
    assert_eq!(mounted.count("[data-testid=race-lane]"), 4);
    assert!(mounted.text("[data-testid=race-crowded]").contains("7 requests"));
    mounted.press("[data-testid=race-stop-all]");
    until("it is over", || mounted.count("[data-testid=race-table]") == 1).await;
    mounted.press("[data-testid=race-again]");
    settled().await;
    assert_eq!(mounted.count("[data-testid=race-lane]"), 4);
    mounted.press("[data-testid=race-stop-all]");
    until("it is over", || mounted.count("[data-testid=race-table]") == 1).await;
    mounted.press("[data-testid=race-change]");
    settled().await;
    assert_eq!(value(&mounted, "[data-testid=race-fields]:first-child [name=name]"), "Mine");
    mounted.press("[data-testid=race-start]");
    settled().await;
    mounted.press("[data-testid=close-race]");
    later().await;
    assert!(!dialog.open() && races.opening.get_value().is_none());
    assert_eq!(given.kept.get_untracked(), Vec::<String>::new(), "a race without a word is not worth it");
    assert_eq!(mounted.count("b"), 0);
    drop(mounted);
    for (question, name) in [(HOSTILE, "Mine"), ("Another?", "Mine")] {
        races.opening.set_value(Some(Opening::New(Host { question: question.to_owned(), ..host.clone() })));
        let mounted = owner.with(|| Mounted::new(move || view! { <RaceDialog races=races /> }));
        settled().await;
        assert_eq!(value(&mounted, "[data-testid=race-question]"), question);
        let first = "[data-testid=race-fields]:first-child [name=name]";
        assert_eq!(value(&mounted, first), name, "what was typed is there again");
    }
}

/// Covers KeptRace: bad input.
#[wasm_bindgen_test]
async fn a_race_that_was_kept_without_figures_says_so_and_has_no_way_to_start() {
    let owner = owned();
    let mut lost = lane("One", HOSTILE, None);
    lost.turn = answer(TurnState::Failed);
    let (mounted, _) = dialog(&owner, Opening::Kept(answers(vec![lost, lane("Two", "b", None)]))).await;
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
    (host.keep)(race);
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
    (host.keep)(again);
    settled().await;
    assert_eq!(kept.titles().len(), 2, "beside a temporary conversation nothing is kept");
    written().await;
}
