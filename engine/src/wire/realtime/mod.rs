//! Maps OpenAI Realtime over a WebSocket, text alone: one JSON object a message, both ways.
//!
//! Facts: the API's reference for Realtime (general availability, 2025-08) and openai-node 7.59 `realtime/websocket`. A
//! socket outlives its answers: a mapper reads one response, the first that it hears of. An `error` event is about a message
//! of ours and ends nothing that runs. Where the client speaks while a response runs, that is no end of the answer: the next
//! response goes on with it. Names of the beta (`response.text.delta`) are understood too.

mod client;
mod order;
mod talk;

pub(super) use client::request;
pub use client::{ClientEvent, Content, Item, ResponseOptions, SessionOptions, opening};
pub use order::ItemOrder;
pub use talk::{Talk, address};

use super::blocks::Blocks;
use super::delta_template::AppendFragment;
use super::end_state::EndState;
use super::read_events::ReadEvents;
use super::stop::{reason, reason_after_calls};
use super::{BlockIndex, BlockKind, Deltas, Identity, ProviderError, StopReason, ToolIdentity, Usage};
use crate::json::Value;

/// Key of a block: the item and the part of it.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    item: String,
    part: u64,
    kind: BlockKind,
}

/// Maps the messages of one response.
#[derive(Debug, Default)]
pub(super) struct Mapper {
    blocks: Blocks<Key>,
    /// The id of the response that is read, once it has begun.
    response: Option<String>,
    called: bool,
    /// Whether a response was asked for that has not ended, as far as what was sent is known.
    asked: bool,
    /// Whether something was said since: the answer goes on behind this response.
    goes_on: bool,
    /// How often that was.
    said: u64,
    /// What the responses have cost that have ended.
    spent: Usage,
    end_state: EndState,
}

impl ReadEvents for Mapper {
    fn map(&mut self, name: &str, event: Value<'_>, out: &mut Deltas) {
        let kind = event.get("type").map(|kind| kind.word()).unwrap_or_default();
        if self.is_of_another_response(event) {
            out.unknown(kind, event.raw());
            return;
        }
        match kind {
            "response.output_text.delta" | "response.text.delta" => {
                self.delta(BlockKind::Text, event, out);
            }
            // What a model says aloud, in words.
            "response.output_audio_transcript.delta" | "response.audio_transcript.delta" => {
                self.delta(BlockKind::Text, event, out);
            }
            "response.function_call_arguments.delta" => {
                self.called = true;
                self.delta(BlockKind::ToolCall, event, out);
            }
            "response.output_text.done" | "response.text.done" => {
                self.whole_text(BlockKind::Text, "text", event, out);
            }
            "response.output_audio_transcript.done" | "response.audio_transcript.done" => {
                self.whole_text(BlockKind::Text, "transcript", event, out);
            }
            "response.function_call_arguments.done" => {
                self.called = true;
                let block = self.block(BlockKind::ToolCall, event, out);
                identify_call(block, event, out);
                self.whole_text(BlockKind::ToolCall, "arguments", event, out);
            }
            "response.output_item.added" | "response.output_item.done" => self.item(event, out),
            "response.created" => {
                let response = event.get("response").unwrap_or(event);
                let id = response.string("id");
                let model = response.text("model").map(|model| model.decode().into_owned());
                out.identity(Identity { id: Some(id.clone()).filter(|id| !id.is_empty()), model });
                self.response = Some(id);
            }
            "response.done" => self.response_done(event, out),
            "error" if self.response.is_some() || is_about_cancelling(event) => {
                out.unknown(kind, event.raw())
            }
            "error" => self.end_state.fail(event, out),
            "session.created" | "session.updated" => {
                let session = event.get("session").unwrap_or(event);
                if let Some(model) = session.text("model") {
                    out.identity(Identity { id: None, model: Some(model.decode().into_owned()) });
                }
                out.keep_alive();
            }
            // Echoes of what was sent, frames around what deltas say, and sound.
            quiet if is_quiet(quiet) => out.keep_alive(),
            other => self.end_state.unexplained_type(name, other, event, out),
        }
    }

    fn sent(&mut self, event: Value<'_>, out: &mut Deltas) {
        match event.get("type").map(|kind| kind.word()).unwrap_or_default() {
            "response.create" => self.asked = true,
            "conversation.item.create" if self.asked => {
                self.goes_on = true;
                self.said(event, out);
            }
            _ => {}
        }
    }

    fn blocks(&mut self) -> &mut dyn AppendFragment {
        &mut self.blocks
    }

    fn finish(&mut self, out: &mut Deltas) {
        self.blocks.close_cut(out);
    }
}

/// Returns whether an error says that nothing ran any more that could be cancelled: its end and our word have crossed.
fn is_about_cancelling(event: Value<'_>) -> bool {
    event.get("error").is_some_and(|error| error.string("code") == "response_cancel_not_active")
}

fn is_quiet(kind: &str) -> bool {
    const KINDS: [&str; 4] =
        ["rate_limits.updated", "response.content_part.added", "response.content_part.done", "pong"];
    const BEGINNINGS: [&str; 4] =
        ["conversation.", "input_audio_buffer.", "output_audio_buffer.", "response.output_audio."];
    KINDS.contains(&kind)
        || BEGINNINGS.iter().any(|start| kind.starts_with(start))
        || kind.starts_with("response.audio.")
}

impl Mapper {
    fn is_of_another_response(&self, event: Value<'_>) -> bool {
        let Some(known) = self.response.as_deref().filter(|id| !id.is_empty()) else { return false };
        let id = event.text("response_id").or_else(|| event.get("response")?.text("id"));
        id.is_some_and(|id| !id.is_empty() && id != *known)
    }

    fn block(&mut self, kind: BlockKind, event: Value<'_>, out: &mut Deltas) -> BlockIndex {
        // A call has one part; its events count none.
        let part = if kind == BlockKind::ToolCall { 0 } else { event.number("content_index").unwrap_or(0) };
        self.blocks.at(Key { item: event.string("item_id"), part, kind }, kind, 0, out)
    }

    /// Puts what the person says into the answer, where it is.
    fn said(&mut self, event: Value<'_>, out: &mut Deltas) {
        let item = event.get("item").filter(|item| item.string("role") == "user");
        let content = item.and_then(|item| item.get("content")).and_then(|content| content.items().next());
        let Some(text) = content.and_then(|content| content.text("text")) else { return };
        self.said += 1;
        let key = Key { item: String::new(), part: self.said, kind: BlockKind::Said };
        let block = self.blocks.open(key, BlockKind::Said, 0, out);
        self.blocks.append_str(block, &text.decode(), out);
        self.blocks.close(block, out);
    }

    fn delta(&mut self, kind: BlockKind, event: Value<'_>, out: &mut Deltas) {
        let block = self.block(kind, event, out);
        match event.get("delta") {
            Some(text) if text.is_truthy() => self.blocks.append_value(block, text, out),
            Some(_) | None => out.keep_alive(),
        }
    }

    /// States a block's whole text, and closes it.
    fn whole_text(&mut self, kind: BlockKind, member: &str, event: Value<'_>, out: &mut Deltas) {
        let block = self.block(kind, event, out);
        if let Some(text) = event.text(member) {
            self.blocks.snapshot(block, text, out);
        }
        self.blocks.close(block, out);
    }

    /// Maps an item of the answer: calls are named here.
    fn item(&mut self, event: Value<'_>, out: &mut Deltas) {
        let item = event.get("item").unwrap_or(event);
        match item.get("type").map(|kind| kind.word()).unwrap_or_default() {
            "function_call" => {
                self.called = true;
                let key = Key { item: item.string("id"), part: 0, kind: BlockKind::ToolCall };
                let block = self.blocks.at(key, BlockKind::ToolCall, 0, out);
                identify_call(block, item, out);
            }
            "message" => out.keep_alive(),
            other => out.unknown(other, event.raw()),
        }
    }

    fn response_done(&mut self, event: Value<'_>, out: &mut Deltas) {
        let response = event.get("response").unwrap_or(event);
        if let Some(usage) = response.get("usage").filter(Value::is_object) {
            let details = usage.get("input_token_details");
            let sum = |before: Option<u64>, now: Option<u64>| match (before, now) {
                (Some(before), Some(now)) => Some(before.saturating_add(now)),
                (None, known) | (known, None) => known,
            };
            self.spent = Usage {
                input: sum(self.spent.input, usage.number("input_tokens")),
                cached: sum(self.spent.cached, details.and_then(|details| details.number("cached_tokens"))),
                output: sum(self.spent.output, usage.number("output_tokens")),
                reasoning: None,
                raw: usage.raw().to_owned(),
            };
            out.usage(self.spent.clone());
        }
        let status = response.string("status");
        let details = response.get("status_details").filter(Value::is_object);
        let why = details.map(|details| details.string("reason")).unwrap_or_default();
        if std::mem::take(&mut self.goes_on) && status != "failed" {
            (self.asked, self.response) = (false, None);
            self.blocks.close_all(out);
            return;
        }
        match status.as_str() {
            "failed" => {
                let error = details.and_then(|details| details.present("error"));
                let error = error.map(|error| ProviderError::from_object(None, error, event.raw()));
                let error = error.unwrap_or_else(|| ProviderError::new(None, "failed", "", "", event.raw()));
                out.stop(StopReason::Failed, &status);
                self.end_state.error(error, out);
            }
            "incomplete" => {
                let word = if why.is_empty() { &status } else { &why };
                out.stop(reason(word), word);
            }
            "cancelled" => out.stop_because(StopReason::Cancelled, &status, why),
            _ => out.stop(reason_after_calls(&status, self.called), &status),
        }
        self.blocks.close_all(out);
        self.end_state.end(out);
    }
}

fn identify_call(block: BlockIndex, holder: Value<'_>, out: &mut Deltas) {
    out.tool(ToolIdentity {
        block,
        id: holder.string("call_id"),
        name: holder.string("name"),
        kind: "function".to_owned(),
    });
}
