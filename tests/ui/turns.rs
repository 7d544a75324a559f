//! The turns on show: what the window and the keyboard do with them, and how questions and answers are drawn.

use crate::conversation::{Asked, NOT_THERE, answer, answer_of, block};
use crate::mounted::{press_key, settled};
use leptos::prelude::*;
use tokenfall::engine::chat::{Conversation, Turn, TurnState};
use tokenfall::engine::messages::page as words;
use tokenfall::engine::wire::{BlockKind, Role};
use tokenfall::ui::chat::question::Question;
use tokenfall::ui::chat::turns::Turns;
use tokenfall::ui::state::{ConversationStore, TurnSignals};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

/// Covers Turns: event.
#[wasm_bindgen_test]
async fn escape_stops_an_answer_that_is_written_and_a_question_mark_lists_the_keys() {
    let asked = Asked::new("Why?", vec![answer(TurnState::Streaming)]);
    let _mounted = asked.mount(|| view! { <Turns /> });
    settled().await;
    let body = document().body().unwrap();
    assert!(!press_key(&body, "Escape"), "nothing is written");
    asked.chat.conversation.is_running.set(true);
    assert!(press_key(&body, "Escape"));
    assert_eq!(asked.stops.get_untracked(), 1);
    assert!(!asked.chat.keys.slot.is_filled());
    assert!(press_key(&body, "?"));
    settled().await;
    assert!(asked.chat.keys.slot.is_filled());
}

/// Covers Turns: event, state. TurnItem: state.
#[wasm_bindgen_test]
async fn turns_come_and_go_with_the_path_and_enter_goes_into_an_answer_that_is_old() {
    let asked = Asked::new("Why?", vec![answer_of("Because.")]);
    let mounted = asked.mount(|| view! { <Turns /> });
    settled().await;
    assert_eq!(mounted.count("article"), 2);
    assert_eq!(mounted.count("article[tabindex]"), 0, "the last answer is not old");
    asked.chat.conversation.with_store(|store| {
        let id = store.conversation.push(Turn::question("And then?"));
        store.signals.push((id, TurnSignals::new(Role::User, false, TurnState::Complete)));
    });
    asked.chat.conversation.show_path();
    settled().await;
    assert_eq!(mounted.count("article[data-role=user]"), 2);
    assert_eq!(mounted.count("article[tabindex='0']"), 2, "the first question is old as well");
    let old: HtmlElement = mounted.find("article[data-role=assistant][tabindex='0']");
    old.focus().unwrap();
    assert!(press_key(&old, "Enter"));
    let focused = document().active_element().unwrap();
    assert!(focused != *old && old.contains(Some(&focused)), "{}", focused.outer_html());
    assert!(press_key(&focused, "Escape"));
    assert_eq!(document().active_element().as_ref(), Some(old.as_ref()));
    asked.chat.conversation.path.set(Vec::new());
    settled().await;
    assert_eq!(mounted.count("article"), 0);
}

/// Covers Answer: state, bad input.
#[wasm_bindgen_test]
async fn an_answers_markup_is_drawn_as_text_and_its_state_and_thoughts_are_told_as_they_change() {
    let hostile = "<script>alert(1)</script> <img src=x onerror=alert(1)> [a](javascript:alert(1))";
    let blocks = vec![block(BlockKind::Reasoning, hostile), block(BlockKind::Text, hostile)];
    let asked = Asked::new("Why?", vec![Turn { blocks, ..answer(TurnState::Complete) }]);
    let mounted = asked.mount(|| view! { <Turns /> });
    settled().await;
    for place in [".thoughts", "[data-testid=answer]"] {
        assert!(
            mounted.text(place).starts_with("<script>alert(1)</script> <img src=x"),
            "{}",
            mounted.text(place)
        );
    }
    assert_eq!(mounted.count("script, img, article [href]"), 0);
    let reply = "article[data-role=assistant]";
    assert_eq!(mounted.find::<Element>(reply).get_attribute("data-state").as_deref(), Some("complete"));
    assert!(mounted.find::<HtmlElement>("[data-testid=reasoning]").hidden());
    asked.signals.has_reasoning.set(true);
    asked.signals.state.set(TurnState::Streaming);
    settled().await;
    assert_eq!(mounted.find::<Element>(reply).get_attribute("data-state").as_deref(), Some("streaming"));
    assert!(!mounted.find::<HtmlElement>("[data-testid=reasoning]").hidden());
    assert_eq!(mounted.text("[data-testid=reasoning] > summary"), words::THINKING);
    asked.signals.state.set(TurnState::Stopped);
    settled().await;
    assert_eq!(mounted.text("[data-testid=reasoning] > summary"), words::THOUGHTS);
}

/// Covers Piece: event, state, bad input.
#[wasm_bindgen_test]
async fn a_question_of_one_endless_line_is_shown_in_pieces_that_cut_no_character_and_lose_none() {
    let text = format!("<b>{}", "é\u{1f600}".repeat(12_000));
    let asked = Asked::new(&text, Vec::new());
    let id = asked.question;
    let mounted = asked.mount(move || view! { <Question id=id /> });
    settled().await;
    let shown = |at: usize| text[..text.floor_char_boundary(at)].to_owned() + words::SHOW_MORE;
    assert_eq!(mounted.text(".bubble"), shown(32 << 10));
    mounted.press("[data-testid=show-more]");
    settled().await;
    assert!(mounted.text(".bubble").ends_with(words::SHOW_MORE));
    assert!(mounted.text(".bubble").len() > 60 << 10);
    mounted.press("[data-testid=show-more]");
    settled().await;
    assert_eq!(mounted.text(".bubble"), text);
    assert_eq!(mounted.count("[data-testid=show-more], b"), 0);
}

/// Covers Question: bad input. Piece: bad input.
#[wasm_bindgen_test]
async fn a_question_that_is_empty_or_gone_is_an_empty_bubble_without_a_fold() {
    let asked = Asked::new("", Vec::new());
    for id in [asked.question, NOT_THERE] {
        let mounted = asked.mount(move || view! { <Question id=id /> });
        settled().await;
        assert_eq!(mounted.text(".bubble"), "");
        assert_eq!(mounted.count("button"), 0);
    }
}

/// Covers Question: event, state, bad input. Piece: bad input.
#[wasm_bindgen_test]
async fn a_question_of_many_lines_is_folded_and_its_markup_stays_text() {
    let text = "<img src=x>\n".repeat(13);
    let asked = Asked::new(&text, Vec::new());
    let id = asked.question;
    let mounted = asked.mount(move || view! { <Question id=id /> });
    settled().await;
    assert!(mounted.find::<Element>(".bubble").has_attribute("data-folded"));
    assert_eq!(mounted.text(".bubble"), text);
    mounted.press("[data-testid=fold-question]");
    settled().await;
    assert!(!mounted.find::<Element>(".bubble").has_attribute("data-folded"));
}

/// A conversation of so many questions and answers of 2 KB each.
fn long_conversation(pairs: usize) -> ConversationStore {
    let mut conversation = Conversation::new();
    for number in 0..pairs {
        conversation.push(Turn::question(&format!("Question {number}?")));
        conversation.push(answer_of(&format!("Answer {number}. {}", "wind ".repeat(400))));
    }
    let signals = |id| {
        let role = conversation.turn(id).map_or(Role::User, |turn| turn.role);
        (id, TurnSignals::new(role, false, TurnState::Complete))
    };
    let signals = conversation.ids().map(signals).collect();
    ConversationStore { conversation, signals, ..ConversationStore::default() }
}

/// Covers Earlier: event, state.
#[wasm_bindgen_test]
async fn of_a_long_conversation_the_end_is_in_the_page_and_the_rest_comes_by_its_button() {
    let asked = Asked::new("Why?", vec![answer_of("Because.")]);
    let mounted = asked.mount(|| view! { <Turns /> });
    settled().await;
    assert_eq!(mounted.count("[data-testid=earlier-turns]"), 0, "all of a short one is there");
    let conversation = asked.chat.conversation;
    conversation.replace(long_conversation(50));
    settled().await;
    // 4 KB of answers with 2 KB each.
    assert_eq!(mounted.count("article"), 6);
    assert_eq!(mounted.text("[data-testid=earlier-turns]"), words::earlier_turns(94));
    assert!(mounted.text(".turns").contains("Answer 49.") && !mounted.text(".turns").contains("Answer 46."));
    mounted.press("[data-testid=earlier-turns]");
    settled().await;
    assert!(mounted.count("article") > 6 && mounted.text(".turns").contains("Answer 46."));
    let first = conversation.path.with_untracked(|path| path[0].turn);
    conversation.reach(first);
    settled().await;
    assert_eq!((mounted.count("article"), mounted.count("[data-testid=earlier-turns]")), (100, 0));
    conversation.with_store(|store| {
        let id = store.conversation.push(Turn::question("And then?"));
        store.signals.push((id, TurnSignals::new(Role::User, false, TurnState::Complete)));
    });
    conversation.show_path();
    settled().await;
    assert_eq!(mounted.count("article"), 101, "what was brought stays");
}
