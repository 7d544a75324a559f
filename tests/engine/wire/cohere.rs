//! Tests of Cohere v2 chat.

use super::played::{blocks, events, play, play_whole};
use serde_json::json;
use tokenfall::engine::chat::{Cause, Turn, TurnState};
use tokenfall::engine::wire::{BaseUrl, BlockKind, Dialect, Endpoint, Message, Prompt, Role, StopReason};

const END: &str = r#"{"type":"message-end","delta":{"finish_reason":"COMPLETE","usage":{"billed_units":{"input_tokens":1,"output_tokens":2},"tokens":{"input_tokens":10,"output_tokens":20,"reasoning_tokens":5},"cached_tokens":4}}}"#;

fn stream(data: &[&str]) -> Turn {
    play(Dialect::Cohere, events(data))
}

fn content(index: u32, field: &str, text: &str) -> String {
    format!(
        r#"{{"type":"content-delta","index":{index},"delta":{{"message":{{"content":{{"{field}":"{text}"}}}}}}}}"#
    )
}

#[test]
fn thinking_and_text_are_told_apart_by_their_field() {
    let turn = stream(&[
        r#"{"type":"message-start","id":"m","delta":{"message":{"role":"assistant","content":[],"tool_plan":"","tool_calls":[],"citations":[]}}}"#,
        r#"{"type":"content-start","index":0,"delta":{"message":{"content":{"type":"thinking","thinking":"h"}}}}"#,
        &content(0, "thinking", "m"),
        r#"{"type":"content-end","index":0}"#,
        &content(1, "text", "y\\ud83d"),
        &content(1, "text", "\\udc66"),
        END,
        "[DONE]",
    ]);
    assert_eq!(blocks(&turn), [(BlockKind::Reasoning, "hm"), (BlockKind::Text, "y👦")]);
    assert_eq!(turn.identity.id.as_deref(), Some("m"));
    assert_eq!(turn.state, TurnState::Complete);
}

#[test]
fn usage_counts_tokens_and_not_what_is_billed() {
    let usage = stream(&[END]).usage.unwrap();
    assert_eq!(
        (usage.input, usage.cached, usage.output, usage.reasoning),
        (Some(10), Some(4), Some(20), Some(5))
    );
}

#[test]
fn a_plan_then_calls_whose_arguments_come_in_pieces() {
    let turn = stream(&[
        r#"{"type":"tool-plan-delta","delta":{"message":{"tool_plan":"I will "}}}"#,
        r#"{"type":"tool-plan-delta","delta":{"message":{"tool_plan":"look"}}}"#,
        r#"{"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":{"id":"c","type":"function","function":{"name":"f","arguments":""}}}}}"#,
        r#"{"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"{\"a\":"}}}}}"#,
        r#"{"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"1}"}}}}}"#,
        r#"{"type":"tool-call-end","index":0}"#,
        r#"{"type":"tool-call-start","index":1,"delta":{"message":{"tool_calls":{"id":"d","type":"function","function":{"name":"g","arguments":""}}}}}"#,
        r#"{"type":"tool-call-end","index":1}"#,
        r#"{"type":"message-end","delta":{"finish_reason":"TOOL_CALL"}}"#,
    ]);
    assert_eq!(
        blocks(&turn),
        [
            (BlockKind::Reasoning, "I will look"),
            (BlockKind::ToolCall, r#"{"a":1}"#),
            (BlockKind::ToolCall, "{}"),
        ]
    );
    assert_eq!(turn.blocks[1].tool.as_ref().map(|tool| tool.name.as_str()), Some("f"));
    assert_eq!(turn.stop.map(|stop| stop.reason), Some(StopReason::ToolCalls));
}

#[test]
fn a_citation_finds_its_content_by_content_index_and_not_by_its_own() {
    let turn = stream(&[
        &content(0, "thinking", "h"),
        &content(1, "text", "a"),
        r#"{"type":"citation-start","index":0,"delta":{"message":{"citations":{"start":0,"end":1,"text":"a","content_index":1,"sources":[{"type":"document","id":"d","document":{"title":"T","url":"https://a.example"}}]}}}}"#,
        r#"{"type":"citation-end","index":0}"#,
        END,
    ]);
    let citation = &turn.blocks[1].citations[0];
    assert_eq!((citation.title.as_str(), citation.quote.as_str()), ("T", "a"));
    assert!(turn.unknown.is_empty());
}

#[test]
fn an_end_that_says_error_is_no_end() {
    let turn = stream(&[
        &content(0, "text", "part"),
        r#"{"type":"message-end","delta":{"finish_reason":"ERROR","error":"it broke"}}"#,
        "[DONE]",
    ]);
    assert_eq!((turn.text().as_str(), turn.state), ("part", TurnState::Failed));
    assert!(matches!(turn.failure.unwrap().cause, Cause::Provider(error) if error.message == "it broke"));
}

#[test]
fn done_without_message_end_is_a_cut() {
    assert_eq!(stream(&[&content(0, "text", "part"), "[DONE]"]).state, TurnState::Interrupted);
}

#[test]
fn unknown_events_are_kept_and_a_bare_message_is_an_error() {
    let turn = stream(&[r#"{"type":"debug","message":"hi"}"#, END]);
    assert_eq!((turn.unknown[0].name.as_str(), turn.state), ("debug", TurnState::Complete));
    assert_eq!(stream(&[r#"{"message":"no such key"}"#]).state, TurnState::Failed);
}

#[test]
fn a_whole_answer_makes_the_same_turn_as_its_stream() {
    let turn = play_whole(
        Dialect::Cohere,
        r#"{"id":"m","finish_reason":"MAX_TOKENS","message":{"role":"assistant","content":[{"type":"thinking","thinking":"t"},{"type":"text","text":"hi"}],"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},"usage":{"billed_units":{"input_tokens":3,"output_tokens":4}}}"#,
    );
    assert_eq!(
        blocks(&turn),
        [(BlockKind::Reasoning, "t"), (BlockKind::Text, "hi"), (BlockKind::ToolCall, "{}")]
    );
    assert_eq!(turn.usage.unwrap().input, Some(3), "what is billed, where no tokens are given");
    assert_eq!(turn.state, TurnState::Truncated);
    assert_eq!(play_whole(Dialect::Cohere, r#"{"id":"x","message":"no"}"#).state, TurnState::Failed);
}

#[test]
fn a_request_puts_the_system_prompt_first() {
    let prompt = Prompt {
        model: "command".to_owned(),
        system: "s".to_owned(),
        messages: vec![Message { role: Role::User, text: "a".to_owned() }],
        stream: true,
        ..Prompt::default()
    };
    let base = BaseUrl::parse("https://api.example.com/v2", false).unwrap();
    let request = Endpoint { dialect: Dialect::Cohere, base, key: None }.request(&prompt);
    assert_eq!(request.url, "https://api.example.com/v2/chat");
    let body: serde_json::Value = serde_json::from_str(&request.body.unwrap()).unwrap();
    assert_eq!(
        body,
        json!({
            "model": "command", "stream": true,
            "messages": [{ "role": "system", "content": "s" }, { "role": "user", "content": "a" }],
        })
    );
}
