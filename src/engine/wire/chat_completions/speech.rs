//! What a delta says: text, reasoning, refusals, sources, and what is sent whole.

use super::{Key, Mapper};
use crate::engine::json::{Text, Value};
use crate::engine::wire::{BlockKind, Citation, Deltas, Opaque};

impl Mapper {
    /// The next piece of whatever grows.
    pub(super) fn delta(&mut self, choice: u32, delta: Value<'_>, out: &mut Deltas) {
        let (mut content, mut list, mut refusal, mut calls) = (None, None, None, None);
        let (mut reasoning, mut other_reasoning) = (None, None);
        for (key, value) in delta.members().filter(|(_, value)| !value.is_null()) {
            match key {
                "content" => content = Some(value),
                "content_list" => list = Some(value),
                "reasoning_content" => reasoning = Some(value),
                "reasoning" => other_reasoning = Some(value),
                "refusal" => refusal = value.as_text(),
                "tool_calls" => calls = Some(value),
                "function_call" => self.calls.legacy(choice, value, &mut self.blocks, out),
                "reasoning_details" => self.opaque("reasoning_details", choice, value, out),
                "reasoning_encrypted" => self.opaque("reasoning_encrypted", choice, value, out),
                "annotations" => {
                    for annotation in value.items() {
                        self.annotation(choice, annotation, out);
                    }
                }
                "images" | "executed_tools" => {
                    for item in value.items() {
                        let block = self.blocks.open(Key::Whole, BlockKind::Other, choice, out);
                        self.blocks.append_str(block, item.raw(), out);
                        self.blocks.close(block, out);
                    }
                }
                "audio" if value.is_truthy() => out.unknown("audio", value.raw()),
                _ => {}
            }
        }
        // Where both are there, one repeats the other.
        let is_empty = |value: &Value<'_>| value.as_text().is_some_and(|text| text.is_empty());
        if let Some(reasoning) = reasoning.filter(|value| !is_empty(value)).or(other_reasoning) {
            self.content(BlockKind::Reasoning, choice, reasoning, out);
        }
        if let Some(content) = content.filter(|value| !is_empty(value)).or(list) {
            self.content(BlockKind::Text, choice, content, out);
        }
        if let Some(refusal) = refusal {
            self.say(BlockKind::Refusal, choice, refusal, out);
        }
        if let Some(calls) = calls {
            let single = calls.is_object().then_some(calls);
            for call in calls.items().chain(single) {
                self.spoke(choice);
                self.calls.fragment(choice, call, &mut self.blocks, out);
            }
        }
    }

    /// Text, or a list of parts of which most are text (Mistral, Snowflake).
    fn content(&mut self, kind: BlockKind, choice: u32, content: Value<'_>, out: &mut Deltas) {
        if let Some(text) = content.as_text() {
            return self.say(kind, choice, text, out);
        }
        if content.is_number() {
            self.spoke(choice);
            let block = self.blocks.at(Key::Said(kind, choice), kind, choice, out);
            return self.blocks.append_str(block, content.raw(), out);
        }
        let single = content.is_object().then_some(content);
        for part in content.items().chain(single) {
            let name = part.string("type");
            if let Some(thinking) = part.present("thinking") {
                let whole = thinking.as_text();
                for text in thinking.items().filter_map(|piece| piece.text("text")).chain(whole) {
                    self.say(BlockKind::Reasoning, choice, text, out);
                }
            } else if let Some(refusal) = part.text("refusal") {
                self.say(BlockKind::Refusal, choice, refusal, out);
            } else if let Some(text) = part.text("text").or_else(|| part.as_text()) {
                self.say(kind, choice, text, out);
            } else {
                out.unknown(&name, part.raw());
            }
        }
    }

    /// Appends to the block of that kind, opened with its first words.
    pub(super) fn say(&mut self, kind: BlockKind, choice: u32, text: Text<'_>, out: &mut Deltas) {
        if !text.is_empty() {
            self.spoke(choice);
            let block = self.blocks.at(Key::Said(kind, choice), kind, choice, out);
            self.blocks.append(block, text, out);
        }
    }

    fn spoke(&mut self, choice: u32) {
        if let Some(choice) = self.choices.get_mut(choice as usize) {
            choice.spoke = true;
        }
    }

    /// Kept verbatim beside the reasoning: it has to travel back, and its text repeats what `reasoning` says.
    fn opaque(&mut self, name: &'static str, choice: u32, value: Value<'_>, out: &mut Deltas) {
        if value.is_truthy() && !(value.is_array() && value.items().next().is_none()) {
            let kind = BlockKind::Reasoning;
            let block = self.blocks.at(Key::Said(kind, choice), kind, choice, out);
            out.opaque(Opaque { block, name, value: value.raw().to_owned() });
        }
    }

    fn annotation(&mut self, choice: u32, annotation: Value<'_>, out: &mut Deltas) {
        let source = annotation.present("url_citation").unwrap_or(annotation);
        let kind = BlockKind::Text;
        let block = self.blocks.at(Key::Said(kind, choice), kind, choice, out);
        out.citation(Citation {
            block,
            title: source.string("title"),
            url: source.string("url"),
            quote: source.string("content"),
            raw: annotation.raw().to_owned(),
        });
    }

    /// Perplexity repeats its whole list in each chunk, xAI sends it once: only what is new is passed on.
    pub(super) fn sources(&mut self, sources: Value<'_>, out: &mut Deltas) {
        for source in sources.items().skip(self.cited) {
            self.cited += 1;
            let kind = BlockKind::Text;
            let block = self.blocks.at(Key::Said(kind, 0), kind, 0, out);
            let url = source.as_text().map(|url| url.decode().into_owned());
            out.citation(Citation {
                block,
                title: source.string("title"),
                url: url.unwrap_or_else(|| source.string("url")),
                quote: source.string("snippet"),
                raw: source.raw().to_owned(),
            });
        }
    }
}
