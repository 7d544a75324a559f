//! Tests of OpenAI Responses. Every stream is small, written by hand and fed at every cut.

mod items;

use crate::support::{blocks, play_as, sse, stop, turn_of};
use tokenfall::engine::chat::{Cause, Turn, TurnState};
use tokenfall::engine::error::Category;
use tokenfall::engine::tape::End;
use tokenfall::engine::wire::{BaseUrl, BlockKind, Dialect, Endpoint, Message, Prompt, Role, StopReason};

const COMPLETED: &str = r#"{"type":"response.completed","response":{"status":"completed","output":[]}}"#;

fn turn(events: &[&str]) -> Turn {
    turn_of(Dialect::Responses, sse(events))
}

fn whole(body: &str) -> Turn {
    play_as(Dialect::Responses, "application/json", &[body.as_bytes()], End::Closed)
}

#[test]
fn text_usage_and_end_of_a_plain_answer() {
    let turn = turn(&[
        r#"{"type":"response.created","response":{"id":"r1","model":"m","status":"in_progress","output":[]},"sequence_number":0}"#,
        r#"{"type":"response.in_progress","response":{"id":"r1","model":"m"},"sequence_number":1}"#,
        r#"{"type":"response.output_item.added","output_index":0,"item":{"id":"i","type":"message","content":[]}}"#,
        r#"{"type":"response.content_part.added","item_id":"i","output_index":0,"content_index":0,"part":{"type":"output_text","text":""}}"#,
        r#"{"type":"response.output_text.delta","item_id":"i","output_index":0,"content_index":0,"delta":"Grüße, "}"#,
        r#"{"content_index":0,"delta":"世界","item_id":"i","output_index":0,"type":"response.output_text.delta"}"#,
        r#"{"type":"response.output_text.done","item_id":"i","output_index":0,"content_index":0,"text":"Grüße, 世界"}"#,
        r#"{"type":"response.output_item.done","output_index":0,"item":{"id":"i","type":"message","content":[{"type":"output_text","text":"Grüße, 世界"}]}}"#,
        r#"{"type":"response.completed","response":{"id":"r1","model":"m-2026","status":"completed","output":[{"id":"i","type":"message","content":[{"type":"output_text","text":"Grüße, 世界"}]}],"usage":{"input_tokens":7,"input_tokens_details":{"cached_tokens":5},"output_tokens":3,"output_tokens_details":{"reasoning_tokens":1}}}}"#,
    ]);
    assert_eq!(blocks(&turn), [(BlockKind::Text, "Grüße, 世界")]);
    assert_eq!((turn.state, turn.blocks[0].revision), (TurnState::Complete, 0));
    assert_eq!(stop(&turn), (StopReason::Finished, "completed"));
    let usage = turn.usage.unwrap();
    assert_eq!(
        (usage.input, usage.cached, usage.output, usage.reasoning),
        (Some(7), Some(5), Some(3), Some(1))
    );
    assert_eq!(turn.identity.id.as_deref(), Some("r1"));
    assert_eq!(turn.identity.model.as_deref(), Some("m-2026"));
    assert_eq!(turn.unknown_count, 0);
}

#[test]
fn a_surrogate_pair_cut_between_two_deltas_is_one_character() {
    let turn = turn(&[
        r#"{"type":"response.output_text.delta","item_id":"i","delta":"a\ud83d"}"#,
        r#"{"type":"response.output_text.delta","item_id":"i","delta":"\udc66b"}"#,
        COMPLETED,
    ]);
    assert_eq!(turn.text(), "a👦b");
}

#[test]
fn a_providers_own_tool_shows_its_action_and_its_result() {
    let turn = turn(&[
        r#"{"type":"response.output_item.added","output_index":0,"item":{"id":"ws","type":"web_search_call","status":"in_progress"}}"#,
        r#"{"type":"response.web_search_call.searching","output_index":0,"item_id":"ws"}"#,
        r#"{"type":"response.output_item.done","output_index":0,"item":{"id":"ws","type":"web_search_call","action":{"type":"search","query":"q"}}}"#,
        r#"{"type":"response.output_item.added","output_index":1,"item":{"id":"ci","type":"code_interpreter_call","code":""}}"#,
        r#"{"type":"response.code_interpreter_call_code.delta","output_index":1,"delta":"1+1"}"#,
        r#"{"type":"response.output_item.done","output_index":1,"item":{"id":"ci","type":"code_interpreter_call","code":"1+1","outputs":[{"type":"logs","logs":"2"}]}}"#,
        r#"{"type":"response.completed","response":{"output":[{"id":"ws","type":"web_search_call","action":{"type":"search","query":"q"}},{"id":"ci","type":"code_interpreter_call","code":"1+1","outputs":[{"type":"logs","logs":"2"}]}]}}"#,
    ]);
    let expected = [
        (BlockKind::ToolCall, r#"{"type":"search","query":"q"}"#),
        (BlockKind::ToolCall, "1+1"),
        (BlockKind::Other, r#"[{"type":"logs","logs":"2"}]"#),
    ];
    assert_eq!(blocks(&turn), expected);
    assert_eq!(turn.unknown_count, 0);
    assert_eq!(stop(&turn).0, StopReason::Finished, "nobody has to answer a call of the provider's own tool");
}

#[test]
fn items_and_events_nobody_knows_are_kept() {
    let turn = turn(&[
        r#"{"type":"response.sparkle","n":1}"#,
        r#"{"type":"response.output_item.done","output_index":0,"item":{"id":"x","type":"sparkle","glow":1}}"#,
        r#"{"type":"response.output_item.done","output_index":1,"item":{"id":"m","type":"message","content":[{"type":"output_glow","glow":1}]}}"#,
        r#"{"type":"response.completed","response":{"output":[{"id":"x","type":"sparkle","glow":1},{"id":"m","type":"message","content":[{"type":"output_glow","glow":1}]}]}}"#,
    ]);
    let names: Vec<_> = turn.unknown.iter().map(|unknown| unknown.name.as_str()).collect();
    assert_eq!(names, ["response.sparkle", "sparkle", "output_glow"]);
    assert_eq!(turn.state, TurnState::Complete);
}

#[test]
fn a_response_cut_by_its_limit_says_so() {
    let turn = turn(&[
        r#"{"type":"response.output_text.delta","output_index":0,"delta":"half"}"#,
        r#"{"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":[]}}"#,
    ]);
    assert_eq!((turn.text().as_str(), turn.state), ("half", TurnState::Truncated));
    assert_eq!(stop(&turn), (StopReason::Length, "max_output_tokens"));
}

#[test]
fn an_incomplete_response_is_never_complete_whatever_its_reason() {
    for (details, word) in [(r#"{"reason":"max_messages"}"#, "max_messages"), ("null", "incomplete")] {
        let turn = turn(&[
            r#"{"type":"response.output_text.delta","output_index":0,"delta":"half"}"#,
            &format!(
                r#"{{"type":"response.incomplete","response":{{"incomplete_details":{details},"output":[]}}}}"#
            ),
        ]);
        assert_eq!((turn.text().as_str(), turn.state), ("half", TurnState::Truncated));
        assert_eq!(stop(&turn), (StopReason::Length, word));
    }
}

#[test]
fn a_body_that_ends_before_its_last_event_is_interrupted_and_done_does_not_help() {
    let delta = r#"{"type":"response.output_text.delta","output_index":0,"delta":"half"}"#;
    assert_eq!(turn(&[delta]).state, TurnState::Interrupted);
    let sentinel = turn(&[delta, "[DONE]"]);
    assert_eq!((sentinel.text().as_str(), sentinel.state), ("half", TurnState::Interrupted));
}

#[test]
fn errors_of_all_three_shapes_fail_the_turn_once_and_keep_the_text() {
    let delta = r#"{"type":"response.output_text.delta","output_index":0,"delta":"half"}"#;
    for error in [
        r#"{"type":"error","error":{"type":"server_error","code":"server_error","message":"broke"}}"#,
        r#"{"type":"error","code":"server_error","message":"broke","param":null}"#,
        r#"{"error":{"code":"server_error","message":"broke","type":"server_error"}}"#,
        r#"{"type":"response.failed","response":{"status":"failed","error":{"code":"server_error","message":"broke"}}}"#,
    ] {
        let turn = turn(&[delta, error]);
        assert_eq!((turn.text().as_str(), turn.state), ("half", TurnState::Failed), "{error}");
        let Some(Cause::Provider(found)) = turn.failure.map(|failure| failure.cause) else {
            panic!("{error}")
        };
        assert_eq!((found.message.as_str(), found.code.as_str()), ("broke", "server_error"));
        assert_eq!(found.category, Category::Server);
    }
}

#[test]
fn a_bare_error_in_an_event_of_that_name_is_an_error_whatever_its_type() {
    let error = r#"{"code":500,"message":"broke","type":"server_error"}"#;
    let turn = turn_of(Dialect::Responses, format!("event: error\ndata: {error}\n\n"));
    assert_eq!(turn.state, TurnState::Failed);
}

#[test]
fn a_failure_without_words_is_a_failure() {
    let turn = turn(&[r#"{"type":"response.failed","response":{"status":"failed","error":null}}"#]);
    assert_eq!(turn.state, TurnState::Failed);
}

#[test]
fn the_name_of_the_sse_event_serves_where_the_json_has_no_type() {
    let body = "event: response.output_text.delta\ndata: {\"output_index\":0,\"delta\":\"a\"}\n\nevent: response.completed\ndata: {\"response\":{}}\n\n";
    let turn = turn_of(Dialect::Responses, body);
    assert_eq!((turn.text().as_str(), turn.state), ("a", TurnState::Complete));
}

#[test]
fn values_of_wrong_types_harm_nothing_and_lose_no_text() {
    let turn = turn(&[
        r#"{"type":"response.output_item.added","output_index":"x","item":[]}"#,
        r#"{"type":"response.output_item.done","item":null}"#,
        r#"{"type":"response.output_text.delta","output_index":null,"item_id":5,"delta":42}"#,
        r#"{"type":"response.output_text.delta","delta":null}"#,
        r#"{"type":"response.output_text.done","text":{}}"#,
        r#"{"type":"response.output_text.annotation.added","annotation":7}"#,
        r#"{"type":"response.completed","response":"gone"}"#,
    ]);
    assert_eq!((turn.text().as_str(), turn.state), ("42", TurnState::Complete));
}

#[test]
fn a_response_that_was_not_streamed_is_read_whole() {
    let turn = whole(
        r#"{"id":"r","object":"response","status":"completed","error":null,"model":"m","output":[{"type":"reasoning","id":"a","content":[{"type":"reasoning_text","text":"why"}]},{"type":"message","id":"b","content":[{"type":"output_text","text":"what"}]}],"usage":{"input_tokens":1,"output_tokens":2}}"#,
    );
    assert_eq!(blocks(&turn), [(BlockKind::Reasoning, "why"), (BlockKind::Text, "what")]);
    assert_eq!((turn.state, turn.whole), (TurnState::Complete, true));
}

#[test]
fn two_items_without_ids_in_a_whole_response_stay_two() {
    let turn = whole(
        r#"{"object":"response","status":"completed","output":[{"type":"message","content":[{"text":"one"}]},{"type":"message","content":[{"text":"two"}]}]}"#,
    );
    assert_eq!(blocks(&turn), [(BlockKind::Text, "one"), (BlockKind::Text, "two")]);
}

#[test]
fn the_request_stores_nothing_and_asks_for_no_padding() {
    let prompt = Prompt {
        model: "m".to_owned(),
        system: "Be brief.".to_owned(),
        messages: vec![
            Message { role: Role::User, text: "Hi".to_owned() },
            Message { role: Role::Assistant, text: "Hello".to_owned() },
        ],
        max_tokens: Some(9),
        stream: true,
        ..Prompt::default()
    };
    let base = BaseUrl::parse("https://api.example.com/v1", false).unwrap();
    let endpoint = Endpoint { dialect: Dialect::Responses, base, key: None };
    let request = endpoint.request(&prompt);
    assert_eq!(request.url, "https://api.example.com/v1/responses");
    assert_eq!(
        request.body.unwrap(),
        r#"{"model":"m","input":[{"role":"user","content":"Hi"},{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Hello"}]}],"store":false,"instructions":"Be brief.","stream":true,"stream_options":{"include_obfuscation":false},"max_output_tokens":9}"#
    );
    let bare = Prompt { model: "m".to_owned(), ..Prompt::default() };
    assert_eq!(endpoint.request(&bare).body.unwrap(), r#"{"model":"m","input":[],"store":false}"#);
}
