//! Maps Anthropic Messages: named blocks with an index, deltas between their start and stop, cumulative usage.
//!
//! Protocols reference §4. The index is the only key: llama.cpp keeps block 0 open while block 1 streams, and a proxy may
//! leave out a start. `message_start` may already hold content and a stop reason (programmatic tool calling).

use super::blocks::Blocks;
use super::body::Body;
use super::delta_template::AppendFragment;
use super::end_state::EndState;
use super::prompt::Spoken;
use super::read_events::ReadEvents;
use super::stop::reason;
use super::{
    BlockIndex, BlockKind, Citation, Decimal, Deltas, Identity, Message, Opaque, Prompt, ProviderError,
    StopReason, ToolIdentity, Usage,
};
use crate::json::Value;
use serde::Serialize;
use serde_json::json;

/// The `max_tokens` of a request if nobody set it: Anthropic refuses requests without one.
const MAX_TOKENS: u32 = 4096;

/// The body of a request.
#[derive(Serialize)]
struct Request<'a> {
    model: &'a str,
    max_tokens: u32,
    messages: Vec<Spoken<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    system: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "Decimal::as_typed")]
    temperature: Option<&'a Decimal>,
}

/// Returns the path behind the base URL, and the request's body.
pub(super) fn request(prompt: &Prompt) -> (String, Body) {
    let request = Request {
        model: &prompt.model,
        max_tokens: prompt.max_tokens.unwrap_or(MAX_TOKENS),
        messages: prompt.said().map(Message::spoken).collect(),
        system: prompt.instructions(),
        stream: prompt.streams(),
        temperature: prompt.temperature.as_ref(),
    };
    ("/messages".to_owned(), Body::new(&request))
}

/// Key of a block. The kind belongs to the key: some proxies give thinking and text the same index.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Key {
    /// Number of messages that were spliced in before this one.
    message: u32,
    index: u64,
    kind: BlockKind,
}

/// The counters that make up Anthropic's totals; a later `null` leaves what is known.
#[derive(Debug, Default)]
struct Counts {
    input: Option<u64>,
    cache_creation: Option<u64>,
    cache_read: Option<u64>,
}

/// Maps the events of one response.
#[derive(Debug, Default)]
pub(super) struct Mapper {
    blocks: Blocks<Key>,
    message: u32,
    /// The id of the message that streams, once it has started.
    id: Option<String>,
    counts: Counts,
    /// The newest tool call whose start already held arguments: deltas that follow state them again.
    prefilled: Option<BlockIndex>,
    /// The compaction that comes in pieces.
    compaction: Option<Compaction>,
    end_state: EndState,
}

/// A summary that takes the place of what was said before, put together from its deltas.
#[derive(Debug)]
struct Compaction {
    block: BlockIndex,
    content: String,
    /// The newest one that is not null.
    encrypted: String,
}

impl ReadEvents for Mapper {
    fn map(&mut self, name: &str, event: Value<'_>, out: &mut Deltas) {
        let (mut kind, mut index, mut body) = ("", None, None);
        for (key, value) in event.members() {
            match key {
                "type" => kind = value.word(),
                "index" => index = value.as_u64(),
                "delta" | "content_block" | "message" => body = Some(value),
                _ => {}
            }
        }
        if name == "error" {
            // llama.cpp puts the bare error here, whose `type` is then the error's own.
            kind = "error";
        }
        match (if kind.is_empty() { name } else { kind }, body) {
            ("content_block_delta", Some(delta)) => self.delta(index, delta, event, out),
            ("content_block_start", Some(block)) => self.start(index, block, out),
            ("content_block_stop", _) => self.stop_block(index, out),
            ("message_start", Some(message)) => self.message_start(message, event, out),
            ("message_delta", delta) => {
                if let Some(delta) = delta {
                    self.stop(delta, out);
                }
                if let Some(usage) = event.present("usage") {
                    self.usage(usage, out);
                }
            }
            ("message_stop", _) => self.end(out),
            ("ping", _) => out.keep_alive(),
            ("error", _) => self.end_state.fail(event, out),
            (other, _) => self.end_state.unexplained(other, !kind.is_empty(), event, out),
        }
    }

    /// Takes a `[DONE]` sentinel: OpenRouter adds one. Only `message_stop` says that the answer is whole.
    fn done(&mut self, _out: &mut Deltas) {}

    fn blocks(&mut self) -> &mut dyn AppendFragment {
        &mut self.blocks
    }

    fn whole(&mut self, answer: Value<'_>, out: &mut Deltas) {
        if answer.present("content").is_some() || answer.present("stop_reason").is_some() {
            self.contents(answer, out);
            self.end(out);
        } else if ProviderError::from_json(None, answer).is_some() {
            self.end_state.fail(answer, out);
        } else {
            out.unknown("", answer.raw());
        }
    }

    fn finish(&mut self, out: &mut Deltas) {
        self.end_compaction(out);
        self.blocks.close_cut(out);
    }
}

impl Mapper {
    fn end(&mut self, out: &mut Deltas) {
        self.end_compaction(out);
        self.blocks.close_all(out);
        self.end_state.end(out);
    }

    /// Returns the block for a delta. An index that was never started opens one; without an index the last block is
    /// meant.
    fn block(&mut self, index: Option<u64>, kind: BlockKind, out: &mut Deltas) -> BlockIndex {
        match (index, self.blocks.last()) {
            (None, Some(last)) if self.blocks.kind(last) == kind => last,
            _ => {
                let key = Key { message: self.message, index: index.unwrap_or(0), kind };
                self.blocks.at(key, kind, 0, out)
            }
        }
    }

    fn delta(&mut self, index: Option<u64>, delta: Value<'_>, event: Value<'_>, out: &mut Deltas) {
        let (mut kind, mut field, mut content) = ("", "", None);
        for (key, value) in delta.members() {
            match key {
                "type" => kind = value.word(),
                "text" | "thinking" | "partial_json" | "signature" | "citation" => {
                    (field, content) = (key, Some(value));
                }
                _ => {}
            }
        }
        match (kind, field, content) {
            ("text_delta" | "", "text", Some(text)) => {
                let block = self.block(index, BlockKind::Text, out);
                self.blocks.append_value(block, text, out);
            }
            ("thinking_delta" | "", "thinking", Some(text)) => {
                let block = self.block(index, BlockKind::Reasoning, out);
                self.blocks.append_value(block, text, out);
            }
            ("input_json_delta" | "", "partial_json", Some(text)) => {
                let block = self.block(index, BlockKind::ToolCall, out);
                if self.prefilled == Some(block) && text.is_truthy() {
                    self.prefilled = None;
                    self.blocks.restart(block, out);
                }
                self.blocks.append_value(block, text, out);
            }
            ("signature_delta" | "", "signature", Some(value)) => {
                let block = self.block(index, BlockKind::Reasoning, out);
                opaque(block, "signature", value, out);
            }
            ("citations_delta" | "", "citation", Some(value)) => {
                let block = self.block(index, BlockKind::Text, out);
                cite(block, value, out);
            }
            ("compaction_delta", _, _) => {
                let block = self.block(index, BlockKind::Other, out);
                self.compact(block, delta);
            }
            // Some servers send a first delta of a known type with nothing in it.
            ("text_delta" | "thinking_delta" | "input_json_delta" | "signature_delta", "", None) => {
                out.keep_alive();
            }
            (other, _, _) => out.unknown(other, event.raw()),
        }
    }

    fn start(&mut self, index: Option<u64>, block: Value<'_>, out: &mut Deltas) {
        let name = block.get("type").map(|kind| kind.word()).unwrap_or_default();
        let kind = match name {
            "text" => BlockKind::Text,
            "thinking" | "redacted_thinking" => BlockKind::Reasoning,
            "tool_use" | "server_tool_use" | "mcp_tool_use" => BlockKind::ToolCall,
            "compaction" | "container_upload" | "fallback" | "mcp_tool_listing" | "mcp_tool_result" => {
                BlockKind::Other
            }
            other if other.ends_with("_tool_result") => BlockKind::Other,
            other => return out.unknown(other, block.raw()),
        };
        let key = Key { message: self.message, index: index.unwrap_or(0), kind };
        let at = self.blocks.open(key, kind, 0, out);
        match name {
            "text" => {
                if let Some(text) = block.get("text") {
                    self.blocks.append_value(at, text, out);
                }
                for citation in block.get("citations").into_iter().flat_map(|list| list.items()) {
                    cite(at, citation, out);
                }
            }
            "thinking" | "redacted_thinking" => {
                if let Some(text) = block.get("thinking") {
                    self.blocks.append_value(at, text, out);
                }
                for (field, name) in [("signature", "signature"), ("data", "redacted_thinking")] {
                    if let Some(value) = block.get(field) {
                        opaque(at, name, value, out);
                    }
                }
            }
            "tool_use" | "server_tool_use" | "mcp_tool_use" => {
                out.tool(ToolIdentity {
                    block: at,
                    id: block.string("id"),
                    name: block.string("name"),
                    kind: name.to_owned(),
                });
                // The input is `{}` where deltas follow.
                let input = block.get("input").filter(|input| input.members().next().is_some());
                if let Some(input) = input {
                    self.prefilled = Some(at);
                    self.blocks.append_str(at, input.raw(), out);
                }
            }
            // A compaction is empty at first and comes in deltas.
            "compaction" if block.present("content").is_none() => {}
            _ => self.blocks.append_str(at, block.raw(), out),
        }
    }

    fn compact(&mut self, block: BlockIndex, delta: Value<'_>) {
        let compaction = self.compaction.take().filter(|known| known.block == block);
        let known =
            compaction.unwrap_or(Compaction { block, content: String::new(), encrypted: String::new() });
        let encrypted = delta.text("encrypted_content").map(|text| text.decode().into_owned());
        self.compaction = Some(Compaction {
            content: known.content + &delta.string("content"),
            encrypted: encrypted.unwrap_or(known.encrypted),
            ..known
        });
    }

    /// Ends a compaction, which becomes one record.
    fn end_compaction(&mut self, out: &mut Deltas) {
        let Some(Compaction { block, content, encrypted }) = self.compaction.take() else { return };
        let mut record = json!({ "type": "compaction", "content": content });
        if !encrypted.is_empty() {
            record["encrypted_content"] = encrypted.into();
        }
        self.blocks.append_str(block, &record.to_string(), out);
    }

    fn stop_block(&mut self, index: Option<u64>, out: &mut Deltas) {
        self.end_compaction(out);
        for kind in [BlockKind::Text, BlockKind::Reasoning, BlockKind::ToolCall, BlockKind::Other] {
            let key = Key { message: self.message, index: index.unwrap_or(0), kind };
            if let Some(block) = self.blocks.find(&key) {
                // A tool without parameters is called with one empty delta.
                if kind == BlockKind::ToolCall && !self.blocks.has_text(block) {
                    self.blocks.append_str(block, "{}", out);
                }
                self.blocks.close(block, out);
            }
        }
    }

    fn message_start(&mut self, message: Value<'_>, event: Value<'_>, out: &mut Deltas) {
        let id = message.string("id");
        match &self.id {
            // Some proxies send it twice.
            Some(known) if *known == id || id.is_empty() => return,
            // Another answer was spliced in behind the first; its indices begin anew, and what came stays.
            Some(_) => {
                self.message += 1;
                self.counts = Counts::default();
                out.unknown("message_start", event.raw());
            }
            None => {}
        }
        self.id = Some(id);
        self.contents(message, out);
    }

    /// Maps everything a message object holds: all of it in a whole answer, in a stream's start usually the names only.
    fn contents(&mut self, message: Value<'_>, out: &mut Deltas) {
        let [id, model] =
            ["id", "model"].map(|name| message.text(name).map(|text| text.decode().into_owned()));
        if id.is_some() || model.is_some() {
            out.identity(Identity { id, model });
        }
        for (index, block) in message.get("content").into_iter().flat_map(|list| list.items()).enumerate() {
            self.start(Some(index as u64), block, out);
            self.stop_block(Some(index as u64), out);
        }
        if let Some(usage) = message.present("usage") {
            self.usage(usage, out);
        }
        self.stop(message, out);
    }

    fn stop(&mut self, delta: Value<'_>, out: &mut Deltas) {
        if let Some(details) = delta.present("stop_details") {
            out.unknown("stop_details", details.raw());
        }
        let Some(word) = delta.text("stop_reason") else { return };
        let word = word.decode();
        let detail = delta.present("stop_details").map(|details| details.string("explanation"));
        let reason = reason(&word);
        out.stop_because(reason, &word, detail.unwrap_or_default());
        if reason == StopReason::Failed {
            self.end_state.error(ProviderError::new(None, &word, "", "", delta.raw()), out);
        }
    }

    /// Maps token counts: Anthropic's `input_tokens` is only what no cache was used for.
    fn usage(&mut self, usage: Value<'_>, out: &mut Deltas) {
        let counts = &mut self.counts;
        counts.input = usage.number("input_tokens").or(counts.input);
        counts.cache_creation = usage.number("cache_creation_input_tokens").or(counts.cache_creation);
        counts.cache_read = usage.number("cache_read_input_tokens").or(counts.cache_read);
        let parts = [counts.input, counts.cache_creation, counts.cache_read];
        let details = usage.get("output_tokens_details");
        out.usage(Usage {
            input: parts.into_iter().flatten().reduce(u64::saturating_add),
            cached: counts.cache_read,
            output: usage.number("output_tokens"),
            reasoning: details.and_then(|details| details.number("thinking_tokens")),
            raw: usage.raw().to_owned(),
        });
    }
}

/// Attaches opaque data, unless it is empty: llama.cpp signs nothing.
fn opaque(block: BlockIndex, name: &'static str, value: Value<'_>, out: &mut Deltas) {
    if let Some(text) = value.as_text().filter(|text| !text.is_empty()) {
        out.opaque(Opaque { block, name, value: text.decode().into_owned() });
    }
}

fn cite(block: BlockIndex, citation: Value<'_>, out: &mut Deltas) {
    let title = ["document_title", "title"].into_iter().map(|name| citation.string(name));
    let url = ["url", "source"].into_iter().map(|name| citation.string(name));
    out.citation(Citation {
        block,
        title: title.into_iter().find(|text| !text.is_empty()).unwrap_or_default(),
        url: url.into_iter().find(|text| !text.is_empty()).unwrap_or_default(),
        quote: citation.string("cited_text"),
        raw: citation.raw().to_owned(),
    });
}
