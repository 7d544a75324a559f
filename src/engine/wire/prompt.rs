//! [`Prompt`]: what is asked, in words common to all providers.

use super::Decimal;
use crate::engine::json::Json;

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The person.
    User,
    /// The model.
    Assistant,
}

/// One earlier turn of the conversation, or the question itself (the last one).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// What was said.
    pub text: String,
}

/// A request to answer a conversation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prompt {
    /// The model's id, as the provider knows it.
    pub model: String,
    /// Instructions that stand above the conversation; empty for none.
    pub system: String,
    /// The conversation, oldest first.
    pub messages: Vec<Message>,
    /// Sampling temperature; `None` leaves it to the provider.
    pub temperature: Option<Decimal>,
    /// The most tokens the answer may have; `None` leaves it to the provider (Anthropic needs one and gets 4,096).
    pub max_tokens: Option<u32>,
    /// Whether the answer is to be streamed.
    pub stream: bool,
    /// The person's own JSON, merged over the request's body at the very end: objects are merged member by member,
    /// anything else replaces, `null` removes.
    pub extra: Option<Json>,
}

impl Message {
    /// The message in the form most protocols have for it.
    pub(super) fn to_json(&self, assistant: &str) -> Json {
        let role = match self.role {
            Role::User => "user",
            Role::Assistant => assistant,
        };
        spoken(role, &self.text)
    }
}

impl Prompt {
    /// The instructions, if there are any, and the conversation, as most protocols want them.
    pub(super) fn spoken(&self) -> Json {
        let system = (!self.system.is_empty()).then(|| spoken("system", &self.system));
        Json::Array(
            system
                .into_iter()
                .chain(self.messages.iter().map(|message| message.to_json("assistant")))
                .collect(),
        )
    }

    /// Adds the instructions under the name a protocol has for them, and that the answer is to be streamed; each if it
    /// is so.
    pub(super) fn add_system_and_stream(&self, body: &mut Json, system: &str) {
        if !self.system.is_empty() {
            body.add(system, Json::text(&self.system));
        }
        if self.stream {
            body.add("stream", Json::bool(true));
        }
    }

    /// Adds the temperature and the limit, if they are given, under the names a protocol has for them.
    pub(super) fn add_limits(&self, body: &mut Json, temperature: &str, tokens: &str) {
        if let Some(degree) = &self.temperature {
            body.add(temperature, degree.to_json());
        }
        if let Some(limit) = self.max_tokens {
            body.add(tokens, Json::number(u64::from(limit)));
        }
    }

    /// The same two in an object of their own, if either is given.
    pub(super) fn add_limits_in(&self, body: &mut Json, name: &str, temperature: &str, tokens: &str) {
        let mut limits = Json::object();
        self.add_limits(&mut limits, temperature, tokens);
        if limits != Json::object() {
            body.add(name, limits);
        }
    }
}

fn spoken(role: &str, text: &str) -> Json {
    Json::object().with("role", Json::text(role)).with("content", Json::text(text))
}
