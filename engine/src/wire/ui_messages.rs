//! Maps the UI message stream of Vercel's AI SDK, version 1: what a front end gets from its own server.
//!
//! Facts: `ui-message-chunks.ts` of the SDK. Server-Sent Events of data alone; each has a `type`, parts have ids, `[DONE]`
//! stands at the end whatever happened. An id may come again in a later step: then it is another part.

use super::blocks::Blocks;
use super::body::Body;
use super::delta_template::AppendFragment;
use super::end_state::EndState;
use super::prompt::{Message, Prompt, Role};
use super::read_events::ReadEvents;
use super::stop::reason;
use super::{
    BlockIndex, BlockKind, Citation, Deltas, Identity, ProviderError, StopReason, ToolIdentity, Usage,
};
use crate::json::Value;
use serde::Serialize;

/// The body of a request, as the SDK's own transport sends it.
#[derive(Serialize)]
struct Request<'a> {
    id: &'static str,
    messages: Vec<UiMessage<'a>>,
    trigger: &'static str,
}

#[derive(Serialize)]
struct UiMessage<'a> {
    id: String,
    role: &'static str,
    parts: [Part<'a>; 1],
}

#[derive(Serialize)]
#[serde(tag = "type", rename = "text")]
struct Part<'a> {
    text: &'a str,
}

/// Returns no path, since the address is the whole one, and the request's body.
pub(super) fn request(prompt: &Prompt) -> (String, Body) {
    let said = |message: &Message| match message.role {
        Role::User => "user",
        Role::Assistant => "assistant",
    };
    let system = prompt.instructions().map(|text| ("system", text));
    let spoken =
        system.into_iter().chain(prompt.said().map(|message| (said(message), message.text.as_str())));
    let messages = spoken.enumerate().map(|(index, (role, text))| UiMessage {
        id: format!("m{}", index + 1),
        role,
        parts: [Part { text }],
    });
    let request = Request { id: "chat", messages: messages.collect(), trigger: "submit-message" };
    (String::new(), Body::new(&request))
}

/// A part's kind and id.
type Key = (BlockKind, String);

/// Maps the events of one response.
#[derive(Debug, Default)]
pub(super) struct Mapper {
    blocks: Blocks<Key>,
    /// The newest block of visible text: sources belong to it.
    newest_text: Option<BlockIndex>,
    is_finished: bool,
    end_state: EndState,
}

impl ReadEvents for Mapper {
    fn map(&mut self, name: &str, event: Value<'_>, out: &mut Deltas) {
        let kind = event.get("type").map(|kind| kind.word()).unwrap_or_default();
        match kind {
            "text-delta" => self.delta(BlockKind::Text, event.get("id"), event.get("delta"), out),
            "reasoning-delta" => self.delta(BlockKind::Reasoning, event.get("id"), event.get("delta"), out),
            "text-start" => self.start(BlockKind::Text, event, out),
            "reasoning-start" => self.start(BlockKind::Reasoning, event, out),
            "text-end" => self.close(BlockKind::Text, event, out),
            "reasoning-end" => self.close(BlockKind::Reasoning, event, out),
            "tool-input-start" => {
                let block =
                    self.blocks.open((BlockKind::ToolCall, call_id(event)), BlockKind::ToolCall, 0, out);
                identify_call(block, true, event, out);
            }
            "tool-input-delta" => {
                let id = event.get("toolCallId");
                self.delta(BlockKind::ToolCall, id, event.get("inputTextDelta"), out);
            }
            "tool-input-available" | "tool-input-error" => self.input(event, out),
            "tool-output-available"
            | "tool-output-error"
            | "tool-output-denied"
            | "tool-approval-request"
            | "tool-approval-response" => self.other(&call_id(event), event, out),
            "source-url" => self.cite(event, out),
            "source-document" | "file" | "reasoning-file" => {
                let block = self.blocks.open((BlockKind::Other, String::new()), BlockKind::Other, 0, out);
                self.blocks.append_str(block, event.raw(), out);
                self.blocks.close(block, out);
            }
            "start" => {
                let id = event.text("messageId").map(|id| id.decode().into_owned());
                if id.is_some() {
                    out.identity(Identity { id, model: None });
                }
                self.metadata(event, out);
                out.keep_alive();
            }
            "message-metadata" => self.metadata(event, out),
            // Steps only part what is there; one that is begun anew takes back what was shown, which stays all the same.
            "start-step" | "finish-step" => out.keep_alive(),
            "error" => {
                let words = event.string("errorText");
                self.end_state.error(ProviderError::new(None, kind, "", &words, event.raw()), out);
            }
            "abort" => {
                out.stop_because(StopReason::Cancelled, kind, event.string("reason"));
                self.is_finished = true;
            }
            "finish" => {
                if let Some(word) = event.text("finishReason") {
                    let word = word.decode();
                    out.stop(reason(&word), &word);
                }
                self.metadata(event, out);
                self.is_finished = true;
                out.keep_alive();
            }
            "custom" => self.other(&event.string("kind"), event, out),
            data if data.starts_with("data-") => {
                let id = format!("{data} {}", event.string("id"));
                self.other(&id, event, out);
            }
            other => self.end_state.unexplained_type(name, other, event, out),
        }
    }

    /// Takes the sentinel. Behind an error or an abort it stands too.
    fn done(&mut self, out: &mut Deltas) {
        self.blocks.close_all(out);
        self.end_state.end(out);
    }

    fn blocks(&mut self) -> &mut dyn AppendFragment {
        &mut self.blocks
    }

    fn finish(&mut self, out: &mut Deltas) {
        if self.is_finished {
            self.done(out);
        }
        self.blocks.close_cut(out);
    }
}

impl Mapper {
    fn delta(&mut self, kind: BlockKind, id: Option<Value<'_>>, text: Option<Value<'_>>, out: &mut Deltas) {
        let id = id.and_then(|id| id.as_text()).map(|id| id.decode().into_owned()).unwrap_or_default();
        let block = self.blocks.at((kind, id), kind, 0, out);
        if kind == BlockKind::Text {
            self.newest_text = Some(block);
        }
        match text {
            Some(text) if text.is_truthy() => self.blocks.append_value(block, text, out),
            Some(_) | None => out.keep_alive(),
        }
    }

    fn start(&mut self, kind: BlockKind, event: Value<'_>, out: &mut Deltas) {
        let block = self.blocks.open((kind, event.string("id")), kind, 0, out);
        if kind == BlockKind::Text {
            self.newest_text = Some(block);
        }
    }

    fn close(&mut self, kind: BlockKind, event: Value<'_>, out: &mut Deltas) {
        match self.blocks.find(&(kind, event.string("id"))) {
            Some(block) => self.blocks.close(block, out),
            None => out.keep_alive(),
        }
    }

    /// Maps a call's whole input, behind its fragments or without any.
    fn input(&mut self, event: Value<'_>, out: &mut Deltas) {
        let id = call_id(event);
        let key = (BlockKind::ToolCall, id.clone());
        let is_new = self.blocks.find(&key).is_none();
        let block = self.blocks.at(key, BlockKind::ToolCall, 0, out);
        identify_call(block, is_new, event, out);
        if !self.blocks.has_text(block) {
            match event.present("input") {
                Some(input) => self.blocks.append_value(block, input, out),
                None => self.blocks.append_str(block, "{}", out),
            }
        }
        self.blocks.close(block, out);
        if event.get("errorText").is_some() {
            self.other(&id, event, out);
        }
    }

    /// Maps what is no text, as it came: all of the same id in one block, a line each.
    fn other(&mut self, id: &str, event: Value<'_>, out: &mut Deltas) {
        let block = self.blocks.at((BlockKind::Other, id.to_owned()), BlockKind::Other, 0, out);
        if self.blocks.has_text(block) {
            self.blocks.append_str(block, "\n", out);
        }
        self.blocks.append_str(block, event.raw(), out);
    }

    fn cite(&mut self, event: Value<'_>, out: &mut Deltas) {
        let block = match self.newest_text {
            Some(block) => block,
            None => self.blocks.open((BlockKind::Text, String::new()), BlockKind::Text, 0, out),
        };
        self.newest_text = Some(block);
        out.citation(Citation {
            block,
            title: event.string("title"),
            url: event.string("url"),
            quote: String::new(),
            raw: event.raw().to_owned(),
        });
    }

    /// Maps metadata, whose members are the server's own: model and usage where they are called as the SDK calls them.
    fn metadata(&mut self, event: Value<'_>, out: &mut Deltas) {
        let Some(metadata) = event.present("messageMetadata") else { return };
        if let Some(model) = metadata.text("model").or_else(|| metadata.text("modelId")) {
            out.identity(Identity { id: None, model: Some(model.decode().into_owned()) });
        }
        let usage = ["totalUsage", "usage"].into_iter().find_map(|name| metadata.present(name));
        if let Some(usage) = usage.filter(|usage| usage.is_object()) {
            out.usage(Usage {
                input: usage.number("inputTokens"),
                cached: usage.number("cachedInputTokens"),
                output: usage.number("outputTokens"),
                reasoning: usage.number("reasoningTokens"),
                raw: usage.raw().to_owned(),
            });
        }
        self.other("metadata", metadata, out);
    }
}

fn call_id(event: Value<'_>) -> String {
    event.string("toolCallId")
}

fn identify_call(block: BlockIndex, is_new: bool, event: Value<'_>, out: &mut Deltas) {
    let is = |name: &str| event.get(name).is_some_and(|value| value.is_true());
    let kind = match (is("providerExecuted"), is("dynamic")) {
        (true, _) => "provider-executed",
        (false, true) => "dynamic",
        (false, false) if is_new => "function",
        // What was said when it began stands.
        (false, false) => "",
    };
    out.tool(ToolIdentity {
        block,
        id: call_id(event),
        name: event.string("toolName"),
        kind: kind.to_owned(),
    });
}
