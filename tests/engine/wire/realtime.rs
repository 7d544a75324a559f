//! Tests of OpenAI Realtime over a WebSocket, text alone.

use super::played::{blocks, events, play};
use crate::support::{calls, stop};
use serde_json::{json, to_value};
use tokenfall::engine::chat::Server;
use tokenfall::engine::chat::{Cause, Turn, TurnState};
use tokenfall::engine::session::{Next, Plan, Session};
use tokenfall::engine::timestamp::Timestamp;
use tokenfall::engine::wire::realtime::{
    ClientEvent, Item, ItemOrder, ResponseOptions, Talk, address, opening,
};
use tokenfall::engine::wire::{
    BaseUrl, BlockKind, Dialect, Endpoint, Extra, Key, Message, Prompt, Role, StopReason,
    realtime_subprotocols,
};

const CREATED: &str = r#"{"type":"response.created","response":{"id":"r","status":"in_progress"}}"#;
const TEXT: &str = r#"{"type":"response.output_text.delta","response_id":"r","item_id":"a","content_index":0,"delta":"Half"}"#;

fn stream(data: &[&str]) -> Turn {
    play(Dialect::Realtime, events(data))
}

fn done(response: &str) -> String {
    format!(r#"{{"type":"response.done","response":{{"id":"r",{response}}}}}"#)
}

#[test]
fn text_and_calls_come_with_their_names_and_counts() {
    let turn = play(Dialect::Realtime, include_bytes!("../../fixtures/realtime/text-and-call.sse"));
    assert_eq!(blocks(&turn), [(BlockKind::Text, "Hello"), (BlockKind::ToolCall, r#"{"a":1}"#)]);
    let call = calls(&turn).remove(0);
    assert_eq!((call.0.as_str(), call.1.as_str()), ("c", "weather"));
    assert_eq!(stop(&turn), (StopReason::ToolCalls, "completed"));
    let usage = turn.usage.unwrap();
    assert_eq!((usage.input, usage.cached, usage.output), (Some(8), Some(3), Some(4)));
    assert_eq!(
        (turn.identity.id.as_deref(), turn.identity.model.as_deref()),
        (Some("r"), Some("gpt-realtime"))
    );
    assert!(turn.unknown.is_empty());
}

#[test]
fn items_that_run_side_by_side_are_told_apart() {
    let turn = stream(&[
        CREATED,
        TEXT,
        r#"{"type":"response.output_text.delta","response_id":"r","item_id":"b","content_index":0,"delta":"two"}"#,
        r#"{"type":"response.output_text.delta","response_id":"r","item_id":"a","content_index":1,"delta":"part"}"#,
        r#"{"type":"response.output_text.delta","response_id":"r","item_id":"a","content_index":0,"delta":"."}"#,
        &done(r#""status":"completed""#),
    ]);
    let texts: Vec<_> = blocks(&turn).into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, ["Half.", "two", "part"]);
}

#[test]
fn each_status_is_an_end_of_its_own() {
    for (response, state, reason) in [
        (r#""status":"completed""#, TurnState::Complete, StopReason::Finished),
        (
            r#""status":"cancelled","status_details":{"type":"cancelled","reason":"client_cancelled"}"#,
            TurnState::Stopped,
            StopReason::Cancelled,
        ),
        (
            r#""status":"incomplete","status_details":{"reason":"max_output_tokens"}"#,
            TurnState::Truncated,
            StopReason::Length,
        ),
        (
            r#""status":"incomplete","status_details":{"reason":"content_filter"}"#,
            TurnState::Filtered,
            StopReason::Filtered,
        ),
        (r#""status":"novel""#, TurnState::Halted, StopReason::Other),
    ] {
        let turn = stream(&[CREATED, TEXT, &done(response)]);
        assert_eq!((turn.text().as_str(), turn.state, stop(&turn).0), ("Half", state, reason), "{response}");
    }
}

#[test]
fn a_response_that_failed_is_told_with_the_servers_code() {
    let turn = stream(&[
        CREATED,
        TEXT,
        &done(
            r#""status":"failed","status_details":{"error":{"type":"invalid_request_error","code":"rate_limit_exceeded","message":"Slow down"}}"#,
        ),
    ]);
    let cause = turn.failure.as_ref().map(|failure| &failure.cause);
    assert!(
        matches!(cause, Some(Cause::Provider(error)) if error.code == "rate_limit_exceeded"),
        "{cause:?}"
    );
    assert_eq!(turn.text(), "Half");
}

#[test]
fn an_error_before_the_answer_ends_it_and_one_about_another_message_does_not() {
    let error = r#"{"type":"error","error":{"type":"invalid_request_error","code":"x","message":"no","event_id":"m"}}"#;
    assert_eq!(stream(&[error]).state, TurnState::Failed);
    let turn = stream(&[CREATED, TEXT, error, &done(r#""status":"completed""#)]);
    assert_eq!((turn.state, turn.unknown[0].raw.as_str()), (TurnState::Complete, error));
}

#[test]
fn events_of_another_response_are_none_of_this_answer() {
    let turn = stream(&[
        CREATED,
        TEXT,
        r#"{"type":"response.created","response":{"id":"s"}}"#,
        r#"{"type":"response.output_text.delta","response_id":"s","item_id":"z","content_index":0,"delta":"other"}"#,
        r#"{"type":"response.done","response":{"id":"s","status":"completed"}}"#,
        &done(r#""status":"completed""#),
    ]);
    assert_eq!((turn.text().as_str(), turn.unknown.len(), turn.state), ("Half", 3, TurnState::Complete));
}

#[test]
fn sound_is_a_sign_of_life_and_its_words_are_text_also_under_names_of_the_beta() {
    let turn = stream(&[
        CREATED,
        r#"{"type":"response.output_audio.delta","response_id":"r","item_id":"a","delta":"AAAA"}"#,
        r#"{"type":"response.output_audio_transcript.delta","response_id":"r","item_id":"a","content_index":0,"delta":"Hi"}"#,
        r#"{"type":"response.text.delta","response_id":"r","item_id":"b","content_index":0,"delta":" you"}"#,
        &done(r#""status":"completed""#),
    ]);
    assert_eq!((turn.text().as_str(), turn.unknown.len()), ("Hi you", 0));
}

#[test]
fn the_messages_that_ask_are_what_the_api_wants() {
    let said = |role, text: &str| Message { role, text: text.to_owned() };
    let prompt = Prompt {
        system: "s".to_owned(),
        messages: vec![said(Role::User, "a"), said(Role::Assistant, "b"), said(Role::User, "c")],
        max_tokens: Some(9),
        stream: true,
        ..Prompt::default()
    };
    let item = |role: &str, kind: &str, text: &str| json!({"type": "conversation.item.create", "item": {"type": "message", "role": role, "content": [{"type": kind, "text": text}]}});
    assert_eq!(
        to_value(opening(&prompt)).unwrap(),
        json!([
            {"type": "session.update", "session": {"type": "realtime", "output_modalities": ["text"], "instructions": "s", "max_output_tokens": 9}},
            item("user", "input_text", "a"),
            item("assistant", "output_text", "b"),
            item("user", "input_text", "c"),
            {"type": "response.create"},
        ])
    );
}

#[test]
fn the_client_speaks_and_stops_while_an_answer_runs() {
    let item = Item::FunctionCallOutput { call_id: "c".to_owned(), output: "9".to_owned() };
    for (event, expected) in [
        (
            ClientEvent::ItemCreate { previous_item_id: Some("i".to_owned()), item: Item::said("wait") },
            json!({"type": "conversation.item.create", "previous_item_id": "i", "item": {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "wait"}]}}),
        ),
        (
            ClientEvent::ItemCreate { previous_item_id: None, item },
            json!({"type": "conversation.item.create", "item": {"type": "function_call_output", "call_id": "c", "output": "9"}}),
        ),
        (ClientEvent::ResponseCancel { response_id: None }, json!({"type": "response.cancel"})),
        (
            ClientEvent::ResponseCancel { response_id: Some("r".to_owned()) },
            json!({"type": "response.cancel", "response_id": "r"}),
        ),
        (
            ClientEvent::ResponseCreate {
                response: Some(ResponseOptions {
                    instructions: Some("x".to_owned()),
                    max_output_tokens: None,
                }),
            },
            json!({"type": "response.create", "response": {"instructions": "x"}}),
        ),
    ] {
        assert_eq!(to_value(event).unwrap(), expected);
    }
}

#[test]
fn the_key_goes_in_a_sub_protocol_behind_the_one_that_is_spoken() {
    let key = Key::new("ek_abc").unwrap();
    assert_eq!(realtime_subprotocols(key.as_ref()), ["realtime", "openai-insecure-api-key.ek_abc"]);
    assert_eq!(realtime_subprotocols(None), ["realtime"]);
}

#[test]
fn items_stand_in_the_servers_order_in_whatever_order_they_are_told() {
    let steps = [("a", None), ("b", Some("a")), ("c", Some("b")), ("d", Some("b")), ("z", None)];
    let mut told = ItemOrder::default();
    for (id, previous) in steps {
        told.add(id, previous);
    }
    assert_eq!(told.ids().collect::<Vec<_>>(), ["z", "a", "b", "d", "c"]);
    let mut late = ItemOrder::default();
    for (id, previous) in [("c", Some("b")), ("b", Some("a")), ("a", None)] {
        late.add(id, previous);
    }
    assert_eq!(late.ids().collect::<Vec<_>>(), ["a", "b", "c"]);
    late.add("b", Some("c"));
    late.add("y", Some("nobody"));
    assert_eq!(late.ids().collect::<Vec<_>>(), ["a", "b", "c", "y"]);
    late.remove("b");
    late.remove("y");
    assert_eq!(late.ids().collect::<Vec<_>>(), ["a", "c"]);
}

#[test]
fn the_address_of_the_socket_names_the_model_whatever_signs_are_in_it() {
    for (base, model, expected) in [
        ("https://api.openai.com/v1", "gpt-realtime", "wss://api.openai.com/v1/realtime?model=gpt-realtime"),
        ("http://127.0.0.1:8080", "a/b c&d=é", "ws://127.0.0.1:8080/realtime?model=a%2Fb%20c%26d%3D%C3%A9"),
    ] {
        let base = BaseUrl::parse(base, false).unwrap();
        let endpoint = Endpoint { dialect: Dialect::Realtime, base, key: None };
        assert_eq!(address(&endpoint, model), expected);
    }
}

fn kinds(events: &[String]) -> Vec<String> {
    let kind = |event: &String| {
        let event: serde_json::Value = serde_json::from_str(event).unwrap();
        event["type"].as_str().unwrap().to_owned()
    };
    events.iter().map(kind).collect()
}

#[test]
fn who_speaks_in_mid_answer_cancels_it_once_and_asks_again_only_behind_its_end() {
    let mut talk = Talk::default();
    let said = Message { role: Role::User, text: "a".to_owned() };
    let extra = Extra::parse(r#"{"session":{"temperature":1},"event_id":"e"}"#).unwrap();
    let prompt = Prompt { messages: vec![said], extra: Some(extra), ..Prompt::default() };
    let opened = talk.open(&prompt);
    assert_eq!(kinds(&opened), ["session.update", "conversation.item.create", "response.create"]);
    assert!(opened[0].contains(r#""temperature":1},"event_id":"e""#), "{}", opened[0]);
    assert!(!opened[1].contains("event_id"), "the person's own JSON is for the first message alone");
    assert_eq!(talk.heard(&done(r#""status":"completed""#)), None, "nobody spoke");
    assert_eq!(kinds(&talk.say("wait")), ["conversation.item.create", "response.cancel"]);
    assert_eq!(kinds(&talk.say("and")), ["conversation.item.create"]);
    assert_eq!(talk.heard(TEXT), None);
    assert_eq!(talk.heard("no JSON"), None);
    let answer = talk.heard(&done(r#""status":"cancelled""#));
    assert_eq!(kinds(&Vec::from_iter(answer)), ["response.create"]);
    assert_eq!(talk.heard(&done(r#""status":"completed""#)), None, "asked once");
    assert_eq!(kinds(&Vec::from_iter(talk.stop())), ["response.cancel"]);
    assert_eq!(talk.stop(), None, "stopped once");
}

const AT: Timestamp = Timestamp::ORIGIN;

/// An answer over a socket that has said its first word.
fn running() -> (Session, Talk) {
    let plan = Plan::new(Dialect::Realtime, true, "", Server::default(), None);
    let (mut session, mut talk) = (Session::new(plan, AT), Talk::default());
    session.opened(AT);
    for event in talk.open(&Prompt::default()) {
        session.sent(&event, AT);
    }
    assert_eq!((session.message(CREATED, AT), session.message(TEXT, AT)), (Next::More, Next::More));
    (session, talk)
}

/// Plays messages of the server, to which the client says what it has to.
fn hear(session: &mut Session, talk: &mut Talk, messages: &[&str]) -> Next {
    let mut next = Next::More;
    for message in messages {
        next = session.message(message, AT);
        if let Some(answer) = talk.heard(message) {
            session.sent(&answer, AT);
        }
    }
    next
}

const SECOND: &str = r#"{"type":"response.created","response":{"id":"s"}}"#;
const ANOTHER: &str = r#"{"type":"response.output_text.delta","response_id":"s","item_id":"z","content_index":0,"delta":" way"}"#;
const USED: &str =
    r#""usage":{"input_tokens":10,"output_tokens":2,"input_token_details":{"cached_tokens":4}}"#;

#[test]
fn an_answer_goes_on_in_the_next_response_behind_what_was_said_and_costs_both() {
    for status in ["cancelled", "completed", "incomplete"] {
        let (mut session, mut talk) = running();
        for event in talk.say("no, another way") {
            session.sent(&event, AT);
        }
        // The end and the cancelling may have crossed.
        let crossed = r#"{"type":"error","error":{"type":"invalid_request_error","code":"response_cancel_not_active","message":"no"}}"#;
        let first = done(&format!(r#""status":"{status}",{USED}"#));
        let last =
            format!(r#"{{"type":"response.done","response":{{"id":"s","status":"completed",{USED}}}}}"#);
        assert_eq!(
            hear(&mut session, &mut talk, &[&first, crossed, SECOND, ANOTHER]),
            Next::More,
            "{status}"
        );
        assert_eq!(session.turn().state, TurnState::Streaming, "{status}");
        assert_eq!(hear(&mut session, &mut talk, &[&last]), Next::Enough);
        let turn = session.turn();
        assert_eq!((turn.text().as_str(), turn.state), ("Half way", TurnState::Complete), "{status}");
        let spoken: Vec<_> = turn.spoken();
        let spoken: Vec<_> = spoken.iter().map(|(role, text)| (*role, text.as_str())).collect();
        let expected =
            [(Role::Assistant, "Half"), (Role::User, "no, another way"), (Role::Assistant, " way")];
        assert_eq!(spoken, expected, "both in the order in which they spoke");
        let usage = turn.usage.as_ref().unwrap();
        assert_eq!((usage.input, usage.cached, usage.output), (Some(20), Some(8), Some(4)));
    }
}

#[test]
fn a_response_that_failed_or_was_cancelled_by_nobody_ends_the_answer_also_behind_a_word_of_the_person() {
    let (mut session, mut talk) = running();
    for event in talk.say("wait") {
        session.sent(&event, AT);
    }
    assert_eq!(hear(&mut session, &mut talk, &[&done(r#""status":"failed""#)]), Next::Enough);
    assert_eq!(session.turn().state, TurnState::Failed);
    let (mut session, mut talk) = running();
    assert_eq!(hear(&mut session, &mut talk, &[&done(r#""status":"cancelled""#)]), Next::Enough);
    assert_eq!(session.turn().state, TurnState::Stopped);
}

#[test]
fn a_second_answer_that_is_refused_is_told_and_waited_for_no_more() {
    let (mut session, mut talk) = running();
    for event in talk.say("wait") {
        session.sent(&event, AT);
    }
    let refused = r#"{"type":"error","error":{"type":"server_error","code":"busy","message":"no"}}"#;
    let next = hear(&mut session, &mut talk, &[&done(r#""status":"cancelled""#), refused]);
    assert_eq!((next, session.turn().state), (Next::Enough, TurnState::Failed));
    assert_eq!(session.turn().text(), "Half");
}
