//! Tests of OpenAI Responses. Every stream is small, written by hand and fed at every cut.

use crate::support::{blocks, calls, play_as, sse, stop, turn_of};
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
fn deltas_without_an_index_go_by_id_and_without_an_id_to_the_newest_item() {
    let turn = turn(&[
        r#"{"type":"response.output_item.added","item":{"id":"r","type":"reasoning"}}"#,
        r#"{"type":"response.output_item.added","item":{"id":"m","type":"message"}}"#,
        r#"{"type":"response.reasoning_text.delta","item_id":"r","delta":"why"}"#,
        r#"{"type":"response.output_text.delta","item_id":"m","delta":"what"}"#,
        r#"{"type":"response.output_text.delta","delta":"!"}"#,
        COMPLETED,
    ]);
    assert_eq!(blocks(&turn), [(BlockKind::Reasoning, "why"), (BlockKind::Text, "what!")]);
}

#[test]
fn items_without_any_key_are_the_newest_until_they_are_stated() {
    let call = r#""type":"function_call","call_id":"c","name":"f""#;
    let said = r#""type":"message","content":[{"type":"output_text","text":"one"}]"#;
    let more = r#""type":"message","content":[{"type":"output_text","text":"two"}]"#;
    let turn = turn(&[
        r#"{"type":"response.output_item.added","item":{"type":"message","content":[]}}"#,
        r#"{"type":"response.output_text.delta","delta":"o"}"#,
        r#"{"type":"response.output_text.delta","delta":"ne"}"#,
        &format!(r#"{{"type":"response.output_item.done","item":{{{said}}}}}"#),
        &format!(r#"{{"type":"response.output_item.done","item":{{{more}}}}}"#),
        &format!(r#"{{"type":"response.output_item.added","item":{{{call},"arguments":""}}}}"#),
        r#"{"type":"response.function_call_arguments.delta","delta":"{}"}"#,
        &format!(r#"{{"type":"response.output_item.done","item":{{{call},"arguments":"{{}}"}}}}"#),
        &format!(
            r#"{{"type":"response.completed","response":{{"output":[{{{said}}},{{{more}}},{{{call},"arguments":"{{}}"}}]}}}}"#
        ),
    ]);
    let expected = [(BlockKind::Text, "one"), (BlockKind::Text, "two"), (BlockKind::ToolCall, "{}")];
    assert_eq!(blocks(&turn), expected);
}

#[test]
fn an_id_that_changes_between_events_does_not_split_the_item() {
    let turn = turn(&[
        r#"{"type":"response.output_item.added","output_index":0,"item":{"id":"a","type":"message"}}"#,
        r#"{"type":"response.output_text.delta","output_index":0,"item_id":"b","delta":"one"}"#,
        r#"{"type":"response.output_text.done","output_index":0,"item_id":"c","text":"one"}"#,
        r#"{"type":"response.output_item.done","output_index":0,"item":{"id":"d","type":"message","content":[{"type":"output_text","text":"one"}]}}"#,
        r#"{"type":"response.completed","response":{"output":[{"id":"e","type":"message","content":[{"type":"output_text","text":"one"}]}]}}"#,
    ]);
    assert_eq!(blocks(&turn), [(BlockKind::Text, "one")]);
}

#[test]
fn parallel_calls_that_interleave_are_told_apart() {
    let turn = turn(&[
        r#"{"type":"response.output_item.added","output_index":0,"item":{"id":"1","type":"function_call","call_id":"a","name":"f","arguments":""}}"#,
        r#"{"type":"response.output_item.added","output_index":1,"item":{"id":"2","type":"function_call","call_id":"b","name":"g","arguments":""}}"#,
        r#"{"type":"response.function_call_arguments.delta","output_index":1,"delta":"{\"y\":"}"#,
        r#"{"type":"response.function_call_arguments.delta","output_index":0,"delta":"{}"}"#,
        r#"{"type":"response.function_call_arguments.delta","output_index":1,"delta":"2}"}"#,
        COMPLETED,
    ]);
    let expected = [("a", "f", "{}", "function_call"), ("b", "g", r#"{"y":2}"#, "function_call")];
    let expected = expected.map(|(id, name, arguments, kind)| {
        (id.to_owned(), name.to_owned(), arguments.to_owned(), kind.to_owned())
    });
    assert_eq!(calls(&turn), expected);
    assert_eq!(stop(&turn).0, StopReason::ToolCalls);
}

#[test]
fn a_stream_that_has_only_last_words_gives_everything() {
    let turn = turn(&[
        r#"{"type":"response.output_item.done","output_index":0,"item":{"id":"r","type":"reasoning","summary":[{"type":"summary_text","text":"why"}],"encrypted_content":"x"}}"#,
        r#"{"type":"response.output_item.done","output_index":1,"item":{"id":"m","type":"message","content":[{"type":"output_text","text":"what"},{"type":"refusal","refusal":"no"}]}}"#,
        r#"{"type":"response.output_item.done","output_index":2,"item":{"id":"f","type":"custom_tool_call","call_id":"c","name":"sql","input":"SELECT"}}"#,
        COMPLETED,
    ]);
    let expected = [
        (BlockKind::Reasoning, "why"),
        (BlockKind::Text, "what"),
        (BlockKind::Refusal, "no"),
        (BlockKind::ToolCall, "SELECT"),
    ];
    assert_eq!(blocks(&turn), expected);
    assert_eq!(turn.blocks[0].opaque[0].value, "x");
}

#[test]
fn a_stream_that_has_only_its_last_event_gives_everything() {
    let turn = turn(&[
        r#"{"type":"response.completed","response":{"output":[{"id":"m","type":"message","content":[{"type":"output_text","text":"what","annotations":[{"type":"url_citation","url":"https://a.example"}]}]}]}}"#,
    ]);
    assert_eq!(blocks(&turn), [(BlockKind::Text, "what")]);
    assert_eq!(turn.blocks[0].citations[0].url, "https://a.example");
}

#[test]
fn an_empty_list_at_the_end_takes_nothing_back() {
    let turn = turn(&[r#"{"type":"response.output_text.delta","output_index":0,"delta":"kept"}"#, COMPLETED]);
    assert_eq!(turn.text(), "kept");
}

#[test]
fn the_final_text_wins_where_it_differs_from_the_deltas() {
    let turn = turn(&[
        r#"{"type":"response.output_text.delta","output_index":0,"delta":"draft"}"#,
        r#"{"type":"response.output_text.done","output_index":0,"text":"final"}"#,
        r#"{"type":"response.function_call_arguments.delta","output_index":1,"delta":"{\"a\""}"#,
        r#"{"type":"response.function_call_arguments.done","output_index":1,"arguments":"{\"a\":1}"}"#,
        COMPLETED,
    ]);
    assert_eq!(blocks(&turn), [(BlockKind::Text, "final"), (BlockKind::ToolCall, r#"{"a":1}"#)]);
    assert_eq!(turn.blocks.iter().map(|block| block.revision).collect::<Vec<_>>(), [1, 0]);
}

#[test]
fn last_words_that_are_empty_take_nothing_back() {
    let turn = turn(&[
        r#"{"type":"response.output_text.delta","output_index":0,"delta":"kept"}"#,
        r#"{"type":"response.output_text.done","output_index":0,"text":""}"#,
        r#"{"type":"response.output_item.done","output_index":0,"item":{"type":"message","content":[{"type":"output_text","text":""}]}}"#,
        r#"{"type":"response.function_call_arguments.delta","output_index":1,"delta":"{}"}"#,
        r#"{"type":"response.output_item.done","output_index":1,"item":{"type":"function_call","arguments":""}}"#,
        COMPLETED,
    ]);
    assert_eq!(blocks(&turn), [(BlockKind::Text, "kept"), (BlockKind::ToolCall, "{}")]);
}

#[test]
fn a_last_list_without_its_first_items_and_with_other_ids_repeats_nothing() {
    let turn = turn(&[
        r#"{"type":"response.output_item.added","output_index":0,"item":{"id":"r","type":"reasoning"}}"#,
        r#"{"type":"response.reasoning_text.delta","output_index":0,"delta":"why"}"#,
        r#"{"type":"response.output_item.added","output_index":1,"item":{"id":"a","type":"message"}}"#,
        r#"{"type":"response.output_text.delta","output_index":1,"delta":"one"}"#,
        r#"{"type":"response.output_item.added","output_index":2,"item":{"id":"b","type":"message"}}"#,
        r#"{"type":"response.output_text.delta","output_index":2,"delta":"two"}"#,
        r#"{"type":"response.completed","response":{"output":[{"id":"x","type":"message","content":[{"type":"output_text","text":"one"}]},{"id":"b","type":"message","content":[{"type":"output_text","text":"two"}]},{"id":"z","type":"message","content":[{"type":"output_text","text":"three"}]}]}}"#,
    ]);
    assert_eq!(blocks(&turn)[0], (BlockKind::Reasoning, "why"));
    assert_eq!(turn.text(), "onetwothree");
}

#[test]
fn items_that_share_a_position_and_change_their_names_are_told_apart_and_said_once() {
    // As LiteLLM has it: nothing announced, one position, and a last list that calls the summary content.
    let message = r#""type":"message","content":[{"type":"output_text","text":"what"}]"#;
    let call = r#""type":"function_call","call_id":"c","name":"f""#;
    let turn = turn(&[
        r#"{"type":"response.reasoning_summary_text.delta","output_index":0,"item_id":"r1","delta":"wh"}"#,
        r#"{"type":"response.reasoning_summary_text.delta","output_index":0,"item_id":"r2","delta":"y"}"#,
        r#"{"type":"response.output_text.delta","output_index":0,"item_id":"m","delta":"wh"}"#,
        &format!(
            r#"{{"type":"response.output_item.added","output_index":0,"item":{{"id":"f",{call},"arguments":""}}}}"#
        ),
        r#"{"type":"response.output_text.delta","output_index":0,"item_id":"m","delta":"at"}"#,
        r#"{"type":"response.function_call_arguments.delta","output_index":0,"item_id":"f","delta":"{}"}"#,
        &format!(r#"{{"type":"response.output_item.done","output_index":0,"item":{{"id":"m2",{message}}}}}"#),
        &format!(
            r#"{{"type":"response.output_item.done","output_index":0,"item":{{"id":"f",{call},"arguments":"{{}}"}}}}"#
        ),
        &format!(
            r#"{{"type":"response.completed","response":{{"output":[{{"id":"r3","type":"reasoning","content":[{{"type":"output_text","text":"why"}}]}},{{"id":"m3",{message}}},{{"id":"f2",{call},"arguments":"{{}}"}}]}}}}"#
        ),
    ]);
    let expected = [(BlockKind::Reasoning, "why"), (BlockKind::Text, "what"), (BlockKind::ToolCall, "{}")];
    assert_eq!(blocks(&turn), expected);
    assert_eq!(stop(&turn).0, StopReason::ToolCalls);
}

#[test]
fn paragraphs_of_a_summary_are_blocks_of_their_own() {
    let turn = turn(&[
        r#"{"type":"response.reasoning_summary_text.delta","output_index":0,"summary_index":0,"delta":"one"}"#,
        r#"{"type":"response.reasoning_summary_text.delta","output_index":0,"summary_index":1,"delta":"two"}"#,
        COMPLETED,
    ]);
    assert_eq!(blocks(&turn), [(BlockKind::Reasoning, "one"), (BlockKind::Reasoning, "two")]);
}

#[test]
fn a_source_given_by_event_and_by_item_is_cited_once() {
    let turn = turn(&[
        r#"{"type":"response.output_text.delta","output_index":0,"delta":"a"}"#,
        r#"{"type":"response.output_text.annotation.added","output_index":0,"annotation_index":0,"annotation":{"type":"url_citation","url":"https://a.example"}}"#,
        r#"{"type":"response.output_item.done","output_index":0,"item":{"type":"message","content":[{"type":"output_text","text":"a","annotations":[{"type":"url_citation","url":"https://a.example"},{"type":"file_citation","filename":"b.txt"}]}]}}"#,
        COMPLETED,
    ]);
    let titles: Vec<_> =
        turn.blocks[0].citations.iter().map(|c| (c.url.as_str(), c.title.as_str())).collect();
    assert_eq!(titles, [("https://a.example", ""), ("", "b.txt")]);
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
