//! Every value of a stream in turn is replaced by one of another type: nothing panics, and no other event loses its text.

use super::played::play_once;
use serde_json::{Value, json};
use tokenfall::engine::chat::Turn;
use tokenfall::engine::wire::Dialect;

/// A healthy stream of each protocol; its fragments are told by their shape, `<n>`.
fn sample(dialect: Dialect) -> &'static [&'static str] {
    match dialect {
        Dialect::Anthropic => &[
            r#"{"type":"message_start","message":{"id":"m","model":"x","content":[{"type":"text","text":"","citations":[{"url":"u"}]}],"usage":{"input_tokens":1}}}"#,
            r#"{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"<0>","signature":"s"}}"#,
            r#"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"<1>"}}"#,
            r#"{"type":"content_block_stop","index":0}"#,
            r#"{"type":"content_block_start","index":1,"content_block":{"type":"text","text":"<2>"}}"#,
            r#"{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"<3>"}}"#,
            r#"{"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"t","name":"f","input":{}}}"#,
            r#"{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"<4>"}}"#,
            r#"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":3}}"#,
            r#"{"type":"message_stop"}"#,
        ],
        Dialect::Gemini => &[
            r#"{"candidates":[{"index":0,"content":{"role":"model","parts":[{"text":"<0>","thought":true}]}}],"usageMetadata":{"promptTokenCount":1},"modelVersion":"x","responseId":"r"}"#,
            r#"{"candidates":[{"content":{"parts":[{"text":"<1>","thoughtSignature":"s"}]},"citationMetadata":{"citationSources":[{"uri":"u"}]}}]}"#,
            r#"{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{"a":"<2>"}}}]}}]}"#,
            r#"{"candidates":[{"content":{"parts":[{"functionCall":{"name":"g","partialArgs":[{"jsonPath":"$.a","stringValue":"<3>"}]}}]}}]}"#,
            r#"{"candidates":[{"content":{"parts":[{"text":"<4>"}]},"finishReason":"STOP","groundingMetadata":{"groundingChunks":[{"web":{"uri":"u"}}]}}]}"#,
        ],
        Dialect::Interactions => &[
            r#"{"event_type":"interaction.created","interaction":{"id":"i","model":"m","status":"in_progress"}}"#,
            r#"{"event_type":"step.start","index":0,"step":{"type":"thought","summary":[{"text":"<0>"}],"signature":"s"}}"#,
            r#"{"event_type":"step.delta","index":0,"delta":{"type":"thought_summary","content":{"text":"<1>"}}}"#,
            r#"{"event_type":"step.stop","index":0,"usage":{"total_input_tokens":1}}"#,
            r#"{"event_type":"step.start","index":1,"step":{"type":"model_output","content":[{"type":"text","text":"<2>"}]}}"#,
            r#"{"event_type":"step.delta","index":1,"delta":{"type":"text","text":"<3>"},"metadata":{"total_usage":{}}}"#,
            r#"{"event_type":"step.start","index":2,"step":{"type":"function_call","id":"c","name":"f","arguments":{}}}"#,
            r#"{"event_type":"step.delta","index":2,"delta":{"type":"arguments_delta","arguments":"<4>"}}"#,
            r#"{"event_type":"interaction.completed","interaction":{"status":"completed","usage":{"total_input_tokens":1}}}"#,
        ],
        Dialect::Ollama => &[
            r#"{"model":"m","message":{"role":"assistant","content":"","thinking":"<0>"},"done":false}"#,
            r#"{"model":"m","message":{"role":"assistant","content":"<1>"},"done":false}"#,
            r#"{"model":"m","message":{"content":"<2>","tool_calls":[{"id":"c","function":{"name":"f","arguments":{"a":"<3>"}}}]},"done":false}"#,
            r#"{"message":{"content":"<4>","images":["AA=="]},"done":true,"done_reason":"stop","eval_count":1}"#,
        ],
        Dialect::Cohere => &[
            r#"{"type":"message-start","id":"m","delta":{"message":{"content":[],"tool_plan":"<0>"}}}"#,
            r#"{"type":"content-start","index":0,"delta":{"message":{"content":{"type":"text","text":"<1>"}}}}"#,
            r#"{"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"<2>"}}}}"#,
            r#"{"type":"content-end","index":0}"#,
            r#"{"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":{"id":"c","type":"function","function":{"name":"f","arguments":"<3>"}}}}}"#,
            r#"{"type":"citation-start","index":0,"delta":{"message":{"citations":{"text":"a","sources":[{"document":{"title":"t"}}]}}}}"#,
            r#"{"type":"content-delta","index":1,"delta":{"message":{"content":{"text":"<4>"}}}}"#,
            r#"{"type":"message-end","delta":{"finish_reason":"COMPLETE","usage":{"tokens":{"input_tokens":1}}}}"#,
        ],
        Dialect::UiMessages => &[
            r#"{"type":"start","messageId":"m","messageMetadata":{"model":"x"}}"#,
            r#"{"type":"reasoning-start","id":"r"}"#,
            r#"{"type":"reasoning-delta","id":"r","delta":"<0>"}"#,
            r#"{"type":"reasoning-end","id":"r"}"#,
            r#"{"type":"text-start","id":"t"}"#,
            r#"{"type":"text-delta","id":"t","delta":"<1>"}"#,
            r#"{"type":"text-end","id":"t"}"#,
            r#"{"type":"tool-input-start","toolCallId":"c","toolName":"f"}"#,
            r#"{"type":"tool-input-delta","toolCallId":"c","inputTextDelta":"<2>"}"#,
            r#"{"type":"tool-input-available","toolCallId":"d","toolName":"f","input":{"a":"<3>"}}"#,
            r#"{"type":"tool-output-available","toolCallId":"c","output":{"a":"<4>"}}"#,
            r#"{"type":"source-url","sourceId":"s","url":"u"}"#,
            r#"{"type":"data-x","id":"d","data":{"a":"<5>"}}"#,
            r#"{"type":"finish","finishReason":"stop","messageMetadata":{"usage":{"inputTokens":1}}}"#,
        ],
        Dialect::AgUi => &[
            r#"{"type":"RUN_STARTED","threadId":"t","runId":"r"}"#,
            r#"{"type":"STEP_STARTED","stepName":"<0>"}"#,
            r#"{"type":"REASONING_MESSAGE_START","messageId":"a","role":"reasoning"}"#,
            r#"{"type":"REASONING_MESSAGE_CONTENT","messageId":"a","delta":"<1>"}"#,
            r#"{"type":"REASONING_ENCRYPTED_VALUE","subtype":"message","entityId":"a","encryptedValue":"v"}"#,
            r#"{"type":"TEXT_MESSAGE_START","messageId":"m","role":"assistant"}"#,
            r#"{"type":"TEXT_MESSAGE_CONTENT","messageId":"m","delta":"<2>"}"#,
            r#"{"type":"TOOL_CALL_START","toolCallId":"c","toolCallName":"f"}"#,
            r#"{"type":"TOOL_CALL_ARGS","toolCallId":"c","delta":"<3>"}"#,
            r#"{"type":"TOOL_CALL_RESULT","messageId":"n","toolCallId":"c","content":"<4>"}"#,
            r#"{"type":"STATE_DELTA","delta":[{"op":"add","path":"/a","value":"<5>"}]}"#,
        ],
        Dialect::Realtime => &[
            r#"{"type":"session.created","session":{"model":"x"}}"#,
            r#"{"type":"response.created","response":{"status":"in_progress"}}"#,
            r#"{"type":"response.output_text.delta","item_id":"i","content_index":0,"delta":"<0>"}"#,
            r#"{"type":"response.output_text.delta","item_id":"j","content_index":0,"delta":"<1>"}"#,
            r#"{"type":"response.output_item.added","item":{"id":"k","type":"function_call","call_id":"c","name":"f"}}"#,
            r#"{"type":"response.function_call_arguments.delta","item_id":"k","call_id":"c","delta":"<2>"}"#,
            r#"{"type":"response.output_text.delta","item_id":"l","content_index":0,"delta":"<3>"}"#,
            r#"{"type":"response.done","response":{"status":"completed","usage":{"input_tokens":1}}}"#,
        ],
        Dialect::BrowserModel => {
            &[r#"{"fetched":7}"#, r#"{"text":"<0>"}"#, r#"{"text":"<1>"}"#, r#"{"done":true}"#]
        }
        Dialect::ChatCompletions
        | Dialect::Responses
        | Dialect::PlainText
        | Dialect::OwnEvents
        | Dialect::OwnLines => &[],
    }
}

/// Booleans are left out: `done: true` in the middle is an end, and what follows an end is rightly ignored.
fn replacements() -> [Value; 6] {
    [json!(null), json!(7), json!("odd"), json!([]), json!([1, {"text": 2}]), json!({ "odd": [null] })]
}

/// The JSON pointers of all values.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(key, value)| pointers(value, &format!("{at}/{key}"), found));
        }
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, value)| pointers(value, &format!("{at}/{index}"), found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn fragments(event: &str) -> impl Iterator<Item = &str> {
    event.split('"').filter(|text| text.starts_with('<'))
}

fn body(dialect: Dialect, events: &[String]) -> String {
    match dialect.is_ndjson() {
        true => events.join("\n"),
        false => events.iter().map(|event| format!("data: {event}\n\n")).collect(),
    }
}

fn all_text(turn: &Turn) -> String {
    turn.blocks.iter().map(|block| block.text.as_str()).collect()
}

#[test]
fn a_value_of_the_wrong_type_costs_no_other_event_its_text() {
    let mut played = 0;
    for dialect in Dialect::ALL {
        let events: Vec<String> = sample(dialect).iter().map(|&event| event.to_owned()).collect();
        for (at, event) in events.iter().enumerate() {
            let healthy: Value = serde_json::from_str(event).unwrap();
            let mut places = Vec::new();
            pointers(&healthy, "", &mut places);
            for place in &places {
                for replacement in replacements() {
                    let mut odd = healthy.clone();
                    *odd.pointer_mut(place).unwrap() = replacement.clone();
                    let mut stream = events.clone();
                    stream[at] = odd.to_string();
                    let text = all_text(&play_once(dialect, &body(dialect, &stream)));
                    let others = events.iter().enumerate().filter(|(index, _)| *index != at);
                    for fragment in others.flat_map(|(_, event)| fragments(event)) {
                        assert!(
                            text.contains(fragment),
                            "{}: {fragment} is lost when {place} of {event} becomes {replacement}: {text}",
                            dialect.name(),
                        );
                    }
                    played += 1;
                }
            }
        }
    }
    assert!(played > 1000, "only {played} streams were played");
}

#[test]
fn a_number_where_text_belongs_is_shown_as_it_came() {
    for dialect in Dialect::ALL {
        for event in sample(dialect) {
            for fragment in fragments(event) {
                // A path's value has its type in its name.
                if event.contains("stringValue") {
                    continue;
                }
                let odd = event.replace(&format!("\"{fragment}\""), "987");
                let text = all_text(&play_once(dialect, &body(dialect, std::slice::from_ref(&odd))));
                assert!(text.contains("987"), "{}: {odd} gave {text:?}", dialect.name());
            }
        }
    }
}
