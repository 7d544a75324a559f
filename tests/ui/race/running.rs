//! Lanes that run: replayed, unreachable, stopped, and started again.

use super::{Given, HOSTILE, host, races, server, value};
use crate::kept::until;
use crate::mounted::{Mounted, later, owned, settled};
use leptos::prelude::*;
use tokenfall::browser::pump;
use tokenfall::engine::messages::race as words;
use tokenfall::engine::session::Plan;
use tokenfall::engine::tape::{Speed, Tape};
use tokenfall::engine::wire::Protocol;
use tokenfall::ui::race::dialog::{Race, RaceDialog};
use tokenfall::ui::race::run::RaceRun;
use tokenfall::ui::race::{Host, LaneChecking, LaneStart, Opening, Preset};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlDialogElement};

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
        checking: LaneChecking::default(),
        start: Box::new(move |session, wake| pump::play(tape, Speed::Times(1.0), session, wake)),
    }
}

/// A lane whose server is not there.
fn unreachable(name: &str) -> LaneStart {
    let asked = server("a", "Home", &["m"]);
    let lanes = Preset::StreamAgainstWhole.lanes(std::slice::from_ref(&asked));
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

/// Covers RaceDialog: event, state, bad input. NewRace: event, state, bad input.
#[wasm_bindgen_test]
async fn the_dialog_goes_from_fields_to_a_race_and_back_keeps_what_was_typed_and_its_end_ends_what_runs() {
    let owner = owned();
    let (host, given) = host(HOSTILE, vec![server("a", "Home", &["m"])]);
    let races = races(&owner, Opening::New(host.clone()));
    let mounted = owner.with(|| Mounted::new(move || view! { <RaceDialog races=races /> }));
    settled().await;
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
