//! What stands under an answer's text: why it waits, how it ended, where it comes from, what went wrong.

use crate::conversation::{Asked, NOT_THERE, answer, answer_of, block};
use crate::mounted::{opened_at, set_unusable_address, settled};
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use tokenfall::browser::clock;
use tokenfall::engine::chat::{Block, Cause, Failure, Server, Turn, TurnState};
use tokenfall::engine::messages::page as words;
use tokenfall::engine::session::{Plan, Session};
use tokenfall::engine::settings::Field;
use tokenfall::engine::tape::{End, Head};
use tokenfall::engine::wire::{BlockIndex, BlockKind, Citation, Dialect, Stop, StopReason, Unknown};
use tokenfall::ui::chat::error_notice::{Ending, ErrorNotice};
use tokenfall::ui::chat::sources::Sources;
use tokenfall::ui::chat::waiting::WaitingLine;
use tokenfall::ui::state::{Run, Waiting};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

/// Covers Ending: event, state, bad input.
#[wasm_bindgen_test]
async fn a_paused_answer_goes_on_by_its_button_but_not_while_another_runs_and_the_providers_words_stay_text()
{
    let stop = Stop {
        reason: StopReason::Paused,
        wire: "<b>pause</b>".to_owned(),
        detail: "<img src=x onerror=alert(1)>".repeat(100),
    };
    let asked = Asked::new("Why?", vec![Turn { stop: Some(stop), ..answer(TurnState::Paused) }]);
    let (id, chat) = (asked.last, asked.chat);
    let mounted = asked.mount(move || view! { <Ending id=id state=TurnState::Paused /> });
    set_unusable_address(chat);
    settled().await;
    let note = mounted.text("[data-testid=note]");
    assert!(note.contains("(<b>pause</b>). <img src=x"), "{note}");
    assert!(note.len() < 600, "the provider's sentence is cut");
    assert_eq!(mounted.count("[data-testid=note] *"), 0);
    chat.conversation.is_running.set(true);
    settled().await;
    assert_eq!(mounted.count("[data-testid=go-on]"), 0);
    chat.conversation.is_running.set(false);
    settled().await;
    mounted.press("[data-testid=go-on]");
    assert_eq!(opened_at(chat).await, Some(Some(Field::BaseUrl)), "the way on is the address that is wrong");
}

/// Covers GoOn: event, state, bad input.
#[wasm_bindgen_test]
async fn an_answer_that_was_cut_off_with_words_goes_on_and_one_that_is_whole_or_has_none_does_not() {
    let (cut, other) = (
        [TurnState::Stopped, TurnState::Interrupted, TurnState::Failed, TurnState::Truncated],
        [TurnState::Complete, TurnState::Filtered, TurnState::Halted],
    );
    for (state, words, expected) in cut
        .map(|state| (state, "<b>half</b>", 1))
        .into_iter()
        .chain(cut.map(|state| (state, " ", 0)))
        .chain(other.map(|state| (state, "half", 0)))
    {
        let mut turn = answer(state);
        turn.blocks = vec![block(BlockKind::Text, words)];
        let asked = Asked::new("Why?", vec![turn]);
        let (id, chat) = (asked.last, asked.chat);
        let mounted = asked.mount(move || view! { <Ending id=id state=state /> });
        set_unusable_address(chat);
        settled().await;
        assert_eq!(mounted.count("[data-testid=go-on]"), expected, "{state:?} {words:?}");
        if expected == 1 {
            mounted.press("[data-testid=go-on]");
            assert_eq!(opened_at(chat).await, Some(Some(Field::BaseUrl)), "it asks the server that is set");
        }
    }
}

/// Covers Ending: bad input. Sources: bad input.
#[wasm_bindgen_test]
async fn the_ending_and_the_sources_of_a_turn_that_is_gone_are_nothing_and_no_panic() {
    let asked = Asked::new("Why?", vec![answer(TurnState::Complete)]);
    let mounted = asked.mount(move || {
        view! {
            <div class="around">
                <Ending id=NOT_THERE state=TurnState::Halted />
                <Sources id=NOT_THERE />
            </div>
        }
    });
    settled().await;
    assert_eq!(mounted.count(".around *"), 0);
}

/// Covers ErrorNotice: event, state, bad input.
#[wasm_bindgen_test]
async fn an_error_leads_to_its_field_or_asks_again_and_markup_in_what_the_server_said_stays_text() {
    let asked = Asked::new("Why?", vec![answer(TurnState::Failed)]);
    let (id, chat) = (asked.last, asked.chat);
    let failure = Failure {
        cause: Cause::OwnPage { excerpt: "<script>alert(1)</script>".to_owned() },
        server: Server { host: "<b>host</b>".to_owned(), ..Server::default() },
        has_text: false,
        retry_after: Some(Duration::MAX),
        reason: "<i>reason</i>".to_owned(),
    };
    let mounted =
        asked.mount(move || view! { <ErrorNotice id=id failure=failure state=TurnState::Failed /> });
    chat.connection.change(|settings| settings.base_url = "https://example.org/v1".to_owned());
    settled().await;
    assert!(
        mounted.text("[data-testid=error]").contains("<script>"),
        "{}",
        mounted.text("[data-testid=error]")
    );
    assert_eq!(mounted.count("script, b, i"), 0);
    mounted.press("[data-testid=error-settings]");
    assert_eq!(opened_at(chat).await, Some(Some(Field::BaseUrl)));
    chat.sheet.opened.set(None);
    set_unusable_address(chat);
    mounted.press("[data-testid=retry]");
    assert_eq!(
        opened_at(chat).await,
        Some(Some(Field::BaseUrl)),
        "it was tried again, and could not be sent"
    );
    chat.conversation.is_running.set(true);
    settled().await;
    assert_eq!(mounted.count("[data-testid=retry]"), 0, "not while another runs");
}

fn source(title: &str, url: &str) -> Citation {
    let (title, url) = (title.to_owned(), url.to_owned());
    Citation { block: BlockIndex(0), title, url, quote: String::new(), raw: String::new() }
}

/// Covers Sources: bad input. Source: bad input.
#[wasm_bindgen_test]
async fn a_source_leads_only_to_an_address_and_says_its_real_host_and_long_records_are_cut() {
    let citations = vec![
        source("<b>One</b>", "https://example.org/a"),
        source("A script", "javascript:alert(1)"),
        source("", "https://\u{430}pple.com/"),
        source("", ""),
    ];
    let unknown = Unknown { name: "x".to_owned(), raw: "<script>".repeat(1_000) };
    let turn = Turn {
        blocks: vec![Block { citations, ..block(BlockKind::Text, "Text") }],
        unknown: vec![unknown],
        unknown_count: 1,
        ..answer(TurnState::Complete)
    };
    let asked = Asked::new("Why?", vec![turn]);
    let id = asked.last;
    let mounted = asked.mount(move || view! { <Sources id=id /> });
    settled().await;
    assert_eq!(mounted.count("[data-testid=sources] li"), 3, "one that says nothing is none");
    assert_eq!(mounted.text("li:nth-child(1) > .md-link"), "<b>One</b>");
    assert_eq!(mounted.text("li:nth-child(1) > .source-host"), "example.org");
    let first: Element = mounted.find("li:nth-child(1) > .md-link");
    assert_eq!(first.get_attribute("href").as_deref(), Some("https://example.org/a"));
    assert_eq!(mounted.text("li:nth-child(2)"), "A script");
    assert_eq!(mounted.count("li:nth-child(2) a"), 0);
    assert_eq!(mounted.text("li:nth-child(3) > .source-host"), "xn--pple-43d.com");
    assert!(!mounted.find::<Element>("li:nth-child(3) > a").has_attribute("href"), "it asks first");
    assert_eq!(mounted.text("[data-testid=raw] > pre").len(), 4 << 10);
    assert_eq!(mounted.text("[data-testid=raw] > summary"), words::also_received(1));
    assert_eq!(mounted.count("script, b"), 0);
}

/// Covers Sources: bad input.
#[wasm_bindgen_test]
async fn an_answer_without_sources_and_records_has_no_place_for_them() {
    let asked = Asked::new("Why?", vec![answer_of("Text")]);
    let id = asked.last;
    let mounted = asked.mount(move || view! { <div class="around"><Sources id=id /></div> });
    settled().await;
    assert_eq!(mounted.count(".around *"), 0);
}

/// Covers WaitingLine: event, state.
#[wasm_bindgen_test]
async fn a_postponed_question_goes_out_at_once_when_that_is_pressed() {
    let asked = Asked::new("Why?", vec![answer(TurnState::Sending)]);
    let (id, chat, signals) = (asked.last, asked.chat, asked.signals.clone());
    let now = clock::now();
    let plan = Plan::new(Dialect::ChatCompletions, true, "m", Server::default(), None);
    let mut session = Session::new(plan, now);
    session.head(Head { status: 503, ..Head::default() }, now);
    session.end(End::Closed, false, now);
    assert!(session.postpone(now) && now < session.due().unwrap());
    let session = Rc::new(RefCell::new(session));
    chat.conversation.with_store(|store| {
        let session = Rc::clone(&session);
        store.run = Some(Run { id, signals: signals.clone(), session, counted: None, has_moved: false });
    });
    let (state, waiting) = (signals.state.clone(), signals.waiting.clone());
    let mounted = asked.mount(move || {
        view! { <WaitingLine id=id state=state.into() waiting=waiting.into() /> }
    });
    settled().await;
    assert!(mounted.find::<HtmlElement>("[data-testid=try-now]").hidden(), "nothing is put off yet");
    signals.waiting.set(Waiting::Again(7));
    settled().await;
    assert!(mounted.text(".waiting").ends_with("Asking again in about\u{a0}7\u{a0}s."));
    mounted.press("[data-testid=try-now]");
    assert!(session.borrow().due().unwrap() <= clock::now());
}

/// Covers WaitingLine: bad input.
#[wasm_bindgen_test]
async fn a_wait_of_a_turn_that_is_gone_or_with_figures_of_no_sense_is_told_without_a_panic() {
    let asked = Asked::new("Why?", Vec::new());
    let (state, waiting) = (RwSignal::new(TurnState::Sending), RwSignal::new(Waiting::Again(0)));
    let mounted = asked.mount(move || view! { <WaitingLine id=NOT_THERE state=state waiting=waiting /> });
    settled().await;
    assert_eq!(mounted.text(".waiting"), words::asking_again("", 0, false));
    mounted.press("[data-testid=try-now]");
    for (wait, sentence) in [
        (
            Waiting::Reading(u64::MAX, 0),
            "Reading the prompt: 18,446,744,073,709,551,615 of 0 tokens".to_owned(),
        ),
        (Waiting::Fetching(42), "Prompt API: the browser is fetching its model, 42 %".to_owned()),
        (Waiting::Stalled(u64::MAX), words::no_data_for(u64::MAX)),
        (Waiting::Since(0), words::waiting_for_server(0)),
        (Waiting::Quiet, String::new()),
    ] {
        waiting.set(wait);
        settled().await;
        assert_eq!(mounted.text(".waiting"), sentence);
    }
}
