//! Writes requests to `generateContent`, streamed or not (protocols reference §5.1).

use crate::authority::percent_encoded;
use crate::wire::body::Body;
use crate::wire::{Decimal, Message, Prompt, Role};
use serde::Serialize;

/// The body of a request.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    contents: Vec<Content<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    system_instruction: Option<Instruction<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    generation_config: Option<GenerationConfig<'a>>,
}

#[derive(Serialize)]
struct Content<'a> {
    role: &'static str,
    parts: [Part<'a>; 1],
}

#[derive(Serialize)]
struct Instruction<'a> {
    parts: [Part<'a>; 1],
}

#[derive(Serialize)]
struct Part<'a> {
    text: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GenerationConfig<'a> {
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "Decimal::as_typed")]
    temperature: Option<&'a Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_output_tokens: Option<u32>,
}

impl<'a> From<&'a Message> for Content<'a> {
    fn from(message: &'a Message) -> Content<'a> {
        let role = match message.role {
            Role::User => "user",
            Role::Assistant => "model",
        };
        Content { role, parts: [Part { text: &message.text }] }
    }
}

/// Returns the path behind the base URL, and the request's body.
pub(in crate::wire) fn request(prompt: &Prompt) -> (String, Body) {
    let config =
        GenerationConfig { temperature: prompt.temperature.as_ref(), max_output_tokens: prompt.max_tokens };
    let request = Request {
        contents: prompt.said().map(Content::from).collect(),
        system_instruction: prompt.instructions().map(|text| Instruction { parts: [Part { text }] }),
        generation_config: prompt.has_limits().then_some(config),
    };
    // It stands in the path, which another sign would end.
    let model = prompt.model.strip_prefix("models/").unwrap_or(&prompt.model);
    let model = percent_encoded(model, b"-._~/@");
    // Without `alt=sse` the body is one growing JSON array.
    let method = if prompt.stream { "streamGenerateContent?alt=sse" } else { "generateContent" };
    (format!("/models/{model}:{method}"), Body::new(&request))
}
