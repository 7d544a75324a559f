//! The pump: real `fetch` streams and replays into a session.

use crate::support::{served, sleep, until};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use tokenfall::browser::clock;
use tokenfall::browser::pump::{self, Running};
use tokenfall::engine::chat::{Cause, Server, TurnState};
use tokenfall::engine::session::{Plan, Session};
use tokenfall::engine::tape::{Batch, End, Entry, Head, Mark, Record, Speed, Tape};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::{Dialect, HttpRequest};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

const ANSWER: &str = concat!(
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\n",
    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"},\"finish_reason\":\"stop\"}]}\n\n",
    "data: [DONE]\n\n",
);

type Shared = Rc<RefCell<Session>>;

fn session() -> Shared {
    let plan = Plan::new(Dialect::ChatCompletions, true, "test", Server::default(), None);
    Rc::new(RefCell::new(Session::new(plan, clock::now())))
}

fn get(url: &str, session: &Shared, wakes: &Rc<Cell<u32>>) -> Running {
    let request = HttpRequest { method: "GET".into(), url: url.to_owned(), headers: Vec::new(), body: None };
    let wakes = Rc::clone(wakes);
    pump::start(request, Rc::clone(session), Rc::new(move || wakes.set(wakes.get() + 1)))
}

fn state(session: &Shared) -> TurnState {
    session.borrow().turn().state
}

#[wasm_bindgen_test]
async fn a_fetched_stream_becomes_a_complete_turn_and_wakes_the_page() {
    let (session, wakes) = (session(), Rc::default());
    let _running = get(&served(ANSWER, "text/event-stream"), &session, &wakes);
    until("the turn is final", || state(&session).is_final()).await;
    assert_eq!(state(&session), TurnState::Complete);
    assert_eq!(session.borrow().turn().text(), "Hello");
    until("the body has ended", || session.borrow().tape().end().is_some()).await;
    assert!(wakes.get() >= 3, "head, chunk and end wake the page: {}", wakes.get());
}

#[wasm_bindgen_test]
async fn a_stream_that_ends_early_is_interrupted_and_keeps_its_text() {
    let (session, wakes) = (session(), Rc::default());
    let cut = &ANSWER[..ANSWER.len() / 2];
    let _running = get(&served(cut, "text/event-stream"), &session, &wakes);
    until("the turn is final", || state(&session).is_final()).await;
    assert_eq!(state(&session), TurnState::Interrupted);
    assert_eq!(session.borrow().turn().text(), "Hel");
}

#[wasm_bindgen_test]
async fn a_server_that_is_not_there_is_unreachable_without_the_browsers_words() {
    let (session, wakes) = (session(), Rc::default());
    // Port 1 is on every browser's list of blocked ports: refused at once, the same way everywhere.
    let _running = get("http://127.0.0.1:1/v1", &session, &wakes);
    until("the turn is final", || state(&session).is_final()).await;
    let session = session.borrow();
    let failure = session.turn().failure.as_ref().expect("a failure");
    assert_eq!(failure.cause, Cause::Unreachable);
    assert!(!failure.sentence().contains("fetch"), "{}", failure.sentence());
}

#[wasm_bindgen_test]
async fn dropping_the_handle_before_the_head_is_a_stop_and_not_a_failure() {
    let (session, wakes) = (session(), Rc::default());
    let running = get(&served(ANSWER, "text/event-stream"), &session, &wakes);
    drop(running);
    assert_eq!(state(&session), TurnState::Stopped);
    sleep(100).await;
    assert_eq!(state(&session), TurnState::Stopped, "late chunks change nothing");
    assert_eq!(session.borrow().turn().text(), "");
}

#[wasm_bindgen_test]
async fn the_request_the_headers_of_its_answer_and_the_browsers_times_are_on_the_tape() {
    let (session, wakes) = (session(), Rc::default());
    // The page of the tests itself: a server's, which is no answer.
    let url = clock::page_origin() + "/?key=secret&alt=sse";
    let started = clock::now();
    let _running = get(&url, &session, &wakes);
    until("the body has ended", || session.borrow().tape().end().is_some()).await;
    let session = session.borrow();
    let tape = session.tape();
    let (_, head) = tape.head().expect("a head");
    assert!(head.headers.iter().any(|(name, value)| name == "content-type" && *value == head.content_type));
    let records: Vec<_> = tape
        .entries()
        .filter_map(|(_, entry)| match entry {
            Entry::Record(record) => Some(record.clone()),
            Entry::Piece(..) => None,
        })
        .collect();
    let Some(Record::Request(request)) = records.first() else { panic!("no request: {records:?}") };
    assert_eq!(request.url, clock::page_origin() + "/?key=redacted&alt=sse");
    let timing = records.iter().find_map(|record| {
        let Record::Timing(timing) = record else { return None };
        Some(timing)
    });
    let timing = timing.expect("the times of a request to the page's own server");
    let (start, end) = (timing.fetch_start.expect("a start"), timing.response_end.expect("an end"));
    let elapsed = clock::now().duration_since(started).as_micros() as u64;
    assert!(start <= end && end <= elapsed, "{timing:?} within {elapsed} µs");
}

#[wasm_bindgen_test]
fn the_entries_of_a_batch_become_bytes_and_not_a_list_of_numbers() {
    let tape = tape();
    let (batch, _) = tape.batch_since(Mark::default()).expect("a batch");
    let stored = serde_wasm_bindgen::to_value(&batch).expect("a value");
    let entries = js_sys::Reflect::get(&stored, &"entries".into()).expect("the entries");
    assert!(entries.is_instance_of::<js_sys::Uint8Array>());
    let again: Batch = serde_wasm_bindgen::from_value(stored).expect("a batch");
    assert_eq!(Tape::from_batches([&again]), Ok(tape));
}

fn tape() -> Tape {
    let mut tape = Tape::new(Dialect::ChatCompletions, true, "sample");
    tape.record_head(Timestamp::from_micros(5_000), Head { status: 200, ..Head::default() });
    for (at, part) in [(20_000, &ANSWER[..30]), (120_000, &ANSWER[30..90]), (220_000, &ANSWER[90..])] {
        tape.record(Timestamp::from_micros(at), part.as_bytes());
    }
    tape.record_end(Timestamp::from_micros(230_000), End::Closed);
    tape
}

#[wasm_bindgen_test]
async fn a_tape_played_at_its_own_pace_grows_over_time_and_gives_the_recorded_numbers() {
    let session = session();
    let started = clock::now();
    let _running = pump::play(tape(), Speed::Times(1.0), Rc::clone(&session), Rc::new(|| ()));
    until("the turn is final", || state(&session).is_final()).await;
    assert!(clock::now().duration_since(started).as_millis() >= 200, "it takes as long as it took");
    assert_eq!(session.borrow().turn().text(), "Hello");
    let numbers = session.borrow().numbers(clock::now());
    // The session began a moment before the replay did, which is in both figures.
    let (ttfb, ttft) = (numbers.ttfb.expect("a first byte"), numbers.ttft.expect("a first delta"));
    assert_eq!((ttft - ttfb).as_millis(), 100, "recorded at 20 and at 120 ms");
}

#[wasm_bindgen_test]
async fn a_tape_played_at_once_and_stopped_half_way_keep_what_they_showed() {
    let at_once = session();
    let _running = pump::play(tape(), Speed::Instant, Rc::clone(&at_once), Rc::new(|| ()));
    until("the turn is final", || state(&at_once).is_final()).await;
    assert_eq!(at_once.borrow().turn().text(), "Hello");

    let stopped = session();
    let running = pump::play(tape(), Speed::Times(1.0), Rc::clone(&stopped), Rc::new(|| ()));
    until("the first text is there", || !stopped.borrow().turn().text().is_empty()).await;
    running.cancel();
    assert_eq!((state(&stopped), stopped.borrow().turn().text()), (TurnState::Stopped, "Hel".to_owned()));
}
