//! The events of one answer, in the order that the API sends them.

use serde_json::{Value, json};

use super::conversation::Running;

/// An error about something that the client sent, or of the server itself.
pub(super) fn error(kind: &str, code: &str, message: &str) -> Value {
    json!({ "type": "error", "error": { "type": kind, "code": code, "message": message, "param": null } })
}

/// What stands before the first word.
pub(super) fn beginning(running: &Running) -> Vec<Value> {
    let item = item(running, "in_progress");
    vec![
        json!({ "type": "response.created", "response": response(running, "in_progress", json!(null)) }),
        json!({
            "type": "response.output_item.added", "response_id": running.response, "output_index": 0, "item": item,
        }),
        json!({ "type": "conversation.item.added", "previous_item_id": running.previous, "item": item }),
        placed(running, "response.content_part.added", "part", json!({ "type": "text", "text": "" })),
    ]
}

/// One word.
pub(super) fn delta(running: &Running, word: &str) -> Value {
    placed(running, "response.output_text.delta", "delta", word.into())
}

/// What stands behind the last word, for any status.
pub(super) fn end(running: &Running, status: &str) -> Vec<Value> {
    let details = match status {
        "cancelled" => json!({ "type": "cancelled", "reason": "client_cancelled" }),
        "failed" => json!({
            "type": "failed",
            "error": { "type": "server_error", "code": "server_error", "message": "The lab stopped by itself." },
        }),
        _ => json!(null),
    };
    let item = item(running, if status == "completed" { "completed" } else { "incomplete" });
    let part = json!({ "type": "text", "text": running.said });
    vec![
        placed(running, "response.output_text.done", "text", running.said.clone().into()),
        placed(running, "response.content_part.done", "part", part),
        json!({
            "type": "response.output_item.done", "response_id": running.response, "output_index": 0, "item": item,
        }),
        json!({ "type": "conversation.item.done", "previous_item_id": running.previous, "item": item }),
        json!({ "type": "response.done", "response": response(running, status, details) }),
    ]
}

/// An event about the answer's only part.
fn placed(running: &Running, kind: &str, member: &str, value: Value) -> Value {
    json!({
        "type": kind, "response_id": running.response, "item_id": running.item, "output_index": 0,
        "content_index": 0, member: value,
    })
}

fn item(running: &Running, status: &str) -> Value {
    let content = match running.said.as_str() {
        "" => json!([]),
        said => json!([{ "type": "output_text", "text": said }]),
    };
    json!({
        "id": running.item, "object": "realtime.item", "type": "message", "status": status, "role": "assistant",
        "content": content,
    })
}

fn response(running: &Running, status: &str, details: Value) -> Value {
    let is_running = status == "in_progress";
    let output = if is_running { json!([]) } else { json!([item(running, status)]) };
    let said = running.said_words;
    let usage = match is_running {
        true => json!(null),
        false => json!({
            "total_tokens": 24 + said, "input_tokens": 24, "output_tokens": said,
            "input_token_details": { "text_tokens": 24, "audio_tokens": 0, "image_tokens": 0, "cached_tokens": 8 },
            "output_token_details": { "text_tokens": said, "audio_tokens": 0 },
        }),
    };
    json!({
        "id": running.response, "object": "realtime.response", "status": status, "status_details": details,
        "output": output, "output_modalities": ["text"], "usage": usage,
    })
}
