//! Settles items that are stated whole, behind their deltas or instead of them.

use super::{Items, Part, cite, is_call};
use crate::json::Value;
use crate::wire::{Deltas, Opaque};

impl Items {
    /// Maps everything that a whole item says that was not said before.
    pub(super) fn settle(&mut self, at: usize, item: Value<'_>, out: &mut Deltas) {
        self.describe(at, item);
        let first = !std::mem::replace(&mut self.items[at].done, true);
        let kind = self.items[at].kind.clone();
        match kind.as_str() {
            "message" => self.settle_message(at, item, first, out),
            "reasoning" => self.settle_reasoning(at, item, first, out),
            kind if is_call(kind) => self.settle_call(at, item, first, out),
            _ if !first => {}
            "image_generation_call" | "mcp_list_tools" | "compaction" | "program" => {
                self.keep(at, item.raw(), out)
            }
            kind if kind.ends_with("_output") => self.keep(at, item.raw(), out),
            kind => out.unknown(kind, item.raw()),
        }
        for &block in &self.items[at].blocks {
            self.blocks.close(block, out);
        }
    }

    fn settle_message(&mut self, at: usize, item: Value<'_>, first: bool, out: &mut Deltas) {
        let mut annotations = 0;
        for (place, content) in
            item.get("content").into_iter().flat_map(|content| content.items()).enumerate()
        {
            let place = place as u64;
            if let Some(refusal) = content.text("refusal") {
                self.state_at(at, Part::Refusal(place), refusal, out);
            } else if let Some(text) = content.text("text") {
                self.state_at(at, Part::Text(place), text, out);
            } else if first {
                out.unknown(&content.string("type"), content.raw());
            }
            for annotation in content.get("annotations").into_iter().flat_map(|list| list.items()) {
                annotations += 1;
                if annotations > self.items[at].cited {
                    self.items[at].cited += 1;
                    let block = self.block_at(at, Part::Text(place), out);
                    cite(block, annotation, out);
                }
            }
        }
        // A few servers write the content as one string.
        if let Some(text) = item.text("content") {
            self.state_at(at, Part::Text(0), text, out);
        }
    }

    fn settle_reasoning(&mut self, at: usize, item: Value<'_>, first: bool, out: &mut Deltas) {
        let [summed, thought] =
            [Part::Summary(0), Part::Thought(0)].map(|part| self.blocks.find(&(at, part)).is_some());
        // What was streamed under one name is not said again under the other.
        for (member, part, is_said) in [
            ("summary", Part::Summary as fn(u64) -> Part, thought && !summed),
            ("content", Part::Thought, summed && !thought),
        ] {
            if is_said {
                continue;
            }
            for (place, paragraph) in item.get(member).into_iter().flat_map(|list| list.items()).enumerate() {
                if let Some(text) = paragraph.text("text") {
                    self.state_at(at, part(place as u64), text, out);
                }
            }
        }
        if first && let Some(value) = item.text("encrypted_content").filter(|value| !value.is_empty()) {
            let first = self.items[at].blocks.first().copied();
            let block = first.unwrap_or_else(|| self.block_at(at, Part::Summary(0), out));
            out.opaque(Opaque { block, name: "encrypted_content", value: value.decode().into_owned() });
        }
    }

    fn settle_call(&mut self, at: usize, item: Value<'_>, first: bool, out: &mut Deltas) {
        let block = self.call_block(at, Part::Call(0), out);
        if first {
            out.tool(self.tool(at, block));
        }
        // What it is called with, under the name this sort of call has for it.
        let said = ["arguments", "input", "code", "action", "operation", "queries"];
        if let Some(value) = said.into_iter().find_map(|name| item.present(name)) {
            match value.as_text() {
                Some(text) => self.state_at(at, Part::Call(0), text, out),
                // A shell's commands were streamed as text, and the object only wraps them.
                None if self.blocks.has_text(block) => {}
                None => self.blocks.append_str(block, value.raw(), out),
            }
        }
        if first {
            let found = ["outputs", "output", "results"].into_iter().find_map(|name| item.present(name));
            if let Some(result) = found.filter(|found| !found.is_array() || found.items().next().is_some()) {
                self.keep(at, result.raw(), out);
            }
            if let Some(error) = item.get("error").filter(Value::is_truthy) {
                self.keep(at, error.raw(), out);
            }
        }
    }

    fn keep(&mut self, at: usize, raw: &str, out: &mut Deltas) {
        let block = self.open(at, Part::Whole, out);
        self.blocks.append_str(block, raw, out);
        self.blocks.close(block, out);
    }
}
