//! Half a surrogate pair that waits for its other half when a stream is cut: nothing of it was ever a character.

use crate::support::play;
use tokenfall::engine::chat::{Turn, TurnState};
use tokenfall::engine::tape::End;
use tokenfall::engine::wire::Dialect;

/// For each protocol a stream that is cut behind half a character, and what its one block says by then.
const CUT: [(Dialect, &str, &str); 8] = [
    (Dialect::ChatCompletions, r#"data: {"choices":[{"index":0,"delta":{"content":"Hi \ud83d"}}]}"#, "Hi "),
    (
        Dialect::Responses,
        r#"data: {"type":"response.output_text.delta","item_id":"a","output_index":0,"content_index":0,"delta":"Hi \ud83d"}"#,
        "Hi ",
    ),
    (
        Dialect::Anthropic,
        r#"data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi \ud83d"}}"#,
        "Hi ",
    ),
    (Dialect::Gemini, r#"data: {"candidates":[{"content":{"parts":[{"text":"Hi \ud83d"}]}}]}"#, "Hi "),
    (
        Dialect::Gemini,
        r#"data: {"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","partialArgs":[{"jsonPath":"$.a","stringValue":"Hi \ud83d","willContinue":true}],"willContinue":true}}]}}]}"#,
        // The brackets stay open: what was cut is not shown as whole.
        r#"{"a":"Hi "#,
    ),
    (
        Dialect::Interactions,
        r#"data: {"event_type":"step.delta","index":0,"delta":{"type":"text","text":"Hi \ud83d"}}"#,
        "Hi ",
    ),
    (Dialect::Ollama, r#"{"message":{"role":"assistant","content":"Hi \ud83d"},"done":false}"#, "Hi "),
    (
        Dialect::Cohere,
        r#"data: {"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"Hi \ud83d"}}}}"#,
        "Hi ",
    ),
];

fn said(turn: &Turn) -> Vec<&str> {
    turn.blocks.iter().map(|block| block.text.as_str()).collect()
}

#[test]
fn half_a_character_is_dropped_where_a_stream_is_cut_lost_or_stopped() {
    for (dialect, event, expected) in CUT {
        for end in [End::Closed, End::Lost, End::Cancelled] {
            for line_ends in ["", "\n", "\n\n"] {
                let body = format!("{event}{line_ends}");
                let turn = play(dialect, &[body.as_bytes()], end);
                let is_shown =
                    end != End::Cancelled || line_ends == "\n\n" || dialect.is_ndjson() && line_ends == "\n";
                assert_eq!(said(&turn), if is_shown { vec![expected] } else { vec![] }, "{body:?} {end:?}");
            }
        }
    }
}

#[test]
fn half_a_character_is_dropped_in_front_of_an_error() {
    for (dialect, event, expected) in CUT {
        let error = r#"{"type":"error","event_type":"error","error":{"message":"Gone"}}"#;
        let error = if dialect.is_ndjson() {
            format!("{error}\n")
        } else {
            format!("event: error\ndata: {error}\n\n")
        };
        let turn = play(dialect, &[format!("{event}\n\n{error}").as_bytes()], End::Closed);
        assert_eq!((turn.state, said(&turn)), (TurnState::Failed, vec![expected]), "{event}");
    }
}

#[test]
fn half_a_character_that_a_stream_ends_well_with_is_shown_as_what_it_is() {
    let half = r#"data: {"choices":[{"index":0,"delta":{"content":"Hi \ud83d"},"finish_reason":"stop"}]}"#;
    for end in ["\n\n", "\n\ndata: [DONE]\n\n"] {
        let turn = play(Dialect::ChatCompletions, &[format!("{half}{end}").as_bytes()], End::Closed);
        assert_eq!((turn.state, said(&turn)), (TurnState::Complete, vec!["Hi \u{fffd}"]));
    }
}
