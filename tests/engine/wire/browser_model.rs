//! Tests of the browser's own model: what it is asked, and the lines that the page writes of what it brings.

use super::played::{play, play_whole};
use crate::support::play as play_pieces;
use serde_json::{Value, json};
use tokenfall::engine::chat::{Cause, Turn, TurnState};
use tokenfall::engine::error::Category;
use tokenfall::engine::messages::browser_model as words;
use tokenfall::engine::tape::End;
use tokenfall::engine::wire::browser_model::Line;
use tokenfall::engine::wire::{BaseUrl, Dialect, Endpoint, Extra, Message, Prompt, Role};

fn body(lines: &[Line<'_>]) -> String {
    lines.iter().map(Line::written).collect()
}

fn read(lines: &[Line<'_>]) -> Turn {
    play(Dialect::BrowserModel, body(lines))
}

fn asked(prompt: &Prompt) -> Value {
    let endpoint = Endpoint { dialect: Dialect::BrowserModel, base: BaseUrl::NONE, key: None };
    let request = endpoint.request(prompt);
    assert_eq!(request.url, "", "nothing goes anywhere");
    serde_json::from_str(&request.body.unwrap()).unwrap()
}

fn said(role: Role, text: &str) -> Message {
    Message { role, text: text.to_owned() }
}

#[test]
fn chunks_are_new_text_whatever_they_look_like_and_the_last_line_makes_the_answer_whole() {
    let turn = read(&[
        Line::Text("{\"error\":1}\n"),
        Line::Text(""),
        Line::Text("\u{2028}\"'\\ data: x"),
        Line::Text("{\"error\":1}\n"),
        Line::Done(true),
    ]);
    assert_eq!(turn.text(), "{\"error\":1}\n\u{2028}\"'\\ data: x{\"error\":1}\n");
    assert_eq!((turn.state, turn.ended, turn.failure), (TurnState::Complete, true, None));
    let whole = play_whole(Dialect::BrowserModel, &body(&[Line::Text("All of it."), Line::Done(true)]));
    assert_eq!((whole.text().as_str(), whole.state), ("All of it.", TurnState::Complete));
}

#[test]
fn an_answer_without_the_last_line_is_cut_whatever_the_transport_says() {
    let half = body(&[Line::Text("Half")]);
    for (end, state) in [
        (End::Closed, TurnState::Interrupted),
        (End::Lost, TurnState::Interrupted),
        (End::Cancelled, TurnState::Stopped),
    ] {
        let turn = play_pieces(Dialect::BrowserModel, &[half.as_bytes()], end);
        assert_eq!((turn.text().as_str(), turn.state), ("Half", state), "{end:?}");
    }
}

#[test]
fn the_share_of_the_model_that_is_fetched_is_progress_and_no_text() {
    let turn = read(&[Line::Fetched(0), Line::Fetched(42)]);
    assert_eq!((turn.progress, turn.text().as_str()), (Some((42, 100)), ""));
    assert_ne!(turn.state, TurnState::Complete);
    let odd = play(Dialect::BrowserModel, "{\"fetched\":\"half\"}\n{\"text\":\"a\"}\n{\"done\":true}\n");
    assert_eq!((odd.progress, odd.text().as_str(), odd.state), (None, "a", TurnState::Complete));
}

#[test]
fn an_error_is_told_in_our_words_with_the_browsers_own_in_the_details_and_keeps_the_text() {
    let error = Line::Error { kind: "NetworkError", message: words::NOT_FETCHED, cause: "net::ERR_X" };
    for (lines, text) in [(vec![error, Line::Done(true)], ""), (vec![Line::Text("Half"), error], "Half")] {
        let turn = read(&lines);
        assert_eq!((turn.state, turn.text().as_str()), (TurnState::Failed, text));
        let failure = turn.failure.unwrap();
        assert!(failure.sentence().ends_with(words::NOT_FETCHED), "{}", failure.sentence());
        assert_eq!(failure.details(), "NetworkError\nnet::ERR_X");
    }
}

#[test]
fn each_of_our_sentences_of_an_error_is_told_whole_and_the_long_conversation_as_such() {
    for message in [
        words::MISSING,
        words::REFUSED,
        words::NOT_ALLOWED,
        words::NOT_SUPPORTED,
        words::NOT_FETCHED,
        words::BROKEN_OFF,
        words::OTHER,
    ] {
        let turn = read(&[Line::Error { kind: "UnknownError", message, cause: "" }]);
        let failure = turn.failure.unwrap();
        assert_eq!(
            failure.sentence(),
            format!("Prompt API reported an error: {message}").replace("Prompt API", &failure.server.host)
        );
        let Cause::Provider(error) = failure.cause else { panic!("{:?}", failure.cause) };
        assert_eq!(error.category, Category::Other, "{message}");
    }
    let long = Line::Error { kind: "QuotaExceededError", message: words::TOO_LONG, cause: "" };
    let Some(Cause::Provider(error)) = read(&[long]).failure.map(|failure| failure.cause) else {
        panic!("no error")
    };
    assert_eq!(error.category, Category::TooLong);
}

#[test]
fn the_conversation_becomes_initial_prompts_and_the_last_question_the_prompt() {
    let prompt = Prompt {
        system: "Be brief.".to_owned(),
        messages: vec![
            said(Role::User, "One?"),
            said(Role::Assistant, "Two."),
            said(Role::Assistant, ""),
            said(Role::User, "Three?"),
        ],
        stream: true,
        extra: Some(
            Extra::parse("{\"expectedOutputs\":[{\"type\":\"text\",\"languages\":[\"en\"]}]}").unwrap(),
        ),
        ..Prompt::default()
    };
    assert_eq!(
        asked(&prompt),
        json!({
            "initialPrompts": [
                { "role": "system", "content": "Be brief." },
                { "role": "user", "content": "One?" },
                { "role": "assistant", "content": "Two." },
            ],
            "prompt": "Three?",
            "expectedOutputs": [{ "type": "text", "languages": ["en"] }],
        })
    );
}

#[test]
fn an_answer_that_goes_on_is_a_prefix_and_a_lone_question_has_nothing_before_it() {
    let begun =
        Prompt { messages: vec![said(Role::User, "One?"), said(Role::Assistant, "Tw")], ..Prompt::default() };
    assert_eq!(
        asked(&begun),
        json!({
            "initialPrompts": [{ "role": "user", "content": "One?" }],
            "prompt": [{ "role": "assistant", "content": "Tw", "prefix": true }],
        })
    );
    let lone = Prompt { messages: vec![said(Role::User, "One?")], ..Prompt::default() };
    assert_eq!(asked(&lone), json!({ "prompt": "One?" }));
    assert_eq!(asked(&Prompt::default()), json!({ "prompt": "" }));
}
