//! Tests of Gemini's `streamGenerateContent`.

use super::played::{blocks, events, play, play_whole};
use serde_json::json;
use tokenfall::engine::chat::{Cause, Turn, TurnState};
use tokenfall::engine::wire::{BaseUrl, BlockKind, Dialect, Endpoint, Message, Prompt, Role, StopReason};

fn stream(chunks: &[&str]) -> Turn {
    play(Dialect::Gemini, events(chunks))
}

/// A chunk with these parts and, behind them, these members of the candidate.
fn chunk(parts: &str, rest: &str) -> String {
    format!(r#"{{"candidates":[{{"content":{{"parts":[{parts}]}}{rest}}}]}}"#)
}

const STOP: &str = r#","finishReason":"STOP""#;

#[test]
fn text_behind_a_first_finish_reason_belongs_to_the_answer() {
    let turn = stream(&[
        &chunk(r#"{"executableCode":{"code":"1"}}"#, STOP),
        &chunk(r#"{"codeExecutionResult":{"output":"1"}}"#, ""),
        &chunk(r#"{"text":"one"}"#, STOP),
    ]);
    assert_eq!(turn.text(), "one");
    assert_eq!(turn.state, TurnState::Complete);
}

#[test]
fn the_model_that_answers_is_known_and_one_that_changes_on_the_way_is_not_told_again() {
    let turn = stream(&[
        r#"{"candidates":[{"content":{"parts":[{"text":"a"}]}}],"modelVersion":"gemini-x"}"#,
        r#"{"candidates":[{"content":{"parts":[{"text":"b"}]},"finishReason":"STOP"}],"modelVersion":"gemini-y"}"#,
    ]);
    assert_eq!(turn.identity.model.as_deref(), Some("gemini-x"));
}

#[test]
fn a_body_cut_behind_a_first_finish_reason_is_interrupted() {
    let turn = stream(&[&chunk(r#"{"text":"a"}"#, STOP), &chunk(r#"{"text":"b"}"#, "")]);
    assert_eq!((turn.text().as_str(), turn.state), ("ab", TurnState::Interrupted));
}

#[test]
fn thoughts_and_text_are_told_apart_part_by_part() {
    let turn = stream(&[
        &chunk(r#"{"thought":true,"text":"hm"},{"text":"m","thought":true},{"text":"a"}"#, ""),
        &chunk(r#"{"text":"b"}"#, STOP),
    ]);
    assert_eq!(blocks(&turn), [(BlockKind::Reasoning, "hmm"), (BlockKind::Text, "ab")]);
}

#[test]
fn a_surrogate_pair_cut_between_chunks_is_joined() {
    let turn = stream(&[&chunk(r#"{"text":"\ud83d"}"#, ""), &chunk(r#"{"text":"\udc66"}"#, STOP)]);
    assert_eq!(turn.text(), "👦");
}

#[test]
fn a_signature_on_an_empty_part_opens_no_block_beside_the_text() {
    let turn =
        stream(&[&chunk(r#"{"text":"a"}"#, ""), &chunk(r#"{"text":"","thoughtSignature":"sig"}"#, STOP)]);
    assert_eq!(blocks(&turn), [(BlockKind::Text, "a")]);
    assert_eq!(turn.blocks[0].opaque[0].value, "sig");
}

#[test]
fn parallel_calls_without_ids_stay_two_and_stop_means_tools() {
    let turn = stream(&[&chunk(
        r#"{"functionCall":{"name":"f","args":{"a":1}}},{"functionCall":{"name":"f"}}"#,
        STOP,
    )]);
    assert_eq!(blocks(&turn), [(BlockKind::ToolCall, r#"{"a":1}"#), (BlockKind::ToolCall, "{}")]);
    let stop = turn.stop.unwrap();
    assert_eq!((stop.reason, stop.wire.as_str()), (StopReason::ToolCalls, "STOP"));
}

#[test]
fn streamed_arguments_become_one_json_text() {
    let piece = |piece: &str| {
        chunk(&format!(r#"{{"functionCall":{{"partialArgs":[{piece}],"willContinue":true}}}}"#), "")
    };
    let turn = stream(&[
        &chunk(r#"{"functionCall":{"name":"f","willContinue":true}}"#, ""),
        &piece(r#"{"jsonPath":"$.a.b","stringValue":"x\"\n","willContinue":true}"#),
        &piece(r#"{"jsonPath":"$.a.b","stringValue":"\ud83d","willContinue":true}"#),
        &piece(r#"{"jsonPath":"$.a.b","stringValue":"\udc66"}"#),
        &piece(
            r#"{"jsonPath":"$.a.list[0]","numberValue":1.5},{"jsonPath":"$.a.list[1].deep","boolValue":true}"#,
        ),
        &piece(r#"{"jsonPath":"$['z z']","nullValue":"NULL_VALUE"}"#),
        &chunk(r#"{"functionCall":{}}"#, STOP),
    ]);
    let arguments: serde_json::Value = serde_json::from_str(&turn.blocks[0].text).unwrap();
    assert_eq!(arguments, json!({ "a": { "b": "x\"\n👦", "list": [1.5, { "deep": true }] }, "z z": null }));
    assert_eq!(turn.blocks.len(), 1);
}

#[test]
fn streamed_arguments_without_an_end_are_closed_by_the_finish_reason() {
    let turn = stream(&[
        &chunk(r#"{"functionCall":{"name":"f","willContinue":true}}"#, ""),
        &chunk(
            r#"{"functionCall":{"partialArgs":[{"jsonPath":"$.a","stringValue":"x","willContinue":true}],"willContinue":true}}"#,
            STOP,
        ),
    ]);
    assert_eq!(blocks(&turn), [(BlockKind::ToolCall, r#"{"a":"x"}"#)]);
}

#[test]
fn a_string_that_was_left_open_ends_where_another_path_begins_and_goes_on_at_none_but_its_own() {
    let piece = |path: &str, text: &str, goes_on: bool| {
        format!(r#"{{"jsonPath":"{path}","stringValue":"{text}","willContinue":{goes_on}}}"#)
    };
    for (pieces, expected) in [
        (vec![piece("$.a", "x", true), piece("$.b", "y", false)], json!({ "a": "x", "b": "y" })),
        (
            vec![piece("$.a", "x", true), piece("$.b", "y", true), piece("$.b", "z", false)],
            json!({ "a": "x", "b": "yz" }),
        ),
        (vec![piece("$.a", "x", true), piece("$.a", "y", true)], json!({ "a": "xy" })),
        (vec![piece("$.a[0]", "x", false), piece("$.a[1]", "y", false)], json!({ "a": ["x", "y"] })),
    ] {
        let call = format!(r#"{{"functionCall":{{"name":"f","partialArgs":[{}]}}}}"#, pieces.join(","));
        let turn = stream(&[&chunk(&call, STOP)]);
        let arguments: serde_json::Value = serde_json::from_str(&turn.blocks[0].text).unwrap();
        assert_eq!(arguments, expected, "{pieces:?}");
    }
}

#[test]
fn paths_that_contradict_each_other_still_make_json() {
    for paths in [["$.a", "$.a.b"], ["$.a.b", "$.a[0]"], ["$.a.b", "$.a"], ["$[0]", "$.a"], ["$.a", "$.a"]] {
        let pieces: Vec<_> =
            paths.iter().map(|path| format!(r#"{{"jsonPath":"{path}","numberValue":1}}"#)).collect();
        let call = format!(r#"{{"functionCall":{{"name":"f","partialArgs":[{}]}}}}"#, pieces.join(","));
        let turn = stream(&[&chunk(&call, STOP)]);
        let text = &turn.blocks[0].text;
        assert!(serde_json::from_str::<serde_json::Value>(text).is_ok(), "{paths:?}: {text}");
    }
}

#[test]
fn a_blocked_prompt_is_an_end_and_not_a_cut() {
    let turn = stream(&[r#"{"promptFeedback":{"blockReason":"SAFETY"}}"#]);
    assert_eq!(turn.state, TurnState::Filtered);
    assert_eq!(turn.stop.map(|stop| stop.wire).as_deref(), Some("SAFETY"));
}

#[test]
fn candidates_that_take_turns_keep_their_own_blocks() {
    let pair = |a: &str, b: &str, rest: &str| {
        format!(
            r#"{{"candidates":[{{"content":{{"parts":[{{"text":"{a}"}}]}}{rest}}},{{"index":1,"content":{{"parts":[{{"text":"{b}"}}]}}{rest}}}]}}"#
        )
    };
    let turn = stream(&[&pair("a", "x", ""), &pair("b", "y", STOP)]);
    assert_eq!(turn.text(), "ab");
    assert_eq!(blocks(&turn), [(BlockKind::Text, "ab"), (BlockKind::Text, "xy")]);
}

#[test]
fn usage_on_every_chunk_ends_as_the_last_and_counts_thoughts_as_output() {
    let with_usage = |text: &str, output: u32, rest: &str| {
        format!(
            r#"{{"candidates":[{{"content":{{"parts":[{{"text":"{text}"}}]}}{rest}}}],"usageMetadata":{{"promptTokenCount":7,"candidatesTokenCount":{output},"thoughtsTokenCount":10}}}}"#
        )
    };
    let turn = stream(&[&with_usage("a", 1, ""), &with_usage("b", 2, STOP)]);
    let usage = turn.usage.unwrap();
    assert_eq!((usage.input, usage.output, usage.reasoning), (Some(7), Some(12), Some(10)));
    // A stream that is cut has its last usage too.
    let cut = stream(&[&with_usage("a", 1, "")]);
    assert_eq!(cut.usage.unwrap().output, Some(11));
}

#[test]
fn grounding_that_is_repeated_gives_each_source_once() {
    let grounding =
        r#","groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://a.example","title":"A"}}]}"#;
    let turn = stream(&[&chunk(r#"{"text":"a"}"#, grounding), &chunk("", &format!("{grounding}{STOP}"))]);
    assert_eq!(turn.blocks[0].citations.len(), 1);
    assert_eq!(turn.blocks[0].citations[0].url, "https://a.example");
}

#[test]
fn unknown_parts_are_kept_and_empty_chunks_harmless() {
    let turn = stream(&[
        r#"{"candidates":[{"content":{"role":"model"}}]}"#,
        r#"{"candidates":[{}]}"#,
        &chunk(r#"{"hologram":{"x":1}}"#, STOP),
        r#"{"weather":1}"#,
    ]);
    let names: Vec<_> = turn.unknown.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["hologram", "message"]);
    assert_eq!(turn.state, TurnState::Complete);
}

#[test]
fn an_error_in_the_stream_keeps_the_text() {
    for error in [
        r#"{"error":{"code":503,"message":"busy","status":"UNAVAILABLE"}}"#,
        r#"[{"error":{"code":503,"message":"busy","status":"UNAVAILABLE"}}]"#,
        r#"{"code":503,"message":"busy","status":"UNAVAILABLE"}"#,
    ] {
        let turn = stream(&[&chunk(r#"{"text":"part"}"#, ""), error]);
        assert_eq!((turn.text().as_str(), turn.state), ("part", TurnState::Failed), "{error}");
        assert!(matches!(turn.failure.unwrap().cause, Cause::Provider(error) if error.message == "busy"));
    }
}

#[test]
fn whole_answers_come_as_an_object_or_as_an_array() {
    let answer = chunk(r#"{"text":"hi"}"#, STOP);
    for body in [answer.clone(), format!("[{answer}]")] {
        let turn = play_whole(Dialect::Gemini, &body);
        assert_eq!((turn.text().as_str(), turn.state), ("hi", TurnState::Complete));
    }
    let failed = play_whole(Dialect::Gemini, r#"[{"error":{"code":400,"message":"no"}}]"#);
    assert_eq!(failed.state, TurnState::Failed);
}

#[test]
fn a_request_names_the_model_in_its_path_and_nothing_can_leave_the_path() {
    let prompt = Prompt {
        model: "models/gemini x?".to_owned(),
        system: "be brief".to_owned(),
        messages: vec![Message { role: Role::User, text: "a".to_owned() }],
        temperature: tokenfall::engine::wire::Decimal::parse("0.5"),
        stream: true,
        ..Prompt::default()
    };
    let endpoint = Endpoint {
        dialect: Dialect::Gemini,
        base: BaseUrl::parse("https://api.example.com/v1beta", false).unwrap(),
        key: None,
    };
    let request = endpoint.request(&prompt);
    assert_eq!(
        request.url,
        "https://api.example.com/v1beta/models/gemini%20x%3F:streamGenerateContent?alt=sse"
    );
    let body: serde_json::Value = serde_json::from_str(&request.body.unwrap()).unwrap();
    assert_eq!(
        body,
        json!({
            "contents": [{ "role": "user", "parts": [{ "text": "a" }] }],
            "systemInstruction": { "parts": [{ "text": "be brief" }] },
            "generationConfig": { "temperature": 0.5 },
        })
    );
    let whole = endpoint.request(&Prompt { stream: false, ..prompt });
    assert!(whole.url.ends_with(":generateContent"));
}

#[test]
fn tokens_read_for_tools_are_tokens_in_and_both_sums_are_the_providers_total() {
    let event = r#"{"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":32,"toolUsePromptTokenCount":4610,"candidatesTokenCount":20,"thoughtsTokenCount":37,"totalTokenCount":4699}}"#;
    let usage = play(Dialect::Gemini, events(&[event])).usage.unwrap();
    assert_eq!((usage.input, usage.output), (Some(4_642), Some(57)));
    assert_eq!(usage.input.zip(usage.output).map(|(input, output)| input + output), Some(4_699));
}

#[test]
fn arguments_cut_off_by_a_lost_connection_stay_open() {
    let call = |more: &str| {
        format!(
            r#"{{"candidates":[{{"content":{{"parts":[{{"functionCall":{{"name":"f","partialArgs":[{{"jsonPath":"$.a.b","stringValue":"Hi"}}],"willContinue":true}}}}]}}{more}}}]}}"#
        )
    };
    let arguments = |more: &str| {
        let turn = play(Dialect::Gemini, events(&[&call(more)]));
        turn.blocks[0].text.clone()
    };
    assert_eq!(arguments(""), r#"{"a":{"b":"Hi""#);
    assert_eq!(arguments(r#","finishReason":"STOP""#), r#"{"a":{"b":"Hi"}}"#);
}
