//! Maps Ollama's own protocol: one JSON object a line, the last one with `"done": true`.
//!
//! Protocols reference §3.4. Thinking, answer and tool calls come in the same objects and have no keys, so a block lasts
//! as long as its kind does. `/api/generate`, which has `response` in place of `message`, is understood too.

use super::blocks::Blocks;
use super::body::Body;
use super::delta_template::AppendFragment;
use super::end_state::EndState;
use super::names::{REASONING, holds_text};
use super::prompt::Spoken;
use super::read_events::ReadEvents;
use super::stop::reason_after_calls;
use super::{
    BlockIndex, BlockKind, Decimal, Deltas, Identity, Prompt, ProviderError, StopReason, ToolIdentity, Usage,
};
use crate::json::Value;
use serde::Serialize;

/// The body of a request.
#[derive(Serialize)]
struct Request<'a> {
    model: &'a str,
    messages: Vec<Spoken<'a>>,
    /// Always said: left out it means true.
    stream: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    options: Option<Options<'a>>,
}

#[derive(Serialize)]
struct Options<'a> {
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "Decimal::as_typed")]
    temperature: Option<&'a Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    num_predict: Option<u32>,
}

/// Returns the path behind the base URL, and the request's body.
pub(super) fn request(prompt: &Prompt) -> (String, Body) {
    let options = Options { temperature: prompt.temperature.as_ref(), num_predict: prompt.max_tokens };
    let request = Request {
        model: &prompt.model,
        messages: prompt.spoken(),
        stream: prompt.stream,
        options: prompt.has_limits().then_some(options),
    };
    ("/api/chat".to_owned(), Body::new(&request))
}

/// Maps the lines of one response.
#[derive(Debug, Default)]
pub(super) struct Mapper {
    blocks: Blocks<BlockKind>,
    /// The block that text is appended to.
    current: Option<BlockIndex>,
    named: bool,
    called: bool,
    end_state: EndState,
}

impl ReadEvents for Mapper {
    /// Maps one line; the name is always `message`.
    fn map(&mut self, _name: &str, line: Value<'_>, out: &mut Deltas) {
        let before = out.len();
        let (mut done, mut known) = (false, false);
        for (key, value) in line.members() {
            match key {
                "message" => {
                    known = true;
                    self.message(value, out);
                }
                "response" => {
                    known = true;
                    self.text(BlockKind::Text, value, out);
                }
                "thinking" => self.text(BlockKind::Reasoning, value, out),
                "model" if !self.named => {
                    if let Some(model) = value.as_text() {
                        self.named = true;
                        out.identity(Identity { id: None, model: Some(model.decode().into_owned()) });
                    }
                }
                "done" => {
                    known = true;
                    done = value.is_true();
                }
                "error" if value.is_truthy() => {
                    known = true;
                    self.end_state.fail(line, out);
                }
                _ => {}
            }
        }
        if done {
            self.last(line, out);
        } else if !known {
            self.end_state.unexplained("", false, line, out);
        } else if out.len() == before {
            out.keep_alive();
        }
    }

    fn blocks(&mut self) -> &mut dyn AppendFragment {
        &mut self.blocks
    }

    /// Maps a whole answer, not streamed: the same object, with all of it.
    fn whole(&mut self, answer: Value<'_>, out: &mut Deltas) {
        let is_answer = ["message", "response", "done"].iter().any(|name| {
            // FastAPI servers and Cohere say `message` too, with a sentence in it.
            answer.get(name).is_some_and(|value| *name != "message" || value.is_object())
        });
        if !is_answer && ProviderError::from_json(None, answer).is_some() {
            self.end_state.fail(answer, out);
        } else {
            self.map("", answer, out);
        }
    }

    fn finish(&mut self, out: &mut Deltas) {
        self.blocks.close_cut(out);
    }
}

impl Mapper {
    fn message(&mut self, message: Value<'_>, out: &mut Deltas) {
        for (key, value) in message.members() {
            match key {
                "content" => self.text(BlockKind::Text, value, out),
                name if REASONING.contains(&name) => self.text(BlockKind::Reasoning, value, out),
                "tool_calls" => value.items().for_each(|call| self.call(call, out)),
                "images" => {
                    for image in value.items() {
                        let block = self.open(BlockKind::Other, out);
                        self.blocks.append_str(block, image.raw(), out);
                        self.close(out);
                    }
                }
                name if holds_text(name, value) => out.unknown(name, value.raw()),
                _ => {}
            }
        }
    }

    fn text(&mut self, kind: BlockKind, text: Value<'_>, out: &mut Deltas) {
        // Most lines carry the other field empty; that ends nothing.
        if !text.is_truthy() {
            return;
        }
        let block = match self.current {
            Some(block) if self.blocks.kind(block) == kind => block,
            _ => self.open(kind, out),
        };
        self.blocks.append_value(block, text, out);
    }

    /// Calls arrive complete, their arguments as an object.
    fn call(&mut self, call: Value<'_>, out: &mut Deltas) {
        self.called = true;
        let function = call.get("function").unwrap_or(call);
        let block = self.open(BlockKind::ToolCall, out);
        out.tool(ToolIdentity {
            block,
            id: call.string("id"),
            name: function.string("name"),
            kind: "function".to_owned(),
        });
        match function.present("arguments") {
            Some(arguments) => self.blocks.append_value(block, arguments, out),
            None => self.blocks.append_str(block, "{}", out),
        }
        self.close(out);
    }

    fn open(&mut self, kind: BlockKind, out: &mut Deltas) -> BlockIndex {
        self.close(out);
        let block = self.blocks.open(kind, kind, 0, out);
        self.current = Some(block);
        block
    }

    fn close(&mut self, out: &mut Deltas) {
        if let Some(block) = self.current.take() {
            self.blocks.close(block, out);
        }
    }

    fn last(&mut self, line: Value<'_>, out: &mut Deltas) {
        // The counters lie among the other fields of the last line.
        let mut raw = String::from("{");
        for (key, value) in line.members() {
            if key.ends_with("_count") || key.ends_with("_duration") {
                if raw.len() > 1 {
                    raw.push(',');
                }
                raw.push('"');
                raw.push_str(key);
                raw.push_str("\":");
                raw.push_str(value.raw());
            }
        }
        raw.push('}');
        // A prompt that was cached may have no count.
        let usage = Usage {
            input: line.number("prompt_eval_count"),
            output: line.number("eval_count"),
            raw,
            ..Usage::default()
        };
        if usage.raw.len() > 2 {
            out.usage(usage);
        }
        if let Some(word) = line.text("done_reason") {
            let word = word.decode();
            // The word stays `stop` where tools are to be called.
            let reason = reason_after_calls(&word, self.called);
            out.stop(reason, &word);
            if reason == StopReason::Failed {
                self.end_state.error(ProviderError::new(None, &word, "", "", line.raw()), out);
            }
        }
        self.blocks.close_all(out);
        self.end_state.end(out);
    }
}
