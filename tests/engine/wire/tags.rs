//! Reasoning that stands in the text between tags, in every protocol; and text that is only about such tags.

use super::played::{events, play};
use crate::support::sse;
use tokenfall::engine::chat::Turn;
use tokenfall::engine::wire::{BlockKind, Dialect};

/// An answer in that protocol whose text comes in these pieces.
fn answer(dialect: Dialect, pieces: &[&str]) -> Turn {
    let json = |text: &str| serde_json::Value::from(text).to_string();
    let (piece, ends): (fn(&str) -> String, &[&str]) = match dialect {
        Dialect::ChatCompletions => (
            |text| format!(r#"{{"choices":[{{"index":0,"delta":{{"content":{text}}}}}]}}"#),
            &[r#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#],
        ),
        Dialect::Responses => (
            |text| format!(r#"{{"type":"response.output_text.delta","output_index":0,"delta":{text}}}"#),
            &[r#"{"type":"response.completed","response":{"status":"completed"}}"#],
        ),
        Dialect::Anthropic => (
            |text| {
                format!(
                    r#"{{"type":"content_block_delta","index":0,"delta":{{"type":"text_delta","text":{text}}}}}"#
                )
            },
            &[r#"{"type":"message_delta","delta":{"stop_reason":"end_turn"}}"#, r#"{"type":"message_stop"}"#],
        ),
        Dialect::Gemini => (
            |text| format!(r#"{{"candidates":[{{"content":{{"parts":[{{"text":{text}}}]}}}}]}}"#),
            &[r#"{"candidates":[{"finishReason":"STOP"}]}"#],
        ),
        Dialect::Interactions => (
            |text| {
                format!(r#"{{"event_type":"step.delta","index":0,"delta":{{"type":"text","text":{text}}}}}"#)
            },
            &[r#"{"event_type":"interaction.completed","interaction":{"status":"completed"}}"#],
        ),
        Dialect::Ollama => (
            |text| format!(r#"{{"message":{{"content":{text}}},"done":false}}"#),
            &[r#"{"message":{"content":""},"done":true,"done_reason":"stop"}"#],
        ),
        Dialect::PlainText => return play(dialect, pieces.concat()),
        Dialect::OwnEvents | Dialect::OwnLines => panic!("their form is the person's"),
        Dialect::UiMessages => (
            |text| format!(r#"{{"type":"text-delta","id":"a","delta":{text}}}"#),
            &[r#"{"type":"finish","finishReason":"stop"}"#, "[DONE]"],
        ),
        Dialect::AgUi => (
            |text| format!(r#"{{"type":"TEXT_MESSAGE_CONTENT","messageId":"a","delta":{text}}}"#),
            &[r#"{"type":"RUN_FINISHED","runId":"r"}"#],
        ),
        Dialect::Realtime => (
            |text| {
                format!(
                    r#"{{"type":"response.output_text.delta","item_id":"a","content_index":0,"delta":{text}}}"#
                )
            },
            &[r#"{"type":"response.done","response":{"status":"completed"}}"#],
        ),
        Dialect::BrowserModel => (|text| format!(r#"{{"text":{text}}}"#), &[r#"{"done":true}"#]),
        Dialect::Cohere => (
            |text| {
                format!(
                    r#"{{"type":"content-delta","index":0,"delta":{{"message":{{"content":{{"text":{text}}}}}}}}}"#
                )
            },
            &[r#"{"type":"message-end","delta":{"finish_reason":"COMPLETE"}}"#],
        ),
    };
    let all: Vec<String> = pieces
        .iter()
        .map(|text| piece(&json(text)))
        .chain(ends.iter().map(|end| (*end).to_owned()))
        .collect();
    if dialect.is_ndjson() {
        return play(dialect, all.iter().map(|line| format!("{line}\n")).collect::<String>());
    }
    play(dialect, sse(&all.iter().map(String::as_str).collect::<Vec<_>>()))
}

/// The text in pieces of so many characters.
fn cut(text: &str, length: usize) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(length).map(|piece| piece.iter().collect()).collect()
}

/// Reasoning and text of an answer of the chat protocol, which must be the same in pieces of any length.
fn told(text: &str) -> (String, String) {
    let tell = |length: usize| {
        let pieces = cut(text, length);
        let turn = answer(Dialect::ChatCompletions, &pieces.iter().map(String::as_str).collect::<Vec<_>>());
        (turn.reasoning(), turn.text())
    };
    let whole = tell(text.chars().count());
    for length in 1..=text.chars().count() {
        assert_eq!(tell(length), whole, "{text:?} in pieces of {length}");
    }
    whole
}

#[test]
fn a_pair_of_tags_at_the_start_is_reasoning_in_every_protocol_wherever_it_is_cut() {
    for dialect in Dialect::SERVERS.into_iter().chain([
        Dialect::PlainText,
        Dialect::UiMessages,
        Dialect::AgUi,
        Dialect::Realtime,
        Dialect::BrowserModel,
    ]) {
        for name in ["think", "thinking", "thought", "reasoning"] {
            let text = format!("\n<{name}>\nTwo < 3, so </b> it is.\n</{name}>\n\nFour.");
            for length in [1, 2, 3, 5, 100] {
                let pieces = cut(&text, length);
                let turn = answer(dialect, &pieces.iter().map(String::as_str).collect::<Vec<_>>());
                assert_eq!(
                    (turn.reasoning().as_str(), turn.text().as_str()),
                    ("Two < 3, so </b> it is.", "Four."),
                    "{name} in {dialect:?}, pieces of {length}"
                );
                assert_eq!(turn.words(), "Four.", "what would be sent back");
            }
        }
    }
}

#[test]
fn reasoning_that_was_cut_before_its_closing_tag_is_reasoning() {
    assert_eq!(told("<think>So far </thi"), ("So far </thi".to_owned(), String::new()));
    assert_eq!(told("<think>\n\n</think>\n\nHi."), (String::new(), "Hi.".to_owned()));
}

#[test]
fn a_final_text_that_repeats_the_tags_is_parted_as_its_deltas_were() {
    let text = r"<think>Hm.</think>\n\nFour.";
    let body = events(&[
        &format!(r#"{{"type":"response.output_text.delta","output_index":0,"delta":"{text}"}}"#),
        &format!(
            r#"{{"type":"response.completed","response":{{"status":"completed","output":[{{"type":"message","content":[{{"type":"output_text","text":"{text}"}}]}}]}}}}"#
        ),
    ]);
    let turn = play(Dialect::Responses, body);
    assert_eq!((turn.reasoning().as_str(), turn.text().as_str()), ("Hm.", "Four."));
}

#[test]
fn an_answer_about_the_tags_keeps_them() {
    for text in [
        "The model writes <think> and then </think> around it.\n",
        "`<think>` opens it, and\n\n```\n</think>\n```\n\ncloses it.\n",
        "It ends with `</think>`\nand goes on.",
        "<think> is a tag. It ends with </think>.\nSo it is.",
        "<think>...</think> tags hold thoughts.",
        "The tag is:\n\n</think>\n\nIt closes the thoughts.",
        "Thoughts end with </think>\nand an answer follows.",
        "    </think>\n\nis code.",
        "Two `ticks and </think>\nmore ` of them.",
        "`code\nI greet back.</think>\n\nHello` it is.",
        "<thinker>is no such tag</thinker>",
        "<",
        "a < b and b > c\n",
    ] {
        assert_eq!(told(text), (String::new(), text.to_owned()));
    }
}

#[test]
fn a_closing_tag_in_code_inside_the_thoughts_does_not_end_them() {
    let text = "<think>I must write `</think>` here.</think>Done.";
    assert_eq!(told(text), ("I must write `</think>` here.".to_owned(), "Done.".to_owned()));
}

#[test]
fn a_lone_closing_tag_at_the_end_of_its_line_moves_what_stood_before_it_once() {
    for (text, reasoning, rest) in [
        ("I greet back.</think>\n\nHello!", "I greet back.", "Hello!"),
        ("One.\n\nTwo.\n</think> \r\n\r\nHello!\n", "One.\n\nTwo.", "Hello!\n"),
        (
            "I use `a` and:\n\n```\nx\n```\n\nNow.\n</thinking>\nHello!",
            "I use `a` and:\n\n```\nx\n```\n\nNow.",
            "Hello!",
        ),
        ("</think>\n\nHello!", "", "Hello!"),
        ("`code\n\nI greet back.</think>\n\nHello!", "`code\n\nI greet back.", "Hello!"),
        ("Once.\n</think>\nTwice.\n</think>\nEnd.", "Once.", "Twice.\n</think>\nEnd."),
    ] {
        assert_eq!(told(text), (reasoning.to_owned(), rest.to_owned()), "{text:?}");
    }
    let turn = answer(Dialect::Gemini, &["I greet back.", "</think>\n\n", "Hello!"]);
    assert!(turn.moved.is_some(), "it is announced");
    assert_eq!(turn.blocks.iter().map(|block| block.revision).collect::<Vec<_>>(), [1, 0]);
    assert_eq!(turn.words(), "Hello!", "what would be sent back");
}

#[test]
fn a_lone_closing_tag_moves_nothing_where_reasoning_came_before() {
    let body = events(&[
        r#"{"choices":[{"index":0,"delta":{"reasoning_content":"Hm."}}]}"#,
        r#"{"choices":[{"index":0,"delta":{"content":"Text.\n</think>\nMore."},"finish_reason":"stop"}]}"#,
    ]);
    let turn = play(Dialect::ChatCompletions, body);
    assert_eq!((turn.reasoning().as_str(), turn.text().as_str()), ("Hm.", "Text.\n</think>\nMore."));
}

#[test]
fn blocks_that_come_behind_moved_reasoning_keep_their_own_text_and_final_statements() {
    let text = r"I look it up.</think>\n\nOne moment.";
    let body = events(&[
        &format!(r#"{{"type":"response.output_text.delta","output_index":0,"delta":"{text}"}}"#),
        r#"{"type":"response.output_item.added","output_index":1,"item":{"type":"function_call","call_id":"c","name":"f","arguments":""}}"#,
        r#"{"type":"response.function_call_arguments.delta","output_index":1,"delta":"{\"a\":1}"}"#,
        &format!(
            r#"{{"type":"response.completed","response":{{"status":"completed","output":[{{"type":"message","content":[{{"type":"output_text","text":"{text}"}}]}},{{"type":"function_call","call_id":"c","name":"f","arguments":"{{\"a\":1}}"}}]}}}}"#
        ),
    ]);
    let turn = play(Dialect::Responses, body);
    assert_eq!((turn.reasoning().as_str(), turn.text().as_str()), ("I look it up.", "One moment."));
    let calls: Vec<_> = turn.blocks_of(BlockKind::ToolCall).map(|block| block.text.as_str()).collect();
    assert_eq!(calls, [r#"{"a":1}"#]);
}
