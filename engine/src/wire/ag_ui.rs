//! Maps AG-UI, the protocol between agents and front ends: Server-Sent Events of data alone, told apart by `type`.
//!
//! Facts: `@ag-ui/core` 1.0.0 and the page "Events" of its documentation. A run begins with `RUN_STARTED` and ends with
//! `RUN_FINISHED` or `RUN_ERROR`; messages, calls and reasoning have ids; `…_CHUNK` events begin and end by themselves.
//! Names of the time before 1.0 (`THINKING_…`) are understood too.

use super::blocks::Blocks;
use super::body::Body;
use super::delta_template::AppendFragment;
use super::end_state::EndState;
use super::prompt::{Message, Prompt, Role};
use super::read_events::ReadEvents;
use super::{
    BlockIndex, BlockKind, Deltas, Identity, Opaque, ProviderError, StopReason, ToolIdentity, Usage,
};
use crate::json::Value;
use serde::Serialize;

/// The body of a request: `RunAgentInput`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    thread_id: &'static str,
    run_id: String,
    state: Empty,
    messages: Vec<Said<'a>>,
    tools: [Empty; 0],
    context: [Empty; 0],
    forwarded_props: Empty,
}

/// An object without members.
#[derive(Serialize)]
struct Empty {}

#[derive(Serialize)]
struct Said<'a> {
    id: String,
    role: &'static str,
    content: &'a str,
}

/// Returns no path, since the address is the whole one, and the request's body.
pub(super) fn request(prompt: &Prompt) -> (String, Body) {
    let role = |message: &Message| match message.role {
        Role::User => "user",
        Role::Assistant => "assistant",
    };
    let system = prompt.instructions().map(|text| ("system", text));
    let spoken =
        system.into_iter().chain(prompt.said().map(|message| (role(message), message.text.as_str())));
    let messages: Vec<_> = spoken
        .enumerate()
        .map(|(index, (role, content))| Said { id: format!("m{}", index + 1), role, content })
        .collect();
    let request = Request {
        thread_id: "chat",
        run_id: format!("r{}", messages.len()),
        state: Empty {},
        messages,
        tools: [],
        context: [],
        forwarded_props: Empty {},
    };
    (String::new(), Body::new(&request))
}

/// A block's kind and the id of its message or call; of what is neither, the type of the events.
type Key = (BlockKind, String);

/// Maps the events of one run.
#[derive(Debug, Default)]
pub(super) struct Mapper {
    blocks: Blocks<Key>,
    /// The block that events of a kind go to that name none: text, reasoning, calls.
    newest: [Option<BlockIndex>; 3],
    end_state: EndState,
}

impl ReadEvents for Mapper {
    fn map(&mut self, name: &str, event: Value<'_>, out: &mut Deltas) {
        let (mut kind, mut id, mut delta) = ("", None, None);
        for (key, value) in event.members() {
            match key {
                "type" => kind = value.word(),
                "messageId" if id.is_none() => id = value.as_text(),
                "toolCallId" => id = value.as_text(),
                "delta" => delta = Some(value),
                _ => {}
            }
        }
        let id = id.map(|id| id.decode().into_owned());
        match kind {
            "TEXT_MESSAGE_CONTENT" | "TEXT_MESSAGE_CHUNK" => self.delta(BlockKind::Text, id, delta, out),
            "REASONING_MESSAGE_CONTENT" | "REASONING_MESSAGE_CHUNK" | "THINKING_TEXT_MESSAGE_CONTENT" => {
                self.delta(BlockKind::Reasoning, id, delta, out);
            }
            "TOOL_CALL_ARGS" => self.delta(BlockKind::ToolCall, id, delta, out),
            "TOOL_CALL_CHUNK" => {
                if event.get("toolCallName").is_some() {
                    self.call(id.clone(), event, out);
                }
                self.delta(BlockKind::ToolCall, id, delta, out);
            }
            "TEXT_MESSAGE_START" => self.start(BlockKind::Text, id, out),
            "REASONING_MESSAGE_START" | "THINKING_TEXT_MESSAGE_START" => {
                self.start(BlockKind::Reasoning, id, out);
            }
            "TOOL_CALL_START" => self.call(id, event, out),
            "TEXT_MESSAGE_END" => self.close(BlockKind::Text, id, out),
            "REASONING_MESSAGE_END" | "THINKING_TEXT_MESSAGE_END" => {
                self.close(BlockKind::Reasoning, id, out);
            }
            "TOOL_CALL_END" => self.close(BlockKind::ToolCall, id, out),
            "TOOL_CALL_RESULT" => {
                let key = (BlockKind::Other, id.unwrap_or_default());
                let block = self.blocks.open(key, BlockKind::Other, 0, out);
                self.blocks.append_str(block, event.raw(), out);
                self.blocks.close(block, out);
            }
            "REASONING_ENCRYPTED_VALUE" => self.encrypted(event, out),
            "REASONING_START" | "REASONING_END" | "THINKING_START" | "THINKING_END" => out.keep_alive(),
            "STATE_SNAPSHOT" | "STATE_DELTA" | "MESSAGES_SNAPSHOT" | "ACTIVITY_SNAPSHOT"
            | "ACTIVITY_DELTA" | "STEP_STARTED" | "STEP_FINISHED" | "RAW" | "CUSTOM" => {
                self.other(kind, event, out)
            }
            "RUN_STARTED" => {
                let id = event.text("runId").map(|id| id.decode().into_owned());
                out.identity(Identity { id, model: None });
            }
            "RUN_FINISHED" => self.finished(event, out),
            "RUN_ERROR" => {
                let [code, words] = ["code", "message"].map(|name| event.string(name));
                self.end_state.error(ProviderError::new(None, "", &code, &words, event.raw()), out);
            }
            other => self.end_state.unexplained_type(name, other, event, out),
        }
    }

    fn blocks(&mut self) -> &mut dyn AppendFragment {
        &mut self.blocks
    }

    fn finish(&mut self, out: &mut Deltas) {
        self.blocks.close_cut(out);
    }
}

/// Returns where the newest block of a kind stands.
const fn place(kind: BlockKind) -> usize {
    match kind {
        BlockKind::Text | BlockKind::Refusal | BlockKind::Said | BlockKind::Other => 0,
        BlockKind::Reasoning => 1,
        BlockKind::ToolCall => 2,
    }
}

impl Mapper {
    /// Returns the block of an id; of none, the newest of its kind that was begun.
    fn block(&mut self, kind: BlockKind, id: Option<String>, out: &mut Deltas) -> BlockIndex {
        let block = match (id, self.newest[place(kind)]) {
            (None, Some(newest)) => newest,
            (id, _) => self.blocks.at((kind, id.unwrap_or_default()), kind, 0, out),
        };
        self.newest[place(kind)] = Some(block);
        block
    }

    fn delta(&mut self, kind: BlockKind, id: Option<String>, text: Option<Value<'_>>, out: &mut Deltas) {
        let block = self.block(kind, id, out);
        match text {
            Some(text) if text.is_truthy() => self.blocks.append_value(block, text, out),
            Some(_) | None => out.keep_alive(),
        }
    }

    /// Begins a message. An id that comes again is another message.
    fn start(&mut self, kind: BlockKind, id: Option<String>, out: &mut Deltas) {
        let block = self.blocks.open((kind, id.unwrap_or_default()), kind, 0, out);
        self.newest[place(kind)] = Some(block);
    }

    fn call(&mut self, id: Option<String>, event: Value<'_>, out: &mut Deltas) {
        let block = self.block(BlockKind::ToolCall, Some(id.clone().unwrap_or_default()), out);
        out.tool(ToolIdentity {
            block,
            id: id.unwrap_or_default(),
            name: event.string("toolCallName"),
            kind: "function".to_owned(),
        });
    }

    fn close(&mut self, kind: BlockKind, id: Option<String>, out: &mut Deltas) {
        let block = match id {
            Some(id) => self.blocks.find(&(kind, id)),
            None => self.newest[place(kind)],
        };
        self.newest[place(kind)] = None;
        let Some(block) = block else { return out.keep_alive() };
        if kind == BlockKind::ToolCall && !self.blocks.has_text(block) {
            self.blocks.append_str(block, "{}", out);
        }
        self.blocks.close(block, out);
    }

    /// Maps what is no text, as it came: all of a type in one block, a line each.
    fn other(&mut self, kind: &str, event: Value<'_>, out: &mut Deltas) {
        let block = self.blocks.at((BlockKind::Other, kind.to_owned()), BlockKind::Other, 0, out);
        if self.blocks.has_text(block) {
            self.blocks.append_str(block, "\n", out);
        }
        self.blocks.append_str(block, event.raw(), out);
    }

    /// Maps what a later run has to send back with a message or a call.
    fn encrypted(&mut self, event: Value<'_>, out: &mut Deltas) {
        let id = event.string("entityId");
        let kinds = [BlockKind::Reasoning, BlockKind::Text, BlockKind::ToolCall];
        let block = kinds.into_iter().find_map(|kind| self.blocks.find(&(kind, id.clone())));
        match block {
            Some(block) => {
                out.opaque(Opaque { block, name: "encryptedValue", value: event.string("encryptedValue") });
            }
            None => out.unknown("REASONING_ENCRYPTED_VALUE", event.raw()),
        }
    }

    fn finished(&mut self, event: Value<'_>, out: &mut Deltas) {
        let counted = |names: [&str; 2]| {
            let usages = event.get("usage").into_iter().flat_map(|list| list.items());
            let counts = usages.filter_map(|usage| names.into_iter().find_map(|name| usage.number(name)));
            counts.reduce(u64::saturating_add)
        };
        if let Some(usage) = event.present("usage") {
            out.usage(Usage {
                input: counted(["inputTokens", "input_tokens"]),
                output: counted(["outputTokens", "output_tokens"]),
                raw: usage.raw().to_owned(),
                ..Usage::default()
            });
        }
        let outcome = event.get("outcome").map(|outcome| match outcome.get("type") {
            Some(kind) => kind.word(),
            None => outcome.word(),
        });
        if outcome == Some("interrupt") {
            // It waits for somebody's answer, and says for what.
            self.other("RUN_FINISHED", event, out);
            out.stop(StopReason::Paused, "interrupt");
        } else if event.present("result").is_some() {
            self.other("RUN_FINISHED", event, out);
        }
        self.blocks.close_all(out);
        self.end_state.end(out);
    }
}
