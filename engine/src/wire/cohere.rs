//! Maps Cohere v2 chat: typed events around indexed contents and tool calls, `message-end`, then `[DONE]`.
//!
//! Protocols reference §3.3 and the recordings. The fragment lies deep, at `delta.message.content.text`; which field it
//! is (`text` or `thinking`) says what it is. A tool plan is reasoning: it tells what the model is about to do.

use super::blocks::Blocks;
use super::body::Body;
use super::delta_template::AppendFragment;
use super::end_state::EndState;
use super::names::REASONING;
use super::prompt::Spoken;
use super::read_events::ReadEvents;
use super::stop::reason;
use super::{
    BlockIndex, BlockKind, Citation, Decimal, Deltas, Identity, Prompt, ProviderError, StopReason,
    ToolIdentity, Usage,
};
use crate::json::Value;
use serde::Serialize;

/// The body of a request.
#[derive(Serialize)]
struct Request<'a> {
    model: &'a str,
    messages: Vec<Spoken<'a>>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "Decimal::as_typed")]
    temperature: Option<&'a Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream: Option<bool>,
}

/// Returns the path behind the base URL, and the request's body.
pub(super) fn request(prompt: &Prompt) -> (String, Body) {
    let request = Request {
        model: &prompt.model,
        messages: prompt.spoken(),
        temperature: prompt.temperature.as_ref(),
        max_tokens: prompt.max_tokens,
        stream: prompt.streams(),
    };
    ("/chat".to_owned(), Body::new(&request))
}

/// Contents and calls are counted apart; the plan has no index.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Key {
    Plan,
    Content(u64, BlockKind),
    Call(u64),
}

/// Maps the events of one response.
#[derive(Debug, Default)]
pub(super) struct Mapper {
    blocks: Blocks<Key>,
    end_state: EndState,
}

impl ReadEvents for Mapper {
    fn map(&mut self, name: &str, event: Value<'_>, out: &mut Deltas) {
        let (mut kind, mut index, mut delta) = ("", 0, None);
        for (key, value) in event.members() {
            match key {
                "type" => kind = value.word(),
                "index" => index = value.as_u64().unwrap_or(0),
                "delta" => delta = Some(value),
                _ => {}
            }
        }
        let message = delta.and_then(|delta| delta.get("message"));
        match (if kind.is_empty() { name } else { kind }, message) {
            ("content-delta" | "content-start", Some(message)) => {
                if let Some(content) = message.get("content") {
                    self.content(index, content, out);
                }
            }
            ("content-end", _) => {
                for kind in [BlockKind::Text, BlockKind::Reasoning] {
                    if let Some(block) = self.blocks.find(&Key::Content(index, kind)) {
                        self.blocks.close(block, out);
                    }
                }
            }
            ("tool-plan-delta", Some(message)) => self.plan(message, out),
            ("tool-call-start" | "tool-call-delta", Some(message)) => {
                if let Some(call) = message.get("tool_calls") {
                    // Clients of older versions expect a list.
                    self.call(index, call.items().next().unwrap_or(call), out);
                }
            }
            ("tool-call-end", _) => {
                if let Some(block) = self.blocks.find(&Key::Call(index)) {
                    self.close_call(block, out);
                }
            }
            ("citation-start", Some(message)) => {
                if let Some(citation) = message.get("citations") {
                    self.cite(citation.items().next().unwrap_or(citation), out);
                }
            }
            ("citation-end", _) => {}
            ("message-start", message) => {
                identify(event, out);
                if let Some(message) = message {
                    self.message(message, out);
                }
            }
            ("message-end", _) => self.message_end(delta.unwrap_or(event), out),
            ("error", _) => self.end_state.fail(event, out),
            (other, _) => self.end_state.unexplained(other, !kind.is_empty(), event, out),
        }
    }

    /// Takes a `[DONE]` sentinel: it follows `message-end`, which is what counts.
    fn done(&mut self, _out: &mut Deltas) {}

    fn blocks(&mut self) -> &mut dyn AppendFragment {
        &mut self.blocks
    }

    fn whole(&mut self, answer: Value<'_>, out: &mut Deltas) {
        match answer.get("message") {
            Some(message) if message.is_object() => {
                identify(answer, out);
                self.message(message, out);
                self.message_end(answer, out);
            }
            // An error's `message` is a sentence.
            _ if ProviderError::from_json(None, answer).is_some() => self.end_state.fail(answer, out),
            _ => out.unknown("", answer.raw()),
        }
    }

    fn finish(&mut self, out: &mut Deltas) {
        self.blocks.close_cut(out);
    }
}

impl Mapper {
    /// Maps everything in a message object: all of it in a whole answer, in a stream's start nothing but empty lists.
    fn message(&mut self, message: Value<'_>, out: &mut Deltas) {
        self.plan(message, out);
        for (index, content) in message.get("content").into_iter().flat_map(|list| list.items()).enumerate() {
            self.content(index as u64, content, out);
        }
        for (index, call) in message.get("tool_calls").into_iter().flat_map(|list| list.items()).enumerate() {
            let block = self.call(index as u64, call, out);
            self.close_call(block, out);
        }
        for citation in message.get("citations").into_iter().flat_map(|list| list.items()) {
            self.cite(citation, out);
        }
    }

    fn plan(&mut self, message: Value<'_>, out: &mut Deltas) {
        if let Some(plan) = message.get("tool_plan").filter(|plan| plan.is_truthy()) {
            let block = self.blocks.at(Key::Plan, BlockKind::Reasoning, 0, out);
            self.blocks.append_value(block, plan, out);
        }
    }

    fn content(&mut self, index: u64, content: Value<'_>, out: &mut Deltas) {
        let mut read = false;
        for (key, value) in content.members() {
            let kind = match key {
                "text" => BlockKind::Text,
                name if REASONING.contains(&name) && value.as_text().is_some() => BlockKind::Reasoning,
                _ => continue,
            };
            read = true;
            let block = self.blocks.at(Key::Content(index, kind), kind, 0, out);
            self.blocks.append_value(block, value, out);
        }
        if !read {
            let name = content.get("type").map(|kind| kind.word()).unwrap_or_default();
            out.unknown(name, content.raw());
        }
    }

    fn call(&mut self, index: u64, call: Value<'_>, out: &mut Deltas) -> BlockIndex {
        let block = self.blocks.at(Key::Call(index), BlockKind::ToolCall, 0, out);
        let function = call.get("function").unwrap_or(call);
        let (id, name, kind) = (call.string("id"), function.string("name"), call.string("type"));
        if !id.is_empty() || !name.is_empty() {
            out.tool(ToolIdentity { block, id, name, kind });
        }
        if let Some(arguments) = function.get("arguments").filter(|arguments| arguments.is_truthy()) {
            self.blocks.append_value(block, arguments, out);
        }
        block
    }

    fn close_call(&mut self, block: BlockIndex, out: &mut Deltas) {
        if !self.blocks.has_text(block) {
            self.blocks.append_str(block, "{}", out);
        }
        self.blocks.close(block, out);
    }

    fn cite(&mut self, citation: Value<'_>, out: &mut Deltas) {
        // The event's index counts citations; `content_index` names the content, and older models leave it out.
        let content = citation
            .number("content_index")
            .and_then(|index| self.blocks.find(&Key::Content(index, BlockKind::Text)))
            .or_else(|| self.blocks.last());
        let block = match content {
            Some(block) => block,
            None => self.blocks.at(Key::Content(0, BlockKind::Text), BlockKind::Text, 0, out),
        };
        let source = citation.get("sources").and_then(|sources| sources.items().next());
        let document = source.and_then(|source| source.get("document")).or(source);
        let [title, url] =
            ["title", "url"].map(|name| document.map(|document| document.string(name)).unwrap_or_default());
        out.citation(Citation {
            block,
            title,
            url,
            quote: citation.string("text"),
            raw: citation.raw().to_owned(),
        });
    }

    fn message_end(&mut self, delta: Value<'_>, out: &mut Deltas) {
        if let Some(usage) = delta.present("usage") {
            let tokens = usage.present("tokens").or_else(|| usage.get("billed_units")).unwrap_or(usage);
            out.usage(Usage {
                input: tokens.number("input_tokens"),
                cached: usage.number("cached_tokens"),
                output: tokens.number("output_tokens"),
                reasoning: tokens.number("reasoning_tokens"),
                raw: usage.raw().to_owned(),
            });
        }
        if let Some(word) = delta.text("finish_reason") {
            let word = word.decode();
            let reason = reason(&word);
            out.stop(reason, &word);
            // `ERROR` and `TIMEOUT` say that the answer is not whole, whatever the event is called.
            if reason == StopReason::Failed {
                let message = delta.string("error");
                self.end_state.error(ProviderError::new(None, &word, "", &message, delta.raw()), out);
            }
        }
        self.blocks.close_all(out);
        self.end_state.end(out);
    }
}

fn identify(event: Value<'_>, out: &mut Deltas) {
    let [id, model] = ["id", "model"].map(|name| event.text(name).map(|text| text.decode().into_owned()));
    if id.is_some() || model.is_some() {
        out.identity(Identity { id, model });
    }
}
