//! [`Prompt`] holds a question in words common to all providers.

use super::{Decimal, Extra};
use serde::Serialize;

/// The speaker of a message.
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
    /// The speaker.
    pub role: Role,
    /// The text.
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
    /// Whether the server is asked to count while it writes, to say how far it has read, and to let its reasoning be ended:
    /// llama.cpp does so only if it is asked to, and other servers may refuse members that they do not know.
    pub counts: bool,
    /// The person's own JSON, merged over the request's body at the very end.
    pub extra: Option<Extra>,
}

/// A message in the form most protocols have for it.
#[derive(Debug, Serialize)]
pub(super) struct Spoken<'a> {
    role: &'static str,
    content: &'a str,
}

impl Spoken<'_> {
    /// Returns instructions in that form.
    pub(super) const fn system(content: &str) -> Spoken<'_> {
        Spoken { role: "system", content }
    }
}

impl Message {
    /// Returns the message in the form most protocols have for it.
    pub(super) fn spoken(&self) -> Spoken<'_> {
        let role = match self.role {
            Role::User => "user",
            Role::Assistant => "assistant",
        };
        Spoken { role, content: &self.text }
    }
}

impl Prompt {
    /// Returns the instructions, if there are any, and the conversation, as most protocols want them.
    pub(super) fn spoken(&self) -> Vec<Spoken<'_>> {
        let system = self.instructions().map(Spoken::system);
        system.into_iter().chain(self.messages.iter().map(Message::spoken)).collect()
    }

    /// Returns the messages that hold text: some protocols refuse an empty one, and a turn stopped before its first
    /// word is such a one.
    pub(super) fn said(&self) -> impl Iterator<Item = &Message> {
        self.messages.iter().filter(|message| !message.text.is_empty())
    }

    /// Returns the instructions, if there are any.
    pub(super) fn instructions(&self) -> Option<&str> {
        (!self.system.is_empty()).then_some(self.system.as_str())
    }

    /// Returns `true` if the answer is to be streamed; else the member is left out.
    pub(super) fn streams(&self) -> Option<bool> {
        self.stream.then_some(true)
    }

    /// Returns whether a temperature or a limit is given.
    pub(super) fn has_limits(&self) -> bool {
        self.temperature.is_some() || self.max_tokens.is_some()
    }
}
