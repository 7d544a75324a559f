//! Tests of Gemini Interactions.

use super::played::{blocks, events, play, play_whole};
use serde_json::json;
use tokenfall::engine::chat::{Cause, Turn, TurnState};
use tokenfall::engine::wire::{BaseUrl, BlockKind, Dialect, Endpoint, Message, Prompt, Role, StopReason};

const COMPLETED: &str = r#"{"event_type":"interaction.completed","interaction":{"id":"i","model":"m","status":"completed","usage":{"total_input_tokens":7,"total_output_tokens":2,"total_thought_tokens":5,"total_cached_tokens":1}}}"#;

fn stream(data: &[&str]) -> Turn {
    play(Dialect::Interactions, events(data))
}

fn delta(index: u32, delta: &str) -> String {
    format!(r#"{{"event_type":"step.delta","index":{index},"delta":{delta}}}"#)
}

fn start(index: u32, step: &str) -> String {
    format!(r#"{{"event_type":"step.start","index":{index},"step":{step}}}"#)
}

#[test]
fn a_thought_and_its_signature_stay_in_front_of_the_text() {
    let turn = stream(&[
        r#"{"event_type":"interaction.created","interaction":{"id":"i","model":"m","status":"in_progress"}}"#,
        r#"{"event_type":"interaction.status_update","interaction_id":"i","status":"in_progress"}"#,
        &start(0, r#"{"type":"thought"}"#),
        &delta(0, r#"{"type":"thought_summary","content":{"type":"text","text":"hm"}}"#),
        &delta(0, r#"{"type":"thought_signature","signature":"sig"}"#),
        r#"{"event_type":"step.stop","index":0}"#,
        &start(1, r#"{"type":"model_output"}"#),
        &delta(1, r#"{"type":"text","text":"\ud83d"}"#),
        &delta(1, r#"{"type":"text","text":"\udc66"}"#),
        COMPLETED,
        "[DONE]",
    ]);
    assert_eq!(blocks(&turn), [(BlockKind::Reasoning, "hm"), (BlockKind::Text, "👦")]);
    assert_eq!(turn.blocks[0].opaque[0].value, "sig");
    assert_eq!(turn.state, TurnState::Complete);
    let usage = turn.usage.unwrap();
    assert_eq!((usage.input, usage.output, usage.reasoning), (Some(7), Some(7), Some(5)));
}

#[test]
fn a_start_that_holds_the_first_piece_of_text_loses_none() {
    let turn = stream(&[
        &start(0, r#"{"type":"model_output","content":[{"type":"text","text":"a"}]}"#),
        &delta(0, r#"{"type":"text","text":"b"}"#),
        COMPLETED,
    ]);
    assert_eq!(turn.text(), "ab");
}

#[test]
fn text_behind_an_image_comes_behind_the_image() {
    let turn = stream(&[
        &delta(0, r#"{"type":"text","text":"a"}"#),
        &delta(0, r#"{"type":"image","data":"AA==","mime_type":"image/png"}"#),
        &delta(0, r#"{"type":"text","text":"b"}"#),
        COMPLETED,
    ]);
    let kinds: Vec<_> = turn.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [BlockKind::Text, BlockKind::Other, BlockKind::Text]);
    assert!(turn.blocks.iter().all(|block| block.closed));
}

#[test]
fn two_calls_that_stream_at_once_keep_their_own_arguments() {
    let turn = stream(&[
        &start(0, r#"{"type":"function_call","id":"x","name":"f","arguments":{}}"#),
        &start(1, r#"{"type":"function_call","id":"y","name":"g","arguments":{"old":1}}"#),
        &delta(0, r#"{"type":"arguments_delta","arguments":"{\"a\":"}"#),
        &delta(1, r#"{"type":"arguments_delta","arguments":"{\"b\":2}"}"#),
        &delta(1, r#"{"type":"image","data":"AA=="}"#),
        &delta(0, r#"{"type":"arguments_delta","arguments":"1}"}"#),
        &start(2, r#"{"type":"function_call","id":"z","name":"h","arguments":{}}"#),
        r#"{"event_type":"step.stop","index":2}"#,
        r#"{"event_type":"interaction.completed","interaction":{"status":"requires_action"}}"#,
    ]);
    let calls: Vec<_> = turn.blocks_of(BlockKind::ToolCall).map(|block| block.text.as_str()).collect();
    assert_eq!(calls, [r#"{"a":1}"#, r#"{"b":2}"#, "{}"]);
    assert_eq!(turn.stop.map(|stop| stop.reason), Some(StopReason::ToolCalls));
}

#[test]
fn googles_own_tools_are_calls_named_by_their_type() {
    let turn = stream(&[
        &start(0, r#"{"type":"google_search_call","id":"s"}"#),
        &delta(0, r#"{"type":"google_search_call","arguments":{"queries":["q"]}}"#),
        &start(1, r#"{"type":"google_search_result"}"#),
        &delta(1, r#"{"type":"google_search_result","result":[{"url":"https://a.example"}]}"#),
        COMPLETED,
    ]);
    let tool = turn.blocks[0].tool.as_ref().unwrap();
    assert_eq!((tool.id.as_str(), tool.name.as_str()), ("s", "google_search"));
    assert_eq!(turn.blocks[0].text, r#"{"queries":["q"]}"#);
    assert_eq!(turn.blocks[1].kind, BlockKind::Other);
    assert_eq!(turn.blocks.len(), 2);
}

#[test]
fn annotations_are_citations_of_the_text() {
    let turn = stream(&[
        &delta(0, r#"{"type":"text","text":"a"}"#),
        &delta(
            0,
            r#"{"type":"text_annotation_delta","annotations":[{"type":"url_citation","url":"https://a.example","title":"A"}]}"#,
        ),
        COMPLETED,
    ]);
    assert_eq!(turn.blocks[0].citations[0].title, "A");
}

#[test]
fn the_first_revision_names_are_understood() {
    let turn = stream(&[
        r#"{"event_type":"interaction.start","interaction":{"id":"i","status":"in_progress"}}"#,
        r#"{"event_type":"content.start","index":0,"content":{"type":"text"}}"#,
        r#"{"event_type":"content.delta","index":0,"delta":{"type":"text","text":"a"}}"#,
        r#"{"event_type":"content.stop","index":0}"#,
        r#"{"event_type":"interaction.complete","interaction":{"status":"completed"}}"#,
    ]);
    assert_eq!((turn.text().as_str(), turn.state), ("a", TurnState::Complete));
    assert!(turn.unknown.is_empty());
}

#[test]
fn a_status_update_ends_it_only_where_it_is_final() {
    let update = |status: &str| {
        format!(r#"{{"event_type":"interaction.status_update","interaction_id":"i","status":"{status}"}}"#)
    };
    let text = delta(0, r#"{"type":"text","text":"a"}"#);
    assert_eq!(stream(&[&text, &update("completed"), "[DONE]"]).state, TurnState::Complete);
    assert_eq!(stream(&[&text, &update("completed")]).state, TurnState::Complete);
    assert_eq!(stream(&[&text, &update("cancelled")]).state, TurnState::Stopped);
    assert_eq!(stream(&[&text, &update("incomplete")]).state, TurnState::Truncated);
    assert_eq!(stream(&[&text, &update("in_progress"), "[DONE]"]).state, TurnState::Interrupted);
    assert_eq!(stream(&[&text, &update("newly_invented")]).state, TurnState::Interrupted);
}

#[test]
fn failures_are_failures_in_either_shape_and_keep_the_text() {
    let text = delta(0, r#"{"type":"text","text":"part"}"#);
    for failure in [
        r#"{"event_type":"error","error":{"code":"x","message":"it broke"}}"#,
        r#"{"event_type":"interaction.completed","interaction":{"status":"failed","error":{"message":"it broke"}}}"#,
        r#"{"code":"x","message":"it broke"}"#,
    ] {
        let turn = stream(&[&text, failure, "[DONE]"]);
        assert_eq!((turn.text().as_str(), turn.state), ("part", TurnState::Failed));
        assert!(matches!(turn.failure.unwrap().cause, Cause::Provider(error) if error.message == "it broke"));
    }
}

#[test]
fn unknown_events_steps_and_deltas_are_kept() {
    let turn = stream(&[
        r#"{"event_type":"weather"}"#,
        &start(0, r#"{"type":"hologram"}"#),
        &delta(0, r#"{"type":"hologram_delta"}"#),
        COMPLETED,
    ]);
    let names: Vec<_> = turn.unknown.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["weather", "hologram", "hologram_delta"]);
}

#[test]
fn a_whole_answer_comes_as_steps_or_as_outputs() {
    for list in ["steps", "outputs"] {
        let body = format!(
            r#"{{"id":"i","status":"completed","{list}":[{{"type":"thought","summary":[{{"type":"text","text":"t"}}]}},{{"type":"model_output","content":[{{"type":"text","text":"hi"}}]}}]}}"#
        );
        let turn = play_whole(Dialect::Interactions, &body);
        assert_eq!(blocks(&turn), [(BlockKind::Reasoning, "t"), (BlockKind::Text, "hi")]);
        assert_eq!(turn.state, TurnState::Complete);
    }
    let failed = play_whole(Dialect::Interactions, r#"{"error":{"code":400,"message":"no"}}"#);
    assert_eq!(failed.state, TurnState::Failed);
}

#[test]
fn a_request_leaves_nothing_at_the_provider() {
    let message = |role, text: &str| Message { role, text: text.to_owned() };
    let prompt = Prompt {
        model: "gemini-x".to_owned(),
        system: "s".to_owned(),
        messages: vec![message(Role::User, "a"), message(Role::Assistant, "b")],
        max_tokens: Some(9),
        stream: true,
        ..Prompt::default()
    };
    let base = BaseUrl::parse("https://api.example.com/v1beta", false).unwrap();
    let request = Endpoint { dialect: Dialect::Interactions, base, key: None }.request(&prompt);
    assert_eq!(request.url, "https://api.example.com/v1beta/interactions");
    let body: serde_json::Value = serde_json::from_str(&request.body.unwrap()).unwrap();
    assert_eq!(
        body,
        json!({
            "model": "gemini-x", "store": false, "stream": true, "system_instruction": "s",
            "generation_config": { "max_output_tokens": 9 },
            "input": [
                { "type": "user_input", "content": [{ "type": "text", "text": "a" }] },
                { "type": "model_output", "content": [{ "type": "text", "text": "b" }] },
            ],
        })
    );
}

#[test]
fn tokens_read_for_tools_are_tokens_in_and_both_sums_are_the_providers_total() {
    let event = r#"{"event_type":"interaction.completed","interaction":{"status":"completed","usage":{"total_input_tokens":34,"total_tool_use_tokens":100,"total_output_tokens":2,"total_thought_tokens":16,"total_tokens":152}}}"#;
    let usage = play(Dialect::Interactions, events(&[event])).usage.unwrap();
    assert_eq!((usage.input, usage.output), (Some(134), Some(18)));
}
