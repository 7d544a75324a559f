//! Frames that a gateway ran together, doubled or wrote as no JSON has them.

use super::played::{events, play, play_once};
use crate::support::{pieces, play_as, turn_of};
use tokenfall::engine::chat::{Turn, TurnState};
use tokenfall::engine::tape::End;
use tokenfall::engine::wire::{BlockKind, Dialect};

const CHAT: Dialect = Dialect::ChatCompletions;

fn said(text: &str) -> String {
    format!(r#"{{"choices":[{{"index":0,"delta":{{"content":"{text}"}}}}]}}"#)
}

const STOPPED: &str = r#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#;

fn in_short(turn: &Turn) -> (TurnState, String, u32) {
    (turn.state, turn.text(), turn.unknown_count)
}

fn whole(text: &str) -> (TurnState, String, u32) {
    (TurnState::Complete, text.to_owned(), 0)
}

#[test]
fn two_frames_on_one_line_are_both_read_and_a_cut_one_before_a_whole_is_told() {
    let both = format!("data: {}data: {}\n\ndata: {STOPPED}\n\n", said("a"), said("b"));
    assert_eq!(in_short(&play(CHAT, both)), whole("ab"));
    let bare = format!("data: {}{}\n\ndata: {STOPPED}\n\n", said("a"), said("b"));
    assert_eq!(in_short(&play(CHAT, bare)), whole("ab"));
    let cut = format!("data: {}data: {}\n\ndata: {STOPPED}\n\n", &said("lost")[..20], said("b"));
    assert_eq!(in_short(&play(CHAT, cut)), (TurnState::Complete, "b".to_owned(), 1));
}

#[test]
fn the_name_of_the_field_written_twice_is_none_of_the_data() {
    let body =
        format!("data: data: {}\n\ndata:data:data: {STOPPED}\n\ndata: data: [DONE]\n\n", said("a data: b"));
    assert_eq!(in_short(&play(CHAT, body)), whole("a data: b"));
}

#[test]
fn events_parted_by_one_line_end_are_told_apart_where_each_line_is_whole_json() {
    let body = format!("data: {}\ndata: {}\ndata: {STOPPED}\ndata: [DONE]\n", said("a"), said("b"));
    assert_eq!(in_short(&play(CHAT, body.clone())), whole("ab"));
    assert_eq!(in_short(&play(CHAT, body + "\n")), whole("ab"));
    // One event on several lines stays one.
    let pretty = said("a").replace(":[", ":[\ndata: ").replace("\"}", "\"\ndata: }");
    assert_eq!(in_short(&play(CHAT, format!("data: {pretty}\n\ndata: {STOPPED}\n\n"))), whole("a"));
}

#[test]
fn thousands_of_events_in_one_frame_lose_none() {
    let lines: String = (0..3_000).map(|_| format!("data: {}\n", said("x"))).collect();
    let turn = play_once(CHAT, &format!("{lines}data: {STOPPED}\n\n"));
    assert_eq!(turn.text().len(), 3_000);
}

#[test]
fn lines_of_json_under_the_name_of_an_event_stream_are_read_in_any_protocol() {
    let anthropic = [
        r#"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"ab"}}"#,
        r#"{"type":"message_delta","delta":{"stop_reason":"end_turn"}}"#,
        r#"{"type":"message_stop"}"#,
    ];
    let gemini = [
        r#"{"candidates":[{"content":{"parts":[{"text":"a"}]}}]}"#,
        r#"{"candidates":[{"content":{"parts":[{"text":"b"}]},"finishReason":"STOP"}]}"#,
    ];
    let chat = [&said("a"), &said("b"), STOPPED, "[DONE]"];
    for (dialect, lines) in [(CHAT, &chat[..]), (Dialect::Anthropic, &anthropic), (Dialect::Gemini, &gemini)]
    {
        for ends in ["\n", "\r\n", "\n\n"] {
            let body = lines.iter().map(|line| format!("{line}{ends}")).collect::<String>();
            let turn = turn_of(dialect, &body);
            assert_eq!(in_short(&turn), whole("ab"), "{dialect:?} {ends:?}");
            assert!(!turn.whole, "it was streamed");
        }
    }
    let one = r#"{"choices":[{"index":0,"message":{"content":"ab"},"finish_reason":"stop"}]}"#;
    let pretty = one.replace(",", ",\n ");
    for body in [one, &format!("\n{one}\n"), &pretty] {
        let turn = turn_of(CHAT, body);
        assert_eq!((in_short(&turn), turn.whole), (whole("ab"), true), "{body}");
        let cut = play_as(CHAT, "application/json", &pieces(body.as_bytes(), || 1), End::Closed);
        assert_eq!(cut, turn, "{body}");
    }
}

#[test]
fn numbers_that_json_has_not_cost_no_event_its_text() {
    for number in ["NaN", "Infinity", "-Infinity"] {
        let event =
            said("NaN is no Infinity").replace("\"index\":0", &format!("\"index\":0,\"logprob\":{number}"));
        let body = events(&[&event, STOPPED]);
        assert_eq!(in_short(&play(CHAT, body)), whole("NaN is no Infinity"), "{number}");
    }
}

#[test]
fn the_sentinel_ends_a_stream_in_any_case() {
    for sentinel in ["[done]", "[Done]", "[DONE]"] {
        assert_eq!(in_short(&play(CHAT, events(&[&said("a"), sentinel]))), whole("a"), "{sentinel}");
    }
}

#[test]
fn a_compaction_in_pieces_is_one_record_that_can_be_read() {
    let piece = |delta: &str| {
        format!(r#"{{"type":"content_block_delta","index":0,"delta":{{"type":"compaction_delta",{delta}}}}}"#)
    };
    let body = |last: &str| {
        events(&[
            r#"{"type":"content_block_start","index":0,"content_block":{"type":"compaction","content":null}}"#,
            &piece(r#""content":"So \"far\" ""#),
            &piece(r#""content":"so good.","encrypted_content":"QUJD""#),
            &piece(r#""content":null,"encrypted_content":null"#),
            last,
        ])
    };
    for last in [r#"{"type":"content_block_stop","index":0}"#, r#"{"type":"ping"}"#] {
        let turn = play(Dialect::Anthropic, body(last));
        let kept: Vec<_> = turn.blocks_of(BlockKind::Other).map(|block| block.text.as_str()).collect();
        assert_eq!(
            kept,
            [r#"{"type":"compaction","content":"So \"far\" so good.","encrypted_content":"QUJD"}"#],
            "{last}"
        );
    }
}

#[test]
fn brackets_inside_of_strings_end_no_frame_of_those_that_were_run_together() {
    for (first, second) in [("a}", "{b"), ("]", "["), (r#"\"}"#, r#"{\""#), ("}{", "}{")] {
        let bare = format!("data: {}{}\n\ndata: {STOPPED}\n\n", said(first), said(second));
        let text = |said: &str| serde_json::from_str::<String>(&format!("\"{said}\"")).unwrap();
        assert_eq!(in_short(&play(CHAT, bare)), whole(&(text(first) + &text(second))), "{first} {second}");
    }
}
