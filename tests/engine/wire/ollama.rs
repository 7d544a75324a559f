//! Tests of Ollama's own protocol.

use super::played::{blocks, play, play_whole};
use serde_json::json;
use tokenfall::engine::chat::{Cause, Turn, TurnState};
use tokenfall::engine::wire::{BaseUrl, BlockKind, Dialect, Endpoint, Message, Prompt, Role, StopReason};

const DONE: &str = r#"{"message":{"content":""},"done":true,"done_reason":"stop"}"#;

fn stream(lines: &[&str]) -> Turn {
    play(Dialect::Ollama, lines.join("\n"))
}

#[test]
fn an_empty_content_beside_thinking_does_not_end_the_thinking() {
    let turn = stream(&[
        r#"{"message":{"role":"assistant","content":"","thinking":"h"},"done":false}"#,
        r#"{"message":{"role":"assistant","content":"","thinking":"m"},"done":false}"#,
        r#"{"message":{"role":"assistant","content":"yes"},"done":false}"#,
        DONE,
    ]);
    assert_eq!(blocks(&turn), [(BlockKind::Reasoning, "hm"), (BlockKind::Text, "yes")]);
    assert_eq!(turn.state, TurnState::Complete);
}

#[test]
fn calls_are_whole_objects_and_stop_means_tools() {
    let turn = stream(&[
        r#"{"message":{"content":"","tool_calls":[{"id":"1","function":{"name":"f","arguments":{"a": 1}}},{"function":{"name":"g"}}]},"done":false}"#,
        DONE,
    ]);
    assert_eq!(blocks(&turn), [(BlockKind::ToolCall, r#"{"a": 1}"#), (BlockKind::ToolCall, "{}")]);
    let stop = turn.stop.unwrap();
    assert_eq!((stop.reason, stop.wire.as_str()), (StopReason::ToolCalls, "stop"));
}

#[test]
fn a_surrogate_pair_cut_between_lines_is_joined() {
    let turn = stream(&[
        r#"{"message":{"content":"\ud83d"},"done":false}"#,
        r#"{"message":{"content":"\udc66"},"done":false}"#,
        DONE,
    ]);
    assert_eq!(turn.text(), "👦");
}

#[test]
fn the_counters_of_the_last_line_are_the_usage_and_nothing_else_of_it() {
    let turn = stream(&[
        r#"{"model":"m","response":"a","done":true,"done_reason":"length","context":[1,2],"prompt_eval_count":3,"eval_count":4,"eval_duration":5}"#,
    ]);
    let usage = turn.usage.unwrap();
    assert_eq!((usage.input, usage.output), (Some(3), Some(4)));
    assert_eq!(usage.raw, r#"{"prompt_eval_count":3,"eval_count":4,"eval_duration":5}"#);
    assert_eq!(turn.identity.model.as_deref(), Some("m"));
    assert_eq!(turn.state, TurnState::Truncated);
}

#[test]
fn blank_lines_are_skipped_and_a_last_line_without_its_end_counts() {
    let turn = stream(&[r#"{"message":{"content":"a"},"done":false}"#, "", "\r", DONE]);
    assert_eq!((turn.text().as_str(), turn.state), ("a", TurnState::Complete));
}

#[test]
fn an_error_line_keeps_the_text() {
    for error in [r#"{"error":"out of memory"}"#, r#"{"detail":"out of memory"}"#] {
        let turn = stream(&[r#"{"message":{"content":"part"},"done":false}"#, error]);
        assert_eq!((turn.text().as_str(), turn.state), ("part", TurnState::Failed));
        assert!(
            matches!(turn.failure.unwrap().cause, Cause::Provider(error) if error.message == "out of memory")
        );
    }
}

#[test]
fn a_body_without_done_is_interrupted() {
    let turn = stream(&[r#"{"message":{"content":"part"},"done":false}"#]);
    assert_eq!(turn.state, TurnState::Interrupted);
}

#[test]
fn lines_of_another_shape_are_kept_as_unknown() {
    let turn = stream(&[r#"{"weather":1}"#, DONE]);
    assert_eq!(turn.unknown[0].raw, r#"{"weather":1}"#);
}

#[test]
fn a_whole_answer_and_an_error_with_status_200() {
    let answer =
        play_whole(Dialect::Ollama, r#"{"message":{"content":"hi"},"done":true,"done_reason":"stop"}"#);
    assert_eq!((answer.text().as_str(), answer.state), ("hi", TurnState::Complete));
    assert_eq!(play_whole(Dialect::Ollama, r#"{"error":"no"}"#).state, TurnState::Failed);
    assert_eq!(play_whole(Dialect::Ollama, r#"{"message":"no"}"#).state, TurnState::Failed);
}

#[test]
fn a_request_says_false_where_it_wants_no_stream() {
    let prompt = Prompt {
        model: "m".to_owned(),
        system: "s".to_owned(),
        messages: vec![Message { role: Role::User, text: "a".to_owned() }],
        max_tokens: Some(9),
        ..Prompt::default()
    };
    let base = BaseUrl::parse("http://127.0.0.1:11434", false).unwrap();
    let request = Endpoint { dialect: Dialect::Ollama, base, key: None }.request(&prompt);
    assert_eq!(request.url, "http://127.0.0.1:11434/api/chat");
    let body: serde_json::Value = serde_json::from_str(&request.body.unwrap()).unwrap();
    assert_eq!(
        body,
        json!({
            "model": "m", "stream": false, "options": { "num_predict": 9 },
            "messages": [{ "role": "system", "content": "s" }, { "role": "user", "content": "a" }],
        })
    );
}
