//! The same short answer in the shapes of the other providers, at their own paths.

use std::time::Duration;

use super::{always, chat};
use crate::script::{Answer, Scenario, When};

/// The text of every scenario of this module but `anthropic-paused`.
pub const DIALECT_TEXT: &str = "Hello from the lab, word by word.";

/// What `anthropic-paused` says before it pauses, and behind that.
pub const PAUSED_TEXT: [&str; 2] = ["I have read half of it.", "And now all of it."];

const GAP: Duration = Duration::from_millis(20);

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        always("anthropic", "Anthropic Messages, at /v1/messages", anthropic(DIALECT_TEXT, "end_turn")),
        Scenario {
            answers: vec![
                (When::Attempt(1), anthropic(PAUSED_TEXT[0], "pause_turn")),
                (When::Always, anthropic(PAUSED_TEXT[1], "end_turn")),
            ],
            ..always(
                "anthropic-paused",
                "A turn that the provider pauses, and ends when it is asked to go on",
                anthropic(PAUSED_TEXT[1], "end_turn"),
            )
        },
        always("responses", "OpenAI Responses, at /v1/responses", responses()),
        Scenario {
            base_path: "/v1beta",
            ..always("gemini", "Gemini, at /v1beta/models/…:streamGenerateContent", gemini())
        },
        Scenario { base_path: "", ..always("ollama", "Ollama NDJSON, at /api/chat", ollama()) },
    ]
}

/// Events whose `event:` line repeats the `type` of their JSON.
fn named(events: impl IntoIterator<Item = (&'static str, String)>) -> Answer {
    let events = events.into_iter().map(|(name, fields)| {
        let comma = if fields.is_empty() { "" } else { "," };
        format!("event: {name}\ndata: {{\"type\":\"{name}\"{comma}{fields}}}\n\n")
    });
    Answer::stream(chat::SSE, events, GAP)
}

fn anthropic(text: &str, stop: &str) -> Answer {
    let usage = r#""usage":{"input_tokens":16,"cache_read_input_tokens":8,"cache_creation_input_tokens":0,"output_tokens":1}"#;
    let mut events = vec![
        (
            "message_start",
            format!(
                r#""message":{{"id":"msg_lab","type":"message","role":"assistant","model":"lab-small","content":[],"stop_reason":null,"stop_sequence":null,{usage}}}"#
            ),
        ),
        ("content_block_start", r#""index":0,"content_block":{"type":"text","text":""}"#.to_owned()),
        ("ping", String::new()),
    ];
    events.extend(chat::words(text).into_iter().map(|word| {
        let text = chat::json_string(word);
        ("content_block_delta", format!(r#""index":0,"delta":{{"type":"text_delta","text":{text}}}"#))
    }));
    events.extend([
        ("content_block_stop", r#""index":0"#.to_owned()),
        (
            "message_delta",
            format!(
                r#""delta":{{"stop_reason":"{stop}","stop_sequence":null}},"usage":{{"output_tokens":7}}"#
            ),
        ),
        ("message_stop", String::new()),
    ]);
    named(events)
}

fn responses() -> Answer {
    let response = |status: &str, output: &str, usage: &str| {
        format!(
            r#""response":{{"id":"resp_lab","object":"response","created_at":1763800000,"status":"{status}","model":"lab-small","output":[{output}],"usage":{usage}}}"#
        )
    };
    let text = chat::json_string(DIALECT_TEXT);
    let part = format!(r#"{{"type":"output_text","text":{text},"annotations":[]}}"#);
    let item = |status: &str, content: &str| {
        format!(
            r#"{{"id":"msg_lab","type":"message","status":"{status}","role":"assistant","content":[{content}]}}"#
        )
    };
    let place = r#""item_id":"msg_lab","output_index":0,"content_index":0"#;
    let mut events = vec![
        ("response.created", response("in_progress", "", "null")),
        ("response.in_progress", response("in_progress", "", "null")),
        ("response.output_item.added", format!(r#""output_index":0,"item":{}"#, item("in_progress", ""))),
        (
            "response.content_part.added",
            format!(r#"{place},"part":{{"type":"output_text","text":"","annotations":[]}}"#),
        ),
    ];
    events.extend(chat::words(DIALECT_TEXT).into_iter().map(|word| {
        ("response.output_text.delta", format!(r#"{place},"delta":{}"#, chat::json_string(word)))
    }));
    let usage = r#"{"input_tokens":24,"input_tokens_details":{"cached_tokens":8},"output_tokens":7,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":31}"#;
    events.extend([
        ("response.output_text.done", format!(r#"{place},"text":{text}"#)),
        ("response.content_part.done", format!(r#"{place},"part":{part}"#)),
        ("response.output_item.done", format!(r#""output_index":0,"item":{}"#, item("completed", &part))),
        ("response.completed", response("completed", &item("completed", &part), usage)),
    ]);
    let numbered = events
        .into_iter()
        .zip(0..)
        .map(|((name, fields), number)| (name, format!(r#""sequence_number":{number},{fields}"#)));
    named(numbered)
}

fn gemini() -> Answer {
    let words = chat::words(DIALECT_TEXT);
    let last = words.len().saturating_sub(1);
    // CRLF line ends, as the real one sends them.
    let events = words.into_iter().enumerate().map(|(index, word)| {
        let text = chat::json_string(word);
        let finish = if index == last { r#","finishReason":"STOP""# } else { "" };
        let out = index + 1;
        let total = 24 + out;
        format!(
            "data: {{\"candidates\":[{{\"content\":{{\"parts\":[{{\"text\":{text}}}],\"role\":\"model\"}}{finish},\"index\":0}}],\"usageMetadata\":{{\"promptTokenCount\":24,\"cachedContentTokenCount\":8,\"candidatesTokenCount\":{out},\"totalTokenCount\":{total}}},\"modelVersion\":\"lab-small\",\"responseId\":\"lab\"}}\r\n\r\n"
        )
    });
    Answer::stream(chat::SSE, events, GAP)
}

fn ollama() -> Answer {
    let head = r#""model":"lab-small","created_at":"2026-11-22T12:00:00.000000001Z""#;
    let mut lines: Vec<String> = chat::words(DIALECT_TEXT)
        .into_iter()
        .map(|word| {
            let text = chat::json_string(word);
            format!("{{{head},\"message\":{{\"role\":\"assistant\",\"content\":{text}}},\"done\":false}}\n")
        })
        .collect();
    lines.push(format!(
        "{{{head},\"message\":{{\"role\":\"assistant\",\"content\":\"\"}},\"done\":true,\"done_reason\":\"stop\",\"total_duration\":1000000000,\"load_duration\":1000000,\"prompt_eval_count\":24,\"prompt_eval_duration\":100000000,\"eval_count\":7,\"eval_duration\":140000000}}\n"
    ));
    Answer::stream("application/x-ndjson", lines, GAP)
}
