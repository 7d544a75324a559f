//! How an answer ends: whole, cut or failed.

use super::{stop, turn, whole};
use crate::support::turn_of;
use tokenfall::engine::chat::{Cause, Turn, TurnState};
use tokenfall::engine::error::Category;
use tokenfall::engine::wire::{Dialect, ProviderError, StopReason};

#[test]
fn half_a_character_at_the_very_end_becomes_a_replacement() {
    let turn = turn(&[
        r#"{"choices":[{"index":0,"delta":{"content":"a\ud83d"},"finish_reason":"length"}]}"#,
        "[DONE]",
    ]);
    assert_eq!(turn.text(), "a\u{fffd}");
    assert_eq!(turn.state, TurnState::Truncated);
}

#[test]
fn two_choices_are_whole_only_when_both_have_stopped() {
    let first = r#"{"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}]}"#;
    let second = r#"{"choices":[{"index":1,"delta":{"content":"b"},"finish_reason":null}]}"#;
    let last = r#"{"choices":[{"index":1,"delta":{},"finish_reason":"length"}]}"#;
    assert_eq!(turn(&[first, second]).state, TurnState::Interrupted);
    let both = turn(&[first, second, last]);
    assert_eq!(both.state, TurnState::Complete);
    assert_eq!(stop(&both), (StopReason::Finished, "stop"), "the stop of the answer that is shown");
}

#[test]
fn the_end_without_a_sentinel_counts_if_a_reason_was_given() {
    let said = r#"{"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}"#;
    let stopped = r#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#;
    assert_eq!(turn(&[said, stopped]).state, TurnState::Complete);
    let cut = turn(&[said]);
    assert_eq!(cut.state, TurnState::Interrupted);
    assert_eq!(cut.text(), "a");
}

#[test]
fn a_sentinel_without_any_reason_means_finished() {
    let turn = turn(&[r#"{"choices":[{"index":0,"delta":{"content":"4"}}]}"#, "[DONE]"]);
    assert_eq!(turn.state, TurnState::Complete);
    assert_eq!(stop(&turn), (StopReason::Finished, ""));
}

#[test]
fn a_reason_is_not_overwritten_by_null_and_the_last_one_wins() {
    let turn = turn(&[
        r#"{"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}]}"#,
        r#"{"choices":[{"index":0,"delta":{"content":"b"},"finish_reason":"length"}]}"#,
        r#"{"choices":[{"index":0,"delta":{"content":""},"finish_reason":null}],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#,
        "[DONE]",
    ]);
    assert_eq!(turn.text(), "ab");
    assert_eq!(stop(&turn), (StopReason::Length, "length"));
}

#[test]
fn an_error_behind_text_fails_the_turn_and_keeps_the_text() {
    let turn = turn(&[
        r#"{"choices":[{"index":0,"delta":{"content":"half"}}]}"#,
        r#"{"error":{"code":502,"message":"upstream","metadata":{"error_type":"server_error"}},"choices":[{"index":0,"delta":{"content":" an"},"finish_reason":"error"}]}"#,
        "[DONE]",
    ]);
    assert_eq!(turn.text(), "half an");
    assert_eq!(turn.state, TurnState::Failed);
    let error = error(&turn);
    assert_eq!(
        (error.code.as_str(), error.message.as_str(), error.category),
        ("502", "upstream", Category::Server)
    );
}

#[test]
fn a_stop_that_says_that_the_server_failed_is_a_failure_and_the_servers_own_words_win() {
    let said = r#"{"choices":[{"index":0,"delta":{"content":"half"}}]}"#;
    for word in ["error", "insufficient_system_resource", "network_error"] {
        let stopped = format!(r#"{{"choices":[{{"index":0,"delta":{{}},"finish_reason":"{word}"}}]}}"#);
        for events in [&[said, &stopped, "[DONE]"][..], &[said, &stopped]] {
            let turn = turn(events);
            assert_eq!((turn.text().as_str(), turn.state), ("half", TurnState::Failed), "{word}");
            assert_eq!((error(&turn).kind.as_str(), stop(&turn).1), (word, word));
        }
        let explained = turn(&[said, &stopped, r#"{"error":{"message":"upstream"}}"#, "[DONE]"]);
        assert_eq!(error(&explained).message, "upstream");
    }
}

#[test]
fn errors_of_every_shape_inside_a_stream_are_errors() {
    for (event, message) in [
        (r#"{"error":"model crashed"}"#, "model crashed"),
        (r#"{"object":"error","message":"too hot","code":500}"#, "too hot"),
        (r#"{"detail":"no such model"}"#, "no such model"),
        (
            r#"{"choices":[{"index":0,"delta":{},"error":{"message":"provider down","code":503}}]}"#,
            "provider down",
        ),
        (r#"{"choices":[],"x_groq":{"error":"over capacity"}}"#, "over capacity"),
    ] {
        let turn = turn(&[event]);
        assert_eq!(turn.state, TurnState::Failed, "{event}");
        assert_eq!(error(&turn).message, message);
    }
}

#[test]
fn an_error_event_by_name_fails_the_turn_without_a_sentinel() {
    let body = "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning\":\"hm\"}}]}\n\nevent: error\ndata: {\"error\":{\"message\":\"bad call\",\"code\":\"tool_use_failed\"}}\n\n";
    let turn = turn_of(Dialect::ChatCompletions, body);
    assert_eq!(turn.state, TurnState::Failed);
    assert_eq!(error(&turn).code, "tool_use_failed");
    assert_eq!(turn.reasoning(), "hm");
}

#[test]
fn an_empty_error_beside_an_answer_is_none() {
    let turn = turn(&[
        r#"{"error":null,"choices":[{"delta":{"content":"a"}}]}"#,
        r#"{"error":"","choices":[{"delta":{},"finish_reason":"stop"}]}"#,
    ]);
    assert_eq!(turn.state, TurnState::Complete);
}

#[test]
fn one_event_that_is_no_json_does_not_lose_the_rest() {
    let turn = turn(&[
        r#"{"choices":[{"delta":{"content":"a"}}]}"#,
        r#"{"choices":[{"delta":{"con"#,
        r#"{"choices":[{"delta":{"content":"b"},"finish_reason":"stop"}]}"#,
        "[DONE]",
    ]);
    assert_eq!(turn.text(), "ab");
    assert_eq!((turn.unreadable_count, turn.state), (1, TurnState::Complete));
}

#[test]
fn the_last_event_counts_though_its_blank_line_never_came() {
    let body = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}]}";
    let turn = turn_of(Dialect::ChatCompletions, body);
    assert_eq!((turn.text().as_str(), turn.state), ("ab", TurnState::Complete));
}

#[test]
fn an_error_with_status_200_is_an_error() {
    let turn =
        whole(r#"{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}"#);
    assert_eq!(turn.state, TurnState::Failed);
    assert_eq!(error(&turn).category, Category::Billing);
}

fn error(turn: &Turn) -> ProviderError {
    match turn.failure.clone().map(|failure| failure.cause) {
        Some(Cause::Provider(error)) => error,
        other => ProviderError::new(None, "", "", &format!("not a provider's error: {other:?}"), ""),
    }
}

#[test]
fn only_an_event_called_ping_is_a_sign_of_life_and_any_other_that_nobody_knows_is_kept() {
    let stop = r#"data: {"choices":[{"index":0,"delta":{"content":"x"},"finish_reason":"stop"}]}"#;
    for (event, unknown) in [
        ("event: ping\ndata: {\"novel\":\"words\"}", 0),
        ("data: {\"type\":\"ping\",\"novel\":\"words\"}", 0),
        ("event: news\ndata: {\"novel\":\"words\"}", 1),
        ("data: {\"novel\":\"words\"}", 1),
    ] {
        let turn = crate::support::turn_of(
            Dialect::ChatCompletions,
            format!("{event}\n\n{stop}\n\ndata: [DONE]\n\n"),
        );
        assert_eq!((turn.unknown_count, turn.text().as_str()), (unknown, "x"), "{event}");
    }
}
