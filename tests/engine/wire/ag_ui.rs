//! Tests of AG-UI.

use super::played::{blocks, events, play, play_whole};
use crate::support::{calls, stop};
use serde_json::json;
use tokenfall::engine::chat::{Cause, Turn, TurnState};
use tokenfall::engine::wire::{BaseUrl, BlockKind, Dialect, Endpoint, Message, Prompt, Role, StopReason};

const FINISHED: &str = r#"{"type":"RUN_FINISHED","threadId":"t","runId":"r"}"#;

fn stream(data: &[&str]) -> Turn {
    play(Dialect::AgUi, events(data))
}

#[test]
fn a_run_is_text_reasoning_calls_results_and_state_as_it_came() {
    let turn = play(Dialect::AgUi, include_bytes!("../../fixtures/ag-ui/run-with-a-tool.sse"));
    let steps = r#"{"type":"STEP_STARTED","stepName":"plan"}"#;
    let result =
        r#"{"type":"TOOL_CALL_RESULT","messageId":"n","toolCallId":"c","content":"9","role":"tool"}"#;
    let change = |value: u8| {
        format!(r#"{{"type":"STATE_DELTA","delta":[{{"op":"replace","path":"/a","value":{value}}}]}}"#)
    };
    assert_eq!(
        blocks(&turn),
        [
            (BlockKind::Other, steps),
            (BlockKind::Reasoning, "hm"),
            (BlockKind::ToolCall, r#"{"city":"Köln"}"#),
            (BlockKind::Other, result),
            (BlockKind::Other, r#"{"type":"STATE_SNAPSHOT","snapshot":{"a":1}}"#),
            (BlockKind::Other, format!("{}\n{}", change(2), change(3)).as_str()),
            (BlockKind::Text, "It is 9°."),
            (BlockKind::Other, r#"{"type":"STEP_FINISHED","stepName":"plan"}"#),
        ]
    );
    assert_eq!(turn.blocks[1].opaque[0].value, "AA==");
    assert_eq!(calls(&turn)[0].1, "weather");
    let usage = turn.usage.unwrap();
    assert_eq!((usage.input, usage.output), (Some(6), Some(4)));
    assert_eq!(turn.identity.id.as_deref(), Some("r-1"));
}

#[test]
fn chunks_go_to_what_was_begun_last_where_they_name_nothing() {
    let turn = play(Dialect::AgUi, include_bytes!("../../fixtures/ag-ui/chunks-without-ids.sse"));
    assert_eq!(blocks(&turn), [(BlockKind::Text, "Hello"), (BlockKind::ToolCall, "{\"a\":1}")]);
    assert_eq!(calls(&turn)[0].0, "c");
}

#[test]
fn messages_that_run_side_by_side_are_told_apart_by_their_ids() {
    let turn = stream(&[
        r#"{"type":"TEXT_MESSAGE_START","messageId":"a","role":"assistant"}"#,
        r#"{"type":"TEXT_MESSAGE_START","messageId":"b","role":"assistant"}"#,
        r#"{"type":"TEXT_MESSAGE_CONTENT","messageId":"a","delta":"1"}"#,
        r#"{"type":"TEXT_MESSAGE_CONTENT","messageId":"b","delta":"2"}"#,
        r#"{"type":"TEXT_MESSAGE_CONTENT","messageId":"a","delta":"3"}"#,
        r#"{"type":"TEXT_MESSAGE_END","messageId":"a"}"#,
        r#"{"type":"TEXT_MESSAGE_END","messageId":"b"}"#,
        FINISHED,
    ]);
    assert_eq!(blocks(&turn), [(BlockKind::Text, "13"), (BlockKind::Text, "2")]);
}

#[test]
fn names_of_the_time_before_1_0_are_read() {
    let turn = stream(&[
        r#"{"type":"THINKING_START"}"#,
        r#"{"type":"THINKING_TEXT_MESSAGE_START"}"#,
        r#"{"type":"THINKING_TEXT_MESSAGE_CONTENT","delta":"h"}"#,
        r#"{"type":"THINKING_TEXT_MESSAGE_CONTENT","delta":"m"}"#,
        r#"{"type":"THINKING_TEXT_MESSAGE_END"}"#,
        r#"{"type":"THINKING_END"}"#,
        r#"{"type":"TEXT_MESSAGE_CONTENT","messageId":"a","delta":"yes"}"#,
        FINISHED,
    ]);
    assert_eq!(blocks(&turn), [(BlockKind::Reasoning, "hm"), (BlockKind::Text, "yes")]);
}

#[test]
fn a_run_that_waits_for_somebody_is_paused_and_says_for_what() {
    for outcome in [r#""interrupt""#, r#"{"type":"interrupt","interrupts":[{"id":"i","reason":"approve?"}]}"#]
    {
        let end = format!(r#"{{"type":"RUN_FINISHED","runId":"r","outcome":{outcome}}}"#);
        let turn = stream(&[r#"{"type":"TEXT_MESSAGE_CONTENT","messageId":"a","delta":"x"}"#, &end]);
        assert_eq!((stop(&turn), turn.state), ((StopReason::Paused, "interrupt"), TurnState::Paused));
        assert_eq!(turn.blocks_of(BlockKind::Other).next().unwrap().text, end);
    }
}

#[test]
fn a_call_without_arguments_is_an_empty_object() {
    let turn = stream(&[
        r#"{"type":"TOOL_CALL_START","toolCallId":"c","toolCallName":"f"}"#,
        r#"{"type":"TOOL_CALL_END","toolCallId":"c"}"#,
        FINISHED,
    ]);
    assert_eq!(blocks(&turn), [(BlockKind::ToolCall, "{}")]);
}

#[test]
fn an_error_keeps_the_text_and_a_run_without_its_end_is_cut() {
    let turn = play(Dialect::AgUi, include_bytes!("../../fixtures/ag-ui/run-error-after-text.sse"));
    assert_eq!(turn.text(), "Half");
    let cause = turn.failure.unwrap().cause;
    assert!(
        matches!(&cause, Cause::Provider(error) if error.code == "oom" && error.message == "out of memory")
    );
    assert_eq!(play_whole(Dialect::AgUi, r#"{"detail":"no"}"#).state, TurnState::Failed);
    let cut = stream(&[r#"{"type":"TEXT_MESSAGE_CONTENT","messageId":"m","delta":"Half"}"#, "[DONE]"]);
    assert_eq!(cut.state, TurnState::Interrupted);
}

#[test]
fn events_of_later_versions_are_kept_as_they_came() {
    let turn = stream(&[r#"{"type":"NOVEL","a":1}"#, FINISHED]);
    assert_eq!(turn.unknown[0].raw, r#"{"type":"NOVEL","a":1}"#);
}

#[test]
fn a_request_is_the_input_of_a_run() {
    let prompt = Prompt {
        messages: vec![Message { role: Role::User, text: "a".to_owned() }],
        stream: true,
        ..Prompt::default()
    };
    let base = BaseUrl::parse("https://a.example/agent", false).unwrap();
    let request = Endpoint { dialect: Dialect::AgUi, base, key: None }.request(&prompt);
    assert_eq!(request.url, "https://a.example/agent");
    let body: serde_json::Value = serde_json::from_str(&request.body.unwrap()).unwrap();
    assert_eq!(
        body,
        json!({
            "threadId": "chat", "runId": "r1", "state": {}, "messages": [{"id": "m1", "role": "user", "content": "a"}],
            "tools": [], "context": [], "forwardedProps": {},
        })
    );
}
