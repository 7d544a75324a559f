//! What goes out to `generateContent`, streamed or not (protocols reference §5.1).

use crate::engine::json::Json;
use crate::engine::wire::{Prompt, Role};

/// The path behind the base URL, and the request's body.
pub(in crate::engine::wire) fn request(prompt: &Prompt) -> (String, Json) {
    // An empty part is refused, and a turn stopped before its first word is such a one.
    let contents = prompt
        .messages
        .iter()
        .filter(|message| !message.text.is_empty())
        .map(|message| {
            let role = match message.role {
                Role::User => "user",
                Role::Assistant => "model",
            };
            Json::object().with("role", Json::text(role)).with("parts", parts(&message.text))
        })
        .collect();
    let mut body = Json::object().with("contents", Json::Array(contents));
    if !prompt.system.is_empty() {
        body.add("systemInstruction", Json::object().with("parts", parts(&prompt.system)));
    }
    prompt.add_limits_in(&mut body, "generationConfig", "temperature", "maxOutputTokens");
    let model = path_segment(prompt.model.strip_prefix("models/").unwrap_or(&prompt.model));
    // Without `alt=sse` the body is one growing JSON array.
    let method = if prompt.stream { "streamGenerateContent?alt=sse" } else { "generateContent" };
    (format!("/models/{model}:{method}"), body)
}

fn parts(text: &str) -> Json {
    Json::Array(vec![Json::object().with("text", Json::text(text))])
}

/// A model's id stands in the path, so whatever would end the path there is escaped.
fn path_segment(model: &str) -> String {
    let mut out = String::with_capacity(model.len());
    for byte in model.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
