//! Signs of life in any format, and what only looks like one.

use super::played::{events, play};
use tokenfall::engine::chat::{Cause, TurnState};
use tokenfall::engine::wire::Dialect;

const ALIVE: [&str; 14] = [
    "data: : comment",
    "data: ping",
    "data: data: ping",
    "data: HEARTBEAT",
    "data: keep-alive",
    "data: {}",
    "data: []",
    "data: null",
    "data: \"ping\"",
    "data: 1764460800",
    "data: {\"type\":\"heartbeat\"}",
    "data: {\"type\":\"ping\",\"time\":5}",
    "event: keepalive\ndata: still here, wait",
    "event: heartbeat\ndata: {\"ts\":17}",
];

/// Each protocol's events: one with text, and those that end the answer well.
fn protocols() -> [(Dialect, String, String); 6] {
    [
        (
            Dialect::ChatCompletions,
            events(&[r#"{"choices":[{"index":0,"delta":{"content":"Here."}}]}"#]),
            events(&[r#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#, "[DONE]"]),
        ),
        (
            Dialect::Anthropic,
            events(&[
                r#"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Here."}}"#,
            ]),
            events(&[
                r#"{"type":"message_delta","delta":{"stop_reason":"end_turn"}}"#,
                r#"{"type":"message_stop"}"#,
            ]),
        ),
        (
            Dialect::Responses,
            events(&[r#"{"type":"response.output_text.delta","output_index":0,"delta":"Here."}"#]),
            events(&[r#"{"type":"response.completed","response":{"status":"completed"}}"#]),
        ),
        (
            Dialect::Gemini,
            events(&[r#"{"candidates":[{"content":{"parts":[{"text":"Here."}]}}]}"#]),
            events(&[r#"{"candidates":[{"finishReason":"STOP"}]}"#]),
        ),
        (
            Dialect::Interactions,
            events(&[r#"{"event_type":"step.delta","index":0,"delta":{"type":"text","text":"Here."}}"#]),
            events(&[r#"{"event_type":"interaction.completed","interaction":{"status":"completed"}}"#]),
        ),
        (
            Dialect::Cohere,
            events(&[
                r#"{"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"Here."}}}}"#,
            ]),
            events(&[r#"{"type":"message-end","delta":{"finish_reason":"COMPLETE"}}"#]),
        ),
    ]
}

#[test]
fn a_sign_of_life_in_any_format_is_no_failure_no_record_and_no_content() {
    for (dialect, said, ended) in protocols() {
        for alive in ALIVE {
            let four = format!("{alive}\n\n").repeat(4);
            let turn = play(dialect, format!("{four}{said}{four}{ended}"));
            assert_eq!(
                (turn.state, turn.text().as_str(), turn.unknown_count, turn.unreadable_count),
                (TurnState::Complete, "Here.", 0, 0),
                "{alive} in {dialect:?}"
            );
            let silent = play(dialect, four);
            let cause = silent.failure.as_ref().map(|failure| &failure.cause);
            assert_eq!(
                (silent.is_blank(), cause),
                (true, Some(&Cause::Empty)),
                "{alive} alone in {dialect:?}"
            );
        }
    }
}

#[test]
fn lines_of_ollama_that_only_keep_alive_are_none_of_its_answer() {
    for alive in ["{}", "[]", "{\"type\":\"heartbeat\"}", "ping"] {
        let body = format!(
            "{{\"message\":{{\"content\":\"He\"}},\"done\":false}}\n{alive}\n{alive}\n{alive}\n{{\"message\":{{\"content\":\"re.\"}},\"done\":true,\"done_reason\":\"stop\"}}\n"
        );
        let turn = play(Dialect::Ollama, body);
        assert_eq!(
            (turn.text().as_str(), turn.unknown_count, turn.unreadable_count),
            ("Here.", 0, 0),
            "{alive}"
        );
    }
}

#[test]
fn three_events_that_are_neither_json_nor_signs_of_life_fail_the_answer() {
    for noise in ["data: this is no event", "data: <p>", "data: {\"choices\":", "data: Unauthorized"] {
        let turn = play(Dialect::ChatCompletions, format!("{noise}\n\n").repeat(3));
        assert_eq!(turn.state, TurnState::Failed, "{noise}");
        let told = turn.failure.map(|failure| failure.details()).unwrap_or_default();
        assert!(told.contains(noise.trim_start_matches("data: ")), "{noise}: {told}");
    }
}

#[test]
fn the_bare_word_of_an_error_event_is_its_message() {
    let turn = play(Dialect::ChatCompletions, "event: error\ndata: overloaded\n\n");
    assert!(turn.failure.is_some_and(|failure| failure.sentence().contains("overloaded")));
}
