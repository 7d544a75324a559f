//! Writes requests to `interactions` (protocols reference §5.5).

use crate::wire::body::Body;
use crate::wire::{Decimal, Message, Prompt, Role};
use serde::Serialize;

/// The body of a request.
#[derive(Serialize)]
struct Request<'a> {
    model: &'a str,
    input: Vec<Step<'a>>,
    /// The conversation is sent each time, so nothing has to stay at the provider, where keeping it is the default.
    store: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    system_instruction: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    generation_config: Option<GenerationConfig<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Step<'a> {
    UserInput { content: [Content<'a>; 1] },
    ModelOutput { content: [Content<'a>; 1] },
}

#[derive(Serialize)]
#[serde(tag = "type", rename = "text")]
struct Content<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct GenerationConfig<'a> {
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "Decimal::as_typed")]
    temperature: Option<&'a Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_output_tokens: Option<u32>,
}

impl<'a> From<&'a Message> for Step<'a> {
    fn from(message: &'a Message) -> Step<'a> {
        let content = [Content { text: &message.text }];
        match message.role {
            Role::User => Step::UserInput { content },
            Role::Assistant => Step::ModelOutput { content },
        }
    }
}

/// Returns the path behind the base URL, and the request's body.
pub(in crate::wire) fn request(prompt: &Prompt) -> (String, Body) {
    let config =
        GenerationConfig { temperature: prompt.temperature.as_ref(), max_output_tokens: prompt.max_tokens };
    let request = Request {
        model: &prompt.model,
        input: prompt.said().map(Step::from).collect(),
        store: false,
        system_instruction: prompt.instructions(),
        stream: prompt.streams(),
        generation_config: prompt.has_limits().then_some(config),
    };
    ("/interactions".to_owned(), Body::new(&request))
}
