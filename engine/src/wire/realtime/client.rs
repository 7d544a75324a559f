//! [`ClientEvent`]s are what a page sends over the socket.

use crate::wire::body::Body;
use crate::wire::{Message, Prompt, Role};
use serde::Serialize;

/// A message to the server.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type")]
pub enum ClientEvent {
    /// Sets what holds for all answers from here on.
    #[serde(rename = "session.update")]
    SessionUpdate {
        /// The options.
        session: SessionOptions,
    },
    /// Adds an item to the conversation, also while an answer runs: the next one reads it.
    #[serde(rename = "conversation.item.create")]
    ItemCreate {
        /// The item that it comes behind; at the end without one.
        #[serde(skip_serializing_if = "Option::is_none")]
        previous_item_id: Option<String>,
        /// The item.
        item: Item,
    },
    /// Asks for an answer.
    #[serde(rename = "response.create")]
    ResponseCreate {
        /// Options of this answer alone.
        #[serde(skip_serializing_if = "Option::is_none")]
        response: Option<ResponseOptions>,
    },
    /// Stops the answer that runs.
    #[serde(rename = "response.cancel")]
    ResponseCancel {
        /// Its id; the one that runs without one.
        #[serde(skip_serializing_if = "Option::is_none")]
        response_id: Option<String>,
    },
}

/// The options of a session.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SessionOptions {
    #[serde(rename = "type")]
    kind: &'static str,
    output_modalities: [&'static str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    instructions: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_output_tokens: Option<u32>,
}

impl SessionOptions {
    /// Creates options for answers in text alone.
    #[must_use]
    pub fn text(instructions: Option<&str>, max_output_tokens: Option<u32>) -> SessionOptions {
        SessionOptions {
            kind: "realtime",
            output_modalities: ["text"],
            instructions: instructions.map(str::to_owned),
            max_output_tokens,
        }
    }
}

/// The options of one answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ResponseOptions {
    /// Instructions in place of the session's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instructions: Option<String>,
    /// The most tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_output_tokens: Option<u32>,
}

/// An item of the conversation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Item {
    /// Something that was said.
    Message {
        /// `user` or `assistant`.
        role: &'static str,
        /// What was said.
        content: [Content; 1],
    },
    /// The result of a call.
    FunctionCallOutput {
        /// The call's id.
        call_id: String,
        /// The result.
        output: String,
    },
}

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Content {
    /// The person's words.
    InputText {
        /// The words.
        text: String,
    },
    /// The model's words.
    OutputText {
        /// The words.
        text: String,
    },
}

impl Item {
    /// Creates the person's words, also for a running answer.
    #[must_use]
    pub fn said(text: &str) -> Item {
        Item::Message { role: "user", content: [Content::InputText { text: text.to_owned() }] }
    }

    fn of(message: &Message) -> Item {
        match message.role {
            Role::User => Item::said(&message.text),
            Role::Assistant => Item::Message {
                role: "assistant",
                content: [Content::OutputText { text: message.text.clone() }],
            },
        }
    }
}

/// Returns the messages that ask a prompt on a new socket.
#[must_use]
pub fn opening(prompt: &Prompt) -> Vec<ClientEvent> {
    let session = SessionOptions::text(prompt.instructions(), prompt.max_tokens);
    let items =
        prompt.said().map(|said| ClientEvent::ItemCreate { previous_item_id: None, item: Item::of(said) });
    let first = ClientEvent::SessionUpdate { session };
    std::iter::once(first).chain(items).chain([ClientEvent::ResponseCreate { response: None }]).collect()
}

/// Returns the path behind the base URL, and the messages of [`opening`] as one list: over a socket each goes by itself.
pub(in crate::wire) fn request(prompt: &Prompt) -> (String, Body) {
    ("/realtime".to_owned(), Body::new(&opening(prompt)))
}
