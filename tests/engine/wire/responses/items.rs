//! Which item an event is about, and what is said once although it is stated twice.

use super::{COMPLETED, turn};
use crate::support::{blocks, calls, stop};
use tokenfall::engine::wire::{BlockKind, StopReason};

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
fn what_only_the_closing_event_of_a_delta_states_is_taken_for_each_kind_of_delta() {
    for (item, event, member, kind) in [
        ("message", "output_text", "text", BlockKind::Text),
        ("message", "refusal", "refusal", BlockKind::Refusal),
        ("reasoning", "reasoning_summary_text", "text", BlockKind::Reasoning),
        ("reasoning", "reasoning_text", "text", BlockKind::Reasoning),
        ("function_call", "function_call_arguments", "arguments", BlockKind::ToolCall),
        ("mcp_call", "mcp_call_arguments", "arguments", BlockKind::ToolCall),
        ("custom_tool_call", "custom_tool_call_input", "input", BlockKind::ToolCall),
        ("code_interpreter_call", "code_interpreter_call_code", "code", BlockKind::ToolCall),
        ("shell_call", "shell_call_command", "command", BlockKind::ToolCall),
        ("apply_patch_call", "apply_patch_call_operation_diff", "diff", BlockKind::ToolCall),
    ] {
        let turn = turn(&[
            &format!(
                r#"{{"type":"response.output_item.added","output_index":0,"item":{{"id":"i","type":"{item}"}}}}"#
            ),
            &format!(
                r#"{{"type":"response.{event}.done","output_index":0,"item_id":"i","{member}":"{{x}}"}}"#
            ),
            COMPLETED,
        ]);
        assert!(blocks(&turn).contains(&(kind, "{x}")), "{event}: {:?}", blocks(&turn));
    }
}
