//! Tests of the UI message stream of Vercel's AI SDK.

use super::played::{blocks, events, play, play_whole};
use crate::support::{calls, stop};
use serde_json::json;
use tokenfall::engine::chat::{Cause, Turn, TurnState};
use tokenfall::engine::wire::{BaseUrl, BlockKind, Dialect, Endpoint, Message, Prompt, Role, StopReason};

fn stream(data: &[&str]) -> Turn {
    play(Dialect::UiMessages, events(data))
}

#[test]
fn parts_with_an_id_that_came_before_are_parts_of_their_own() {
    let turn =
        play(Dialect::UiMessages, include_bytes!("../../fixtures/ui-messages/two-steps-with-a-tool.sse"));
    let result = r#"{"type":"tool-output-available","toolCallId":"c1","output":{"degrees":9}}"#;
    let usage = r#"{"totalUsage":{"inputTokens":12,"outputTokens":7,"reasoningTokens":2}}"#;
    assert_eq!(
        blocks(&turn),
        [
            (BlockKind::Other, format!("{{\"model\":\"m-1\"}}\n{usage}").as_str()),
            (BlockKind::Reasoning, "hm"),
            (BlockKind::Text, "Looking. "),
            (BlockKind::ToolCall, r#"{"city":"Köln"}"#),
            (BlockKind::Other, result),
            (BlockKind::Text, "It is 9°."),
        ]
    );
    assert_eq!(turn.blocks[5].citations[0].url, "https://a.example");
    assert_eq!(stop(&turn), (StopReason::Finished, "stop"));
    let usage = turn.usage.unwrap();
    assert_eq!((usage.input, usage.output, usage.reasoning), (Some(12), Some(7), Some(2)));
    assert_eq!((turn.identity.id.as_deref(), turn.identity.model.as_deref()), (Some("msg-1"), Some("m-1")));
}

#[test]
fn calls_that_come_whole_and_calls_that_went_wrong_are_shown_with_what_became_of_them() {
    let error =
        r#"{"type":"tool-input-error","toolCallId":"b","toolName":"g","input":"{bad","errorText":"no JSON"}"#;
    let denied = r#"{"type":"tool-output-denied","toolCallId":"a"}"#;
    let turn = stream(&[
        r#"{"type":"tool-input-available","toolCallId":"a","toolName":"f","input":{"x": 1},"dynamic":true}"#,
        r#"{"type":"tool-approval-request","toolCallId":"a","approvalId":"p"}"#,
        denied,
        error,
        r#"{"type":"tool-input-start","toolCallId":"c","toolName":"h","providerExecuted":true}"#,
        r#"{"type":"tool-input-available","toolCallId":"c","toolName":"h"}"#,
        r#"{"type":"finish","finishReason":"tool-calls"}"#,
        "[DONE]",
    ]);
    let expected = [
        ("a", "f", r#"{"x": 1}"#, "dynamic"),
        ("b", "g", "{bad", "function"),
        ("c", "h", "{}", "provider-executed"),
    ];
    let found = calls(&turn);
    let found =
        found.iter().map(|(id, name, text, kind)| (id.as_str(), name.as_str(), text.as_str(), kind.as_str()));
    assert_eq!(found.collect::<Vec<_>>(), expected);
    let others: Vec<_> = turn.blocks_of(BlockKind::Other).map(|block| block.text.as_str()).collect();
    assert!(others[0].ends_with(denied) && others[0].lines().count() == 2, "{others:?}");
    assert_eq!(others[1], error);
    assert_eq!((stop(&turn), turn.state), ((StopReason::ToolCalls, "tool-calls"), TurnState::Complete));
}

#[test]
fn data_parts_stand_as_they_came_those_of_one_id_in_one_place() {
    let turn = stream(&[
        r#"{"type":"data-weather","id":"w","data":{"is":"loading"}}"#,
        r#"{"type":"text-delta","id":"t","delta":"a"}"#,
        r#"{"type":"data-weather","id":"w","data":{"is":9}}"#,
        r#"{"type":"data-weather","id":"v","data":1}"#,
        r#"{"type":"custom","kind":"a.b","value":2}"#,
        r#"{"type":"file","url":"data:image/png;base64,AA==","mediaType":"image/png"}"#,
        "[DONE]",
    ]);
    let others: Vec<_> = turn.blocks_of(BlockKind::Other).map(|block| block.text.lines().count()).collect();
    assert_eq!((others.as_slice(), turn.text().as_str()), ([2, 1, 1, 1].as_slice(), "a"));
}

#[test]
fn ten_thousand_updates_of_a_data_part_are_one_block() {
    let mut data: Vec<String> =
        (0..10_000).map(|n| format!(r#"{{"type":"data-progress","id":"p","data":{n}}}"#)).collect();
    data.push(r#"{"type":"text-delta","id":"t","delta":"done"}"#.to_owned());
    data.push("[DONE]".to_owned());
    let data: Vec<_> = data.iter().map(String::as_str).collect();
    let turn = super::played::play_once(Dialect::UiMessages, &events(&data));
    assert_eq!((turn.blocks.len(), turn.state), (2, TurnState::Complete));
}

#[test]
fn an_error_is_told_in_the_servers_words_and_the_sentinel_behind_it_ends_nothing_well() {
    let turn = play(Dialect::UiMessages, include_bytes!("../../fixtures/ui-messages/error-after-text.sse"));
    assert!(
        matches!(turn.failure.unwrap().cause, Cause::Provider(error) if error.message == "An error occurred.")
    );
    assert_eq!(play_whole(Dialect::UiMessages, r#"{"error":"no"}"#).state, TurnState::Failed);
}

#[test]
fn an_abort_is_a_stop_and_a_finish_without_sentinel_an_end() {
    let aborted = play(Dialect::UiMessages, include_bytes!("../../fixtures/ui-messages/abort.sse"));
    assert_eq!((stop(&aborted), aborted.state), ((StopReason::Cancelled, "abort"), TurnState::Stopped));
    let data = [r#"{"type":"text-delta","id":"t","delta":"a"}"#, r#"{"type":"finish"}"#];
    assert_eq!(stream(&data).state, TurnState::Complete);
    assert_eq!(stream(&data[..1]).state, TurnState::Interrupted);
}

#[test]
fn events_of_later_versions_are_kept_as_they_came() {
    let turn = stream(&[r#"{"type":"reset-step"}"#, r#"{"type":"novel","a":1}"#, "[DONE]"]);
    let unknown: Vec<_> = turn.unknown.iter().map(|unknown| unknown.name.as_str()).collect();
    assert_eq!(unknown, ["reset-step", "novel"]);
}

#[test]
fn a_request_is_what_the_sdks_own_transport_sends() {
    let said = |role, text: &str| Message { role, text: text.to_owned() };
    let prompt = Prompt {
        system: "s".to_owned(),
        messages: vec![said(Role::User, "a"), said(Role::Assistant, ""), said(Role::User, "b")],
        stream: true,
        ..Prompt::default()
    };
    let base = BaseUrl::parse("https://a.example/api/chat", false).unwrap();
    let request = Endpoint { dialect: Dialect::UiMessages, base, key: None }.request(&prompt);
    let body: serde_json::Value = serde_json::from_str(&request.body.unwrap()).unwrap();
    let part = |id: &str, role: &str, text: &str| json!({"id": id, "role": role, "parts": [{"type": "text", "text": text}]});
    let messages = [part("m1", "system", "s"), part("m2", "user", "a"), part("m3", "user", "b")];
    assert_eq!(body, json!({"id": "chat", "messages": messages, "trigger": "submit-message"}));
}
