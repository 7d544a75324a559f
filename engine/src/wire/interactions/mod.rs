//! Maps Gemini Interactions: steps with an index, typed deltas, a status that ends it.
//!
//! Protocols reference §5.5. Events are told apart by `event_type`; the first revision's names (`content.delta`,
//! `interaction.complete`) are understood too. A step has no fixed kind: a `model_output` may hold text and images, so
//! what a delta is called decides where it goes.

mod request;

pub(super) use request::request;

use super::blocks::Blocks;
use super::delta_template::AppendFragment;
use super::end_state::EndState;
use super::read_events::ReadEvents;
use super::stop::reason;
use super::{
    BlockIndex, BlockKind, Citation, Deltas, Identity, Opaque, ProviderError, StopReason, ToolIdentity, Usage,
};
use crate::json::Value;

/// Key of a block: a step has one of a kind, until something else comes between.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Key {
    step: u64,
    kind: BlockKind,
    /// Counts the blocks that are no text, so that text behind an image gets a block of its own.
    part: u32,
}

/// Maps the events of one response.
#[derive(Debug, Default)]
pub(super) struct Mapper {
    blocks: Blocks<Key>,
    part: u32,
    /// The newest call whose start already held arguments: deltas that follow state them again.
    prefilled: Option<BlockIndex>,
    /// A status that ends the interaction well was seen.
    settled: bool,
    end_state: EndState,
}

impl ReadEvents for Mapper {
    fn map(&mut self, name: &str, event: Value<'_>, out: &mut Deltas) {
        let (mut kind, mut index, mut body) = ("", 0, None);
        for (key, value) in event.members() {
            match key {
                "event_type" | "type" => kind = value.word(),
                "index" => index = value.as_u64().unwrap_or(0),
                "delta" | "step" | "content" | "interaction" => body = Some(value),
                "metadata" => self.usage(value.get("total_usage"), out),
                _ => {}
            }
        }
        match (if kind.is_empty() { name } else { kind }, body) {
            ("step.delta" | "content.delta", Some(delta)) => self.delta(index, delta, event, out),
            ("step.start" | "content.start", Some(step)) => self.start(index, step, out),
            ("step.stop" | "content.stop", _) => {
                self.stop_step(index, out);
                self.usage(event.get("usage"), out);
            }
            ("interaction.created" | "interaction.start", Some(interaction)) => {
                identify(interaction, out);
                self.usage(interaction.get("usage"), out);
            }
            ("interaction.status_update", _) => {
                self.usage(event.get("usage"), out);
                self.status(event, out);
            }
            ("interaction.completed" | "interaction.complete", interaction) => {
                let interaction = interaction.unwrap_or(event);
                identify(interaction, out);
                self.usage(interaction.get("usage"), out);
                self.status(interaction, out);
                // The event's name is the end marker; a status it leaves out changes nothing.
                self.settled |= interaction.text("status").is_none();
                self.end(out);
            }
            ("error", _) => self.end_state.fail(event, out),
            (other, _) => self.end_state.unexplained(other, !kind.is_empty(), event, out),
        }
    }

    /// Takes the `[DONE]` sentinel. It ends an interaction whose last status came in an update.
    fn done(&mut self, out: &mut Deltas) {
        self.end(out);
    }

    fn blocks(&mut self) -> &mut dyn AppendFragment {
        &mut self.blocks
    }

    /// Maps a whole answer, not streamed: the interaction with its steps (in the first revision: its outputs).
    fn whole(&mut self, answer: Value<'_>, out: &mut Deltas) {
        let steps = answer.get("steps").or_else(|| answer.get("outputs")).filter(|steps| steps.is_array());
        if steps.is_none() && answer.text("status").is_none() {
            match ProviderError::from_json(None, answer) {
                Some(_) => self.end_state.fail(answer, out),
                None => out.unknown("", answer.raw()),
            }
            return;
        }
        identify(answer, out);
        for (index, step) in steps.into_iter().flat_map(|steps| steps.items()).enumerate() {
            self.start(index as u64, step, out);
            self.stop_step(index as u64, out);
        }
        self.usage(answer.get("usage"), out);
        self.status(answer, out);
        self.settled |= answer.text("status").is_none();
        self.end(out);
    }

    fn finish(&mut self, out: &mut Deltas) {
        self.end(out);
        self.blocks.close_cut(out);
    }
}

impl Mapper {
    fn end(&mut self, out: &mut Deltas) {
        if self.settled {
            self.blocks.close_all(out);
            self.end_state.end(out);
        }
    }

    fn key(&self, step: u64, kind: BlockKind) -> Key {
        // A step's arguments stay together whatever comes between.
        let part = if kind == BlockKind::ToolCall { 0 } else { self.part };
        Key { step, kind, part }
    }

    fn block(&mut self, step: u64, kind: BlockKind, out: &mut Deltas) -> BlockIndex {
        self.blocks.at(self.key(step, kind), kind, 0, out)
    }

    fn text(&mut self, step: u64, kind: BlockKind, text: Value<'_>, out: &mut Deltas) {
        if text.is_truthy() {
            let block = self.block(step, kind, out);
            self.blocks.append_value(block, text, out);
        }
    }

    /// Maps something that is not text, in a block of its own.
    fn other(&mut self, step: u64, record: Value<'_>, out: &mut Deltas) {
        if let Some(text) = self.blocks.find(&self.key(step, BlockKind::Text)) {
            self.blocks.close(text, out);
        }
        self.part += 1;
        let block = self.block(step, BlockKind::Other, out);
        self.blocks.append_str(block, record.raw(), out);
        self.blocks.close(block, out);
    }

    fn start(&mut self, index: u64, step: Value<'_>, out: &mut Deltas) {
        let name = step.get("type").map(|kind| kind.word()).unwrap_or_default();
        match name {
            // Another's words, or nothing: the deltas say what it is.
            "user_input" | "" => {}
            "model_output" => {
                for content in step.get("content").into_iter().flat_map(|list| list.items()) {
                    self.content(index, content, out);
                }
                if let Some(error) = step.get("error").filter(|error| error.is_truthy()) {
                    out.unknown("model_output.error", error.raw());
                }
            }
            "text" | "image" | "audio" | "video" | "document" => self.content(index, step, out),
            "thought" => {
                // An empty thought is opened all the same: its signature has to stand somewhere.
                let block = self.block(index, BlockKind::Reasoning, out);
                for summary in step.get("summary").into_iter().flat_map(|list| list.items()) {
                    if let Some(text) = summary.get("text") {
                        self.blocks.append_value(block, text, out);
                    }
                }
                sign(block, step.get("signature"), out);
            }
            name if name.ends_with("_call") => {
                let block = self.identify_call(index, name, step, out);
                if let Some(arguments) = step.get("arguments").filter(|object| has_content(*object)) {
                    self.blocks.append_value(block, arguments, out);
                    self.prefilled = Some(block);
                }
                sign(block, step.get("signature"), out);
            }
            name if name.ends_with("_result") => {
                // Bare starts announce results that come as deltas.
                if ["result", "content"].iter().any(|field| step.get(field).is_some_and(has_content)) {
                    self.other(index, step, out);
                }
            }
            name => out.unknown(name, step.raw()),
        }
    }

    /// Maps one content of a model's output as a whole.
    fn content(&mut self, index: u64, content: Value<'_>, out: &mut Deltas) {
        match content.get("type").map(|kind| kind.word()).unwrap_or_default() {
            "text" | "" => {
                if let Some(text) = content.get("text") {
                    self.text(index, BlockKind::Text, text, out);
                }
                self.cite(index, content.get("annotations"), out);
            }
            "image" | "audio" | "video" | "document" => {
                // The first revision starts them empty.
                if content.get("data").is_some() || content.get("uri").is_some() {
                    self.other(index, content, out);
                }
            }
            name => out.unknown(name, content.raw()),
        }
    }

    fn identify_call(&mut self, index: u64, kind: &str, call: Value<'_>, out: &mut Deltas) -> BlockIndex {
        let block = self.block(index, BlockKind::ToolCall, out);
        let name = match call.text("name") {
            Some(name) => name.decode().into_owned(),
            // Google's own tools are named by the type alone.
            None => kind.strip_suffix("_call").unwrap_or(kind).to_owned(),
        };
        out.tool(ToolIdentity { block, id: call.string("id"), name, kind: kind.to_owned() });
        block
    }

    fn delta(&mut self, index: u64, delta: Value<'_>, event: Value<'_>, out: &mut Deltas) {
        let (mut kind, mut text) = ("", None);
        for (key, value) in delta.members() {
            match key {
                "type" => kind = value.word(),
                "text" => text = Some(value),
                _ => {}
            }
        }
        match (kind, text) {
            ("text" | "", Some(text)) => self.text(index, BlockKind::Text, text, out),
            ("thought", Some(text)) => self.text(index, BlockKind::Reasoning, text, out),
            ("thought_summary", text) => {
                let content = delta.get("content");
                match content.and_then(|content| content.get("text")).or(text) {
                    Some(text) => self.text(index, BlockKind::Reasoning, text, out),
                    None => out.unknown(kind, event.raw()),
                }
            }
            ("thought_signature", _) => {
                let block = self.block(index, BlockKind::Reasoning, out);
                sign(block, delta.get("signature"), out);
            }
            ("arguments_delta", _) => {
                let block = self.block(index, BlockKind::ToolCall, out);
                if let Some(arguments) = delta.get("arguments").filter(|piece| piece.is_truthy()) {
                    if self.prefilled.take_if(|prefilled| *prefilled == block).is_some() {
                        self.blocks.restart(block, out);
                    }
                    self.blocks.append_value(block, arguments, out);
                }
            }
            ("text_annotation_delta", _) => self.cite(index, delta.get("annotations"), out),
            ("image" | "audio" | "video" | "document", _) => self.other(index, delta, out),
            (call, _) if call.ends_with("_call") => {
                let block = self.identify_call(index, call, delta, out);
                if let Some(arguments) = delta.get("arguments").filter(|object| has_content(*object)) {
                    // The delta states them whole, whatever the start had.
                    self.blocks.restart(block, out);
                    self.blocks.append_value(block, arguments, out);
                    self.prefilled = None;
                }
                sign(block, delta.get("signature"), out);
            }
            (result, _) if result.ends_with("_result") => self.other(index, delta, out),
            (other, _) => out.unknown(other, event.raw()),
        }
    }

    fn stop_step(&mut self, index: u64, out: &mut Deltas) {
        for kind in [BlockKind::Text, BlockKind::Reasoning, BlockKind::ToolCall] {
            if let Some(block) = self.blocks.find(&self.key(index, kind)) {
                if kind == BlockKind::ToolCall && !self.blocks.has_text(block) {
                    self.blocks.append_str(block, "{}", out);
                }
                self.blocks.close(block, out);
            }
        }
    }

    fn cite(&mut self, index: u64, annotations: Option<Value<'_>>, out: &mut Deltas) {
        for annotation in annotations.into_iter().flat_map(|list| list.items()) {
            let block = self.block(index, BlockKind::Text, out);
            let name = ["title", "name", "file_name"].into_iter().map(|field| annotation.string(field));
            let url = ["url", "uri", "document_uri"].into_iter().map(|field| annotation.string(field));
            out.citation(Citation {
                block,
                title: name.into_iter().find(|text| !text.is_empty()).unwrap_or_default(),
                url: url.into_iter().find(|text| !text.is_empty()).unwrap_or_default(),
                quote: String::new(),
                raw: annotation.raw().to_owned(),
            });
        }
    }

    fn status(&mut self, holder: Value<'_>, out: &mut Deltas) {
        let Some(word) = holder.text("status") else { return };
        let word = word.decode();
        if matches!(&*word, "in_progress" | "queued") {
            return;
        }
        let reason = reason(&word);
        out.stop(reason, &word);
        match reason {
            StopReason::Failed => self.end_state.fail(holder, out),
            // A word from later versions: whether it ends the interaction is for the end marker to say.
            StopReason::Other | StopReason::Malformed => {}
            StopReason::Finished
            | StopReason::Length
            | StopReason::ContextFull
            | StopReason::StopSequence
            | StopReason::ToolCalls
            | StopReason::Filtered
            | StopReason::Paused
            | StopReason::Cancelled => self.settled = true,
        }
    }

    /// Maps token counts: `total_output_tokens` leaves the thoughts out.
    fn usage(&mut self, usage: Option<Value<'_>>, out: &mut Deltas) {
        let Some(usage) = usage.filter(Value::is_object) else { return };
        let thoughts = usage.number("total_thought_tokens");
        let output = [usage.number("total_output_tokens"), thoughts];
        // What its own tools brought is read like the input, and counted beside it.
        let input = [usage.number("total_input_tokens"), usage.number("total_tool_use_tokens")];
        out.usage(Usage {
            input: input.into_iter().flatten().reduce(u64::saturating_add),
            cached: usage.number("total_cached_tokens"),
            output: output.into_iter().flatten().reduce(u64::saturating_add),
            reasoning: thoughts,
            raw: usage.raw().to_owned(),
        });
    }
}

fn identify(interaction: Value<'_>, out: &mut Deltas) {
    let [id, model] =
        ["id", "model"].map(|name| interaction.text(name).map(|text| text.decode().into_owned()));
    if id.is_some() || model.is_some() {
        out.identity(Identity { id, model });
    }
}

fn sign(block: BlockIndex, signature: Option<Value<'_>>, out: &mut Deltas) {
    if let Some(text) = signature.and_then(|value| value.as_text()).filter(|text| !text.is_empty()) {
        out.opaque(Opaque { block, name: "signature", value: text.decode().into_owned() });
    }
}

/// Returns whether a value is more than the `{}`, `[]` or `""` of a start.
fn has_content(value: Value<'_>) -> bool {
    value.is_truthy()
        && (value.as_text().is_some() || value.members().next().is_some() || value.items().next().is_some())
}
