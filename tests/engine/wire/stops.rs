//! An abnormal end is never shown as complete, whatever a protocol calls it.

use super::played::{events, play};
use crate::support::stop;
use tokenfall::engine::chat::TurnState::{self, *};
use tokenfall::engine::wire::Dialect;

/// A body whose answer stops with that word.
type Stopped = fn(&str) -> String;

fn chat(word: &str) -> String {
    events(&[
        r#"{"choices":[{"index":0,"delta":{"content":"Half"}}]}"#,
        &format!(r#"{{"choices":[{{"index":0,"delta":{{}},"finish_reason":"{word}"}}]}}"#),
        "[DONE]",
    ])
}

fn anthropic(word: &str) -> String {
    events(&[
        r#"{"type":"message_start","message":{"id":"m","content":[]}}"#,
        r#"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Half"}}"#,
        &format!(r#"{{"type":"message_delta","delta":{{"stop_reason":"{word}"}}}}"#),
        r#"{"type":"message_stop"}"#,
    ])
}

fn gemini(word: &str) -> String {
    events(&[&format!(
        r#"{{"candidates":[{{"content":{{"parts":[{{"text":"Half"}}]}},"finishReason":"{word}"}}]}}"#
    )])
}

fn ollama(word: &str) -> String {
    format!("{{\"message\":{{\"content\":\"Half\"}},\"done\":true,\"done_reason\":\"{word}\"}}\n")
}

fn cohere(word: &str) -> String {
    events(&[
        r#"{"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"Half"}}}}"#,
        &format!(r#"{{"type":"message-end","delta":{{"finish_reason":"{word}"}}}}"#),
    ])
}

#[test]
fn a_word_borrowed_from_another_protocol_means_the_same_in_any_case_and_with_any_separators() {
    let table: [(&str, TurnState); 26] = [
        ("stop", Complete),
        ("STOP", Complete),
        ("end_turn", Complete),
        ("COMPLETE", Complete),
        ("eos", Complete),
        ("stop_sequence", Complete),
        ("tool_calls", Complete),
        ("TOOL_CALL", Complete),
        ("MAX_TOKENS", Truncated),
        ("max-output-tokens", Truncated),
        ("maxTokens", Truncated),
        ("length", Truncated),
        ("model_context_window_exceeded", Truncated),
        ("SAFETY", Filtered),
        ("content_filter", Filtered),
        ("content_filter: PROHIBITED_CONTENT", Filtered),
        ("RECITATION", Filtered),
        ("refusal", Filtered),
        ("pause_turn", Paused),
        ("MALFORMED_FUNCTION_CALL", Halted),
        ("function_call_filter: MALFORMED_FUNCTION_CALL", Halted),
        ("OTHER", Halted),
        ("abort", Halted),
        ("FINISH_REASON_UNSPECIFIED", Halted),
        ("a_word_of_tomorrow", Halted),
        ("error", Failed),
    ];
    let bodies: [(Dialect, Stopped); 5] = [
        (Dialect::ChatCompletions, chat),
        (Dialect::Anthropic, anthropic),
        (Dialect::Gemini, gemini),
        (Dialect::Ollama, ollama),
        (Dialect::Cohere, cohere),
    ];
    for (word, state) in table {
        for (dialect, body) in bodies {
            // Gemini's failures come as errors, not as reasons.
            if dialect == Dialect::Gemini && state == Failed {
                continue;
            }
            let turn = play(dialect, body(word));
            assert_eq!((turn.state, turn.text().as_str()), (state, "Half"), "{word:?} in {dialect:?}");
        }
    }
}

#[test]
fn an_end_that_is_no_good_one_is_told_with_the_providers_own_word() {
    for (word, words) in [
        ("OTHER", "The provider stopped the answer for a reason of its own (OTHER)."),
        ("abort", "The provider stopped the answer for a reason of its own (abort)."),
        (
            "MALFORMED_FUNCTION_CALL",
            "The model wrote a tool call that is not valid (MALFORMED_FUNCTION_CALL).",
        ),
        ("SAFETY", "A filter withheld the rest (SAFETY)."),
        ("MAX_TOKENS", "Stopped at the token limit (MAX_TOKENS)."),
        ("pause_turn", "The provider paused here, and goes on when asked to (pause_turn)."),
        ("stop", ""),
    ] {
        assert_eq!(play(Dialect::ChatCompletions, chat(word)).end_in_words(), words);
    }
}

#[test]
fn a_finish_message_of_gemini_is_read_beside_a_stop_that_is_no_good_one() {
    let body = |reason: &str| {
        events(&[&format!(
            r#"{{"candidates":[{{"finishReason":"{reason}","finishMessage":"Malformed function call: f("}}]}}"#
        )])
    };
    let turn = play(Dialect::Gemini, body("MALFORMED_FUNCTION_CALL"));
    assert!(turn.end_in_words().ends_with("Malformed function call: f("), "{}", turn.end_in_words());
    assert_eq!((turn.state, turn.unknown_count), (Halted, 0));
    assert_eq!(play(Dialect::Gemini, body("STOP")).end_in_words(), "");
}

#[test]
fn the_status_inside_a_response_beats_the_name_of_its_event() {
    let said = r#"{"type":"response.output_text.delta","output_index":0,"delta":"Half"}"#;
    let last = |name: &str, inside: &str| {
        let event = format!(r#"{{"type":"{name}","response":{{"id":"r"{inside},"output":[]}}}}"#);
        let turn = play(Dialect::Responses, events(&[said, &event]));
        (turn.state, stop(&turn).1.to_owned())
    };
    let incomplete = r#","status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}"#;
    for name in ["response.completed", "response.done", "response.incomplete"] {
        assert_eq!(last(name, incomplete), (Truncated, "max_output_tokens".to_owned()), "{name}");
        let failed = r#","status":"failed","error":{"message":"gone"}"#;
        assert_eq!(last(name, failed).0, Failed, "{name}");
    }
    let filtered = r#","status":"incomplete","incomplete_details":{"reason":"content_filter"}"#;
    assert_eq!(last("response.completed", filtered).0, Filtered);
    assert_eq!(
        last("response.completed", r#","status":"in_progress""#).0,
        Complete,
        "left as it was by a proxy"
    );
    assert_eq!(last("response.done", "").0, Complete);
}

#[test]
fn a_stop_said_once_more_behind_another_takes_nothing_back() {
    for word in ["tool_calls", "length", "content_filter"] {
        let body = events(&[
            r#"{"choices":[{"index":0,"delta":{"content":"a"}}]}"#,
            &format!(r#"{{"choices":[{{"index":0,"delta":{{}},"finish_reason":"{word}"}}]}}"#),
            r#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"total_tokens":3}}"#,
            "[DONE]",
        ]);
        assert_eq!(stop(&play(Dialect::ChatCompletions, body)).1, word);
    }
}
