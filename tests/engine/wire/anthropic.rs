//! Tests of Anthropic Messages.

use super::played::{blocks, events, play, play_whole};
use serde_json::json;
use tokenfall::engine::chat::{Cause, TurnState};
use tokenfall::engine::wire::{
    BaseUrl, BlockKind, Dialect, Endpoint, Message, Prompt, Role, StopReason, Usage,
};

const START: &str = r#"{"type":"message_start","message":{"id":"m1","model":"claude-x","content":[],"usage":{"input_tokens":5,"cache_read_input_tokens":100,"cache_creation_input_tokens":20,"output_tokens":1}}}"#;
const STOP: &str = r#"{"type":"message_stop"}"#;

fn stream(events_between: &[&str]) -> tokenfall::engine::chat::Turn {
    let mut all = vec![START];
    all.extend(events_between);
    all.push(STOP);
    play(Dialect::Anthropic, events(&all))
}

#[test]
fn the_prompt_counts_with_its_cached_tokens_and_null_leaves_a_count() {
    let turn = stream(&[
        r#"{"type":"content_block_start","index":0,"content_block":{"type":"text","text":"Hi"}}"#,
        r#"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":null,"output_tokens":9,"output_tokens_details":{"thinking_tokens":4}}}"#,
    ]);
    let raw =
        r#"{"input_tokens":null,"output_tokens":9,"output_tokens_details":{"thinking_tokens":4}}"#.to_owned();
    let expected = Usage { input: Some(125), cached: Some(100), output: Some(9), reasoning: Some(4), raw };
    assert_eq!(turn.usage, Some(expected));
    assert_eq!(turn.identity.model.as_deref(), Some("claude-x"));
    assert_eq!(turn.state, TurnState::Complete);
}

#[test]
fn thinking_still_open_while_text_streams_stays_apart() {
    let turn = stream(&[
        r#"{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}"#,
        r#"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}"#,
        r#"{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}"#,
        r#"{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"yes"}}"#,
        r#"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"m"}}"#,
        r#"{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":""}}"#,
        r#"{"type":"content_block_stop","index":0}"#,
        r#"{"type":"content_block_stop","index":1}"#,
    ]);
    assert_eq!(blocks(&turn), [(BlockKind::Reasoning, "hmm"), (BlockKind::Text, "yes")]);
    assert!(turn.blocks[0].opaque.is_empty(), "an empty signature is none");
}

#[test]
fn signatures_and_redacted_thinking_travel_with_their_block() {
    let turn = stream(&[
        r#"{"type":"content_block_start","index":0,"content_block":{"type":"redacted_thinking","data":"sealed"}}"#,
        r#"{"type":"content_block_stop","index":0}"#,
        r#"{"type":"content_block_delta","index":1,"delta":{"type":"signature_delta","signature":"sig"}}"#,
    ]);
    let opaque: Vec<_> =
        turn.blocks.iter().flat_map(|block| &block.opaque).map(|it| (it.name, it.value.as_str())).collect();
    assert_eq!(opaque, [("redacted_thinking", "sealed"), ("signature", "sig")]);
}

#[test]
fn a_surrogate_pair_cut_between_deltas_is_joined_even_across_a_ping() {
    let turn = stream(&[
        r#"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a\ud83d"}}"#,
        r#"{"type":"ping"}"#,
        r#"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\udc66b"}}"#,
    ]);
    assert_eq!(turn.text(), "a👦b");
}

#[test]
fn a_tool_without_parameters_is_called_with_an_empty_object() {
    let turn = stream(&[
        r#"{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"now","input":{}}}"#,
        r#"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":""}}"#,
        r#"{"type":"content_block_stop","index":0}"#,
    ]);
    assert_eq!(blocks(&turn), [(BlockKind::ToolCall, "{}")]);
}

#[test]
fn arguments_in_the_start_are_replaced_by_the_deltas_that_repeat_them() {
    let turn = stream(&[
        r#"{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"f","input":{"a":1}}}"#,
        r#"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"a\":"}}"#,
        r#"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"1}"}}"#,
        r#"{"type":"content_block_stop","index":0}"#,
    ]);
    assert_eq!(blocks(&turn), [(BlockKind::ToolCall, r#"{"a":1}"#)]);
}

#[test]
fn arguments_cut_by_the_token_limit_are_kept_as_cut() {
    let turn = stream(&[
        r#"{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"f","input":{}}}"#,
        r#"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"a\":\"lon"}}"#,
        r#"{"type":"message_delta","delta":{"stop_reason":"max_tokens"}}"#,
    ]);
    assert_eq!(blocks(&turn), [(BlockKind::ToolCall, "{\"a\":\"lon")]);
    assert_eq!(turn.state, TurnState::Truncated);
}

#[test]
fn a_start_that_already_holds_the_answer_needs_no_deltas() {
    let turn = play(
        Dialect::Anthropic,
        events(&[
            r#"{"type":"message_start","message":{"id":"m","content":[{"type":"text","text":"hi"},{"type":"tool_use","id":"t","name":"roll","input":{"p":2}}],"stop_reason":"tool_use"}}"#,
            STOP,
        ]),
    );
    assert_eq!(blocks(&turn), [(BlockKind::Text, "hi"), (BlockKind::ToolCall, r#"{"p":2}"#)]);
    assert_eq!(turn.stop.map(|stop| stop.reason), Some(StopReason::ToolCalls));
}

#[test]
fn a_repeated_start_changes_nothing_and_a_spliced_message_loses_nothing() {
    let turn = stream(&[
        r#"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"one"}}"#,
        START,
        r#"{"type":"message_start","message":{"id":"m2","content":[]}}"#,
        r#"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"two"}}"#,
    ]);
    assert_eq!(blocks(&turn), [(BlockKind::Text, "one"), (BlockKind::Text, "two")]);
    assert_eq!(turn.unknown.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["message_start"]);
}

#[test]
fn what_is_unknown_is_kept_and_text_around_it_too() {
    let turn = stream(&[
        r#"{"type":"content_block_start","index":0,"content_block":{"type":"hologram","x":1}}"#,
        r#"{"type":"content_block_delta","index":0,"delta":{"type":"hologram_delta","x":2}}"#,
        r#"{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"still here"}}"#,
        r#"{"type":"weather"}"#,
    ]);
    assert_eq!(turn.text(), "still here");
    let names: Vec<_> = turn.unknown.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["hologram", "hologram_delta", "weather"]);
}

#[test]
fn citations_belong_to_their_block_and_tool_results_are_kept_raw() {
    let turn = stream(&[
        r#"{"type":"content_block_start","index":0,"content_block":{"type":"web_search_tool_result","tool_use_id":"t","content":[]}}"#,
        r#"{"type":"content_block_stop","index":0}"#,
        r#"{"type":"content_block_start","index":1,"content_block":{"type":"text","text":"","citations":null}}"#,
        r#"{"type":"content_block_delta","index":1,"delta":{"type":"citations_delta","citation":{"type":"web_search_result_location","url":"https://a.example","title":"A","cited_text":"q"}}}"#,
    ]);
    assert_eq!(turn.blocks[0].kind, BlockKind::Other);
    assert!(turn.blocks[0].text.contains("tool_use_id"));
    let citation = &turn.blocks[1].citations[0];
    assert_eq!((citation.url.as_str(), citation.title.as_str()), ("https://a.example", "A"));
}

#[test]
fn an_error_event_keeps_the_text_and_is_said_once() {
    for error in [
        r#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#,
        // llama.cpp leaves the wrapper out.
        r#"{"code":500,"message":"Overloaded","type":"server_error"}"#,
    ] {
        let body = format!(
            "data: {START}\n\ndata: {}\n\nevent: error\ndata: {error}\n\n",
            r#"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"part"}}"#
        );
        let turn = play(Dialect::Anthropic, &body);
        assert_eq!((turn.text().as_str(), turn.state), ("part", TurnState::Failed));
        let Some(Cause::Provider(error)) = turn.failure.map(|failure| failure.cause) else {
            panic!("not the provider's error");
        };
        assert_eq!(error.message, "Overloaded");
    }
}

#[test]
fn an_error_without_wrapper_name_and_type_is_an_error() {
    let turn = play(Dialect::Anthropic, events(&[START, r#"{"code":500,"message":"boom"}"#]));
    assert_eq!(turn.state, TurnState::Failed);
    let typed = r#"{"type":"weather","message":"sunny"}"#;
    assert_eq!(stream(&[typed]).unknown[0].raw, typed, "an event of a later version is none");
}

#[test]
fn a_stream_without_message_stop_is_interrupted_even_after_done() {
    let delta = r#"{"type":"message_delta","delta":{"stop_reason":"end_turn"}}"#;
    let turn = play(Dialect::Anthropic, events(&[START, delta, "[DONE]"]));
    assert_eq!(turn.state, TurnState::Interrupted);
}

#[test]
fn a_whole_answer_makes_the_same_turn_as_its_stream() {
    let turn = play_whole(
        Dialect::Anthropic,
        r#"{"type":"message","id":"m","content":[{"type":"thinking","thinking":"t","signature":"s"},{"type":"text","text":"hi"}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":2}}"#,
    );
    assert_eq!(blocks(&turn), [(BlockKind::Reasoning, "t"), (BlockKind::Text, "hi")]);
    assert_eq!(turn.state, TurnState::Complete);
    let failed = play_whole(Dialect::Anthropic, r#"{"type":"error","error":{"message":"no"}}"#);
    assert_eq!(failed.state, TurnState::Failed);
}

#[test]
fn a_whole_answer_that_has_only_text_or_only_a_stop_is_read_as_one() {
    let text = play_whole(Dialect::Anthropic, r#"{"content":[{"type":"text","text":"hi"}]}"#);
    assert_eq!(blocks(&text), [(BlockKind::Text, "hi")]);
    assert_eq!((text.unknown_count, text.state), (0, TurnState::Complete));
    let stop = play_whole(Dialect::Anthropic, r#"{"stop_reason":"end_turn"}"#);
    assert_eq!(blocks(&stop), []);
    assert_eq!((stop.unknown_count, stop.state), (0, TurnState::Complete));
}

#[test]
fn a_delta_without_an_index_joins_the_last_block_only_if_it_is_of_its_kind() {
    let text = r#"{"type":"content_block_delta","delta":{"type":"text_delta","text":"a"}}"#;
    let thought = r#"{"type":"content_block_delta","delta":{"type":"thinking_delta","thinking":"b"}}"#;
    let turn = stream(&[text, text, thought]);
    assert_eq!(blocks(&turn), [(BlockKind::Text, "aa"), (BlockKind::Reasoning, "b")]);
}

#[test]
fn a_request_holds_what_anthropic_demands_and_no_empty_text() {
    let message = |role, text: &str| Message { role, text: text.to_owned() };
    let prompt = Prompt {
        model: "claude-x".to_owned(),
        system: "be brief".to_owned(),
        messages: vec![message(Role::User, "a"), message(Role::Assistant, ""), message(Role::User, "b")],
        stream: true,
        ..Prompt::default()
    };
    let endpoint = Endpoint {
        dialect: Dialect::Anthropic,
        base: BaseUrl::parse("https://api.example.com/v1", false).unwrap(),
        key: None,
    };
    let request = endpoint.request(&prompt);
    assert_eq!(request.url, "https://api.example.com/v1/messages");
    let body: serde_json::Value = serde_json::from_str(&request.body.unwrap()).unwrap();
    assert_eq!(
        body,
        json!({
            "model": "claude-x", "max_tokens": 4096, "system": "be brief", "stream": true,
            "messages": [{ "role": "user", "content": "a" }, { "role": "user", "content": "b" }],
        })
    );
}
