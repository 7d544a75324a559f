//! Answers: what stands under their text, by how they ended.

use crate::conversation::{Asked, answer};
use crate::mounted::{Mounted, later, settled};
use leptos::prelude::*;
use std::time::Duration;
use tokenfall::engine::chat::TurnState;
use tokenfall::engine::messages::page as words;
use tokenfall::ui::chat::Chat;
use tokenfall::ui::chat::numbers_dialog::AllNumbers;
use tokenfall::ui::chat::turns::Turns;
use tokenfall::ui::history::versions::Versions;
use tokenfall::ui::state::{TurnSignals, Waiting};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

/// A page with one question and answers to it in these states, of which the last is on show.
fn page(states: &[TurnState]) -> (Owner, Mounted, Chat, TurnSignals) {
    let asked = Asked::new("Why?", states.iter().map(|state| answer(*state)).collect());
    let mounted = asked.mount(|| view! { <Turns /> });
    (asked.owner, mounted, asked.chat, asked.signals)
}

/// Covers ErrorNotice: state, bad input. Answer: state.
#[wasm_bindgen_test]
async fn a_failed_answer_shows_its_error_as_text_and_one_way_to_try_again() {
    let (_owner, mounted, chat, _) = page(&[TurnState::Failed]);
    settled().await;
    assert!(mounted.text("[data-testid=error]").contains("<b>host</b>"));
    mounted.find::<HtmlElement>("[data-testid=retry]");
    chat.conversation.is_running.set(true);
    settled().await;
    assert!(!mounted.text("[data-testid=error]").contains(words::TRY_AGAIN), "not while another runs");
}

/// Covers Ending: bad input.
#[wasm_bindgen_test]
async fn an_empty_answer_says_so_and_a_stopped_one_does_not_claim_that_text_was_kept() {
    let (_owner, mounted, ..) = page(&[TurnState::Complete]);
    settled().await;
    assert_eq!(mounted.text("[data-testid=note]"), words::EMPTY_ANSWER);
    drop(mounted);
    let (_owner, mounted, ..) = page(&[TurnState::Stopped]);
    settled().await;
    assert_eq!(mounted.text("[data-testid=note]"), words::STOPPED);
}

/// Covers WaitingLine: state.
#[wasm_bindgen_test]
async fn a_wait_is_told_and_only_a_postponed_question_can_be_asked_at_once() {
    let (_owner, mounted, _, signals) = page(&[TurnState::Waiting]);
    signals.waiting.set(Waiting::Reading(1_000, 2_000));
    settled().await;
    assert_eq!(mounted.text(".waiting"), "Reading the prompt: 1,000 of 2,000 tokens");
    assert!(mounted.find::<HtmlElement>("[data-testid=try-now]").hidden());
    signals.waiting.set(Waiting::Again(7));
    settled().await;
    assert!(!mounted.find::<HtmlElement>("[data-testid=try-now]").hidden());
}

/// Covers Versions: event, state.
#[wasm_bindgen_test]
async fn the_versions_lead_to_the_answer_before_and_end_there() {
    let (_owner, mounted, chat, _) = page(&[TurnState::Complete, TurnState::Complete]);
    settled().await;
    assert_eq!(mounted.count(".versions"), 0, "they come with the part that brings the turns' tools");
    let versions = move |id| view! { <Versions id=id chat=chat /> }.into_any();
    chat.conversation.turn_tools.fill(versions);
    settled().await;
    assert_eq!(mounted.text(".versions > span"), "2 of 2");
    mounted.press("[aria-label='The answer before']");
    settled().await;
    assert_eq!(mounted.text(".versions > span"), "1 of 2");
    assert!(mounted.find::<Element>("[aria-label='The answer before']").has_attribute("disabled"));
}

/// Covers AboutNumbers: event, state.
#[wasm_bindgen_test]
async fn all_numbers_open_in_three_groups_and_close_again() {
    let (_owner, mounted, _chat, signals) = page(&[TurnState::Complete]);
    signals.pace.borrow_mut().add(Duration::ZERO, 7);
    settled().await;
    mounted.press("[data-testid=about-numbers]");
    settled().await;
    let plot: Element = mounted.find("[data-testid=all-numbers] [data-testid=pace]");
    assert_eq!(plot.get_attribute("viewBox").as_deref(), Some("0 0 2 20"), "one slice fills the plot");
    let dialog: web_sys::HtmlDialogElement = mounted.find("[data-testid=all-numbers]");
    assert!(dialog.open());
    assert_eq!(dialog.query_selector_all("section").unwrap().length(), 3);
    assert!(mounted.text("[data-testid=all-numbers] [data-number=tokens-in]").contains("n/a"));
    mounted.press("[data-testid=close-numbers]");
    settled().await;
    assert!(!dialog.open());
}

/// Covers AllNumbers: event.
#[wasm_bindgen_test]
async fn the_dialog_of_numbers_tells_once_that_it_was_closed() {
    let (owner, _page, chat, signals) = page(&[TurnState::Complete]);
    let id = chat.conversation.path.with_untracked(|path| path.last().unwrap().turn);
    let closed = RwSignal::new(0);
    let on_close = move |()| closed.update(|closed| *closed += 1);
    let mounted =
        owner.with(|| Mounted::new(move || view! { <AllNumbers id=id signals=signals on_close=on_close /> }));
    settled().await;
    mounted.press("[data-testid=close-numbers]");
    later().await;
    assert!(!mounted.find::<web_sys::HtmlDialogElement>("dialog").open());
    assert_eq!(closed.get_untracked(), 1);
}

/// Covers Turns: state.
#[wasm_bindgen_test]
async fn the_title_tells_that_an_answer_is_being_written_and_no_longer_than_that() {
    let (_owner, _mounted, chat, _signals) = page(&[TurnState::Complete]);
    settled().await;
    assert_eq!(document().title(), words::NAME);
    chat.conversation.is_running.set(true);
    settled().await;
    assert_eq!(document().title(), words::title_answering());
    chat.conversation.is_running.set(false);
    settled().await;
    assert_eq!(document().title(), words::NAME);
}
